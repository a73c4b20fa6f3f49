#include "cascade_fixture.h"

TEST(lianhu_cascade_seconds_to_reach) {
  lianhu_cascade* cascade = small_cascade();
  const int32_t grid = 3;
  const int64_t time = SENT + 60;
  const int32_t units[] = {0, 2};
  const int32_t percents[] = {50, 51};
  const int32_t wrong[] = {50, 101};
  int64_t seconds[4] = {7, 7, 7, 7};
  EXPECT_EQ(lianhu_cascade_acknowledge(cascade, &grid, &time, 1, NULL, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_cascade_seconds_to_reach(cascade, units, 2, percents, 2, seconds, shared_error()), LIANHU_OK);
  EXPECT(seconds[0] == 60 && seconds[1] == LIANHU_NONE && seconds[2] == 60 && seconds[3] == 60);
  EXPECT_EQ(lianhu_cascade_seconds_to_reach(cascade, NULL, 0, percents, 2, NULL, shared_error()), LIANHU_OK);
  EXPECT_ERROR(lianhu_cascade_seconds_to_reach(cascade, units, 2, wrong, 2, seconds, shared_error()),
               LIANHU_INVALID_ARGUMENT, "percents", 1, "percents[1]: 101 is not one of 1..100");
  EXPECT_ERROR(lianhu_cascade_seconds_to_reach(NULL, units, 2, percents, 2, seconds, shared_error()),
               LIANHU_INVALID_ARGUMENT, "cascade", -1, "cascade: must not be null");
  EXPECT_ERROR(lianhu_cascade_seconds_to_reach(cascade, NULL, 2, percents, 2, seconds, shared_error()),
               LIANHU_INVALID_ARGUMENT, "units", -1, "units: must not be null");
  EXPECT_ERROR(lianhu_cascade_seconds_to_reach(cascade, units, 2, NULL, 2, seconds, shared_error()),
               LIANHU_INVALID_ARGUMENT, "percents", -1, "percents: must not be null");
  EXPECT_ERROR(lianhu_cascade_seconds_to_reach(cascade, units, 2, percents, 2, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_seconds", -1, "out_seconds: must not be null");
  lianhu_cascade_free(cascade);
}
