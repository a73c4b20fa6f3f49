#include "capi_test.h"

TEST(lianhu_checklist_score) {
  lianhu_checklist* checklist = founding_checklist();
  int64_t facts[2 * FOUNDING_FACTS];
  founding_facts(facts);
  founding_facts(facts + FOUNDING_FACTS);
  facts[2] = 3; /* livelihood_current of the first: 8 x 3/10 */
  lianhu_scores* scores = NULL;
  EXPECT_EQ(lianhu_checklist_score(checklist, facts, 2, NULL, &scores, shared_error()), LIANHU_OK);
  lianhu_scores_view view;
  EXPECT_EQ(lianhu_scores_view_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT_EQ(lianhu_scores_get(scores, &view, shared_error()), LIANHU_OK);
  EXPECT_EQ(view.points[1], 2400);
  EXPECT_EQ(view.total[0], 94400);
  EXPECT_EQ(view.total[1], 100000);
  EXPECT_EQ(view.rank[0], 2);
  lianhu_scores_free(scores);

  scores = NULL;
  facts[FOUNDING_FACTS + 2] = 11;
  EXPECT_ERROR(lianhu_checklist_score(checklist, facts, 2, NULL, &scores, shared_error()), LIANHU_INVALID_ARGUMENT,
               "livelihood_current", 1, "livelihood_current[1]: the ratio is above 1: 11 of 10 households_assigned");
  EXPECT_ERROR(lianhu_checklist_score(NULL, facts, 1, NULL, &scores, shared_error()), LIANHU_INVALID_ARGUMENT,
               "checklist", -1, "checklist: must not be null");
  EXPECT_ERROR(lianhu_checklist_score(checklist, NULL, 1, NULL, &scores, shared_error()), LIANHU_INVALID_ARGUMENT,
               "values", -1, "values: must not be null");
  EXPECT_ERROR(lianhu_checklist_score(checklist, facts, -1, NULL, &scores, shared_error()), LIANHU_INVALID_ARGUMENT,
               "values", -1, "values: has -1 entries");
  EXPECT_ERROR(lianhu_checklist_score(checklist, facts, 1, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out",
               -1, "out: must not be null");
  EXPECT(scores == NULL);
  EXPECT_EQ(lianhu_checklist_score(checklist, NULL, 0, NULL, &scores, shared_error()), LIANHU_OK);
  lianhu_scores_free(scores);
  lianhu_checklist_free(checklist);
}
