#include "capi_test.h"

TEST(lianhu_calendar_create) {
  lianhu_calendar_options options;
  EXPECT_EQ(lianhu_calendar_options_init(&options, sizeof(options)), LIANHU_OK);
  options.zone = "+00:00";
  options.hours = "09:00-17:00";
  lianhu_calendar* calendar = NULL;
  EXPECT_EQ(lianhu_calendar_create(&options, &calendar, shared_error()), LIANHU_OK);
  lianhu_calendar_free(calendar);
  calendar = NULL;
  options.zone = "Mars";
  EXPECT_ERROR(lianhu_calendar_create(&options, &calendar, shared_error()), LIANHU_INVALID_ARGUMENT, "zone", -1,
               "zone: no such time zone: 'Mars'; write Asia/Shanghai or +08:00");
  options.zone = NULL;
  options.hours = "9-5";
  EXPECT_EQ(lianhu_calendar_create(&options, &calendar, NULL), LIANHU_INVALID_ARGUMENT);
  options.hours = NULL;
  options.holidays = "/no/such/file.csv";
  EXPECT(lianhu_calendar_create(&options, &calendar, NULL) != LIANHU_OK);
  options.struct_size = 4;
  EXPECT_EQ(lianhu_calendar_create(&options, &calendar, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_ERROR(lianhu_calendar_create(NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  EXPECT(calendar == NULL);
}
