#include "capi_test.h"

TEST(lianhu_docket_due) {
  lianhu_calendar* calendar = NULL;
  lianhu_posts* posts = small_posts();
  lianhu_docket* docket = NULL;
  EXPECT_EQ(lianhu_calendar_create(NULL, &calendar, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_docket_create(posts, calendar, NULL, NULL, 0, &docket, shared_error()), LIANHU_OK);
  const int64_t now = 1772416800; /* 2026-03-02 10:00 in Beijing */
  const int32_t places[] = {3, 3};
  const int32_t offices[] = {3, 1};
  const int64_t amounts[] = {7200, 3};
  const int32_t clocks[] = {LIANHU_CLOCK_CONTINUOUS_HOURS, LIANHU_CLOCK_WORKING_DAYS};
  const int64_t times[] = {1772416800, 1772416800};
  lianhu_registrations registrations;
  int32_t first = -5;
  EXPECT_EQ(lianhu_registrations_init(&registrations, sizeof(registrations)), LIANHU_OK);
  registrations.count = 2;
  registrations.places = places;
  registrations.offices = offices;
  registrations.amounts = amounts;
  registrations.clocks = clocks;
  registrations.times = times;
  EXPECT_EQ(lianhu_docket_register(docket, &registrations, &first, shared_error()), LIANHU_OK);
  EXPECT_EQ(first, 0);
  int32_t cases[2] = {-7, -7};
  int64_t count = 0;
  EXPECT_EQ(lianhu_docket_due(docket, now + 7199, cases, 2, &count, shared_error()), LIANHU_OK);
  EXPECT_EQ(count, 0);
  EXPECT_EQ(lianhu_docket_due(docket, now + 7 * 86400, cases, 2, &count, shared_error()), LIANHU_OK);
  EXPECT_EQ(count, 2);
  EXPECT_EQ(cases[0], 0);
  EXPECT_EQ(cases[1], 1);
  EXPECT_EQ(lianhu_docket_due(docket, now + 7 * 86400, NULL, 0, &count, shared_error()), LIANHU_OK);
  EXPECT_EQ(count, 2);
  EXPECT_EQ(lianhu_docket_due(docket, now, NULL, 1, &count, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_due(docket, now, cases, 2, NULL, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_due(NULL, now, cases, 2, &count, NULL), LIANHU_INVALID_ARGUMENT);
  lianhu_docket_free(docket);
  lianhu_posts_free(posts);
  lianhu_calendar_free(calendar);
}
