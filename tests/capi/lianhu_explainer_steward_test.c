#include "capi_test.h"

TEST(lianhu_explainer_steward) {
  lianhu_assignment_problem problem = small_problem();
  const int32_t plan[] = {0, 0, 0, 1, 1, 1};
  lianhu_explainer* explainer = NULL;
  problem.max_load = 3;
  EXPECT_EQ(lianhu_explainer_create(&problem, plan, 6, NULL, 0, NULL, NULL, &explainer, shared_error()), LIANHU_OK);
  lianhu_steward_explanation worth;
  lianhu_steward_explanation_init(&worth, sizeof(worth));
  EXPECT_EQ(lianhu_explainer_steward(explainer, 0, NULL, &worth, shared_error()), LIANHU_OK);
  EXPECT_EQ(worth.cancelled, 0);
  EXPECT_EQ(worth.steward, 0);
  EXPECT_EQ(worth.load, 3);
  EXPECT_EQ(worth.min_load, 2);
  EXPECT_EQ(worth.max_load, 3);
  /* A fourth place is of no use; without the third somebody goes unserved, since the other is full. */
  EXPECT_EQ(worth.changes[0].applies, 1);
  EXPECT_EQ(worth.changes[0].possible, 1);
  EXPECT_EQ(worth.changes[0].cost_change_cm, 0);
  EXPECT_EQ(worth.changes[1].applies, 1);
  EXPECT_EQ(worth.changes[1].possible, 0);
  EXPECT_EQ(worth.changes[1].unserved_change, 1);
  EXPECT_EQ(worth.changes[1].cost_change_cm, -150);
  EXPECT_EQ(worth.changes[1].transfer_count, 1);
  EXPECT_EQ(worth.transfers[worth.changes[1].first_transfer].household, 2);
  EXPECT_EQ(worth.transfers[worth.changes[1].first_transfer].from, 0);
  EXPECT_EQ(worth.transfers[worth.changes[1].first_transfer].to, LIANHU_NONE);
  EXPECT_EQ(worth.changes[3].applies, 1);

  EXPECT_ERROR(lianhu_explainer_steward(explainer, 2, NULL, &worth, shared_error()), LIANHU_INVALID_ARGUMENT, "steward",
               -1, "steward: no such steward: 2");
  EXPECT_ERROR(lianhu_explainer_steward(NULL, 0, NULL, &worth, shared_error()), LIANHU_INVALID_ARGUMENT, "explainer",
               -1, "explainer: must not be null");
  EXPECT_ERROR(lianhu_explainer_steward(explainer, 0, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  lianhu_explainer_free(explainer);
}
