#include "capi_test.h"

TEST(lianhu_scores_roll_up) {
  lianhu_hierarchy* hierarchy = small_hierarchy();
  lianhu_scores* scores = founding_scores(4);
  /* 98.000, 96.000, 94.000 and 92.000: two of community 2, whose grid is 3, and one of community 1; one is nobody's. */
  const int32_t units[] = {2, 3, 1, LIANHU_NONE};
  const int64_t households[] = {10, 20, 5, 99};
  int64_t stewards[4], rated[4], weights[4], mean[4];
  int32_t rank[4];
  EXPECT_EQ(lianhu_scores_roll_up(scores, hierarchy, units, households, 4, stewards, rated, weights, mean, rank,
                                  shared_error()),
            LIANHU_OK);
  EXPECT(stewards[0] == 3 && stewards[1] == 1 && stewards[2] == 2 && stewards[3] == 1);
  EXPECT(rated[0] == 3 && weights[0] == 35 && weights[2] == 30);
  EXPECT_EQ(mean[2], 96667); /* (10 x 98 + 20 x 96) / 30 */
  EXPECT_EQ(mean[1], 94000);
  EXPECT_EQ(mean[0], 96286); /* 3370 / 35 */
  EXPECT(rank[0] == 1 && rank[1] == 2 && rank[2] == 1 && rank[3] == 1);

  /* A household each; outputs that nobody wants. */
  EXPECT_EQ(lianhu_scores_roll_up(scores, hierarchy, units, NULL, 4, NULL, NULL, NULL, mean, NULL, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(mean[2], 97000);

  EXPECT_ERROR(lianhu_scores_roll_up(scores, hierarchy, units, NULL, 3, NULL, NULL, NULL, mean, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "units", -1, "units: has 3 entries, expected 4");
  {
    const int32_t wrong[] = {0, 4, 0, 0};
    const int64_t negative[] = {1, 1, -1, 1};
    EXPECT_ERROR(lianhu_scores_roll_up(scores, hierarchy, wrong, NULL, 4, NULL, NULL, NULL, mean, NULL, shared_error()),
                 LIANHU_INVALID_ARGUMENT, "units", 1, "units[1]: no such unit: 4");
    EXPECT_ERROR(
        lianhu_scores_roll_up(scores, hierarchy, units, negative, 4, NULL, NULL, NULL, mean, NULL, shared_error()),
        LIANHU_INVALID_ARGUMENT, "households", 2, "households[2]: must not be negative: -1");
  }
  EXPECT_ERROR(lianhu_scores_roll_up(NULL, hierarchy, units, NULL, 4, NULL, NULL, NULL, mean, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "scores", -1, "scores: must not be null");
  EXPECT_ERROR(lianhu_scores_roll_up(scores, NULL, units, NULL, 4, NULL, NULL, NULL, mean, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "hierarchy", -1, "hierarchy: must not be null");
  EXPECT_ERROR(lianhu_scores_roll_up(scores, hierarchy, NULL, NULL, 4, NULL, NULL, NULL, mean, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "units", -1, "units: must not be null");
  lianhu_scores_free(scores);
  lianhu_hierarchy_free(hierarchy);
}
