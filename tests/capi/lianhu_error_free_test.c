#include "capi_test.h"

TEST(lianhu_error_free) {
  lianhu_error* error = NULL;
  EXPECT_EQ(lianhu_error_create(&error), LIANHU_OK);
  lianhu_error_free(error);
  lianhu_error_free(NULL);
}
