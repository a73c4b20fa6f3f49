#include "capi_test.h"

TEST(lianhu_rebalancer_free) {
  lianhu_rebalancer_free(NULL);
  lianhu_rebalancer_free(small_rebalancer());
}
