#include "capi_test.h"

TEST(lianhu_scores_stratify) {
  lianhu_scores* scores = founding_scores(6); /* 98.000 down to 88.000 */
  const int64_t dispersion[] = {100, 200, 300, 400, 500, 600};
  const int64_t households[] = {10, 11, 12, 13, 14, 15};
  const int64_t hardship[] = {0, 1, 2, 3, 4, 5};
  int64_t difficulty[6], adjustment[6], adjusted[6], mean[3];
  int32_t stratum[6], stratum_rank[6], adjusted_rank[6];
  lianhu_strata strata;
  EXPECT_EQ(lianhu_strata_init(&strata, sizeof(strata)), LIANHU_OK);
  strata.count = 6;
  strata.dispersion_cm = dispersion;
  strata.households = households;
  strata.hardship = hardship;
  strata.out_difficulty = difficulty;
  strata.out_stratum = stratum;
  strata.out_stratum_rank = stratum_rank;
  strata.out_adjustment = adjustment;
  strata.out_adjusted = adjusted;
  strata.out_adjusted_rank = adjusted_rank;
  strata.out_stratum_mean = mean;
  EXPECT_EQ(lianhu_scores_stratify(scores, &strata, shared_error()), LIANHU_OK);
  EXPECT(stratum[0] == 0 && stratum[1] == 0 && stratum[2] == 1 && stratum[5] == 2);
  EXPECT(mean[0] == 97000 && mean[1] == 93000 && mean[2] == 89000);
  /* The mean of all is 93. */
  EXPECT(adjustment[0] == -4000 && adjustment[2] == 0 && adjustment[5] == 4000);
  EXPECT(adjusted[0] == 94000 && adjusted[5] == 92000 && adjusted_rank[0] == 1);
  EXPECT(stratum_rank[0] == 1 && stratum_rank[1] == 2 && stratum_rank[4] == 1);
  EXPECT_EQ(difficulty[0], 83333);

  strata.cap = 1000;
  strata.out_difficulty = NULL;
  EXPECT_EQ(lianhu_scores_stratify(scores, &strata, shared_error()), LIANHU_OK);
  EXPECT(adjustment[0] == -1000 && adjustment[5] == 1000);

  strata.strata = 101;
  EXPECT_ERROR(lianhu_scores_stratify(scores, &strata, shared_error()), LIANHU_INVALID_ARGUMENT, "strata", -1,
               "strata: 101, need 1 to 100");
  strata.strata = 3;
  strata.count = 5;
  EXPECT_ERROR(lianhu_scores_stratify(scores, &strata, shared_error()), LIANHU_INVALID_ARGUMENT, "dispersion_cm", -1,
               "dispersion_cm: has 5 entries, expected 6");
  strata.count = 6;
  strata.hardship = NULL;
  EXPECT_ERROR(lianhu_scores_stratify(scores, &strata, shared_error()), LIANHU_INVALID_ARGUMENT, "hardship", -1,
               "hardship: must not be null");
  strata.hardship = dispersion;
  EXPECT_ERROR(lianhu_scores_stratify(scores, &strata, shared_error()), LIANHU_INVALID_ARGUMENT, "hardship", 0,
               "hardship[0]: the ratio is above 1: 100 of 10 households");
  EXPECT_ERROR(lianhu_scores_stratify(NULL, &strata, shared_error()), LIANHU_INVALID_ARGUMENT, "scores", -1,
               "scores: must not be null");
  EXPECT_ERROR(lianhu_scores_stratify(scores, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "strata", -1,
               "strata: must not be null");
  strata.struct_size = 4;
  EXPECT_ERROR(lianhu_scores_stratify(scores, &strata, shared_error()), LIANHU_INVALID_ARGUMENT, "strata.struct_size",
               -1, "strata.struct_size: is 4, less than 104: initialise the struct first");
  lianhu_scores_free(scores);
}
