#include "capi_test.h"

TEST(lianhu_docket_set_absent) {
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
  EXPECT_EQ(lianhu_docket_set_absent(docket, 8, 1, now + 60, shared_error()), LIANHU_OK);
  lianhu_docket_view view;
  EXPECT_EQ(lianhu_docket_view_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT_EQ(lianhu_docket_get(docket, &view, shared_error()), LIANHU_OK);
  EXPECT_EQ(view.people[0], 7); /* the street, for the grid and its community are empty now */
  EXPECT_EQ(lianhu_docket_set_absent(docket, 8, 0, now + 120, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_docket_get(docket, &view, shared_error()), LIANHU_OK);
  EXPECT_EQ(view.people[0], 8);
  EXPECT_ERROR(lianhu_docket_set_absent(docket, 99, 1, now + 120, shared_error()), LIANHU_INVALID_ARGUMENT, "person",
               -1, "person: person 99 holds no post");
  EXPECT_EQ(lianhu_docket_set_absent(NULL, 8, 1, now, NULL), LIANHU_INVALID_ARGUMENT);
  lianhu_docket_free(docket);
  lianhu_posts_free(posts);
  lianhu_calendar_free(calendar);
}
