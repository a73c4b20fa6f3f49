#include "cascade_fixture.h"

TEST(lianhu_cascade_acknowledge) {
  lianhu_cascade* cascade = small_cascade();
  const int32_t units[] = {3, 1, 3};
  const int64_t times[] = {SENT + 9, SENT + 5, SENT + 7};
  const int64_t early[] = {SENT + 9, SENT - 1, SENT};
  const int32_t wrong[] = {1, 4};
  int64_t fresh = 77;
  int64_t at = 0;
  int32_t reached = 0;
  const int32_t grid = 3;
  /* All or none. */
  EXPECT_ERROR(lianhu_cascade_acknowledge(cascade, units, early, 3, &fresh, shared_error()), LIANHU_INVALID_ARGUMENT,
               "times", 1, "times[1]: 999 is before the notice was sent, at 1000");
  EXPECT_EQ(lianhu_cascade_get(cascade, &grid, 1, NULL, &reached, NULL, NULL, NULL, NULL, NULL, NULL, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(reached, 0);
  EXPECT_EQ(fresh, 77);
  EXPECT_EQ(lianhu_cascade_acknowledge(cascade, units, times, 3, &fresh, shared_error()), LIANHU_OK);
  EXPECT_EQ(fresh, 2);
  EXPECT_EQ(lianhu_cascade_get(cascade, &grid, 1, NULL, &reached, NULL, NULL, NULL, NULL, NULL, &at, shared_error()),
            LIANHU_OK);
  EXPECT(reached == 1 && at == SENT + 7);
  EXPECT_EQ(lianhu_cascade_acknowledge(cascade, units, times, 3, NULL, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_cascade_acknowledge(cascade, NULL, NULL, 0, &fresh, shared_error()), LIANHU_OK);
  EXPECT_EQ(fresh, 0);
  EXPECT_ERROR(lianhu_cascade_acknowledge(cascade, wrong, times, 2, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "units", 1, "units[1]: 4 is not a unit: there are 4");
  EXPECT_ERROR(lianhu_cascade_acknowledge(NULL, units, times, 3, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "cascade", -1, "cascade: must not be null");
  EXPECT_ERROR(lianhu_cascade_acknowledge(cascade, NULL, times, 3, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "units", -1, "units: must not be null");
  EXPECT_ERROR(lianhu_cascade_acknowledge(cascade, units, NULL, 3, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "times", -1, "times: must not be null");
  lianhu_cascade_free(cascade);

  lianhu_hierarchy* hierarchy = small_hierarchy();
  const int32_t street = 0;
  EXPECT_EQ(lianhu_cascade_create(hierarchy, 2, SENT, LIANHU_NONE, &cascade, shared_error()), LIANHU_OK);
  EXPECT_ERROR(lianhu_cascade_acknowledge(cascade, &street, times, 1, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "units", 0, "units[0]: 0 takes no part in the notice");
  lianhu_cascade_free(cascade);
  lianhu_hierarchy_free(hierarchy);
}
