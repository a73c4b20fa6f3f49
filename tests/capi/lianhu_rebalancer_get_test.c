#include "capi_test.h"

TEST(lianhu_rebalancer_get) {
  lianhu_rebalancer* rebalancer = small_rebalancer();
  lianhu_live_view live;
  lianhu_live_view_init(&live, sizeof(live));
  EXPECT_EQ(lianhu_rebalancer_get(rebalancer, &live, NULL), LIANHU_OK);
  EXPECT_EQ(live.start_kind, LIANHU_START_SOLVED);
  EXPECT_EQ(live.household_count, 6);
  EXPECT_EQ(live.steward_count, 2);
  EXPECT_EQ(live.next_household, 6);
  EXPECT_EQ(live.next_steward, 2);
  EXPECT_EQ(live.by_unit, 0);
  EXPECT(live.household_units == NULL && live.steward_units == NULL);
  EXPECT(live.households[2 * 5] == 5 && live.stewards[2] == 4.5);
  EXPECT(live.household_ids[5] == 5 && live.steward_ids[1] == 1);
  EXPECT(live.steward_of[2] == 0 && live.steward_of[3] == 1);
  EXPECT(live.steward_min[0] == 2 && live.steward_max[1] == 4);
  EXPECT_EQ(live.current[0], LIANHU_NONE);
  EXPECT_EQ(live.price_cm[0], 0);
  EXPECT_ERROR(lianhu_rebalancer_get(NULL, &live, shared_error()), LIANHU_INVALID_ARGUMENT, "rebalancer", -1,
               "rebalancer: must not be null");
  EXPECT_ERROR(lianhu_rebalancer_get(rebalancer, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  lianhu_rebalancer_free(rebalancer);
}
