#include "capi_test.h"

TEST(lianhu_plan_save) {
  lianhu_assignment_problem problem = small_problem();
  lianhu_plan* plan = solve(&problem);
  const char* path = temporary_path("saved.plan");
  FILE* file = NULL;
  EXPECT_EQ(lianhu_plan_save(plan, path, shared_error()), LIANHU_OK);
  file = fopen(path, "rb");
  EXPECT(file != NULL);
  if (file != NULL) fclose(file);
  remove(path);
  EXPECT_EQ(lianhu_plan_save(plan, "/nonexistent/street", NULL), LIANHU_NOT_FOUND);
  EXPECT_ERROR(lianhu_plan_save(NULL, path, shared_error()), LIANHU_INVALID_ARGUMENT, "plan", -1,
               "plan: must not be null");
  EXPECT_ERROR(lianhu_plan_save(plan, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "path", -1,
               "path: must not be null");
  lianhu_plan_free(plan);
}
