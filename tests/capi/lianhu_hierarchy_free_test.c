#include "capi_test.h"

TEST(lianhu_hierarchy_free) {
  lianhu_hierarchy_free(small_hierarchy());
  lianhu_hierarchy_free(NULL);
}
