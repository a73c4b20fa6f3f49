#include "capi_test.h"

TEST(lianhu_micro_grids_repair) {
  static const int32_t today[6] = {30, 30, 30, 50, 50, 50};
  static const int32_t newcomer[6] = {30, 30, 30, 50, 50, LIANHU_NONE};
  static const int32_t crowded[6] = {30, 30, 30, 30, 30, 50};
  lianhu_micro_grid_problem problem = small_grids();
  lianhu_micro_grids* grids = NULL;
  lianhu_micro_grids_view view;
  lianhu_micro_grids_view_init(&view, sizeof(view));
  problem.current.data = today;
  problem.current.count = 6;
  EXPECT_EQ(lianhu_micro_grids_repair(&problem, NULL, &grids, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_micro_grids_get(grids, &view, NULL), LIANHU_OK);
  EXPECT(view.outcome == LIANHU_MICRO_GRIDS_FEASIBLE && view.moved_count == 0 && view.changed_count == 0);
  lianhu_micro_grids_free(grids);

  problem.current.data = newcomer;
  EXPECT_EQ(lianhu_micro_grids_repair(&problem, NULL, &grids, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_micro_grids_get(grids, &view, NULL), LIANHU_OK);
  EXPECT(view.moved_count == 0 && view.changed_count == 1 && view.created_count == 0 && view.dissolved_count == 0);
  EXPECT_EQ(view.parts[view.changed[0]].continues, 50);
  EXPECT_EQ(view.part_of[5], view.part_of[4]);
  lianhu_micro_grids_free(grids);

  problem.current.data = crowded;
  EXPECT_EQ(lianhu_micro_grids_repair(&problem, NULL, &grids, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_micro_grids_get(grids, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_MICRO_GRIDS_FEASIBLE);
  EXPECT(view.moved_count >= 1 && view.moved == view.moved_count);
  lianhu_micro_grids_free(grids);

  problem.count = 2;
  EXPECT_ERROR(lianhu_micro_grids_repair(&problem, NULL, &grids, shared_error()), LIANHU_INVALID_ARGUMENT, "count", -1,
               "count: cannot be given for a repair");
  problem = small_grids();
  EXPECT_ERROR(lianhu_micro_grids_repair(&problem, NULL, &grids, shared_error()), LIANHU_INVALID_ARGUMENT, "current",
               -1, "current: is missing");
  EXPECT_EQ(lianhu_micro_grids_repair(NULL, NULL, &grids, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_micro_grids_repair(&problem, NULL, NULL, NULL), LIANHU_INVALID_ARGUMENT);
}
