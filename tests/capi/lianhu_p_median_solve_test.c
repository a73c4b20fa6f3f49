#include "capi_test.h"

TEST(lianhu_p_median_solve) {
  static const int32_t expected[6] = {0, 0, 0, 2, 2, 2};
  static const int32_t small[4] = {4, 3, 3, 3};
  static const int32_t bad[4] = {4, 4, -1, 4};
  lianhu_p_median problem = small_p_median();
  lianhu_selection_options options;
  lianhu_p_median_result result;
  int32_t candidate_of[6];
  lianhu_selection_options_init(&options, sizeof(options));
  lianhu_p_median_result_init(&result, sizeof(result));
  options.work = 20000;
  EXPECT_EQ(lianhu_p_median_solve(&problem, &options, NULL, candidate_of, 6, &result, shared_error()), LIANHU_OK);
  EXPECT_EQ(result.outcome, LIANHU_SELECTION_FEASIBLE);
  EXPECT(result.objective == 400 && result.bound > 0 && result.bound <= 400);
  EXPECT_EQ(result.demand, 8);
  EXPECT_EQ(result.capacity, 8);
  EXPECT_EQ(memcmp(candidate_of, expected, sizeof(expected)), 0);
  problem.distance = LIANHU_DISTANCE_EUCLIDEAN;
  EXPECT_EQ(lianhu_p_median_solve(&problem, &options, NULL, candidate_of, 6, &result, NULL), LIANHU_OK);
  EXPECT(fabs(result.objective - 4) < 1e-9);

  problem.capacity.data = small;
  EXPECT_EQ(lianhu_p_median_solve(&problem, &options, NULL, candidate_of, 6, &result, NULL), LIANHU_OK);
  EXPECT_EQ(result.outcome, LIANHU_SELECTION_INFEASIBLE);
  EXPECT(result.objective == 0 && result.demand == 8 && result.capacity == 7);
  EXPECT_EQ(candidate_of[0], LIANHU_NONE);

  problem.capacity.data = bad;
  EXPECT_ERROR(lianhu_p_median_solve(&problem, &options, NULL, candidate_of, 6, &result, shared_error()),
               LIANHU_INVALID_ARGUMENT, "capacity", 2, "capacity[2]: is -1: need at least 0");
  problem = small_p_median();
  problem.count = 5;
  EXPECT_ERROR(lianhu_p_median_solve(&problem, NULL, NULL, candidate_of, 6, &result, shared_error()),
               LIANHU_INVALID_ARGUMENT, "count", -1, "count: is 5: need 1 to 4 candidates");
  problem.count = (int64_t)1 << 40;
  EXPECT_ERROR(lianhu_p_median_solve(&problem, NULL, NULL, candidate_of, 6, &result, shared_error()),
               LIANHU_INVALID_ARGUMENT, "count", -1, "count: is out of range: 1099511627776");
  problem.count = 2;
  problem.distance = 3;
  EXPECT_ERROR(lianhu_p_median_solve(&problem, NULL, NULL, candidate_of, 6, &result, shared_error()),
               LIANHU_INVALID_ARGUMENT, "distance", -1, "distance: is 3: need 0, 1 or 2");
  problem.distance = 0;
  EXPECT_ERROR(lianhu_p_median_solve(&problem, NULL, NULL, candidate_of, 5, &result, shared_error()),
               LIANHU_INVALID_ARGUMENT, "household_count", -1, "household_count: is 5, but there are 6 households");
  options.seconds = -1;
  EXPECT_ERROR(lianhu_p_median_solve(&problem, &options, NULL, candidate_of, 6, &result, shared_error()),
               LIANHU_INVALID_ARGUMENT, "options.seconds", -1, "options.seconds: is -1: need more than 0");
  EXPECT_EQ(lianhu_p_median_solve(NULL, NULL, NULL, candidate_of, 6, &result, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_p_median_solve(&problem, NULL, NULL, NULL, 6, &result, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_p_median_solve(&problem, NULL, NULL, candidate_of, 6, NULL, NULL), LIANHU_INVALID_ARGUMENT);
}
