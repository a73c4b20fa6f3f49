#include "capi_test.h"

static void write_file(const char* name, const char* text) {
  FILE* file = fopen(temporary_path(name), "wb");
  if (file == NULL) abort();
  fputs(text, file);
  fclose(file);
}

TEST(lianhu_facts_derive) {
  lianhu_checklist* checklist = founding_checklist();
  lianhu_fact_sources sources;
  char plan[512], visits[512], csv[4096];
  int64_t size = 0;
  write_file("plan.csv", "household,steward\nH1,S1\nH2,S1\nH3,S2\n");
  write_file("visits.csv",
             "steward,household,time,kind\nS1,H1,2026-01-05,verify\nS1,H2,2026-02-05,livelihood\n"
             "S2,H3,2026-04-02,verify\n");
  strcpy(plan, temporary_path("plan.csv"));
  strcpy(visits, temporary_path("visits.csv"));
  EXPECT_EQ(lianhu_fact_sources_init(&sources, sizeof(sources)), LIANHU_OK);
  sources.plan = plan;
  sources.visits = visits;
  sources.period = "2026Q1";
  sources.from = 1767196800; /* 2026-01-01 and 2026-04-01 in China */
  sources.to = 1774972800;
  EXPECT_EQ(lianhu_facts_derive(checklist, &sources, csv, sizeof(csv), &size, shared_error()), LIANHU_OK);
  EXPECT_EQ((int64_t)strlen(csv), size - 1);
  EXPECT(strstr(csv, "steward,period,households_assigned,households_verified,livelihood_current,") == csv);
  EXPECT(strstr(csv, "\nS1,2026Q1,2,1,1,") != NULL);
  EXPECT(strstr(csv, "\nS2,2026Q1,1,0,0,") != NULL); /* visited after the period */

  /* The size alone. */
  EXPECT_EQ(lianhu_facts_derive(checklist, &sources, NULL, 0, &size, shared_error()), LIANHU_OK);
  EXPECT_EQ((int64_t)strlen(csv), size - 1);

  write_file("visits.csv", "steward,household,time,kind\nS2,H1,2026-01-05,verify\n");
  EXPECT_EQ(lianhu_facts_derive(checklist, &sources, csv, sizeof(csv), &size, shared_error()), LIANHU_INVALID_ARGUMENT);
  {
    lianhu_error_info info;
    EXPECT_EQ(lianhu_error_info_init(&info, sizeof(info)), LIANHU_OK);
    EXPECT_EQ(lianhu_error_get(shared_error(), &info), LIANHU_OK);
    EXPECT(strstr(info.message, "visits.csv: row 2, column ") != NULL);
  }
  sources.visits = "/nonexistent/visits.csv";
  EXPECT_EQ(lianhu_facts_derive(checklist, &sources, csv, sizeof(csv), &size, shared_error()), LIANHU_NOT_FOUND);
  sources.visits = NULL;
  EXPECT_ERROR(lianhu_facts_derive(checklist, &sources, NULL, 8, &size, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out_text", -1, "out_text: must not be null");
  EXPECT_ERROR(lianhu_facts_derive(checklist, &sources, csv, sizeof(csv), NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_size", -1, "out_size: must not be null");
  sources.plan = NULL;
  EXPECT_ERROR(lianhu_facts_derive(checklist, &sources, csv, sizeof(csv), &size, shared_error()),
               LIANHU_INVALID_ARGUMENT, "plan", -1, "plan: must not be null");
  EXPECT_ERROR(lianhu_facts_derive(NULL, &sources, csv, sizeof(csv), &size, shared_error()), LIANHU_INVALID_ARGUMENT,
               "checklist", -1, "checklist: must not be null");
  EXPECT_ERROR(lianhu_facts_derive(checklist, NULL, csv, sizeof(csv), &size, shared_error()), LIANHU_INVALID_ARGUMENT,
               "sources", -1, "sources: must not be null");
  lianhu_checklist_free(checklist);
}
