#include "capi_test.h"

TEST(lianhu_hierarchy_subtree_size) {
  lianhu_hierarchy* hierarchy = small_hierarchy();
  const int32_t units[] = {0, 1, 2, 3};
  int32_t out[4];
  EXPECT_EQ(lianhu_hierarchy_subtree_size(hierarchy, units, 4, out, shared_error()), LIANHU_OK);
  EXPECT_EQ(out[0], 4);
  EXPECT_EQ(out[1], 1);
  EXPECT_EQ(out[2], 2);
  EXPECT_EQ(out[3], 1);
  EXPECT_ERROR(lianhu_hierarchy_subtree_size(NULL, units, 4, out, shared_error()), LIANHU_INVALID_ARGUMENT, "hierarchy",
               -1, "hierarchy: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_subtree_size(hierarchy, NULL, 4, out, shared_error()), LIANHU_INVALID_ARGUMENT, "units",
               -1, "units: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_subtree_size(hierarchy, units, 4, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out_sizes", -1, "out_sizes: must not be null");
  lianhu_hierarchy_free(hierarchy);
}
