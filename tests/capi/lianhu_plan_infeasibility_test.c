#include "capi_test.h"

TEST(lianhu_plan_infeasibility) {
  lianhu_assignment_problem problem = small_problem();
  lianhu_plan* plan;
  lianhu_infeasibility why;
  problem.max_load = 2;
  plan = solve(&problem);
  lianhu_infeasibility_init(&why, sizeof(why));
  EXPECT_EQ(lianhu_plan_infeasibility(plan, 0, &why, shared_error()), LIANHU_OK);
  EXPECT_EQ(why.unit, -1);
  EXPECT_EQ(why.households, 6);
  EXPECT_EQ(why.stewards, 2);
  EXPECT_EQ(why.capacity, 4);
  EXPECT_EQ(why.required, 4);
  EXPECT_EQ(why.shortage, 2);
  EXPECT_EQ(why.surplus, 0);
  EXPECT_EQ(why.stewards_needed, 3);
  EXPECT_EQ(why.bound_needed, 3);
  EXPECT_ERROR(lianhu_plan_infeasibility(plan, 1, &why, shared_error()), LIANHU_INVALID_ARGUMENT, "index", -1,
               "index: is 1: there are 1 infeasibilities");
  EXPECT_ERROR(lianhu_plan_infeasibility(plan, -1, &why, shared_error()), LIANHU_INVALID_ARGUMENT, "index", -1,
               "index: is -1: there are 1 infeasibilities");
  EXPECT_ERROR(lianhu_plan_infeasibility(NULL, 0, &why, shared_error()), LIANHU_INVALID_ARGUMENT, "plan", -1,
               "plan: must not be null");
  EXPECT_ERROR(lianhu_plan_infeasibility(plan, 0, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  why.struct_size = 0;
  EXPECT_ERROR(lianhu_plan_infeasibility(plan, 0, &why, shared_error()), LIANHU_INVALID_ARGUMENT, "out.struct_size", -1,
               "out.struct_size: is 0, less than 72: initialise the struct first");
  lianhu_plan_free(plan);
}
