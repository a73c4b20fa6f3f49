#include "capi_test.h"

TEST(lianhu_docket_advance) {
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
  EXPECT_EQ(lianhu_docket_advance(docket, now + 7201, shared_error()), LIANHU_OK);
  lianhu_docket_view view;
  EXPECT_EQ(lianhu_docket_view_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT_EQ(lianhu_docket_get(docket, &view, shared_error()), LIANHU_OK);
  EXPECT_EQ(view.now, now + 7201);
  EXPECT_EQ(view.breaches[0], 1);
  EXPECT_EQ(view.asked[0], 2);
  EXPECT_EQ(view.action_kinds[view.action_count - 1], LIANHU_ACTION_ESCALATE);
  EXPECT_EQ(view.action_times[view.action_count - 1], now + 7201);
  EXPECT_ERROR(lianhu_docket_advance(docket, now, shared_error()), LIANHU_INVALID_ARGUMENT, "at", -1,
               "at: before the last event: 7201 s");
  EXPECT_EQ(lianhu_docket_advance(NULL, now, NULL), LIANHU_INVALID_ARGUMENT);
  lianhu_docket_free(docket);
  lianhu_posts_free(posts);
  lianhu_calendar_free(calendar);
}
