#include "capi_test.h"

TEST(lianhu_docket_register) {
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
  EXPECT_EQ(lianhu_docket_register(docket, &registrations, NULL, shared_error()), LIANHU_OK);
  const int32_t nowhere[] = {3, 4};
  registrations.offices = nowhere;
  EXPECT_ERROR(lianhu_docket_register(docket, &registrations, &first, shared_error()), LIANHU_INVALID_ARGUMENT,
               "office", 1, "office[1]: not a unit of the hierarchy");
  registrations.offices = offices;
  const int64_t early[] = {now, now - 1};
  registrations.times = early;
  EXPECT_ERROR(lianhu_docket_register(docket, &registrations, &first, shared_error()), LIANHU_INVALID_ARGUMENT, "at", 1,
               "at[1]: before the last event: 1 s");
  EXPECT_EQ(first, 0);
  const int32_t severities[] = {1, 5};
  registrations.times = times;
  registrations.severities = severities;
  EXPECT_ERROR(lianhu_docket_register(docket, &registrations, &first, shared_error()), LIANHU_INVALID_ARGUMENT,
               "severity", 1, "severity[1]: need 1 to 4");
  registrations.amounts = NULL;
  EXPECT_EQ(lianhu_docket_register(docket, &registrations, &first, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_register(NULL, &registrations, &first, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_register(docket, NULL, &first, NULL), LIANHU_INVALID_ARGUMENT);
  lianhu_docket_free(docket);
  lianhu_posts_free(posts);
  lianhu_calendar_free(calendar);
}
