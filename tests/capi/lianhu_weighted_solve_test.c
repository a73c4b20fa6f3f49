#include "capi_test.h"

/* Six households on a line, two stewards of 2 to 4: with a weight of 3 the first alone nearly fills its steward. */
TEST(lianhu_weighted_solve) {
  static const int32_t weights[6] = {3, 1, 1, 1, 1, 1};
  static const int32_t bad_weights[6] = {3, 1, 0, 1, 1, 1};
  static const int32_t heavy[6] = {9, 1, 1, 1, 1, 1};
  const lianhu_assignment_problem problem = small_problem();
  int32_t steward_of[6];
  lianhu_heuristic_result result;
  lianhu_heuristic_result_init(&result, sizeof(result));
  EXPECT_EQ(lianhu_weighted_solve(&problem, weights, NULL, NULL, steward_of, 6, &result, shared_error()), LIANHU_OK);
  /* 3 + 1 to the first steward and four to the second: 3 x 0.5 + 0.5 + 2.5 + 1.5 + 0.5 + 0.5 m. */
  EXPECT_EQ(result.objective, 700);
  EXPECT_EQ(result.distance_cm, 600);
  EXPECT(result.bound <= 700 && result.bound > 0);
  EXPECT_EQ(result.load_min, 4);
  EXPECT_EQ(result.load_max, 4);
  EXPECT(steward_of[0] == 0 && steward_of[1] == 0 && steward_of[2] == 1);

  EXPECT_EQ(lianhu_weighted_solve(&problem, heavy, NULL, NULL, steward_of, 6, &result, NULL), LIANHU_OK);
  EXPECT_EQ(result.outcome, LIANHU_HEURISTIC_INFEASIBLE);
  EXPECT_EQ(steward_of[0], LIANHU_NONE);
  EXPECT_ERROR(lianhu_weighted_solve(&problem, bad_weights, NULL, NULL, steward_of, 6, &result, shared_error()),
               LIANHU_INVALID_ARGUMENT, "weights", 2, "weights[2]: is not in 1..10000: 0");
  EXPECT_EQ(lianhu_weighted_solve(&problem, weights, NULL, NULL, steward_of, 5, &result, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_weighted_solve(&problem, NULL, NULL, NULL, steward_of, 6, &result, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_weighted_solve(&problem, weights, NULL, NULL, NULL, 6, &result, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_weighted_solve(NULL, weights, NULL, NULL, steward_of, 6, &result, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_weighted_solve(&problem, weights, NULL, NULL, steward_of, 6, NULL, NULL), LIANHU_INVALID_ARGUMENT);
}
