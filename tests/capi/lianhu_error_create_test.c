#include "capi_test.h"

TEST(lianhu_error_create) {
  lianhu_error* error = NULL;
  EXPECT_EQ(lianhu_error_create(&error), LIANHU_OK);
  EXPECT(error != NULL);
  lianhu_error_free(error);
  EXPECT_EQ(lianhu_error_create(NULL), LIANHU_INVALID_ARGUMENT);
}
