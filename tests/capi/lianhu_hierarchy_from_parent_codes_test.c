#include "capi_test.h"

TEST(lianhu_hierarchy_from_parent_codes) {
  const int64_t codes[] = {12, 11, 1};
  const int64_t parent_codes[] = {1, 1, LIANHU_NONE};
  const int64_t orphans[] = {1, 99, LIANHU_NONE};
  const int32_t levels[] = {6, 6, 5};
  lianhu_hierarchy* hierarchy = NULL;
  lianhu_hierarchy_view view;
  lianhu_hierarchy_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_hierarchy_from_parent_codes(codes, parent_codes, levels, 3, &hierarchy, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_hierarchy_get(hierarchy, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.codes[0], 1);
  EXPECT_EQ(view.levels[2], 6);
  lianhu_hierarchy_free(hierarchy);

  hierarchy = NULL;
  EXPECT_ERROR(lianhu_hierarchy_from_parent_codes(codes, orphans, NULL, 3, &hierarchy, shared_error()),
               LIANHU_INVALID_ARGUMENT, "parent_codes", 1,
               "parent_codes[1]: orphan: the parent of unit 1 (code 11) is 99, which is no unit's code");
  EXPECT_ERROR(lianhu_hierarchy_from_parent_codes(NULL, parent_codes, NULL, 3, &hierarchy, shared_error()),
               LIANHU_INVALID_ARGUMENT, "codes", -1, "codes: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_from_parent_codes(codes, NULL, NULL, 3, &hierarchy, shared_error()),
               LIANHU_INVALID_ARGUMENT, "parent_codes", -1, "parent_codes: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_from_parent_codes(codes, parent_codes, NULL, 3, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out", -1, "out: must not be null");
  EXPECT(hierarchy == NULL);
}
