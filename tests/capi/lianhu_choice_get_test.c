#include "capi_test.h"

TEST(lianhu_choice_get) {
  const lianhu_candidate_problem problem = small_choice();
  lianhu_choice* choice = choose(&problem);
  lianhu_choice_view view;
  lianhu_choice_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_choice_get(choice, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_SELECTION_FEASIBLE);
  EXPECT_EQ(view.cancelled, 0);
  EXPECT_EQ(view.household_count, 6);
  EXPECT(view.candidate_of[0] == 0 && view.candidate_of[2] == 0 && view.candidate_of[3] == 2);
  EXPECT(view.chosen_count == 2 && view.chosen[0] == 0 && view.chosen[1] == 2);
  EXPECT(view.load[0] == 3 && view.load[1] == 3);
  EXPECT(view.price_cm != NULL);
  EXPECT_EQ(view.objective_cm, 400);
  EXPECT_EQ(view.distance_cm, 400);
  EXPECT(view.bound_cm > 0 && view.bound_cm <= 400);
  EXPECT_EQ(view.least_count, 2);
  EXPECT_EQ(view.most_count, 3);
  EXPECT_EQ(view.unit_count, 1);
  EXPECT_EQ(view.units[0].unit, -1);
  EXPECT_EQ(view.units[0].households, 6);
  EXPECT_EQ(view.units[0].candidates, 4);
  EXPECT_EQ(view.units[0].chosen, 2);
  EXPECT_EQ(view.units[0].distance_cm, 400);
  /* With candidate 1 as well households 2 and 3 or 1 and 2 are his: 40 + 60 for 100 + 100 cm. */
  EXPECT_EQ(view.next_count, 2);
  EXPECT_EQ(view.next[0].candidate, 1);
  EXPECT_EQ(view.next[0].feasible, 1);
  EXPECT_EQ(view.next[0].saves_cm, 100);
  EXPECT_EQ(view.shortfall_count, 0);
  EXPECT_ERROR(lianhu_choice_get(NULL, &view, shared_error()), LIANHU_INVALID_ARGUMENT, "choice", -1,
               "choice: must not be null");
  EXPECT_ERROR(lianhu_choice_get(choice, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  lianhu_choice_free(choice);
}
