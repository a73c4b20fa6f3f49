#include "capi_test.h"

TEST(lianhu_scores_get) {
  lianhu_checklist* checklist = founding_checklist();
  int64_t facts[FOUNDING_FACTS];
  founding_facts(facts);
  facts[29] = 1; /* fabrications */
  lianhu_scores* scores = NULL;
  EXPECT_EQ(lianhu_checklist_score(checklist, facts, 1, NULL, &scores, shared_error()), LIANHU_OK);
  lianhu_scores_view view;
  EXPECT_EQ(lianhu_scores_view_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT_EQ(lianhu_scores_get(scores, &view, shared_error()), LIANHU_OK);
  EXPECT_EQ(view.cancelled, 0);
  EXPECT_EQ(view.steward_count, 1);
  EXPECT_EQ(view.indicator_count, 12);
  EXPECT_EQ(view.group_count, 3);
  EXPECT_EQ(view.group_points[1], 40000);
  EXPECT_EQ(view.bonus[0], 0);
  EXPECT_EQ(view.deduction[0], 0);
  EXPECT_EQ(view.grade[0], 3);
  EXPECT_EQ(view.veto[0], 0);
  EXPECT_EQ(view.status[0], LIANHU_RATED);
  lianhu_scores_free(scores);

  for (int i = 0; i < FOUNDING_FACTS; ++i) facts[i] = 0;
  EXPECT_EQ(lianhu_checklist_score(checklist, facts, 1, NULL, &scores, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_scores_get(scores, &view, shared_error()), LIANHU_OK);
  EXPECT_EQ(view.status[0], LIANHU_NOT_RATED);
  EXPECT_EQ(view.total[0], LIANHU_NONE);
  EXPECT_EQ(view.points[0], LIANHU_NONE);
  EXPECT_EQ(view.rank[0], 0);

  EXPECT_ERROR(lianhu_scores_get(NULL, &view, shared_error()), LIANHU_INVALID_ARGUMENT, "scores", -1,
               "scores: must not be null");
  EXPECT_ERROR(lianhu_scores_get(scores, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  view.struct_size = 4;
  EXPECT_EQ(lianhu_scores_get(scores, &view, NULL), LIANHU_INVALID_ARGUMENT);
  lianhu_scores_free(scores);
  lianhu_checklist_free(checklist);
}
