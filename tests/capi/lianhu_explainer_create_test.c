#include "capi_test.h"

TEST(lianhu_explainer_create) {
  lianhu_assignment_problem problem = small_problem();
  const int32_t best[] = {0, 0, 0, 1, 1, 1};
  const int32_t worse[] = {1, 0, 0, 0, 1, 1};
  const int32_t uneven[] = {0, 0, 0, 0, 0, 1};
  const int64_t prices[] = {0, 0};
  lianhu_explainer* explainer = NULL;
  EXPECT_EQ(lianhu_explainer_create(&problem, best, 6, prices, 2, NULL, NULL, &explainer, shared_error()), LIANHU_OK);
  EXPECT(explainer != NULL);
  lianhu_explainer_free(explainer);
  EXPECT_EQ(lianhu_explainer_create(&problem, best, 6, NULL, 0, NULL, NULL, &explainer, shared_error()), LIANHU_OK);
  lianhu_explainer_free(explainer);
  explainer = NULL;

  EXPECT_ERROR(
      lianhu_explainer_create(&problem, worse, 6, NULL, 0, NULL, NULL, &explainer, shared_error()),
      LIANHU_INVALID_ARGUMENT, "steward_of", -1,
      "steward_of: the plan is not proved optimal: its total is 1000 cm, the optimum 500 cm: only an optimal plan "
      "can be explained");
  EXPECT_ERROR(lianhu_explainer_create(&problem, uneven, 6, NULL, 0, NULL, NULL, &explainer, shared_error()),
               LIANHU_INVALID_ARGUMENT, "steward_of", -1,
               "steward_of: the plan breaks a bound or a condition at 2 places: only an optimal plan can be explained");
  EXPECT_EQ(lianhu_explainer_create(&problem, best, 5, NULL, 0, NULL, NULL, &explainer, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_ERROR(lianhu_explainer_create(&problem, NULL, 6, NULL, 0, NULL, NULL, &explainer, shared_error()),
               LIANHU_INVALID_ARGUMENT, "steward_of", -1, "steward_of: must not be null");
  EXPECT_ERROR(lianhu_explainer_create(NULL, best, 6, NULL, 0, NULL, NULL, &explainer, shared_error()),
               LIANHU_INVALID_ARGUMENT, "problem", -1, "problem: must not be null");
  EXPECT_ERROR(lianhu_explainer_create(&problem, best, 6, NULL, 0, NULL, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out", -1, "out: must not be null");
  lianhu_assignment_options options;
  lianhu_assignment_options_init(&options, sizeof(options));
  options.best_effort = 2;
  EXPECT_ERROR(lianhu_explainer_create(&problem, best, 6, NULL, 0, &options, NULL, &explainer, shared_error()),
               LIANHU_INVALID_ARGUMENT, "options.best_effort", -1, "options.best_effort: is 2: need 0 or 1");
  EXPECT(explainer == NULL);

  lianhu_context* context = NULL;
  EXPECT_EQ(lianhu_context_create(NULL, &context, NULL), LIANHU_OK);
  lianhu_context_cancel(context);
  EXPECT_EQ(lianhu_explainer_create(&problem, best, 6, NULL, 0, NULL, context, &explainer, shared_error()), LIANHU_OK);
  EXPECT(explainer == NULL);
  lianhu_context_free(context);
}
