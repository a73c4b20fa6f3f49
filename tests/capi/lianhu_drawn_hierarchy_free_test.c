#include "capi_test.h"

TEST(lianhu_drawn_hierarchy_free) {
  lianhu_drawn_hierarchy_free(NULL);
}
