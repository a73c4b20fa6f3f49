#include "capi_test.h"

TEST(lianhu_calendar_free) {
  lianhu_calendar* calendar = NULL;
  EXPECT_EQ(lianhu_calendar_create(NULL, &calendar, shared_error()), LIANHU_OK);
  lianhu_calendar_free(calendar);
  lianhu_calendar_free(NULL);
}
