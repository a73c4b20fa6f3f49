#include "capi_test.h"

TEST(lianhu_error_get) {
  lianhu_error* error = NULL;
  lianhu_error_info info;
  const int32_t parents[] = {-1, 5};
  lianhu_hierarchy* hierarchy = NULL;
  lianhu_error_create(&error);
  lianhu_error_info_init(&info, sizeof(info));
  EXPECT_EQ(lianhu_error_get(error, &info), LIANHU_OK);
  EXPECT_EQ(info.code, LIANHU_OK);
  EXPECT_EQ(info.row, -1);
  EXPECT_TEXT(info.field, "");
  EXPECT_TEXT(info.message, "");

  EXPECT_EQ(lianhu_hierarchy_from_parents(parents, NULL, NULL, 2, &hierarchy, error), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_error_get(error, &info), LIANHU_OK);
  EXPECT_EQ(info.code, LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(info.row, 1);
  EXPECT_TEXT(info.field, "parents");
  EXPECT(strstr(info.message, "unit 1") != NULL);

  EXPECT_EQ(lianhu_error_get(NULL, &info), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_error_get(error, NULL), LIANHU_INVALID_ARGUMENT);
  info.struct_size = 8;
  EXPECT_EQ(lianhu_error_get(error, &info), LIANHU_INVALID_ARGUMENT);
  lianhu_error_free(error);
}
