#include "cascade_fixture.h"

TEST(lianhu_cascade_get) {
  lianhu_cascade* cascade = small_cascade();
  const int32_t grid = 3;
  const int64_t time = SENT + 60;
  const int32_t all[] = {0, 1, 2, 3};
  int32_t targets[4], reached[4], units[4], acknowledged[4], children[4], heard[4], states[4];
  int64_t at[4];
  EXPECT_EQ(lianhu_cascade_acknowledge(cascade, &grid, &time, 1, NULL, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_cascade_get(cascade, all, 4, targets, reached, units, acknowledged, children, heard, states, at,
                               shared_error()),
            LIANHU_OK);
  EXPECT(targets[0] == 2 && reached[0] == 1 && units[0] == 4 && acknowledged[0] == 2);
  EXPECT(children[0] == 2 && heard[0] == 1 && states[0] == LIANHU_CASCADE_PARTLY && at[0] == SENT);
  EXPECT(states[1] == LIANHU_CASCADE_NOT_HEARD && at[1] == LIANHU_NONE);
  EXPECT(states[2] == LIANHU_CASCADE_COMPLETE && at[2] == LIANHU_NONE && acknowledged[2] == 1);
  EXPECT(states[3] == LIANHU_CASCADE_COMPLETE && at[3] == time);
  EXPECT_EQ(lianhu_cascade_get(cascade, all, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, shared_error()),
            LIANHU_OK);
  EXPECT_ERROR(lianhu_cascade_get(NULL, all, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "cascade", -1, "cascade: must not be null");
  EXPECT_ERROR(lianhu_cascade_get(cascade, NULL, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "units", -1, "units: must not be null");
  lianhu_cascade_free(cascade);
}
