#include "capi_test.h"

static void get(const lianhu_candidate_problem* problem, lianhu_choice** choice, lianhu_choice_view* view) {
  lianhu_choice_free(*choice);
  *choice = choose(problem);
  lianhu_choice_view_init(view, sizeof(*view));
  EXPECT_EQ(lianhu_choice_get(*choice, view, NULL), LIANHU_OK);
}

TEST(lianhu_choice_solve) {
  static const int32_t must[4] = {LIANHU_REQUIREMENT_MUST_NOT, LIANHU_REQUIREMENT_FREE, LIANHU_REQUIREMENT_MUST_HAVE,
                                  LIANHU_REQUIREMENT_FREE};
  static const int32_t both[4] = {0, 3, 0, 0};
  static const int64_t suitability[4] = {0, 0, 100000, 0};
  static const int64_t dear[4] = {0, 0, 0, 300000001};
  lianhu_candidate_problem problem = small_choice();
  lianhu_choice* choice = NULL;
  lianhu_choice_view view;
  lianhu_selection_options options;

  problem.requirement.data = must;
  problem.requirement.count = 4;
  get(&problem, &choice, &view);
  /* 1 and 2: 240 + 140 + 40 + 100 + 0 + 100 cm, household 3 to the nearer of the two. */
  EXPECT(view.chosen_count == 2 && view.chosen[0] == 1 && view.chosen[1] == 2);
  EXPECT_EQ(view.objective_cm, 580);

  problem = small_choice();
  problem.suitability_cm = suitability;
  get(&problem, &choice, &view);
  EXPECT(view.chosen_count == 2 && view.chosen[0] == 0 && view.chosen[1] == 1);
  EXPECT_EQ(view.suitability_cm, 0);

  problem = small_choice();
  problem.count_rule = LIANHU_COUNT_FEWEST;
  get(&problem, &choice, &view);
  EXPECT(view.chosen_count == 2 && view.least_count == 2 && view.most_count == 3);
  problem.count_rule = LIANHU_COUNT_COST_PER_STEWARD;
  problem.cost_per_steward_cm = 1000;
  get(&problem, &choice, &view);
  EXPECT(view.chosen_count == 2 && view.stewards_cm == 2000 && view.objective_cm == 2400);

  problem = small_choice();
  problem.count = 1;
  get(&problem, &choice, &view);
  EXPECT_EQ(view.outcome, LIANHU_SELECTION_INFEASIBLE);
  EXPECT_EQ(view.chosen_count, 0);
  EXPECT(view.shortfall_count == 1 && view.shortfalls[0].kind == LIANHU_SHORTFALL_TOO_FEW);
  EXPECT(view.shortfalls[0].least == 2 && view.shortfalls[0].count == 1);
  lianhu_choice_free(choice);

  problem = small_choice();
  problem.requirement.data = both;
  problem.requirement.count = 4;
  EXPECT_ERROR(lianhu_choice_solve(&problem, NULL, NULL, &choice, shared_error()), LIANHU_INVALID_ARGUMENT,
               "requirement", 1, "requirement[1]: is 3: need 0, 1 or 2");
  problem = small_choice();
  problem.suitability_cm = dear;
  EXPECT_ERROR(lianhu_choice_solve(&problem, NULL, NULL, &choice, shared_error()), LIANHU_INVALID_ARGUMENT,
               "suitability_cm", 3, "suitability_cm[3]: is 300000001: need -300000000 to 300000000");
  problem = small_choice();
  problem.count_rule = 3;
  EXPECT_ERROR(lianhu_choice_solve(&problem, NULL, NULL, &choice, shared_error()), LIANHU_INVALID_ARGUMENT,
               "count_rule", -1, "count_rule: is 3: need 0, 1 or 2");
  problem = small_choice();
  problem.datum = 7;
  EXPECT_EQ(lianhu_choice_solve(&problem, NULL, NULL, &choice, NULL), LIANHU_INVALID_ARGUMENT);
  problem = small_choice();
  lianhu_selection_options_init(&options, sizeof(options));
  options.next = 1001;
  EXPECT_ERROR(lianhu_choice_solve(&problem, &options, NULL, &choice, shared_error()), LIANHU_INVALID_ARGUMENT,
               "options.next", -1, "options.next: is 1001: need 0 to 1000");
  EXPECT_EQ(lianhu_choice_solve(NULL, NULL, NULL, &choice, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_choice_solve(&problem, NULL, NULL, NULL, NULL), LIANHU_INVALID_ARGUMENT);
}
