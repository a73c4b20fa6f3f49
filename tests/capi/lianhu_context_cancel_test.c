#include "capi_test.h"

static int32_t stop(double fraction, void* user) {
  (void)fraction;
  (void)user;
  return 1;
}

TEST(lianhu_context_cancel) {
  lianhu_context* context = NULL;
  lianhu_context_options options;
  lianhu_assignment_problem problem = small_problem();
  lianhu_plan* plan = NULL;
  lianhu_plan_view view;
  lianhu_plan_view_init(&view, sizeof(view));
  lianhu_context_create(NULL, &context, NULL);
  EXPECT_EQ(lianhu_context_cancel(context), LIANHU_OK);
  EXPECT_EQ(lianhu_assignment_solve(&problem, NULL, context, &plan, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_CANCELLED);
  EXPECT_EQ(view.steward_of[0], LIANHU_NONE);
  lianhu_plan_free(plan);
  lianhu_context_free(context);

  lianhu_context_options_init(&options, sizeof(options));
  options.progress = stop;
  lianhu_context_create(&options, &context, NULL);
  EXPECT_EQ(lianhu_assignment_solve(&problem, NULL, context, &plan, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_CANCELLED);
  lianhu_plan_free(plan);
  lianhu_context_free(context);
  EXPECT_EQ(lianhu_context_cancel(NULL), LIANHU_INVALID_ARGUMENT);
}
