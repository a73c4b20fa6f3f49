#include "capi_test.h"

TEST(lianhu_posts_free) {
  lianhu_posts_free(small_posts());
  lianhu_posts_free(NULL);
}
