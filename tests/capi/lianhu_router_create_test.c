#include "capi_test.h"

TEST(lianhu_router_create) {
  lianhu_calendar* calendar = NULL;
  lianhu_router* router = NULL;
  EXPECT_EQ(lianhu_calendar_create(NULL, &calendar, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_router_create(calendar, NULL, &router, shared_error()), LIANHU_OK);
  lianhu_router_free(router);
  router = NULL;
  EXPECT_EQ(lianhu_router_create(calendar, "data/routing", &router, shared_error()), LIANHU_OK);
  lianhu_router_free(router);
  router = NULL;
  EXPECT(lianhu_router_create(calendar, "/no/such/folder", &router, NULL) != LIANHU_OK);
  EXPECT_ERROR(lianhu_router_create(NULL, NULL, &router, shared_error()), LIANHU_INVALID_ARGUMENT, "calendar", -1,
               "calendar: must not be null");
  EXPECT_EQ(lianhu_router_create(calendar, NULL, NULL, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT(router == NULL);
  lianhu_calendar_free(calendar);
}
