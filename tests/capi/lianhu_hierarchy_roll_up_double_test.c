#include "capi_test.h"

TEST(lianhu_hierarchy_roll_up_double) {
  lianhu_hierarchy* hierarchy = small_hierarchy();
  const double values[] = {1, 10, 100, 1000};
  double totals[4];
  EXPECT_EQ(lianhu_hierarchy_roll_up_double(hierarchy, LIANHU_SUM, values, 4, totals, shared_error()), LIANHU_OK);
  EXPECT(totals[0] == 1111 && totals[1] == 10 && totals[2] == 1100 && totals[3] == 1000);
  EXPECT_EQ(lianhu_hierarchy_roll_up_double(hierarchy, LIANHU_MIN, values, 4, totals, shared_error()), LIANHU_OK);
  EXPECT(totals[0] == 1 && totals[2] == 100);
  EXPECT_EQ(lianhu_hierarchy_roll_up_double(hierarchy, LIANHU_MAX, values, 4, totals, shared_error()), LIANHU_OK);
  EXPECT(totals[0] == 1000 && totals[1] == 10);
  {
    const double no_number[] = {0, 0, (double)NAN, 1};
    EXPECT_ERROR(lianhu_hierarchy_roll_up_double(hierarchy, LIANHU_SUM, no_number, 4, totals, shared_error()),
                 LIANHU_INVALID_ARGUMENT, "values", 2, "values[2]: is not a number");
  }
  EXPECT_ERROR(lianhu_hierarchy_roll_up_double(hierarchy, 3, values, 4, totals, shared_error()),
               LIANHU_INVALID_ARGUMENT, "operation", -1, "operation: is 3: need LIANHU_SUM, _MIN or _MAX");
  EXPECT_ERROR(lianhu_hierarchy_roll_up_double(hierarchy, LIANHU_SUM, values, 3, totals, shared_error()),
               LIANHU_INVALID_ARGUMENT, "values", -1, "values: has 3 entries, expected 4");
  EXPECT_ERROR(lianhu_hierarchy_roll_up_double(NULL, LIANHU_SUM, values, 4, totals, shared_error()),
               LIANHU_INVALID_ARGUMENT, "hierarchy", -1, "hierarchy: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_roll_up_double(hierarchy, LIANHU_SUM, NULL, 4, totals, shared_error()),
               LIANHU_INVALID_ARGUMENT, "values", -1, "values: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_roll_up_double(hierarchy, LIANHU_SUM, values, 4, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_totals", -1, "out_totals: must not be null");
  lianhu_hierarchy_free(hierarchy);
}
