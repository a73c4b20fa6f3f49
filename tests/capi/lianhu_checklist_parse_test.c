#include "capi_test.h"

TEST(lianhu_checklist_parse) {
  const char json[] =
      "{\"id\": \"one\", \"facts\": [{\"name\": \"due\"}, {\"name\": \"done\"}],"
      " \"groups\": [{\"id\": \"G\", \"indicators\": [{\"id\": \"I\", \"weight\": \"100\","
      " \"formula\": [{\"numerator\": \"done\", \"denominator\": \"due\"}]}]}],"
      " \"bands\": [{\"grade\": \"any\", \"from\": \"0\", \"to\": \"100\", \"toIncluded\": true}]}";
  lianhu_checklist* checklist = NULL;
  EXPECT_EQ(lianhu_checklist_parse(json, (int64_t)strlen(json), &checklist, shared_error()), LIANHU_OK);
  int64_t facts[] = {3, 1};
  lianhu_scores* scores = NULL;
  EXPECT_EQ(lianhu_checklist_score(checklist, facts, 1, NULL, &scores, shared_error()), LIANHU_OK);
  lianhu_scores_view view;
  EXPECT_EQ(lianhu_scores_view_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT_EQ(lianhu_scores_get(scores, &view, shared_error()), LIANHU_OK);
  EXPECT_EQ(view.total[0], 33333);
  lianhu_scores_free(scores);
  lianhu_checklist_free(checklist);

  checklist = NULL;
  EXPECT_ERROR(
      lianhu_checklist_parse("{", 1, &checklist, shared_error()), LIANHU_INVALID_ARGUMENT, "", -1,
      "checklist: no JSON: parse error at line 1, column 2: syntax error while parsing object key - unexpected end of "
      "input; expected string literal");
  EXPECT_ERROR(lianhu_checklist_parse(NULL, 1, &checklist, shared_error()), LIANHU_INVALID_ARGUMENT, "json", -1,
               "json: must not be null");
  EXPECT_ERROR(lianhu_checklist_parse(json, -1, &checklist, shared_error()), LIANHU_INVALID_ARGUMENT, "json", -1,
               "json: has -1 entries");
  EXPECT_ERROR(lianhu_checklist_parse(json, 1, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  EXPECT(checklist == NULL);
}
