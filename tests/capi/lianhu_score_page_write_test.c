#include "capi_test.h"

enum { STEWARDS = 3 };

static char text[200000];

static const char* read_page(const char* path) {
  FILE* file = fopen(path, "rb");
  text[0] = '\0';
  if (file == NULL) return NULL;
  text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
  fclose(file);
  return text;
}

TEST(lianhu_score_page_write) {
  static const char* ids[STEWARDS] = {"S1", "S<2>", "S3"};
  static const char* units[STEWARDS] = {"U1", "U1", "U2"};
  static const int32_t best[STEWARDS] = {1, 2, 3};
  lianhu_checklist* checklist = founding_checklist();
  int64_t values[STEWARDS * FOUNDING_FACTS];
  lianhu_scores* scores = NULL;
  lianhu_score_page page;
  int32_t cancelled = -1;
  const char* path = temporary_path("scores.html");
  int s;
  for (s = 0; s < STEWARDS; ++s) {
    founding_facts(values + s * FOUNDING_FACTS);
    values[s * FOUNDING_FACTS + 1] -= s; /* households_verified */
  }
  EXPECT_EQ(lianhu_checklist_score(checklist, values, STEWARDS, NULL, &scores, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_score_page_init(&page, sizeof(page)), LIANHU_OK);
  page.steward_count = STEWARDS;
  page.values = values;
  page.ids = ids;
  page.units = units;
  page.title = "An evaluation";
  page.period = "2026Q1";
  page.best_rank = best;
  page.worst_rank = best;
  EXPECT_EQ(lianhu_score_page_write(checklist, scores, &page, path, NULL, &cancelled, shared_error()), LIANHU_OK);
  EXPECT_EQ(cancelled, 0);
  EXPECT(read_page(path) != NULL);
  EXPECT(strstr(text, "<h1>An evaluation</h1>") != NULL);
  EXPECT(strstr(text, "2026Q1") != NULL);
  EXPECT(strstr(text, "S&lt;2&gt;") != NULL);
  EXPECT(strstr(text, "99.200") != NULL); /* A1 at 9 of 10 households */
  EXPECT(strstr(text, "to the next grade") == NULL);

  /* In Chinese, the second steward's page alone. */
  page.language = LIANHU_CHINESE;
  page.front = 0;
  page.first_steward = 1;
  page.most_stewards = 1;
  EXPECT_EQ(lianhu_score_page_write(checklist, scores, &page, path, NULL, NULL, shared_error()), LIANHU_OK);
  EXPECT(read_page(path) != NULL);
  EXPECT(strstr(text, "\xe7\xba\xa2\xe7\xae\xa1\xe4\xba\x8b S&lt;2&gt;") != NULL);
  EXPECT(strstr(text, "S3") == NULL);

  /* Cancelled: what was there stays. */
  {
    lianhu_context* context = NULL;
    lianhu_context_options options;
    EXPECT_EQ(lianhu_context_options_init(&options, sizeof(options)), LIANHU_OK);
    EXPECT_EQ(lianhu_context_create(&options, &context, shared_error()), LIANHU_OK);
    lianhu_context_cancel(context);
    EXPECT_EQ(lianhu_score_page_write(checklist, scores, &page, path, context, &cancelled, shared_error()), LIANHU_OK);
    EXPECT_EQ(cancelled, 1);
    EXPECT(read_page(path) != NULL && strstr(text, "S&lt;2&gt;") != NULL);
    lianhu_context_free(context);
  }

#define FAULT(field, row, message)                                                                  \
  EXPECT_ERROR(lianhu_score_page_write(checklist, scores, &page, path, NULL, NULL, shared_error()), \
               LIANHU_INVALID_ARGUMENT, field, row, message)
  page.language = 7;
  FAULT("language", -1, "language: is 7: need LIANHU_ENGLISH or LIANHU_CHINESE");
  page.language = LIANHU_ENGLISH;
  ids[1] = NULL;
  FAULT("ids", 1, "ids[1]: must not be null");
  ids[1] = "S2";
  page.worst_rank = NULL;
  FAULT("worst_rank", -1, "worst_rank: has 0 entries, expected 3");
  page.worst_rank = best;
  page.steward_count = 2;
  FAULT("scores", -1, "scores: has 3 entries, expected 2");
  page.steward_count = STEWARDS;
  page.first_steward = -1;
  FAULT("first_steward", -1, "first_steward: must not be negative: -1");
  page.first_steward = 0;
  page.values = NULL;
  FAULT("values", -1, "values: must not be null");
#undef FAULT
  EXPECT_ERROR(lianhu_score_page_write(NULL, scores, &page, path, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "checklist", -1, "checklist: must not be null");
  EXPECT_ERROR(lianhu_score_page_write(checklist, NULL, &page, path, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "scores", -1, "scores: must not be null");
  EXPECT_ERROR(lianhu_score_page_write(checklist, scores, NULL, path, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "page", -1, "page: must not be null");
  EXPECT_ERROR(lianhu_score_page_write(checklist, scores, &page, NULL, NULL, NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "path", -1, "path: must not be null");
  lianhu_scores_free(scores);
  lianhu_checklist_free(checklist);
}
