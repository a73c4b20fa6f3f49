#include "capi_test.h"

TEST(lianhu_rebalancer_adopt) {
  lianhu_rebalancer* rebalancer = small_rebalancer();
  EXPECT_EQ(lianhu_rebalancer_adopt(rebalancer, NULL), LIANHU_OK);
  lianhu_live_view live;
  lianhu_live_view_init(&live, sizeof(live));
  EXPECT_EQ(lianhu_rebalancer_get(rebalancer, &live, NULL), LIANHU_OK);
  EXPECT(live.current[2] == 0 && live.current[3] == 1);
  EXPECT_ERROR(lianhu_rebalancer_adopt(NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "rebalancer", -1,
               "rebalancer: must not be null");
  lianhu_rebalancer_free(rebalancer);
}
