#include "capi_test.h"

TEST(lianhu_hierarchy_common_ancestor) {
  lianhu_hierarchy* hierarchy = small_hierarchy();
  const int32_t a[] = {3, 3, 1};
  const int32_t b[] = {1, 2, 1};
  const int32_t wrong[] = {1, -1, 1};
  int32_t out[3];
  EXPECT_EQ(lianhu_hierarchy_common_ancestor(hierarchy, a, b, 3, out, shared_error()), LIANHU_OK);
  EXPECT_EQ(out[0], 0);
  EXPECT_EQ(out[1], 2);
  EXPECT_EQ(out[2], 1);
  EXPECT_ERROR(lianhu_hierarchy_common_ancestor(hierarchy, a, wrong, 3, out, shared_error()), LIANHU_INVALID_ARGUMENT,
               "b", 1, "b[1]: -1 is not a unit: there are 4");
  EXPECT_ERROR(lianhu_hierarchy_common_ancestor(NULL, a, b, 3, out, shared_error()), LIANHU_INVALID_ARGUMENT,
               "hierarchy", -1, "hierarchy: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_common_ancestor(hierarchy, NULL, b, 3, out, shared_error()), LIANHU_INVALID_ARGUMENT,
               "a", -1, "a: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_common_ancestor(hierarchy, a, NULL, 3, out, shared_error()), LIANHU_INVALID_ARGUMENT,
               "b", -1, "b: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_common_ancestor(hierarchy, a, b, 3, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out_units", -1, "out_units: must not be null");
  lianhu_hierarchy_free(hierarchy);
}
