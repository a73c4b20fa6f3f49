#include "capi_test.h"

TEST(lianhu_frontier_get) {
  lianhu_assignment_problem problem = small_problem();
  /* Household 0 is with the far steward (450 cm, not 50), 3 with the farther one (250, not 150). */
  static const int32_t current[] = {1, 0, 0, 0, 1, 1};
  lianhu_frontier* frontier = NULL;
  EXPECT_EQ(lianhu_frontier_create(&problem, current, 6, NULL, NULL, &frontier, NULL), LIANHU_OK);
  lianhu_frontier_view view;
  lianhu_frontier_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_frontier_get(frontier, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_OPTIMAL);
  EXPECT_EQ(view.point_count, 3);
  EXPECT_EQ(view.points[0].moves, 0);
  EXPECT_EQ(view.points[0].total_cost_cm, 1000);
  EXPECT_EQ(view.points[0].switch_cost_numerator, 400 * view.points[0].switch_cost_denominator);
  EXPECT_EQ(view.points[1].moves, 1);
  EXPECT_EQ(view.points[1].total_cost_cm, 600);
  EXPECT_EQ(view.points[2].moves, 2);
  EXPECT_EQ(view.points[2].total_cost_cm, 500);
  EXPECT_EQ(view.points[2].switch_cost_numerator, 0);
  EXPECT_EQ(view.points[1].corner, 1);
  EXPECT_ERROR(lianhu_frontier_get(NULL, &view, shared_error()), LIANHU_INVALID_ARGUMENT, "frontier", -1,
               "frontier: must not be null");
  EXPECT_ERROR(lianhu_frontier_get(frontier, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  lianhu_frontier_free(frontier);
}
