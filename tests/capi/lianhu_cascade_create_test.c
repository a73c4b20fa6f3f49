#include "capi_test.h"

TEST(lianhu_cascade_create) {
  lianhu_hierarchy* hierarchy = small_hierarchy();
  lianhu_cascade* cascade = NULL;
  EXPECT_EQ(lianhu_cascade_create(hierarchy, 2, 0, 6, &cascade, shared_error()), LIANHU_OK);
  lianhu_cascade_free(cascade);
  cascade = NULL;
  EXPECT_ERROR(lianhu_cascade_create(hierarchy, 4, 0, LIANHU_NONE, &cascade, shared_error()), LIANHU_INVALID_ARGUMENT,
               "origin", -1, "origin: is 4, which is no unit of 0..3");
  EXPECT_ERROR(lianhu_cascade_create(hierarchy, 0, -1, LIANHU_NONE, &cascade, shared_error()), LIANHU_INVALID_ARGUMENT,
               "sent", -1, "sent: is -1, before 1970");
  EXPECT_ERROR(lianhu_cascade_create(hierarchy, 1, 0, 6, &cascade, shared_error()), LIANHU_INVALID_ARGUMENT,
               "target_level", -1, "target_level: unit 1 (code 430181002204) has no unit of level 6 in its sub-tree");
  EXPECT_ERROR(lianhu_cascade_create(NULL, 0, 0, LIANHU_NONE, &cascade, shared_error()), LIANHU_INVALID_ARGUMENT,
               "hierarchy", -1, "hierarchy: must not be null");
  EXPECT_ERROR(lianhu_cascade_create(hierarchy, 0, 0, LIANHU_NONE, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out", -1, "out: must not be null");
  EXPECT(cascade == NULL);
  lianhu_hierarchy_free(hierarchy);
}
