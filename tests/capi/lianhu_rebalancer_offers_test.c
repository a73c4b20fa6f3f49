#include "capi_test.h"

TEST(lianhu_rebalancer_offers) {
  lianhu_rebalancer* rebalancer = small_rebalancer();
  lianhu_offers_view view;
  lianhu_offers_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_rebalancer_offers(rebalancer, 1.5, 0, LIANHU_NONE, 5, NULL, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.cancelled, 0);
  EXPECT_EQ(view.offer_count, 2);
  EXPECT_EQ(view.offers[0].steward, 0);
  EXPECT_EQ(view.offers[0].total_cm, 100);
  EXPECT_EQ(view.offers[0].transfer_count, 0);
  EXPECT_EQ(view.offers[1].steward, 1);
  EXPECT_EQ(view.offers[1].distance_cm + view.offers[1].knock_on_cm, view.offers[1].total_cm);
  EXPECT_EQ(view.offers[1].total_cm, 300);
  EXPECT_ERROR(lianhu_rebalancer_offers(rebalancer, 1.5, 0, LIANHU_NONE, 0, NULL, &view, shared_error()),
               LIANHU_INVALID_ARGUMENT, "count", -1, "count: must be at least 1, got 0");
  EXPECT_ERROR(lianhu_rebalancer_offers(rebalancer, 1.5, 0, 3, 1, NULL, &view, shared_error()), LIANHU_INVALID_ARGUMENT,
               "unit", -1, "unit: the problem has no jurisdictions");
  EXPECT_ERROR(lianhu_rebalancer_offers(rebalancer, NAN, NAN, LIANHU_NONE, 1, NULL, &view, shared_error()),
               LIANHU_INVALID_ARGUMENT, "position", -1, "position: a household needs one");
  EXPECT_ERROR(lianhu_rebalancer_offers(NULL, 0, 0, LIANHU_NONE, 1, NULL, &view, shared_error()),
               LIANHU_INVALID_ARGUMENT, "rebalancer", -1, "rebalancer: must not be null");
  EXPECT_ERROR(lianhu_rebalancer_offers(rebalancer, 0, 0, LIANHU_NONE, 1, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out", -1, "out: must not be null");
  lianhu_rebalancer_free(rebalancer);
}
