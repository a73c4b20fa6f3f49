#include "capi_test.h"

TEST(lianhu_docket_apply) {
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
  const int32_t cases[] = {0, 0, 0};
  const int32_t kinds[] = {LIANHU_EVENT_TAKE, LIANHU_EVENT_ANSWER, LIANHU_EVENT_CLOSE};
  const int64_t at[] = {now + 60, now + 120, now + 180};
  lianhu_case_events events;
  EXPECT_EQ(lianhu_case_events_init(&events, sizeof(events)), LIANHU_OK);
  events.count = 3;
  events.cases = cases;
  events.kinds = kinds;
  events.times = at;
  EXPECT_EQ(lianhu_docket_apply(docket, &events, shared_error()), LIANHU_OK);
  const int64_t later[] = {now + 200, now + 200, now + 200};
  events.times = later;
  EXPECT_ERROR(lianhu_docket_apply(docket, &events, shared_error()), LIANHU_INVALID_ARGUMENT, "events", 0,
               "events[0]: a case that is closed does not take 'take'; legal: rate, reopen");
  const int32_t other[] = {7, 0, 0};
  events.cases = other;
  EXPECT_ERROR(lianhu_docket_apply(docket, &events, shared_error()), LIANHU_INVALID_ARGUMENT, "cases", 0,
               "cases[0]: no case 7");
  const int32_t unknown[] = {12, 0, 0};
  events.cases = cases;
  events.kinds = unknown;
  EXPECT_ERROR(lianhu_docket_apply(docket, &events, shared_error()), LIANHU_INVALID_ARGUMENT, "kinds", 0,
               "kinds[0]: is 12: need LIANHU_EVENT_...");
  events.kinds = NULL;
  EXPECT_EQ(lianhu_docket_apply(docket, &events, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_apply(NULL, &events, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_apply(docket, NULL, NULL), LIANHU_INVALID_ARGUMENT);
  lianhu_docket_free(docket);
  lianhu_posts_free(posts);
  lianhu_calendar_free(calendar);
}
