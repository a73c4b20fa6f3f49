#include "capi_test.h"

/* Nobody but the first steward is within 1.6 m of households 0, 1, 2, and he may serve two. */
TEST(lianhu_infeasibility_verify) {
  lianhu_assignment_problem problem = small_problem();
  lianhu_assignment_problem wrong;
  lianhu_plan_view view;
  lianhu_infeasibility why;
  lianhu_infeasibility other;
  lianhu_plan* plan;
  int64_t size = 0;
  char text[400];
  const int32_t too_few[] = {0, 1, 1};
  const int32_t elsewhere[] = {0, 1, 6};
  problem.min_load = 0;
  problem.max_load = 2;
  problem.max_distance = 1.6;
  lianhu_plan_view_init(&view, sizeof(view));
  lianhu_infeasibility_init(&why, sizeof(why));
  EXPECT_EQ(why.unit, -1);
  EXPECT_EQ(why.kind, -1);
  plan = solve(&problem);
  EXPECT_EQ(lianhu_plan_get(plan, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_INFEASIBLE);
  EXPECT_EQ(view.infeasibility_count, 2);
  EXPECT_EQ(lianhu_plan_infeasibility(plan, 0, &why, shared_error()), LIANHU_OK);
  EXPECT_EQ(why.part, 1);
  EXPECT_EQ(why.households, 3);
  EXPECT_EQ(why.stewards, 1);
  EXPECT_EQ(why.capacity, 2);
  EXPECT_EQ(why.shortage, 1);
  EXPECT(why.household_set[0] == 0 && why.household_set[1] == 1 && why.household_set[2] == 2);
  EXPECT_EQ(why.steward_set[0], 0);
  EXPECT_EQ(lianhu_infeasibility_verify(&problem, &why, shared_error()), LIANHU_OK);

  /* The words are those of a part, not of the whole area. */
  EXPECT_EQ(lianhu_infeasibility_describe(&why, 0, 2, NULL, LIANHU_ENGLISH, text, sizeof(text), &size, shared_error()),
            LIANHU_OK);
  EXPECT(strstr(text, "3 households") != NULL && strstr(text, "6 households") == NULL);

  other = why;
  other.capacity = 3;
  EXPECT_ERROR(lianhu_infeasibility_verify(&problem, &other, shared_error()), LIANHU_INVALID_ARGUMENT, "capacity", -1,
               "capacity: is said to be 3, but is 2");
  other = why;
  other.household_set = too_few;
  EXPECT_ERROR(lianhu_infeasibility_verify(&problem, &other, shared_error()), LIANHU_INVALID_ARGUMENT, "household_set",
               2, "household_set[2]: 1 is there twice");
  other.household_set = elsewhere;
  EXPECT_ERROR(lianhu_infeasibility_verify(&problem, &other, shared_error()), LIANHU_INVALID_ARGUMENT, "household_set",
               2, "household_set[2]: no such index");
  other.household_set = NULL;
  EXPECT_ERROR(lianhu_infeasibility_verify(&problem, &other, shared_error()), LIANHU_INVALID_ARGUMENT, "household_set",
               -1, "household_set: must not be null");
  other = why;
  other.part = 2;
  EXPECT_ERROR(lianhu_infeasibility_verify(&problem, &other, shared_error()), LIANHU_INVALID_ARGUMENT,
               "infeasibility.part", -1, "infeasibility.part: is 2: need 0 or 1");
  other.part = 0; /* the jurisdiction as a whole has six households */
  EXPECT_ERROR(lianhu_infeasibility_verify(&problem, &other, shared_error()), LIANHU_INVALID_ARGUMENT, "households", -1,
               "households: is said to be 3, but is 6");
  wrong = problem;
  wrong.max_distance = 3; /* then the other steward is within reach */
  EXPECT_ERROR(lianhu_infeasibility_verify(&wrong, &why, shared_error()), LIANHU_INVALID_ARGUMENT, "steward_set", -1,
               "steward_set: household 2 may be served by steward 1, who is not in the set");
  wrong = problem;
  wrong.min_load = 3;
  EXPECT_EQ(lianhu_infeasibility_verify(&wrong, &why, shared_error()), LIANHU_INVALID_ARGUMENT);

  /* A caller with the older, smaller struct: it is taken for the whole jurisdiction. */
  other = why;
  other.struct_size = 72;
  EXPECT_EQ(lianhu_infeasibility_verify(&problem, &other, shared_error()), LIANHU_INVALID_ARGUMENT);

  EXPECT_ERROR(lianhu_infeasibility_verify(NULL, &why, shared_error()), LIANHU_INVALID_ARGUMENT, "problem", -1,
               "problem: must not be null");
  EXPECT_ERROR(lianhu_infeasibility_verify(&problem, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "infeasibility",
               -1, "infeasibility: must not be null");
  lianhu_plan_free(plan);
}
