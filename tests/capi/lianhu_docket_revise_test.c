#include "capi_test.h"

TEST(lianhu_docket_revise) {
  lianhu_calendar_options options;
  lianhu_calendar* before = NULL;
  lianhu_calendar* after = NULL;
  lianhu_posts* posts = small_posts();
  lianhu_docket* docket = NULL;
  EXPECT_EQ(lianhu_calendar_options_init(&options, sizeof(options)), LIANHU_OK);
  options.as_of = 18287; /* 2020-01-26: before the holiday was extended */
  EXPECT_EQ(lianhu_calendar_create(&options, &before, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_calendar_create(NULL, &after, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_docket_create(posts, before, NULL, NULL, 0, &docket, shared_error()), LIANHU_OK);
  const int32_t place = 3, clock = LIANHU_CLOCK_WORKING_DAYS;
  const int64_t amount = 1, time = 1579744800; /* 2020-01-23 10:00 in Beijing */
  lianhu_registrations registrations;
  EXPECT_EQ(lianhu_registrations_init(&registrations, sizeof(registrations)), LIANHU_OK);
  registrations.count = 1;
  registrations.places = &place;
  registrations.offices = &place;
  registrations.amounts = &amount;
  registrations.clocks = &clock;
  registrations.times = &time;
  EXPECT_EQ(lianhu_docket_register(docket, &registrations, NULL, shared_error()), LIANHU_OK);
  lianhu_docket_view view;
  EXPECT_EQ(lianhu_docket_view_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT_EQ(lianhu_docket_get(docket, &view, shared_error()), LIANHU_OK);
  const int64_t due = view.dues[0];
  EXPECT_EQ(lianhu_docket_revise(docket, after, 1580000000, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_docket_get(docket, &view, shared_error()), LIANHU_OK);
  EXPECT_EQ(view.dues[0], due + 3 * 86400);
  EXPECT_EQ(lianhu_docket_revise(docket, after, 5, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_revise(docket, NULL, 1580000000, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_revise(NULL, after, 1580000000, NULL), LIANHU_INVALID_ARGUMENT);
  lianhu_docket_free(docket);
  lianhu_posts_free(posts);
  lianhu_calendar_free(before);
  lianhu_calendar_free(after);
}
