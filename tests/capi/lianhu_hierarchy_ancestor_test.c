#include "capi_test.h"

TEST(lianhu_hierarchy_ancestor) {
  lianhu_hierarchy* hierarchy = small_hierarchy();
  const int32_t units[] = {3, 1, 0};
  const int32_t wrong[] = {3, 4};
  int32_t out[3] = {77, 77, 77};
  EXPECT_EQ(lianhu_hierarchy_ancestor(hierarchy, units, 3, 5, out, shared_error()), LIANHU_OK);
  EXPECT_EQ(out[0], 2);
  EXPECT_EQ(out[1], 1);
  EXPECT_EQ(out[2], LIANHU_NONE);
  out[0] = 77;
  EXPECT_ERROR(lianhu_hierarchy_ancestor(hierarchy, wrong, 2, 5, out, shared_error()), LIANHU_INVALID_ARGUMENT, "units",
               1, "units[1]: 4 is not a unit: there are 4");
  EXPECT_EQ(out[0], 77);
  EXPECT_ERROR(lianhu_hierarchy_ancestor(NULL, units, 3, 5, out, shared_error()), LIANHU_INVALID_ARGUMENT, "hierarchy",
               -1, "hierarchy: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_ancestor(hierarchy, NULL, 3, 5, out, shared_error()), LIANHU_INVALID_ARGUMENT, "units",
               -1, "units: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_ancestor(hierarchy, units, 3, 5, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out_units", -1, "out_units: must not be null");
  lianhu_hierarchy_free(hierarchy);
}
