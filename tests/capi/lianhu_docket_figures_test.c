#include "capi_test.h"

TEST(lianhu_docket_figures) {
  lianhu_calendar* calendar = NULL;
  lianhu_posts* posts = small_posts();
  lianhu_docket* docket = NULL;
  EXPECT_EQ(lianhu_calendar_create(NULL, &calendar, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_docket_create(posts, calendar, NULL, NULL, 0, &docket, shared_error()), LIANHU_OK);
  const int64_t now = 1772416800; /* 2026-03-02 10:00 in Beijing */
  const int32_t places[] = {3, 1};
  const int32_t offices[] = {3, 3};
  const int64_t amounts[] = {7200, 7200};
  const int32_t clocks[] = {LIANHU_CLOCK_CONTINUOUS_HOURS, LIANHU_CLOCK_CONTINUOUS_HOURS};
  const int64_t times[] = {1772416800, 1772416800};
  const int64_t responses[] = {3600, 0};
  lianhu_registrations registrations;
  EXPECT_EQ(lianhu_registrations_init(&registrations, sizeof(registrations)), LIANHU_OK);
  registrations.count = 2;
  registrations.places = places;
  registrations.offices = offices;
  registrations.amounts = amounts;
  registrations.clocks = clocks;
  registrations.times = times;
  registrations.respond_amounts = responses;
  EXPECT_EQ(lianhu_docket_register(docket, &registrations, NULL, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_docket_advance(docket, now + 4000, shared_error()), LIANHU_OK);

  int64_t cases[8], due[8], met[8], ages[8 * LIANHU_AGE_CLASSES], count = -1;
  lianhu_figures figures;
  EXPECT_EQ(lianhu_figures_init(&figures, sizeof(figures)), LIANHU_OK);
  EXPECT_EQ(lianhu_docket_figures(docket, LIANHU_FIGURES_BY_PLACE, &figures, &count, shared_error()), LIANHU_OK);
  EXPECT(count >= 4 && count <= 8);
  figures.capacity = 8;
  figures.cases = cases;
  figures.response_due = due;
  figures.response_met = met;
  figures.open_by_age = ages;
  EXPECT_EQ(lianhu_docket_figures(docket, LIANHU_FIGURES_BY_PLACE, &figures, &count, shared_error()), LIANHU_OK);
  EXPECT_EQ(cases[0], 2);
  EXPECT_EQ(cases[3], 1);
  EXPECT_EQ(due[0], 1);
  EXPECT_EQ(met[0], 0);
  EXPECT_EQ(ages[3 * LIANHU_AGE_CLASSES], 1);
  EXPECT_EQ(ages[3 * LIANHU_AGE_CLASSES + 1], 0);
  EXPECT_EQ(lianhu_docket_figures(docket, LIANHU_FIGURES_BY_RESPONSIBLE, &figures, &count, shared_error()), LIANHU_OK);
  EXPECT_EQ(cases[3], 2);
  figures.capacity = 1;
  cases[1] = 77;
  EXPECT_EQ(lianhu_docket_figures(docket, LIANHU_FIGURES_BY_LEVEL, &figures, &count, shared_error()), LIANHU_OK);
  EXPECT(count > 1);
  EXPECT_EQ(cases[1], 77);

  EXPECT_ERROR(lianhu_docket_figures(docket, 3, &figures, &count, shared_error()), LIANHU_INVALID_ARGUMENT, "by", -1,
               "by: is 3: need LIANHU_FIGURES_...");
  figures.capacity = -1;
  EXPECT_EQ(lianhu_docket_figures(docket, 0, &figures, &count, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_figures(docket, 0, NULL, &count, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_figures(docket, 0, &figures, NULL, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_docket_figures(NULL, 0, &figures, &count, NULL), LIANHU_INVALID_ARGUMENT);

  const int64_t wrong[] = {-4, 0};
  registrations.respond_amounts = wrong;
  EXPECT_ERROR(lianhu_docket_register(docket, &registrations, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "respond_amounts", 0, "respond_amounts[0]: out of range: -4");
  lianhu_docket_free(docket);
  lianhu_posts_free(posts);
  lianhu_calendar_free(calendar);
}
