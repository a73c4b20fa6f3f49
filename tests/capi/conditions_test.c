#include "capi_test.h"

/* Every condition at once on six households and two stewards, beside all 64 plans. */

static const double kHousehold[6][2] = {{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}};
static const double kSteward[2] = {0.5, 4.5};

typedef struct record {
  int32_t household;
  int32_t steward;
  double note; /* something of the caller's own */
} record;

static const record kForbidden[] = {{1, 0, 0.5}};
static const record kFixed[] = {{5, 0, 0.5}};
static const int32_t kPreferences[2][2] = {{3, 0}, {0, 0}};
static const int64_t kPreferenceCm[] = {-40, 70};
static const int32_t kCurrent[] = {0, 1, 1, 0, -1, 1};
static const int64_t kSwitchCm = 30;
static const lianhu_load_cost_step kLoadCost[] = {{1, 10}, {3, 120}};

/* The cost of a plan in cm as the header defines it; -1 when it is not one. Bit h of `plan` is the steward of h. */
static int64_t cost_of(int plan, int64_t* distance, int64_t* switches) {
  int64_t load[2] = {0, 0};
  int64_t cost = 0;
  int h;
  *distance = 0;
  *switches = 0;
  for (h = 0; h < 6; ++h) {
    const int j = plan >> h & 1;
    const int64_t far = (int64_t)(100 * fabs(kHousehold[h][0] - kSteward[j]) + 0.5);
    if (h == 1 && j == 0) return -1;
    if (h == 5 && j != 0) return -1;
    if (far > 360 && h != 5) return -1;
    *distance += far;
    cost += far;
    if (h == 3 && j == 0) cost -= 40;
    if (h == 0 && j == 0) cost += 70;
    if (kCurrent[h] >= 0 && kCurrent[h] != j) {
      cost += kSwitchCm;
      ++*switches;
    }
    ++load[j];
    cost += load[j] > 3 ? 120 : load[j] > 1 ? 10 : 0;
  }
  return load[0] < 2 || load[1] < 2 || load[0] > 4 || load[1] > 4 ? -1 : cost;
}

TEST(conditions) {
  lianhu_assignment_problem problem = small_problem();
  lianhu_assignment_problem wrong;
  lianhu_plan_view view;
  lianhu_verification checked;
  lianhu_violation violations[8];
  lianhu_plan* plan;
  int64_t best = -1;
  int64_t distance;
  int64_t switches;
  int tried = 0;
  int choice;
  int found = 0;
  int h;
  lianhu_plan_view_init(&view, sizeof(view));
  lianhu_verification_init(&checked, sizeof(checked));
  problem.max_distance = 3.6;
  problem.forbidden.household = &kForbidden[0].household;
  problem.forbidden.steward = &kForbidden[0].steward;
  problem.forbidden.count = 1;
  problem.forbidden.stride = sizeof(record);
  problem.fixed.household = &kFixed[0].household;
  problem.fixed.steward = &kFixed[0].steward;
  problem.fixed.count = 1;
  problem.fixed.stride = sizeof(record);
  problem.preferences.household = &kPreferences[0][0];
  problem.preferences.steward = &kPreferences[0][1];
  problem.preferences.count = 2;
  problem.preferences.stride = sizeof(kPreferences[0]);
  problem.preference_cm = kPreferenceCm;
  problem.current.data = kCurrent;
  problem.current.count = 6;
  problem.switch_cost_cm = kSwitchCm;
  problem.load_cost = kLoadCost;
  problem.load_cost_count = 2;

  for (choice = 0; choice < 64; ++choice) {
    const int64_t cost = cost_of(choice, &distance, &switches);
    if (cost < 0) continue;
    ++tried;
    if (best < 0 || cost < best) best = cost;
  }
  EXPECT(tried > 1);
  plan = solve(&problem);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_OPTIMAL);
  EXPECT_EQ(view.total_cost_cm, best);
  EXPECT_EQ(view.dual_bound_cm, best);
  for (h = 0; h < 6; ++h) found |= view.steward_of[h] << h;
  EXPECT_EQ(cost_of(found, &distance, &switches), best);
  EXPECT_EQ(view.distance_cm, distance);
  EXPECT_EQ(view.switches, switches);
  EXPECT_EQ(lianhu_assignment_verify(&problem, view.steward_of, 6, view.price_cm, 2, NULL, NULL, &checked, NULL, 0,
                                     shared_error()),
            LIANHU_OK);
  EXPECT_EQ(checked.proved, 1);
  EXPECT_EQ(checked.total_cost_cm, best);
  EXPECT_EQ(checked.distance_cm, distance);
  EXPECT_EQ(checked.switches, switches);
  lianhu_plan_free(plan);

  /* A plan that breaks each: 0 too far, 1 forbidden, 5 fixed elsewhere. */
  {
    const int32_t broken[] = {1, 0, 0, 0, 1, 1};
    EXPECT_EQ(
        lianhu_assignment_verify(&problem, broken, 6, NULL, 0, NULL, NULL, &checked, violations, 8, shared_error()),
        LIANHU_OK);
    EXPECT_EQ(checked.feasible, 0);
    EXPECT_EQ(checked.violation_count, 3);
    EXPECT(violations[0].kind == LIANHU_TOO_FAR && violations[0].index == 0 && violations[0].value == 1);
    EXPECT(violations[1].kind == LIANHU_FORBIDDEN_PAIR && violations[1].index == 1 && violations[1].value == 0);
    EXPECT(violations[2].kind == LIANHU_FIXED_ELSEWHERE && violations[2].index == 5 && violations[2].value == 1);
  }

  /* A caller with the older, smaller struct knows no conditions. */
  wrong = problem;
  wrong.struct_size = 176;
  plan = solve(&wrong);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.total_cost_cm, 500);
  lianhu_plan_free(plan);

  /* Costs of the caller's own, and kinds. */
  {
    const int64_t begin[] = {0, 1, 2, 4, 5, 6, 7};
    const int32_t to[] = {0, 0, 0, 1, 1, 1, 1};
    const int64_t cost[] = {5, 5, 9, 4, 5, 5, 5};
    const int32_t kinds[] = {7, 7, 7, 9, 9, 9};
    const int32_t steward_kinds[] = {7, 9};
    wrong = small_problem();
    wrong.cost_begin = begin;
    wrong.cost_stewards = to;
    wrong.costs_cm = cost;
    wrong.cost_count = 7;
    plan = solve(&wrong);
    EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
    EXPECT_EQ(view.total_cost_cm, 29);
    lianhu_plan_free(plan);
    wrong.household_kinds.data = kinds;
    wrong.household_kinds.count = 6;
    wrong.steward_kinds.data = steward_kinds;
    wrong.steward_kinds.count = 2;
    plan = solve(&wrong);
    EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
    EXPECT_EQ(view.total_cost_cm, 34);
    EXPECT_EQ(view.steward_of[2], 0);
    lianhu_plan_free(plan);
    plan = NULL;
    wrong.cost_stewards = NULL;
    EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT,
                 "cost_stewards", -1, "cost_stewards: must not be null");
    wrong.cost_begin = NULL;
    EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT,
                 "cost_begin", -1, "cost_begin: must not be null");
  }

  plan = NULL;
  wrong = problem;
  wrong.forbidden.steward = NULL;
  EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT, "forbidden",
               -1, "forbidden: must not be null");
  wrong = problem;
  wrong.fixed.stride = 2;
  EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT, "fixed", -1,
               "fixed: has a stride of 2 bytes, less than 4");
  wrong = problem;
  wrong.preferences.count = INT64_MAX;
  EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT,
               "preferences", -1, "preferences: has 9223372036854775807 entries");
  wrong = problem;
  wrong.preference_cm = NULL;
  EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT,
               "preference_cm", -1, "preference_cm: must not be null");
  wrong = problem;
  wrong.load_cost = NULL;
  EXPECT_ERROR(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT, "load_cost",
               -1, "load_cost: must not be null");
  wrong = problem;
  wrong.max_distance = (double)NAN;
  EXPECT_EQ(lianhu_assignment_solve(&wrong, NULL, NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT);
  EXPECT(plan == NULL);

  /* Who cannot keep a condition says so. */
  {
    const int32_t weights[] = {1, 1, 1, 1, 1, 1};
    int32_t steward_of[6];
    lianhu_heuristic_result result;
    lianhu_rebalancer* rebalancer = NULL;
    lianhu_heuristic_result_init(&result, sizeof(result));
    EXPECT_ERROR(lianhu_weighted_solve(&problem, weights, NULL, NULL, steward_of, 6, &result, shared_error()),
                 LIANHU_INVALID_ARGUMENT, "weights", -1,
                 "weights: cannot be taken together with pair conditions, kinds or costs of load");
    EXPECT_ERROR(lianhu_rebalancer_create(&problem, NULL, 0, NULL, 0, 0, NULL, &rebalancer, shared_error()),
                 LIANHU_INVALID_ARGUMENT, "max_distance", -1,
                 "max_distance: cannot be kept while the plan changes; solve anew instead");
    EXPECT(rebalancer == NULL);
  }
}
