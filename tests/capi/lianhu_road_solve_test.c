#include "capi_test.h"

/* A road along the line from node 0 at x = 0 to node 5 at x = 5, a metre an edge, but 10 m between 2 and 3. */
TEST(lianhu_road_solve) {
  static const double nodes[6][2] = {{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}};
  static const int32_t from[5] = {0, 1, 2, 3, 4};
  static const int32_t to[5] = {1, 2, 3, 4, 5};
  static const int32_t bad_to[5] = {1, 2, 6, 4, 5};
  static const int64_t length_cm[5] = {100, 100, 1000, 100, 100};
  const lianhu_assignment_problem problem = small_problem();
  lianhu_road_network network;
  lianhu_plan* plan = NULL;
  lianhu_plan_view view;
  int64_t distance[6];
  int32_t unreachable[2];
  int64_t count = -1;
  int k;
  lianhu_plan_view_init(&view, sizeof(view));
  lianhu_road_network_init(&network, sizeof(network));
  network.nodes.x = &nodes[0][0];
  network.nodes.y = &nodes[0][1];
  network.nodes.count = 6;
  network.nodes.stride = sizeof(nodes[0]);
  network.from = from;
  network.to = to;
  network.length_cm = length_cm;
  network.edge_count = 5;
  EXPECT_EQ(lianhu_road_solve(&problem, &network, 0, NULL, distance, 6, NULL, 0, &count, &plan, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(count, 0);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_OPTIMAL);
  /* Stewards at 0.5 and 4.5 are attached to nodes 0 and 4: 0.5 m each, and 0 + 1 + 2 and 1 + 0 + 1 m of road. */
  EXPECT_EQ(view.total_cost_cm, 800);
  EXPECT_EQ(view.dual_bound_cm, 800);
  EXPECT_EQ(distance[2], 250);
  lianhu_plan_free(plan);

  /* Without edges only the stewards' own nodes are reached, from households 0 and 4. */
  network.edge_count = 0;
  EXPECT_EQ(lianhu_road_solve(&problem, &network, 0, NULL, NULL, 0, unreachable, 2, &count, &plan, NULL), LIANHU_OK);
  EXPECT_EQ(count, 4);
  EXPECT(unreachable[0] == 1 && unreachable[1] == 2);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_INFEASIBLE);
  for (k = 0; k < 6; ++k) EXPECT_EQ(view.steward_of[k], LIANHU_NONE);
  lianhu_plan_free(plan);

  network.edge_count = 5;
  network.to = bad_to;
  EXPECT_ERROR(lianhu_road_solve(&problem, &network, 0, NULL, NULL, 0, NULL, 0, &count, &plan, shared_error()),
               LIANHU_INVALID_ARGUMENT, "road_to", 2, "road_to[2]: is not in 0..5: 6");
  network.to = NULL;
  EXPECT_ERROR(lianhu_road_solve(&problem, &network, 0, NULL, NULL, 0, NULL, 0, &count, &plan, shared_error()),
               LIANHU_INVALID_ARGUMENT, "network.to", -1, "network.to: must not be null");
  network.to = to;
  EXPECT_EQ(lianhu_road_solve(&problem, &network, 2, NULL, NULL, 0, NULL, 0, &count, &plan, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_road_solve(&problem, &network, 0, NULL, distance, 5, NULL, 0, &count, &plan, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_road_solve(&problem, &network, 0, NULL, NULL, 0, NULL, 3, &count, &plan, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_road_solve(&problem, NULL, 0, NULL, NULL, 0, NULL, 0, &count, &plan, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_road_solve(NULL, &network, 0, NULL, NULL, 0, NULL, 0, &count, &plan, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_road_solve(&problem, &network, 0, NULL, NULL, 0, NULL, 0, NULL, &plan, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_road_solve(&problem, &network, 0, NULL, NULL, 0, NULL, 0, &count, NULL, NULL),
            LIANHU_INVALID_ARGUMENT);
}
