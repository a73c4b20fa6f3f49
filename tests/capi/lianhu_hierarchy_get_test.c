#include "capi_test.h"

TEST(lianhu_hierarchy_get) {
  lianhu_hierarchy* hierarchy = small_hierarchy();
  lianhu_hierarchy_view view;
  lianhu_hierarchy_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_hierarchy_get(hierarchy, &view, shared_error()), LIANHU_OK);
  EXPECT_EQ(view.height, 2);
  EXPECT_EQ(view.unit_count, 4);
  EXPECT_EQ(view.row_count, 3);
  EXPECT_EQ(view.parents[0], LIANHU_NONE);
  EXPECT_EQ(view.parents[3], 2);
  EXPECT_EQ(view.first_children[0], 1);
  EXPECT_EQ(view.first_children[4], 4);
  EXPECT_EQ(view.levels[0], 4);
  EXPECT_EQ(view.levels[3], 6);
  EXPECT_EQ(view.codes[3], 430181002216001);
  EXPECT_EQ(view.rows[0], LIANHU_NONE);
  EXPECT_EQ(view.rows[2], 0);
  EXPECT_EQ(view.units[0], 2);
  EXPECT_ERROR(lianhu_hierarchy_get(NULL, &view, shared_error()), LIANHU_INVALID_ARGUMENT, "hierarchy", -1,
               "hierarchy: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_get(hierarchy, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  view.struct_size = 16;
  EXPECT_ERROR(lianhu_hierarchy_get(hierarchy, &view, shared_error()), LIANHU_INVALID_ARGUMENT, "out.struct_size", -1,
               "out.struct_size: is 16, less than 72: initialise the struct first");
  lianhu_hierarchy_free(hierarchy);
}
