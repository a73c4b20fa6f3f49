#include "capi_test.h"

TEST(lianhu_plan_free) {
  lianhu_assignment_problem problem = small_problem();
  lianhu_plan_free(solve(&problem));
  lianhu_plan_free(NULL);
}
