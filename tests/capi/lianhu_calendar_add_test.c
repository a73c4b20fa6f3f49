#include "capi_test.h"

TEST(lianhu_calendar_add) {
  lianhu_calendar* calendar = NULL;
  EXPECT_EQ(lianhu_calendar_create(NULL, &calendar, shared_error()), LIANHU_OK);
  /* 2026-03-02 10:00 in Beijing, a Monday. */
  const int64_t starts[] = {1772416800, 1772416800, 1772416800, 1772416800};
  const int64_t amounts[] = {86400, 4 * 3600, 1, 1};
  const int32_t clocks[] = {LIANHU_CLOCK_CONTINUOUS_HOURS, LIANHU_CLOCK_WORKING_HOURS, LIANHU_CLOCK_WORKING_DAYS,
                            LIANHU_CLOCK_CALENDAR_DAYS};
  int64_t dues[4];
  EXPECT_EQ(lianhu_calendar_add(calendar, starts, amounts, clocks, 4, dues, shared_error()), LIANHU_OK);
  EXPECT_EQ(dues[0], 1772503200);
  EXPECT_EQ(dues[1], 1772438400); /* 16:00, lunch left out */
  EXPECT_EQ(dues[2], 1772530200); /* Tuesday 17:30 */
  EXPECT_EQ(dues[3], 1772553599); /* Tuesday 23:59:59 */
  const int64_t late[] = {1772416800, -5};
  EXPECT_ERROR(lianhu_calendar_add(calendar, late, amounts, clocks, 2, dues, shared_error()), LIANHU_INVALID_ARGUMENT,
               "starts", 1, "starts[1]: out of range 2000 to 2199: -5");
  const int32_t wrong[] = {4};
  EXPECT_ERROR(lianhu_calendar_add(calendar, starts, amounts, wrong, 1, dues, shared_error()), LIANHU_INVALID_ARGUMENT,
               "clocks", 0, "clocks[0]: is 4: need LIANHU_CLOCK_...");
  const int64_t negative[] = {-1};
  EXPECT_ERROR(lianhu_calendar_add(calendar, starts, negative, clocks, 1, dues, shared_error()),
               LIANHU_INVALID_ARGUMENT, "amounts", 0, "amounts[0]: out of range: -1");
  EXPECT_EQ(lianhu_calendar_add(calendar, NULL, NULL, NULL, 0, NULL, NULL), LIANHU_OK);
  EXPECT_EQ(lianhu_calendar_add(calendar, starts, amounts, clocks, -1, dues, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_calendar_add(NULL, starts, amounts, clocks, 1, dues, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_calendar_add(calendar, starts, amounts, clocks, 1, NULL, NULL), LIANHU_INVALID_ARGUMENT);
  lianhu_calendar_free(calendar);
}
