#include "capi_test.h"

TEST(lianhu_hierarchy_load) {
  lianhu_hierarchy* saved = small_hierarchy();
  lianhu_hierarchy* hierarchy = NULL;
  const char* path = temporary_path("loaded.hierarchy");
  lianhu_hierarchy_view view;
  FILE* file = NULL;
  lianhu_hierarchy_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_hierarchy_save(saved, path, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_hierarchy_load(path, &hierarchy, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_hierarchy_get(hierarchy, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.unit_count, 4);
  EXPECT_EQ(view.codes[3], 430181002216001);
  lianhu_hierarchy_free(hierarchy);
  lianhu_hierarchy_free(saved);

  file = fopen(path, "r+b");
  fseek(file, 40, SEEK_SET);
  fputc(0x7F, file);
  fclose(file);
  hierarchy = NULL;
  EXPECT_EQ(lianhu_hierarchy_load(path, &hierarchy, NULL), LIANHU_DATA_LOSS);
  remove(path);
  EXPECT_EQ(lianhu_hierarchy_load(path, &hierarchy, NULL), LIANHU_NOT_FOUND);
  EXPECT_ERROR(lianhu_hierarchy_load(NULL, &hierarchy, shared_error()), LIANHU_INVALID_ARGUMENT, "path", -1,
               "path: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_load(path, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  EXPECT(hierarchy == NULL);
}
