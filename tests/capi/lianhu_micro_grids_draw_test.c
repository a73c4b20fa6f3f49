#include "capi_test.h"

TEST(lianhu_micro_grids_draw) {
  static const int32_t units[6] = {4, 4, 4, 4, 4, -4};
  static const int32_t a[5] = {0, 1, 2, 3, 4};
  static const int32_t b[5] = {1, 2, 3, 4, 5};
  lianhu_micro_grid_problem problem = small_grids();
  lianhu_micro_grid_options options;
  lianhu_micro_grids* grids = NULL;
  lianhu_micro_grids_view view;
  lianhu_micro_grid_options_init(&options, sizeof(options));
  options.work = 10000;
  lianhu_micro_grids_view_init(&view, sizeof(view));

  /* Two rows of three: 100 + 100 cm each to the one in the middle. */
  EXPECT_EQ(lianhu_micro_grids_draw(&problem, &options, NULL, &grids, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_micro_grids_get(grids, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_MICRO_GRIDS_FEASIBLE);
  EXPECT_EQ(view.part_count, 2);
  EXPECT(view.part_of[0] == view.part_of[2] && view.part_of[3] == view.part_of[5] &&
         view.part_of[0] != view.part_of[3]);
  EXPECT(view.objective == 400);
  EXPECT(view.bound > 0 && view.bound <= 400);
  lianhu_micro_grids_free(grids);

  problem.objective = LIANHU_OBJECTIVE_MEANS;
  options.bound = 0;
  EXPECT_EQ(lianhu_micro_grids_draw(&problem, &options, NULL, &grids, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_micro_grids_get(grids, &view, NULL), LIANHU_OK);
  EXPECT(view.objective > 3.999 && view.objective < 4.001 && view.bound == 0);
  lianhu_micro_grids_free(grids);

  problem = small_grids();
  problem.border_a.data = a;
  problem.border_b.data = b;
  problem.border_a.count = problem.border_b.count = 5;
  EXPECT_EQ(lianhu_micro_grids_draw(&problem, &options, NULL, &grids, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_micro_grids_get(grids, &view, NULL), LIANHU_OK);
  EXPECT(view.outcome == LIANHU_MICRO_GRIDS_FEASIBLE && view.not_connected == 0 && view.part_count == 2);
  lianhu_micro_grids_free(grids);
  problem.border_b.count = 4;
  EXPECT_ERROR(lianhu_micro_grids_draw(&problem, NULL, NULL, &grids, shared_error()), LIANHU_INVALID_ARGUMENT,
               "border_b", -1, "border_b: has 4 entries, expected 5");

  problem = small_grids();
  problem.units.data = units;
  problem.units.count = 6;
  EXPECT_ERROR(lianhu_micro_grids_draw(&problem, NULL, NULL, &grids, shared_error()), LIANHU_INVALID_ARGUMENT, "units",
               5, "units[5]: is -4: need at least 0");
  problem = small_grids();
  problem.keep_buildings = 2;
  EXPECT_ERROR(lianhu_micro_grids_draw(&problem, NULL, NULL, &grids, shared_error()), LIANHU_INVALID_ARGUMENT,
               "keep_buildings", -1, "keep_buildings: is 2: need 0 or 1");
  problem = small_grids();
  problem.objective = 2;
  EXPECT_EQ(lianhu_micro_grids_draw(&problem, NULL, NULL, &grids, NULL), LIANHU_INVALID_ARGUMENT);
  problem = small_grids();
  problem.datum = 7;
  EXPECT_EQ(lianhu_micro_grids_draw(&problem, NULL, NULL, &grids, NULL), LIANHU_INVALID_ARGUMENT);
  problem = small_grids();
  options.bound = 3;
  EXPECT_EQ(lianhu_micro_grids_draw(&problem, &options, NULL, &grids, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_micro_grids_draw(NULL, NULL, NULL, &grids, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_micro_grids_draw(&problem, NULL, NULL, NULL, NULL), LIANHU_INVALID_ARGUMENT);
}
