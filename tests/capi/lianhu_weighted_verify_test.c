#include "capi_test.h"

/* Six households on a line, two stewards of 2 to 4, as in lianhu_weighted_solve_test.c. */
TEST(lianhu_weighted_verify) {
  static const int32_t weights[6] = {3, 1, 1, 1, 1, 1};
  static const int32_t heavy[6] = {0, 0, 0, 1, 1, LIANHU_NONE};
  static const int32_t nobody[6] = {0, 0, 1, 1, 1, 2};
  const lianhu_assignment_problem problem = small_problem();
  int32_t steward_of[6];
  int64_t multipliers[6];
  lianhu_heuristic_options options;
  lianhu_heuristic_result result;
  lianhu_weighted_verification checked;
  lianhu_heuristic_options_init(&options, sizeof(options));
  lianhu_heuristic_result_init(&result, sizeof(result));
  lianhu_weighted_verification_init(&checked, sizeof(checked));
  options.multiplier_cm = multipliers;
  EXPECT_EQ(lianhu_weighted_solve(&problem, weights, &options, NULL, steward_of, 6, &result, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(lianhu_weighted_verify(&problem, weights, steward_of, multipliers, 6, &checked, shared_error()), LIANHU_OK);
  EXPECT(checked.feasible && checked.bound_held && checked.unserved == 0);
  EXPECT_EQ(checked.total_cost_cm, 700);
  EXPECT_EQ(checked.distance_cm, 600);
  EXPECT_EQ(checked.bound_cm, result.bound);
  EXPECT(checked.load_min == 4 && checked.load_max == 4);

  /* Five of weight to the first steward, and one household to nobody. */
  EXPECT_EQ(lianhu_weighted_verify(&problem, weights, heavy, NULL, 6, &checked, NULL), LIANHU_OK);
  EXPECT(!checked.feasible && checked.unserved == 1 && checked.load_max == 5 && checked.bound_cm == 0);

  EXPECT_EQ(lianhu_weighted_verify(&problem, weights, nobody, NULL, 6, &checked, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_weighted_verify(&problem, weights, steward_of, NULL, 5, &checked, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_weighted_verify(&problem, NULL, steward_of, NULL, 6, &checked, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_weighted_verify(&problem, weights, NULL, NULL, 6, &checked, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_weighted_verify(NULL, weights, steward_of, NULL, 6, &checked, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_weighted_verify(&problem, weights, steward_of, NULL, 6, NULL, NULL), LIANHU_INVALID_ARGUMENT);
}
