#include "capi_test.h"

/* The cheapest plan, 1 + 2 + 9 = 12, leaves one of three items of weight 5 to agent 1. */
TEST(lianhu_generalized_assignment_solve) {
  static const int64_t cost[6] = {1, 2, 3, 9, 9, 9};
  static const int64_t weight[6] = {5, 5, 5, 5, 5, 5};
  static const int64_t bad_weight[6] = {5, 5, 5, 5, -5, 5};
  static const int64_t capacity[2] = {10, 10};
  static const int64_t minimum[2] = {0, 10};
  int32_t agent_of[3] = {7, 7, 7};
  lianhu_generalized_assignment problem;
  lianhu_heuristic_options options;
  lianhu_heuristic_result result;
  lianhu_generalized_assignment_init(&problem, sizeof(problem));
  lianhu_heuristic_options_init(&options, sizeof(options));
  lianhu_heuristic_result_init(&result, sizeof(result));
  problem.agents = 2;
  problem.items = 3;
  problem.cost = cost;
  problem.weight = weight;
  problem.capacity = capacity;
  EXPECT_EQ(lianhu_generalized_assignment_solve(&problem, &options, NULL, agent_of, 3, &result, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(result.outcome, LIANHU_HEURISTIC_OPTIMAL);
  EXPECT_EQ(result.objective, 12);
  EXPECT_EQ(result.bound, 12);
  EXPECT_EQ(agent_of[0] + agent_of[1] + agent_of[2], 1);
  EXPECT_EQ(result.load_min, 5);
  EXPECT_EQ(result.load_max, 10);

  problem.minimum = minimum;
  EXPECT_EQ(lianhu_generalized_assignment_solve(&problem, NULL, NULL, agent_of, 3, &result, NULL), LIANHU_OK);
  EXPECT_EQ(result.objective, 19);

  problem.weight = bad_weight;
  EXPECT_ERROR(lianhu_generalized_assignment_solve(&problem, NULL, NULL, agent_of, 3, &result, shared_error()),
               LIANHU_INVALID_ARGUMENT, "weight", 4, "weight[4]: is not in 0..2147483647: -5");
  problem.weight = NULL;
  EXPECT_ERROR(lianhu_generalized_assignment_solve(&problem, NULL, NULL, agent_of, 3, &result, shared_error()),
               LIANHU_INVALID_ARGUMENT, "weight", -1, "weight: must not be null");
  problem.weight = weight;
  EXPECT_EQ(lianhu_generalized_assignment_solve(&problem, NULL, NULL, agent_of, 2, &result, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_generalized_assignment_solve(&problem, NULL, NULL, NULL, 3, &result, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_generalized_assignment_solve(NULL, NULL, NULL, agent_of, 3, &result, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_generalized_assignment_solve(&problem, NULL, NULL, agent_of, 3, NULL, NULL),
            LIANHU_INVALID_ARGUMENT);
  options.seconds = -1;
  EXPECT_EQ(lianhu_generalized_assignment_solve(&problem, &options, NULL, agent_of, 3, &result, NULL),
            LIANHU_INVALID_ARGUMENT);
}
