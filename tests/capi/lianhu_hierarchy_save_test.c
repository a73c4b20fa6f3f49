#include "capi_test.h"

TEST(lianhu_hierarchy_save) {
  lianhu_hierarchy* hierarchy = small_hierarchy();
  const char* path = temporary_path("saved.hierarchy");
  FILE* file = NULL;
  EXPECT_EQ(lianhu_hierarchy_save(hierarchy, path, shared_error()), LIANHU_OK);
  file = fopen(path, "rb");
  EXPECT(file != NULL);
  if (file != NULL) fclose(file);
  remove(path);
  EXPECT_EQ(lianhu_hierarchy_save(hierarchy, "/nonexistent/street", NULL), LIANHU_NOT_FOUND);
  EXPECT_ERROR(lianhu_hierarchy_save(NULL, path, shared_error()), LIANHU_INVALID_ARGUMENT, "hierarchy", -1,
               "hierarchy: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_save(hierarchy, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "path", -1,
               "path: must not be null");
  lianhu_hierarchy_free(hierarchy);
}
