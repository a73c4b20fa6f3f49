#include "capi_test.h"

TEST(lianhu_plan_load) {
  lianhu_assignment_problem problem = small_problem();
  lianhu_plan* saved = solve(&problem);
  lianhu_plan* plan = NULL;
  lianhu_plan_view view;
  const char* path = temporary_path("loaded.plan");
  FILE* file = NULL;
  lianhu_plan_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_plan_save(saved, path, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_plan_load(path, &plan, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.total_cost_cm, 500);
  EXPECT_EQ(view.steward_of[5], 1);
  lianhu_plan_free(plan);
  lianhu_plan_free(saved);

  file = fopen(path, "wb");
  fputs("household,steward\n1,2\nlong enough to hold a header\n", file);
  fclose(file);
  plan = NULL;
  EXPECT_EQ(lianhu_plan_load(path, &plan, NULL), LIANHU_INVALID_ARGUMENT);
  remove(path);
  EXPECT_EQ(lianhu_plan_load(path, &plan, NULL), LIANHU_NOT_FOUND);
  EXPECT_ERROR(lianhu_plan_load(NULL, &plan, shared_error()), LIANHU_INVALID_ARGUMENT, "path", -1,
               "path: must not be null");
  EXPECT_ERROR(lianhu_plan_load(path, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  EXPECT(plan == NULL);
}
