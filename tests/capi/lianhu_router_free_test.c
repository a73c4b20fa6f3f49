#include "capi_test.h"

TEST(lianhu_router_free) {
  lianhu_calendar* calendar = NULL;
  lianhu_router* router = NULL;
  EXPECT_EQ(lianhu_calendar_create(NULL, &calendar, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_router_create(calendar, NULL, &router, shared_error()), LIANHU_OK);
  lianhu_router_free(router);
  lianhu_calendar_free(calendar);
  lianhu_router_free(NULL);
}
