#include "capi_test.h"

TEST(lianhu_assignment_solve_max_moves) {
  lianhu_assignment_problem problem = small_problem();
  static const int32_t current[] = {1, 0, 0, 0, 1, 1};
  lianhu_limit limit;
  lianhu_limit_init(&limit, sizeof(limit));
  lianhu_plan* plan = NULL;
  EXPECT_EQ(lianhu_assignment_solve_max_moves(&problem, current, 6, 1, NULL, NULL, &limit, &plan, NULL), LIANHU_OK);
  EXPECT_EQ(limit.within_limit, 1);
  EXPECT_EQ(limit.moves, 1);
  EXPECT_EQ(limit.fewest_moves, 0);
  EXPECT_EQ(limit.bound_cm, 600);
  EXPECT(limit.gap_percent == 0);
  lianhu_plan_view view;
  lianhu_plan_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.total_cost_cm, 600);
  EXPECT(view.steward_of[0] == 0 && view.steward_of[3] == 0);
  lianhu_plan_free(plan);
  EXPECT_ERROR(lianhu_assignment_solve_max_moves(&problem, current, 6, -1, NULL, NULL, &limit, &plan, shared_error()),
               LIANHU_INVALID_ARGUMENT, "max_moves", -1, "max_moves: must not be negative: -1");
  EXPECT_ERROR(lianhu_assignment_solve_max_moves(&problem, NULL, 6, 1, NULL, NULL, &limit, &plan, shared_error()),
               LIANHU_INVALID_ARGUMENT, "current", -1, "current: must not be null");
  EXPECT_ERROR(lianhu_assignment_solve_max_moves(&problem, current, 6, 1, NULL, NULL, NULL, &plan, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_limit", -1, "out_limit: must not be null");
  EXPECT_ERROR(lianhu_assignment_solve_max_moves(&problem, current, 6, 1, NULL, NULL, &limit, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out", -1, "out: must not be null");
}
