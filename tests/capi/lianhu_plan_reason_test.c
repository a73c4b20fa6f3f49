#include "capi_test.h"

/* Six households at 0..5 m, stewards at 0.5 and 4.5 m: 1.5 m is as near as the farthest can be. */
static void of_a_bottleneck(void) {
  lianhu_assignment_problem problem = small_problem();
  lianhu_assignment_options options;
  lianhu_plan_view view;
  lianhu_infeasibility why;
  lianhu_plan* plan = NULL;
  lianhu_assignment_options_init(&options, sizeof(options));
  lianhu_plan_view_init(&view, sizeof(view));
  lianhu_infeasibility_init(&why, sizeof(why));
  options.objective = LIANHU_OBJECTIVE_BOTTLENECK;
  EXPECT_EQ(lianhu_assignment_solve(&problem, &options, NULL, &plan, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_OPTIMAL);
  EXPECT_EQ(view.objective, LIANHU_OBJECTIVE_BOTTLENECK);
  EXPECT_EQ(view.bottleneck_cm, 150);
  EXPECT(view.steward_min == NULL && view.steward_max == NULL);
  EXPECT_EQ(view.reason_count, 1);
  EXPECT_EQ(lianhu_plan_reason(plan, 0, &why, shared_error()), LIANHU_OK);
  EXPECT_EQ(why.part, 1);
  EXPECT_EQ(why.shortage, 2);
  EXPECT_EQ(why.stewards, 0);
  EXPECT(why.household_set[0] == 2 && why.household_set[1] == 3);
  problem.max_distance = 1.49;
  EXPECT_EQ(lianhu_infeasibility_verify(&problem, &why, shared_error()), LIANHU_OK);
  lianhu_plan_free(plan);
}

/* The second steward may serve two at most: four and two are the evenest loads. */
static void of_an_even_plan(void) {
  const int32_t least[] = {0, 0};
  const int32_t most[] = {6, 2};
  lianhu_assignment_problem problem = small_problem();
  lianhu_assignment_options options;
  lianhu_plan_view view;
  lianhu_infeasibility why;
  lianhu_plan* plan = NULL;
  lianhu_assignment_options_init(&options, sizeof(options));
  lianhu_plan_view_init(&view, sizeof(view));
  lianhu_infeasibility_init(&why, sizeof(why));
  problem.steward_min.data = least;
  problem.steward_min.count = 2;
  problem.steward_max.data = most;
  problem.steward_max.count = 2;
  options.objective = LIANHU_OBJECTIVE_EVEN;
  EXPECT_EQ(lianhu_assignment_solve(&problem, &options, NULL, &plan, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_OPTIMAL);
  EXPECT_EQ(view.even_min, 2);
  EXPECT_EQ(view.even_max, 4);
  EXPECT(view.steward_min[0] == 2 && view.steward_max[0] == 4 && view.steward_max[1] == 2);
  EXPECT(view.load[0] == 4 && view.load[1] == 2);
  EXPECT_EQ(view.reason_count, 1);
  EXPECT_EQ(lianhu_plan_reason(plan, 0, &why, shared_error()), LIANHU_OK);
  EXPECT_EQ(why.part, 0);
  EXPECT(why.household_set == NULL && why.steward_set == NULL);
  EXPECT_EQ(why.shortage, 1);
  EXPECT_EQ(why.capacity, 5);
  {
    const int32_t lower[] = {3, 2};
    problem.steward_max.data = lower;
    problem.steward_min.data = least;
    EXPECT_EQ(lianhu_infeasibility_verify(&problem, &why, shared_error()), LIANHU_OK);
  }
  EXPECT_ERROR(lianhu_plan_reason(plan, 1, &why, shared_error()), LIANHU_INVALID_ARGUMENT, "index", -1,
               "index: is 1: there are 1 reasons");
  EXPECT_ERROR(lianhu_plan_reason(plan, 0, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  why.struct_size = 8;
  EXPECT_ERROR(lianhu_plan_reason(plan, 0, &why, shared_error()), LIANHU_INVALID_ARGUMENT, "out.struct_size", -1,
               "out.struct_size: is 8, less than 72: initialise the struct first");
  EXPECT_ERROR(lianhu_plan_reason(NULL, 0, &why, shared_error()), LIANHU_INVALID_ARGUMENT, "plan", -1,
               "plan: must not be null");
  lianhu_plan_free(plan);
}

TEST(lianhu_plan_reason) {
  of_a_bottleneck();
  of_an_even_plan();
}
