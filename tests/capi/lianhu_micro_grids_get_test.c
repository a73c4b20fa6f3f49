#include "capi_test.h"

TEST(lianhu_micro_grids_get) {
  static const int32_t rows[6] = {0, 0, 0, 1, 1, 1};
  const lianhu_micro_grid_problem problem = small_grids();
  lianhu_micro_grids* grids = NULL;
  lianhu_micro_grids_view view;
  lianhu_micro_grids_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_micro_grids_figures(&problem, rows, 6, &grids, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_micro_grids_get(grids, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.household_count, 6);
  EXPECT_EQ(view.part_count, 2);
  EXPECT_EQ(view.parts[0].unit, LIANHU_NONE);
  EXPECT(view.parts[0].households == 3 && view.parts[0].weight == 3 && view.parts[0].medoid == 1);
  EXPECT(view.parts[0].centre_x == 1 && view.parts[0].centre_y == 0 && view.parts[0].radius == 1);
  EXPECT(view.parts[0].area == 0 && view.parts[0].perimeter == 4 && view.parts[0].compactness == 0);
  EXPECT(view.parts[1].objective == 200 && view.parts[1].within_bounds == 1 && view.parts[1].continues == LIANHU_NONE);
  EXPECT(view.parts[1].hull_count == 2 && view.hull[view.parts[1].hull_begin] == 3);
  EXPECT_EQ(view.hull_count, 4);
  EXPECT(view.fault_count == 0 && view.split_count == 0 && view.out_of_bounds == 0);
  EXPECT_ERROR(lianhu_micro_grids_get(NULL, &view, shared_error()), LIANHU_INVALID_ARGUMENT, "grids", -1,
               "grids: must not be null");
  EXPECT_ERROR(lianhu_micro_grids_get(grids, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  lianhu_micro_grids_free(grids);
}
