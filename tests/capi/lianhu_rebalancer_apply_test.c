#include "capi_test.h"

TEST(lianhu_rebalancer_apply) {
  lianhu_rebalancer* rebalancer = small_rebalancer();
  lianhu_change change;
  lianhu_change_init(&change, sizeof(change));
  lianhu_event events[2];
  memset(events, 0, sizeof(events));
  events[0].type = LIANHU_HOUSEHOLD_ARRIVES;
  events[0].id = LIANHU_NONE;
  events[0].x = 0.5;
  events[0].unit = events[0].min = events[0].max = LIANHU_NONE;
  EXPECT_EQ(lianhu_rebalancer_apply(rebalancer, events, 1, NULL, &change, NULL), LIANHU_OK);
  EXPECT_EQ(change.outcome, LIANHU_OPTIMAL);
  EXPECT_EQ(change.first_household, 6);
  EXPECT_EQ(change.first_steward, LIANHU_NONE);
  EXPECT_EQ(change.transfer_count, 1);
  EXPECT_EQ(change.transfers[0].household, 6);
  EXPECT_EQ(change.transfers[0].from, LIANHU_NONE);
  EXPECT_EQ(change.transfers[0].to, 0);
  EXPECT_EQ(change.total_cost_cm, 500);
  EXPECT_EQ(change.dual_bound_cm, 500);
  EXPECT_EQ(change.distance_cm, 500);

  /* One more at the same place: steward 0 is full, and household 2 goes on to steward 1. */
  EXPECT_EQ(lianhu_rebalancer_apply(rebalancer, events, 1, NULL, &change, NULL), LIANHU_OK);
  EXPECT_EQ(change.transfer_count, 2);
  EXPECT_EQ(change.transfers[0].household, 2);
  EXPECT_EQ(change.transfers[0].to, 1);
  EXPECT_EQ(change.total_cost_cm, 600);

  /* No place for a ninth: it, or another, is unserved, which is said. */
  EXPECT_EQ(lianhu_rebalancer_apply(rebalancer, events, 1, NULL, &change, NULL), LIANHU_OK);
  EXPECT_EQ(change.outcome, LIANHU_BEST_EFFORT);
  EXPECT_EQ(change.unserved, 1);
  EXPECT_EQ(change.total_cost_cm, change.dual_bound_cm);

  /* All or none: the second event is bad, the first has not happened. */
  events[0].type = LIANHU_HOUSEHOLD_LEAVES;
  events[0].id = 0;
  events[0].x = NAN;
  events[0].y = NAN;
  events[1] = events[0];
  EXPECT_ERROR(lianhu_rebalancer_apply(rebalancer, events, 2, NULL, &change, shared_error()), LIANHU_INVALID_ARGUMENT,
               "id", 1, "id[1]: no such household: 0");
  EXPECT_EQ(lianhu_rebalancer_apply(rebalancer, events, 1, NULL, &change, NULL), LIANHU_OK);
  EXPECT_EQ(change.outcome, LIANHU_OPTIMAL);
  events[0].type = 9;
  EXPECT_ERROR(lianhu_rebalancer_apply(rebalancer, events, 1, NULL, &change, shared_error()), LIANHU_INVALID_ARGUMENT,
               "type", 0, "type[0]: unknown value 9");
  EXPECT_ERROR(lianhu_rebalancer_apply(NULL, events, 1, NULL, &change, shared_error()), LIANHU_INVALID_ARGUMENT,
               "rebalancer", -1, "rebalancer: must not be null");
  EXPECT_ERROR(lianhu_rebalancer_apply(rebalancer, NULL, 1, NULL, &change, shared_error()), LIANHU_INVALID_ARGUMENT,
               "events", -1, "events: must not be null");
  EXPECT_ERROR(lianhu_rebalancer_apply(rebalancer, events, 0, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out", -1, "out: must not be null");
  EXPECT_EQ(lianhu_rebalancer_apply(rebalancer, NULL, 0, NULL, &change, NULL), LIANHU_OK);
  EXPECT_EQ(change.transfer_count, 0);
  lianhu_rebalancer_free(rebalancer);
}
