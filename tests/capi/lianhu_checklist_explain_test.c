#include "capi_test.h"

TEST(lianhu_checklist_explain) {
  lianhu_checklist* checklist = founding_checklist();
  int64_t facts[FOUNDING_FACTS];
  founding_facts(facts);
  facts[1] = 5; /* households_verified */
  char text[20000];
  int64_t size = 0;
  EXPECT_EQ(lianhu_checklist_explain(checklist, facts, FOUNDING_FACTS, "S1", LIANHU_ENGLISH, text, sizeof(text), &size,
                                     shared_error()),
            LIANHU_OK);
  EXPECT_EQ((int64_t)strlen(text), size - 1);
  EXPECT(strstr(text, "S1: 96.000 of 100 points, grade excellent.") == text);
  EXPECT(strstr(text, "A1 living conditions known: 5/10; 8 x 1/2 = 4.000 points") != NULL);
  EXPECT_EQ(lianhu_checklist_explain(checklist, facts, FOUNDING_FACTS, "S1", LIANHU_CHINESE, text, sizeof(text), &size,
                                     shared_error()),
            LIANHU_OK);
  EXPECT(strstr(text,
                "\xe5\xbe\x97"
                "96.000") != NULL);
  EXPECT_EQ(lianhu_checklist_explain(checklist, facts, FOUNDING_FACTS, "S1", LIANHU_JSON, text, sizeof(text), &size,
                                     shared_error()),
            LIANHU_OK);
  EXPECT(strstr(text, "\"total\": \"96.000\"") != NULL);

  EXPECT_ERROR(
      lianhu_checklist_explain(checklist, facts, 3, "S1", LIANHU_ENGLISH, text, sizeof(text), &size, shared_error()),
      LIANHU_INVALID_ARGUMENT, "values", -1, "values: has 3 entries, expected 1 stewards x 31 facts");
  EXPECT_ERROR(
      lianhu_checklist_explain(checklist, facts, FOUNDING_FACTS, "S1", 7, text, sizeof(text), &size, shared_error()),
      LIANHU_INVALID_ARGUMENT, "language", -1, "language: is 7: need LIANHU_ENGLISH or LIANHU_CHINESE");
  EXPECT_ERROR(lianhu_checklist_explain(checklist, facts, FOUNDING_FACTS, NULL, LIANHU_ENGLISH, text, sizeof(text),
                                        &size, shared_error()),
               LIANHU_INVALID_ARGUMENT, "steward", -1, "steward: must not be null");
  EXPECT_ERROR(lianhu_checklist_explain(NULL, facts, FOUNDING_FACTS, "S1", LIANHU_ENGLISH, text, sizeof(text), &size,
                                        shared_error()),
               LIANHU_INVALID_ARGUMENT, "checklist", -1, "checklist: must not be null");
  EXPECT_ERROR(lianhu_checklist_explain(checklist, NULL, FOUNDING_FACTS, "S1", LIANHU_ENGLISH, text, sizeof(text),
                                        &size, shared_error()),
               LIANHU_INVALID_ARGUMENT, "facts", -1, "facts: must not be null");
  lianhu_checklist_free(checklist);
}
