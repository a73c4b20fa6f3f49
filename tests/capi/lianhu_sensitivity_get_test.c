#include "capi_test.h"

/* One is ahead in A1, the other in A2, by as much: they swap when A1 weighs less than A2. */
TEST(lianhu_sensitivity_get) {
  lianhu_checklist* checklist = founding_checklist();
  int64_t facts[2 * FOUNDING_FACTS];
  founding_facts(facts);
  founding_facts(facts + FOUNDING_FACTS);
  facts[1] = 6;
  facts[FOUNDING_FACTS + 2] = 5;
  lianhu_sensitivity* ranks = NULL;
  EXPECT_EQ(lianhu_sensitivity_analyse(checklist, facts, 2, NULL, NULL, &ranks, shared_error()), LIANHU_OK);
  lianhu_sensitivity_view view;
  EXPECT_EQ(lianhu_sensitivity_view_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT_EQ(lianhu_sensitivity_get(ranks, &view, shared_error()), LIANHU_OK);
  EXPECT_EQ(view.steward_count, 2);
  EXPECT_EQ(view.indicator_count, 12);
  EXPECT_EQ(view.rank[0], 1);
  EXPECT_EQ(view.best_rank[0], 1);
  EXPECT_EQ(view.worst_rank[0], 2);
  EXPECT_EQ(view.attained_worst[0], 2);
  EXPECT_EQ(view.sampled_best[1], 1);
  EXPECT_EQ(view.swap_with[0], 1);
  EXPECT_EQ(view.swap_change[0], 111112); /* 1/9 */
  EXPECT_EQ(view.swap_indicator[0], 1);
  EXPECT_EQ(view.swap_indicator_change[0], -200000);
  EXPECT_EQ(view.greatest_shift[1], 1); /* a tie: the second comes up to rank 1 */
  EXPECT_EQ(view.greatest_shift[5], 0);

  EXPECT_ERROR(lianhu_sensitivity_get(NULL, &view, shared_error()), LIANHU_INVALID_ARGUMENT, "sensitivity", -1,
               "sensitivity: must not be null");
  EXPECT_ERROR(lianhu_sensitivity_get(ranks, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  lianhu_sensitivity_free(ranks);
  lianhu_checklist_free(checklist);
}
