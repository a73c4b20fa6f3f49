#include "capi_test.h"

TEST(lianhu_rebalancer_create) {
  lianhu_assignment_problem problem = small_problem();
  lianhu_plan* plan = solve(&problem);
  lianhu_plan_view view;
  lianhu_plan_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);

  lianhu_live_view live;
  lianhu_live_view_init(&live, sizeof(live));
  lianhu_rebalancer* rebalancer = NULL;
  EXPECT_EQ(lianhu_rebalancer_create(&problem, view.steward_of, 6, view.price_cm, 2, 0, NULL, &rebalancer, NULL),
            LIANHU_OK);
  EXPECT_EQ(lianhu_rebalancer_get(rebalancer, &live, NULL), LIANHU_OK);
  EXPECT_EQ(live.start_kind, LIANHU_START_GIVEN_PROVED);
  EXPECT_EQ(live.given_distance_cm, 500);
  lianhu_rebalancer_free(rebalancer);

  /* Without prices the plan is proved anew; a bad one is improved. */
  EXPECT_EQ(lianhu_rebalancer_create(&problem, view.steward_of, 6, NULL, 0, 0, NULL, &rebalancer, NULL), LIANHU_OK);
  EXPECT_EQ(lianhu_rebalancer_get(rebalancer, &live, NULL), LIANHU_OK);
  EXPECT_EQ(live.start_kind, LIANHU_START_GIVEN_OPTIMAL);
  lianhu_rebalancer_free(rebalancer);
  static const int32_t crossed[] = {1, 1, 1, 0, 0, 0};
  EXPECT_EQ(lianhu_rebalancer_create(&problem, crossed, 6, NULL, 0, 0, NULL, &rebalancer, NULL), LIANHU_OK);
  EXPECT_EQ(lianhu_rebalancer_get(rebalancer, &live, NULL), LIANHU_OK);
  EXPECT_EQ(live.start_kind, LIANHU_START_IMPROVED);
  EXPECT_EQ(live.given_feasible, 1);
  lianhu_rebalancer_free(rebalancer);

  /* Cancelled: no rebalancer. */
  lianhu_context* context = NULL;
  EXPECT_EQ(lianhu_context_create(NULL, &context, NULL), LIANHU_OK);
  lianhu_context_cancel(context);
  EXPECT_EQ(lianhu_rebalancer_create(&problem, NULL, 0, NULL, 0, 0, context, &rebalancer, NULL), LIANHU_OK);
  EXPECT(rebalancer == NULL);
  lianhu_context_free(context);

  EXPECT_ERROR(lianhu_rebalancer_create(NULL, NULL, 0, NULL, 0, 0, NULL, &rebalancer, shared_error()),
               LIANHU_INVALID_ARGUMENT, "problem", -1, "problem: must not be null");
  EXPECT_ERROR(lianhu_rebalancer_create(&problem, NULL, 0, NULL, 0, 0, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out", -1, "out: must not be null");
  EXPECT_ERROR(lianhu_rebalancer_create(&problem, crossed, 5, NULL, 0, 0, NULL, &rebalancer, shared_error()),
               LIANHU_INVALID_ARGUMENT, "steward_of", -1, "steward_of: has 5 entries, expected 6");
  EXPECT_ERROR(lianhu_rebalancer_create(&problem, crossed, 6, view.price_cm, 1, 0, NULL, &rebalancer, shared_error()),
               LIANHU_INVALID_ARGUMENT, "price_cm", -1, "price_cm: has 1 entries, expected 2");
  EXPECT(lianhu_rebalancer_create(&problem, crossed, 6, NULL, 0, -1, NULL, &rebalancer, shared_error()) ==
         LIANHU_INVALID_ARGUMENT);
  lianhu_plan_free(plan);
}
