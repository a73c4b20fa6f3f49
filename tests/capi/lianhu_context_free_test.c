#include "capi_test.h"

TEST(lianhu_context_free) {
  lianhu_context* context = NULL;
  EXPECT_EQ(lianhu_context_create(NULL, &context, NULL), LIANHU_OK);
  lianhu_context_free(context);
  lianhu_context_free(NULL);
}
