#include "capi_test.h"

#define EAST INT64_C(430181002204)
#define WEST INT64_C(430181002216)

/* A community a row; micro-grids of 1 or 2, and a grid of the three households of each row. */
TEST(lianhu_drawn_hierarchy_draw) {
  static const int64_t communities[6] = {WEST, WEST, WEST, EAST, EAST, EAST};
  static const int64_t wrong[6] = {WEST, WEST, 430181002, EAST, EAST, EAST};
  static const int32_t units[6] = {0, 0, 0, 0, 0, 0};
  lianhu_micro_grid_problem problem = small_grids();
  lianhu_grid_level level;
  lianhu_micro_grid_options options;
  lianhu_drawn_hierarchy* drawn = NULL;
  lianhu_drawn_hierarchy_view view;
  lianhu_micro_grids_view grids;
  problem.min_weight = 1;
  problem.max_weight = 2;
  lianhu_grid_level_init(&level, sizeof(level));
  level.min_weight = 2;
  level.max_weight = 4;
  lianhu_micro_grid_options_init(&options, sizeof(options));
  options.work = 10000;
  lianhu_drawn_hierarchy_view_init(&view, sizeof(view));
  lianhu_micro_grids_view_init(&grids, sizeof(grids));

  EXPECT_EQ(lianhu_drawn_hierarchy_draw(&problem, communities, 6, &level, &options, NULL, &drawn, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(lianhu_drawn_hierarchy_get(drawn, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.community_count, 2);
  EXPECT(view.communities[0] == EAST && view.communities[1] == WEST);
  EXPECT_EQ(view.grid_count, 2);
  EXPECT(view.grid_code[0] == EAST * 1000 + 1 && view.grid_code[1] == WEST * 1000 + 1);
  EXPECT_EQ(view.micro_grid_count, 4);
  EXPECT(view.micro_grid_code[0] / 1000 == view.grid_code[0] && view.micro_grid_code[3] / 1000 == view.grid_code[1]);
  EXPECT_EQ(view.code_count, 1 + 2 + 2 + 4);
  EXPECT_EQ(view.codes[0], 430181002);
  EXPECT_EQ(lianhu_micro_grids_get(view.micro_grids, &grids, NULL), LIANHU_OK);
  EXPECT(grids.outcome == LIANHU_MICRO_GRIDS_FEASIBLE && grids.household_count == 6 && grids.part_count == 4);
  EXPECT_EQ(lianhu_micro_grids_get(view.grids, &grids, NULL), LIANHU_OK);
  EXPECT(grids.outcome == LIANHU_MICRO_GRIDS_FEASIBLE && grids.household_count == 4 && grids.parts[1].weight == 3);
  lianhu_drawn_hierarchy_free(drawn);

  /* Without a level: 250 to 450, and each community is named as too small for a grid. */
  EXPECT_EQ(lianhu_drawn_hierarchy_draw(&problem, communities, 6, NULL, &options, NULL, &drawn, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(lianhu_drawn_hierarchy_get(drawn, &view, NULL), LIANHU_OK);
  EXPECT_EQ(lianhu_micro_grids_get(view.grids, &grids, NULL), LIANHU_OK);
  EXPECT(grids.outcome == LIANHU_MICRO_GRIDS_INFEASIBLE && grids.fault_count == 2);
  EXPECT(grids.faults[0].kind == LIANHU_FAULT_TOO_SMALL && grids.faults[0].weight == 3);
  lianhu_drawn_hierarchy_free(drawn);

  EXPECT_ERROR(lianhu_drawn_hierarchy_draw(&problem, wrong, 6, &level, &options, NULL, &drawn, shared_error()),
               LIANHU_INVALID_ARGUMENT, "communities", 2, "communities[2]: is 430181002: need a code of 12 digits");
  EXPECT_ERROR(lianhu_drawn_hierarchy_draw(&problem, communities, 5, &level, &options, NULL, &drawn, shared_error()),
               LIANHU_INVALID_ARGUMENT, "communities", -1, "communities: has 5 entries, expected 6");
  problem.units.data = units;
  problem.units.count = 6;
  EXPECT_ERROR(lianhu_drawn_hierarchy_draw(&problem, communities, 6, &level, &options, NULL, &drawn, shared_error()),
               LIANHU_INVALID_ARGUMENT, "units", -1, "units: must not be given: communities take its place");
  problem = small_grids();
  problem.move_price = 1;
  EXPECT_EQ(lianhu_drawn_hierarchy_draw(&problem, communities, 6, NULL, NULL, NULL, &drawn, NULL),
            LIANHU_INVALID_ARGUMENT);
  problem = small_grids();
  level.struct_size = 4;
  EXPECT_EQ(lianhu_drawn_hierarchy_draw(&problem, communities, 6, &level, NULL, NULL, &drawn, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_drawn_hierarchy_draw(NULL, communities, 6, NULL, NULL, NULL, &drawn, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_drawn_hierarchy_draw(&problem, NULL, 6, NULL, NULL, NULL, &drawn, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_drawn_hierarchy_draw(&problem, communities, 6, NULL, NULL, NULL, NULL, NULL),
            LIANHU_INVALID_ARGUMENT);
}
