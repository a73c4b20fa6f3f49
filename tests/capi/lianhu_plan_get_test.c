#include "capi_test.h"

TEST(lianhu_plan_get) {
  lianhu_assignment_problem problem = small_problem();
  lianhu_plan* plan = solve(&problem);
  lianhu_plan_view view;
  lianhu_plan_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_plan_get(plan, &view, shared_error()), LIANHU_OK);
  EXPECT_EQ(view.struct_size, sizeof(view));
  EXPECT_EQ(view.outcome, LIANHU_OPTIMAL);
  EXPECT_EQ(view.household_count, 6);
  EXPECT_EQ(view.steward_count, 2);
  EXPECT(view.steward_of[2] == 0 && view.steward_of[3] == 1);
  EXPECT(view.load[0] == 3 && view.load[1] == 3);
  EXPECT(view.price_cm[0] == 0 && view.price_cm[1] == 0);
  EXPECT_EQ(view.total_cost_cm, 500);
  EXPECT_EQ(view.dual_bound_cm, 500);
  EXPECT_EQ(view.unserved, 0);
  EXPECT_EQ(view.infeasibility_count, 0);
  EXPECT(view.seconds >= 0);
  EXPECT_ERROR(lianhu_plan_get(NULL, &view, shared_error()), LIANHU_INVALID_ARGUMENT, "plan", -1,
               "plan: must not be null");
  EXPECT_ERROR(lianhu_plan_get(plan, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  view.struct_size = 80;
  EXPECT_ERROR(lianhu_plan_get(plan, &view, shared_error()), LIANHU_INVALID_ARGUMENT, "out.struct_size", -1,
               "out.struct_size: is 80, less than 88: initialise the struct first");
  lianhu_plan_free(plan);
}
