#include "capi_test.h"

TEST(lianhu_assignment_verify) {
  lianhu_assignment_problem problem = small_problem();
  const int32_t good[] = {0, 0, 0, 1, 1, 1};
  const int32_t dear[] = {1, 0, 0, 0, 1, 1};
  const int32_t bad[] = {0, 0, 0, 0, 0, LIANHU_NONE};
  const int32_t wrong[] = {0, 0, 0, 1, 1, 2};
  const int64_t prices[] = {0, 0};
  const int32_t far[] = {0, 0, 1, 0, 1, 1};
  lianhu_verification result;
  lianhu_assignment_options options;
  lianhu_violation violations[4];
  lianhu_context* context = NULL;
  lianhu_verification_init(&result, sizeof(result));
  EXPECT_EQ(lianhu_assignment_verify(&problem, good, 6, prices, 2, NULL, NULL, &result, NULL, 0, shared_error()),
            LIANHU_OK);
  EXPECT(result.feasible && result.proved && !result.cancelled);
  EXPECT(result.total_cost_cm == 500 && result.dual_bound_cm == 500 && result.max_distance_cm == 150);
  EXPECT(result.load_min == 3 && result.load_max == 3 && result.unserved == 0 && result.violation_count == 0);

  EXPECT_EQ(lianhu_assignment_verify(&problem, good, 6, NULL, 0, NULL, NULL, &result, NULL, 0, NULL), LIANHU_OK);
  EXPECT(result.feasible && !result.proved);
  EXPECT_EQ(lianhu_assignment_verify(&problem, dear, 6, prices, 2, NULL, NULL, &result, NULL, 0, NULL), LIANHU_OK);
  EXPECT(result.feasible && !result.proved && result.total_cost_cm > result.dual_bound_cm);

  memset(violations, 0, sizeof(violations));
  EXPECT_EQ(lianhu_assignment_verify(&problem, bad, 6, prices, 2, NULL, NULL, &result, violations, 2, NULL), LIANHU_OK);
  EXPECT(!result.feasible && !result.proved);
  EXPECT_EQ(result.violation_count, 3);
  EXPECT(violations[0].kind == LIANHU_UNSERVED && violations[0].index == 5);
  EXPECT(violations[1].kind == LIANHU_ABOVE_MAXIMUM && violations[1].index == 0 && violations[1].value == 5);
  EXPECT(violations[2].kind == 0 && violations[2].index == 0 && violations[2].value == 0);

  lianhu_context_create(NULL, &context, NULL);
  lianhu_context_cancel(context);
  EXPECT_EQ(lianhu_assignment_verify(&problem, good, 6, prices, 2, NULL, context, &result, NULL, 0, NULL), LIANHU_OK);
  EXPECT(result.cancelled);
  lianhu_context_free(context);

  /* The optimum is even as well, 3 and 3; its greatest distance of 1.5 m cannot be less. */
  lianhu_assignment_options_init(&options, sizeof(options));
  options.objective = LIANHU_OBJECTIVE_EVEN;
  EXPECT_EQ(lianhu_assignment_verify(&problem, good, 6, prices, 2, &options, NULL, &result, NULL, 0, NULL), LIANHU_OK);
  EXPECT(result.feasible && result.first_proved);
  options.objective = LIANHU_OBJECTIVE_BOTTLENECK;
  EXPECT_EQ(lianhu_assignment_verify(&problem, good, 6, prices, 2, &options, NULL, &result, NULL, 0, NULL), LIANHU_OK);
  EXPECT(result.feasible && result.first_proved && result.max_distance_cm == 150);
  /* One household of the first steward's at the second, who is 2.5 m off. */
  EXPECT_EQ(lianhu_assignment_verify(&problem, far, 6, NULL, 0, &options, NULL, &result, NULL, 0, NULL), LIANHU_OK);
  EXPECT(result.feasible && !result.first_proved && !result.proved);
  options.best_effort = 1;
  EXPECT_ERROR(lianhu_assignment_verify(&problem, good, 6, prices, 2, &options, NULL, &result, NULL, 0, shared_error()),
               LIANHU_INVALID_ARGUMENT, "options.best_effort", -1,
               "options.best_effort: goes with LIANHU_OBJECTIVE_TOTAL only");

  result.total_cost_cm = 77;
  EXPECT_EQ(lianhu_assignment_verify(&problem, wrong, 6, prices, 2, NULL, NULL, &result, NULL, 0, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(result.total_cost_cm, 77);
  EXPECT_ERROR(lianhu_assignment_verify(NULL, good, 6, prices, 2, NULL, NULL, &result, NULL, 0, shared_error()),
               LIANHU_INVALID_ARGUMENT, "problem", -1, "problem: must not be null");
  EXPECT_ERROR(lianhu_assignment_verify(&problem, NULL, 6, prices, 2, NULL, NULL, &result, NULL, 0, shared_error()),
               LIANHU_INVALID_ARGUMENT, "steward_of", -1, "steward_of: must not be null");
  EXPECT_ERROR(lianhu_assignment_verify(&problem, good, 6, prices, 2, NULL, NULL, NULL, NULL, 0, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out", -1, "out: must not be null");
  EXPECT_ERROR(lianhu_assignment_verify(&problem, good, 6, prices, 2, NULL, NULL, &result, NULL, 4, shared_error()),
               LIANHU_INVALID_ARGUMENT, "violations", -1, "violations: must not be null");
  EXPECT_EQ(lianhu_assignment_verify(&problem, good, 5, prices, 2, NULL, NULL, &result, NULL, 0, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_assignment_verify(&problem, good, 6, prices, 1, NULL, NULL, &result, NULL, 0, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_assignment_verify(&problem, good, 6, prices, -1, NULL, NULL, &result, NULL, 0, NULL),
            LIANHU_INVALID_ARGUMENT);
  result.struct_size = 3;
  EXPECT_ERROR(lianhu_assignment_verify(&problem, good, 6, prices, 2, NULL, NULL, &result, NULL, 0, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out.struct_size", -1,
               "out.struct_size: is 3, less than 64: initialise the struct first");
}
