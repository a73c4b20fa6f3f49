#include "capi_test.h"

TEST(lianhu_context_reset) {
  lianhu_context* context = NULL;
  lianhu_assignment_problem problem = small_problem();
  lianhu_plan* plan = NULL;
  lianhu_plan_view view;
  lianhu_plan_view_init(&view, sizeof(view));
  lianhu_context_create(NULL, &context, NULL);
  lianhu_context_cancel(context);
  EXPECT_EQ(lianhu_context_reset(context), LIANHU_OK);
  EXPECT_EQ(lianhu_assignment_solve(&problem, NULL, context, &plan, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_OPTIMAL);
  lianhu_plan_free(plan);
  lianhu_context_free(context);
  EXPECT_EQ(lianhu_context_reset(NULL), LIANHU_INVALID_ARGUMENT);
}
