#include "capi_test.h"

TEST(lianhu_frontier_free) {
  lianhu_frontier_free(NULL);
}
