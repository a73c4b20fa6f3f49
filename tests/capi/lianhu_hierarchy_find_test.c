#include "capi_test.h"

TEST(lianhu_hierarchy_find) {
  lianhu_hierarchy* hierarchy = small_hierarchy();
  const int64_t codes[] = {430181002216, 5, 430181002};
  int32_t units[3];
  EXPECT_EQ(lianhu_hierarchy_find(hierarchy, codes, 3, units, shared_error()), LIANHU_OK);
  EXPECT_EQ(units[0], 2);
  EXPECT_EQ(units[1], LIANHU_NONE);
  EXPECT_EQ(units[2], 0);
  EXPECT_EQ(lianhu_hierarchy_find(hierarchy, NULL, 0, NULL, shared_error()), LIANHU_OK);
  EXPECT_ERROR(lianhu_hierarchy_find(NULL, codes, 3, units, shared_error()), LIANHU_INVALID_ARGUMENT, "hierarchy", -1,
               "hierarchy: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_find(hierarchy, NULL, 3, units, shared_error()), LIANHU_INVALID_ARGUMENT, "codes", -1,
               "codes: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_find(hierarchy, codes, 3, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out_units",
               -1, "out_units: must not be null");
  lianhu_hierarchy_free(hierarchy);
}
