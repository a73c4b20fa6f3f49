#include "capi_test.h"

TEST(lianhu_explainer_household) {
  lianhu_explainer* explainer = small_explainer();
  lianhu_household_explanation why;
  lianhu_household_explanation_init(&why, sizeof(why));
  /* Steward 1 has room for a fourth: household 2 would walk 2.5 m instead of 1.5 m. */
  EXPECT_EQ(lianhu_explainer_household(explainer, 2, 5, NULL, 0, NULL, &why, shared_error()), LIANHU_OK);
  EXPECT_EQ(why.cancelled, 0);
  EXPECT_EQ(why.steward, 0);
  EXPECT_EQ(why.distance_cm, 150);
  EXPECT_EQ(why.pair_cost_cm, 150);
  EXPECT_EQ(why.load, 3);
  EXPECT_EQ(why.min_load, 2);
  EXPECT_EQ(why.max_load, 4);
  EXPECT_EQ(why.nearer, 0);
  EXPECT_EQ(why.alternative_count, 1);
  EXPECT_EQ(why.alternatives[0].steward, 1);
  EXPECT_EQ(why.alternatives[0].reason, LIANHU_WHY_DEARER);
  EXPECT_EQ(why.alternatives[0].possible, 1);
  EXPECT_EQ(why.alternatives[0].lifted, 0);
  EXPECT_EQ(why.alternatives[0].cost_cm, 100);
  EXPECT_EQ(why.alternatives[0].own_cm, 100);
  EXPECT_EQ(why.alternatives[0].transfer_count, 0);

  const int32_t asked[] = {1, 1};
  EXPECT_EQ(lianhu_explainer_household(explainer, 0, 0, asked, 1, NULL, &why, shared_error()), LIANHU_OK);
  EXPECT_EQ(why.alternative_count, 1);
  EXPECT_EQ(why.alternatives[0].cost_cm, 400);
  EXPECT_ERROR(lianhu_explainer_household(explainer, 0, 0, asked, 2, NULL, &why, shared_error()),
               LIANHU_INVALID_ARGUMENT, "stewards", 1, "stewards[1]: is there already: 1");
  EXPECT_ERROR(lianhu_explainer_household(explainer, 6, 1, NULL, 0, NULL, &why, shared_error()),
               LIANHU_INVALID_ARGUMENT, "household", -1, "household: no such household: 6");
  EXPECT_ERROR(lianhu_explainer_household(explainer, 0, -1, NULL, 0, NULL, &why, shared_error()),
               LIANHU_INVALID_ARGUMENT, "count", -1, "count: must be at least 0, got -1");
  EXPECT_ERROR(lianhu_explainer_household(NULL, 0, 1, NULL, 0, NULL, &why, shared_error()), LIANHU_INVALID_ARGUMENT,
               "explainer", -1, "explainer: must not be null");
  EXPECT_ERROR(lianhu_explainer_household(explainer, 0, 1, NULL, 0, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out", -1, "out: must not be null");
  EXPECT_ERROR(lianhu_explainer_household(explainer, 0, 1, NULL, 1, NULL, &why, shared_error()),
               LIANHU_INVALID_ARGUMENT, "stewards", -1, "stewards: must not be null");
  lianhu_explainer_free(explainer);
}
