#include "capi_test.h"

TEST(lianhu_p_median_verify) {
  static const int32_t plan[6] = {0, 0, 0, 2, 2, 2};
  static const int32_t heavy[6] = {0, 0, 0, 0, 2, 2};
  static const int32_t many[6] = {0, 0, 0, 1, 2, 2};
  static const int32_t nobody[6] = {0, 0, 4, 2, 2, 2};
  const lianhu_p_median problem = small_p_median();
  double objective = 0;
  EXPECT_EQ(lianhu_p_median_verify(&problem, plan, 6, &objective, shared_error()), LIANHU_OK);
  EXPECT(objective == 400);
  EXPECT_ERROR(lianhu_p_median_verify(&problem, heavy, 6, &objective, shared_error()), LIANHU_INVALID_ARGUMENT,
               "capacity", 0, "capacity[0]: is 4, but the plan gives it 5");
  EXPECT_ERROR(lianhu_p_median_verify(&problem, many, 6, &objective, shared_error()), LIANHU_INVALID_ARGUMENT, "count",
               -1, "count: is 2, but the plan uses 3 candidates");
  EXPECT_ERROR(lianhu_p_median_verify(&problem, nobody, 6, &objective, shared_error()), LIANHU_INVALID_ARGUMENT,
               "candidate_of", 2, "candidate_of[2]: 4 is no candidate");
  EXPECT_EQ(lianhu_p_median_verify(&problem, plan, 5, &objective, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_p_median_verify(&problem, NULL, 6, &objective, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_p_median_verify(&problem, plan, 6, NULL, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_p_median_verify(NULL, plan, 6, &objective, NULL), LIANHU_INVALID_ARGUMENT);
}
