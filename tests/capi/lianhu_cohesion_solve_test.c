#include "capi_test.h"

/* Households 2 and 3 share a building that the exact plan splits. */
TEST(lianhu_cohesion_solve) {
  static const int32_t buildings[6] = {-1, -1, 0, 0, -1, -1};
  static const int32_t bad_buildings[6] = {-1, -1, 0, 6, -1, -1};
  const lianhu_assignment_problem problem = small_problem();
  int32_t steward_of[6];
  lianhu_cohesion_result result;
  lianhu_cohesion_result_init(&result, sizeof(result));
  EXPECT_EQ(lianhu_cohesion_solve(&problem, buildings, 500, 0, NULL, steward_of, 6, &result, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(result.outcome, LIANHU_OPTIMAL);
  EXPECT_EQ(result.further_before, 1);
  EXPECT_EQ(result.further_after, 0);
  EXPECT_EQ(result.distance_before_cm, 500);
  EXPECT_EQ(result.distance_after_cm, 600);
  EXPECT_EQ(result.objective_cm, 600);
  EXPECT_EQ(result.bound_cm, 500);
  EXPECT_EQ(steward_of[2], steward_of[3]);
  /* It is not worth a metre. */
  EXPECT_EQ(lianhu_cohesion_solve(&problem, buildings, 50, 0, NULL, steward_of, 6, &result, NULL), LIANHU_OK);
  EXPECT_EQ(result.further_after, 1);

  EXPECT_ERROR(lianhu_cohesion_solve(&problem, bad_buildings, 50, 0, NULL, steward_of, 6, &result, shared_error()),
               LIANHU_INVALID_ARGUMENT, "buildings", 3, "buildings[3]: is not in -1..5: 6");
  EXPECT_ERROR(lianhu_cohesion_solve(&problem, buildings, -1, 0, NULL, steward_of, 6, &result, shared_error()),
               LIANHU_INVALID_ARGUMENT, "price_cm", -1, "price_cm: is not in 0..300000000: -1");
  EXPECT_EQ(lianhu_cohesion_solve(&problem, buildings, 50, 7, NULL, steward_of, 6, &result, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_cohesion_solve(&problem, NULL, 50, 0, NULL, steward_of, 6, &result, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_cohesion_solve(&problem, buildings, 50, 0, NULL, NULL, 6, &result, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_cohesion_solve(&problem, buildings, 50, 0, NULL, steward_of, 4, &result, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_cohesion_solve(NULL, buildings, 50, 0, NULL, steward_of, 6, &result, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_cohesion_solve(&problem, buildings, 50, 0, NULL, steward_of, 6, NULL, NULL),
            LIANHU_INVALID_ARGUMENT);
}
