#include "capi_test.h"

TEST(lianhu_scores_free) {
  lianhu_checklist* checklist = founding_checklist();
  lianhu_scores* scores = NULL;
  EXPECT_EQ(lianhu_checklist_score(checklist, NULL, 0, NULL, &scores, shared_error()), LIANHU_OK);
  lianhu_scores_free(scores);
  lianhu_scores_free(NULL);
  lianhu_checklist_free(checklist);
}
