#include "capi_test.h"

/* A caller's own record; the position is inside. */
typedef struct record {
  int32_t number;
  double x;
  double y;
  int32_t unit;
} record;

static void solves_records(void) {
  const record people[] = {{1, 0, 0, 8}, {2, 1, 0, 8}, {3, 10, 0, 9}};
  const double steward_x[] = {9, 1};
  const double steward_y[] = {0, 0};
  const int32_t steward_units[] = {9, 8};
  const int32_t steward_min[] = {0, 2};
  const int32_t steward_max[] = {1, 2};
  lianhu_assignment_problem problem;
  lianhu_plan_view view;
  lianhu_plan* plan;
  lianhu_assignment_problem_init(&problem, sizeof(problem));
  lianhu_plan_view_init(&view, sizeof(view));
  problem.households.x = &people[0].x;
  problem.households.y = &people[0].y;
  problem.households.count = 3;
  problem.households.stride = sizeof(record);
  problem.household_units.data = &people[0].unit;
  problem.household_units.count = 3;
  problem.household_units.stride = sizeof(record);
  problem.stewards.x = steward_x;
  problem.stewards.y = steward_y;
  problem.stewards.count = 2;
  problem.stewards.stride = sizeof(double);
  problem.steward_units.data = steward_units;
  problem.steward_units.count = 2;
  problem.steward_min.data = steward_min;
  problem.steward_min.count = 2;
  problem.steward_max.data = steward_max;
  problem.steward_max.count = 2;
  plan = solve(&problem);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_OPTIMAL);
  EXPECT(view.steward_of[0] == 1 && view.steward_of[1] == 1 && view.steward_of[2] == 0);
  EXPECT_EQ(view.total_cost_cm, 200);
  lianhu_plan_free(plan);
}

/* A row of households all nearest to the first steward, who may take one in twenty. */
static void stops_at_the_limit(void) {
  enum { kCount = 400, kStewards = 20 };
  double household[2 * kCount];
  double steward[2 * kStewards];
  int32_t load[kStewards] = {0};
  lianhu_assignment_problem problem;
  lianhu_assignment_options options;
  lianhu_plan_view view;
  lianhu_plan* plan = NULL;
  int i;
  for (i = 0; i < kCount; ++i) {
    household[2 * i] = -10 * i;
    household[2 * i + 1] = 3 * (i % 7);
  }
  for (i = 0; i < kStewards; ++i) {
    steward[2 * i] = 100 * i;
    steward[2 * i + 1] = 5 * (i % 3);
  }
  lianhu_assignment_problem_init(&problem, sizeof(problem));
  lianhu_assignment_options_init(&options, sizeof(options));
  lianhu_plan_view_init(&view, sizeof(view));
  problem.households.x = household;
  problem.households.y = household + 1;
  problem.households.count = kCount;
  problem.households.stride = 16;
  problem.stewards.x = steward;
  problem.stewards.y = steward + 1;
  problem.stewards.count = kStewards;
  problem.stewards.stride = 16;
  options.time_limit_seconds = 1e-9;
  EXPECT_EQ(lianhu_assignment_solve(&problem, &options, NULL, &plan, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_TIME_LIMIT);
  EXPECT(view.dual_bound_cm < view.total_cost_cm);
  for (i = 0; i < kCount; ++i) ++load[view.steward_of[i]];
  for (i = 0; i < kStewards; ++i) EXPECT_EQ(load[i], 20);
  lianhu_plan_free(plan);

  plan = NULL;
  options.time_limit_seconds = -1;
  EXPECT_ERROR(lianhu_assignment_solve(&problem, &options, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT,
               "time_limit_seconds", -1, "time_limit_seconds: is -1: need seconds >= 0, 0 for no limit");
  EXPECT(plan == NULL);
}

static void solves_degrees(void) {
  const double household[2] = {113.6, 28.1};
  const double steward[2] = {113.6, 28.101};
  lianhu_assignment_problem problem;
  lianhu_plan_view view;
  lianhu_plan* plan;
  lianhu_assignment_problem_init(&problem, sizeof(problem));
  lianhu_plan_view_init(&view, sizeof(view));
  problem.datum = LIANHU_WGS84_DEGREES;
  problem.households.x = household;
  problem.households.y = household + 1;
  problem.households.count = 1;
  problem.households.stride = 16;
  problem.stewards.x = steward;
  problem.stewards.y = steward + 1;
  problem.stewards.count = 1;
  problem.stewards.stride = 16;
  problem.min_load = 0;
  plan = solve(&problem);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT(view.total_cost_cm > 11070 && view.total_cost_cm < 11090); /* a thousandth of a degree of latitude */
  lianhu_plan_free(plan);
}

TEST(lianhu_assignment_solve) {
  lianhu_assignment_problem problem = small_problem();
  lianhu_assignment_problem wrong = problem;
  lianhu_assignment_options options;
  lianhu_plan_view view;
  lianhu_plan* plan = solve(&problem);
  const double far_away[] = {0, 0, 1, 0, 2, 0, 3, 0, (double)INFINITY, 0, 5, 0};
  lianhu_plan_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_OPTIMAL);
  EXPECT_EQ(view.total_cost_cm, 500);
  lianhu_plan_free(plan);
  solves_records();
  solves_degrees();
  stops_at_the_limit();

  plan = NULL;
  lianhu_assignment_options_init(&options, sizeof(options));
  problem.max_load = 2;
  options.best_effort = 1;
  EXPECT_EQ(lianhu_assignment_solve(&problem, &options, NULL, &plan, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_BEST_EFFORT);
  EXPECT_EQ(view.unserved, 2);
  lianhu_plan_free(plan);

  plan = NULL;
  options.best_effort = 2;
  EXPECT_ERROR(lianhu_assignment_solve(&problem, &options, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT,
               "options.best_effort", -1, "options.best_effort: is 2: need 0 or 1");
  options.struct_size = 4;
  EXPECT_ERROR(lianhu_assignment_solve(&problem, &options, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT,
               "options.struct_size", -1, "options.struct_size: is 4, less than 8: initialise the struct first");
  EXPECT_ERROR(lianhu_assignment_solve(NULL, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT, "problem", -1,
               "problem: must not be null");
  EXPECT_ERROR(lianhu_assignment_solve(&problem, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  EXPECT_EQ(lianhu_assignment_solve(NULL, NULL, NULL, NULL, NULL), LIANHU_INVALID_ARGUMENT);
  wrong.struct_size = 0;
  EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT,
               "problem.struct_size", -1, "problem.struct_size: is 0, less than 176: initialise the struct first");
  {
    struct {
      lianhu_assignment_problem known;
      int64_t newer;
    } grown;
    grown.known = small_problem();
    grown.known.struct_size = sizeof(grown);
    grown.newer = 0;
    EXPECT_EQ(lianhu_assignment_solve(&grown.known, NULL, NULL, &plan, shared_error()), LIANHU_OK);
    lianhu_plan_free(plan);
    plan = NULL;
    grown.newer = 1;
    EXPECT_ERROR(lianhu_assignment_solve(&grown.known, NULL, NULL, &plan, shared_error()), LIANHU_UNSUPPORTED, "", -1,
                 "problem: sets fields that this version of lianhu does not know");
  }
  wrong = problem;
  wrong.datum = 5;
  EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT, "datum", -1,
               "datum: is 5: need LIANHU_PLANAR_METRES or LIANHU_WGS84_DEGREES");
  wrong = problem;
  wrong.households.y = NULL;
  EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT,
               "households", -1, "households: must not be null");
  wrong = problem;
  wrong.stewards.stride = 4;
  EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT, "stewards",
               -1, "stewards: has a stride of 4 bytes, less than 8");
  wrong = problem;
  wrong.households.count = INT64_MAX;
  EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT,
               "households", -1, "households: has 9223372036854775807 entries");
  wrong = problem;
  wrong.household_units.count = 6;
  EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT,
               "household_units", -1, "household_units: must not be null");
  wrong = problem;
  wrong.households.x = far_away;
  wrong.households.y = far_away + 1;
  EXPECT_EQ(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT);
  {
    lianhu_error_info info;
    lianhu_error_info_init(&info, sizeof(info));
    lianhu_error_get(shared_error(), &info);
    EXPECT_TEXT(info.field, "households");
    EXPECT_EQ(info.row, 4);
  }
  EXPECT(plan == NULL);
}
