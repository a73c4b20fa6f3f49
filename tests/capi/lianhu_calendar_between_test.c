#include "capi_test.h"

TEST(lianhu_calendar_between) {
  lianhu_calendar* calendar = NULL;
  EXPECT_EQ(lianhu_calendar_create(NULL, &calendar, shared_error()), LIANHU_OK);
  const int64_t a[] = {1772416800};
  const int64_t b[] = {1772503200}; /* a day later */
  int64_t amount[1];
  EXPECT_EQ(lianhu_calendar_between(calendar, LIANHU_CLOCK_WORKING_HOURS, a, b, 1, amount, shared_error()), LIANHU_OK);
  EXPECT_EQ(amount[0], 7 * 3600);
  EXPECT_EQ(lianhu_calendar_between(calendar, LIANHU_CLOCK_WORKING_DAYS, b, a, 1, amount, shared_error()), LIANHU_OK);
  EXPECT_EQ(amount[0], -1);
  EXPECT_ERROR(lianhu_calendar_between(calendar, 9, a, b, 1, amount, shared_error()), LIANHU_INVALID_ARGUMENT, "clock",
               -1, "clock: is 9: need LIANHU_CLOCK_...");
  EXPECT_EQ(lianhu_calendar_between(NULL, 0, a, b, 1, amount, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_calendar_between(calendar, 0, NULL, b, 1, amount, NULL), LIANHU_INVALID_ARGUMENT);
  lianhu_calendar_free(calendar);
}
