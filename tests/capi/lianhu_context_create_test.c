#include "capi_test.h"

static int32_t count_calls(double fraction, void* user) {
  EXPECT(fraction >= 0 && fraction <= 1);
  ++*(int*)user;
  return 0;
}

TEST(lianhu_context_create) {
  lianhu_context* context = NULL;
  lianhu_context_options options;
  lianhu_assignment_problem problem = small_problem();
  lianhu_plan* plan = NULL;
  int calls = 0;
  EXPECT_EQ(lianhu_context_create(NULL, &context, shared_error()), LIANHU_OK);
  EXPECT(context != NULL);
  lianhu_context_free(context);

  lianhu_context_options_init(&options, sizeof(options));
  options.threads = 1;
  options.progress = count_calls;
  options.user = &calls;
  EXPECT_EQ(lianhu_context_create(&options, &context, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_assignment_solve(&problem, NULL, context, &plan, shared_error()), LIANHU_OK);
  EXPECT(calls > 0);
  lianhu_plan_free(plan);
  lianhu_context_free(context);

  context = NULL;
  options.threads = -1;
  EXPECT_ERROR(lianhu_context_create(&options, &context, shared_error()), LIANHU_INVALID_ARGUMENT, "options.threads",
               -1, "options.threads: is -1");
  EXPECT(context == NULL);
  EXPECT_ERROR(lianhu_context_create(NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  options.struct_size = 0;
  EXPECT_ERROR(lianhu_context_create(&options, &context, shared_error()), LIANHU_INVALID_ARGUMENT,
               "options.struct_size", -1, "options.struct_size: is 0, less than 32: initialise the struct first");
}
