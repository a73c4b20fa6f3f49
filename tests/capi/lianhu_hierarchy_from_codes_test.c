#include "capi_test.h"

TEST(lianhu_hierarchy_from_codes) {
  const int64_t twice[] = {430181002216, 430181002216};
  lianhu_hierarchy* hierarchy = small_hierarchy();
  lianhu_hierarchy_view view;
  lianhu_hierarchy_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_hierarchy_get(hierarchy, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.unit_count, 4);
  EXPECT_EQ(view.codes[0], 430181002);
  EXPECT_EQ(view.codes[1], 430181002204);
  lianhu_hierarchy_free(hierarchy);

  hierarchy = NULL;
  EXPECT_EQ(lianhu_hierarchy_from_codes(NULL, 0, 0, &hierarchy, shared_error()), LIANHU_OK);
  lianhu_hierarchy_free(hierarchy);
  hierarchy = NULL;
  EXPECT_ERROR(lianhu_hierarchy_from_codes(twice, 2, 0, &hierarchy, shared_error()), LIANHU_INVALID_ARGUMENT, "codes",
               1, "codes[1]: duplicate code 430181002216: units 0 and 1");
  EXPECT_ERROR(lianhu_hierarchy_from_codes(NULL, 1, 0, &hierarchy, shared_error()), LIANHU_INVALID_ARGUMENT, "codes",
               -1, "codes: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_from_codes(twice, 1, 0, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  EXPECT(hierarchy == NULL);
}
