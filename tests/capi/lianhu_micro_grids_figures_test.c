#include "capi_test.h"

TEST(lianhu_micro_grids_figures) {
  static const int32_t across[6] = {0, 1, 0, 1, 0, 1};
  static const int32_t gap[6] = {0, 0, 0, 2, 2, 2};
  static const int32_t buildings[6] = {7, 7, LIANHU_NONE, 8, 8, LIANHU_NONE};
  lianhu_micro_grid_problem problem = small_grids();
  lianhu_micro_grids* grids = NULL;
  lianhu_micro_grids_view view;
  lianhu_micro_grids_view_init(&view, sizeof(view));
  problem.max_weight = 2;
  problem.buildings.data = buildings;
  problem.buildings.count = 6;
  problem.keep_buildings = 1;
  EXPECT_EQ(lianhu_micro_grids_figures(&problem, across, 6, &grids, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_micro_grids_get(grids, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_MICRO_GRIDS_NOT_FOUND);
  EXPECT_EQ(view.out_of_bounds, 2);
  EXPECT_EQ(view.split_count, 2);
  EXPECT(view.splits[0].building == 7 && view.splits[0].parts == 2 && view.splits[0].too_large == 0);
  lianhu_micro_grids_free(grids);
  EXPECT_ERROR(lianhu_micro_grids_figures(&problem, gap, 6, &grids, shared_error()), LIANHU_INVALID_ARGUMENT, "part_of",
               -1, "part_of: part 1 has no household");
  EXPECT_ERROR(lianhu_micro_grids_figures(&problem, across, 5, &grids, shared_error()), LIANHU_INVALID_ARGUMENT,
               "part_of", -1, "part_of: has 5 entries, expected 6");
  EXPECT_EQ(lianhu_micro_grids_figures(&problem, NULL, 6, &grids, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_micro_grids_figures(NULL, across, 6, &grids, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_micro_grids_figures(&problem, across, 6, NULL, NULL), LIANHU_INVALID_ARGUMENT);
}
