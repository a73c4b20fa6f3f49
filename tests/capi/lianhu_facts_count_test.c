#include "capi_test.h"

/* Two stewards with two households and one, the first quarter of the days counted from 1000. */
static const int32_t steward_of[] = {0, 0, 1};
static const int32_t visit_households[] = {0, 1, 2, 0};
static const int64_t visit_times[] = {1000, 1500, 1600, 2000};
static const int32_t visit_kinds[] = {LIANHU_VISIT_VERIFY, LIANHU_VISIT_LIVELIHOOD, LIANHU_VISIT_CONTACT,
                                      LIANHU_VISIT_VERIFY};
static const int32_t asked[] = {1, 2};
static const int32_t knows[] = {1, 0};
static const int32_t case_stewards[] = {1, 1, LIANHU_NONE};
static const int32_t case_kinds[] = {LIANHU_COUNTED_REQUEST, LIANHU_COUNTED_DISPUTE, LIANHU_COUNTED_REQUEST};
static const int32_t case_modes[] = {LIANHU_MODE_HELP, LIANHU_MODE_MEDIATE, LIANHU_MODE_HELP};
static const int64_t case_registered[] = {1100, 1200, 1300};
static const int64_t case_answered[] = {1200, 1300, LIANHU_NONE};
static const int32_t case_resolved[] = {1, 1, LIANHU_NONE};
static const int32_t case_satisfied[] = {0, LIANHU_NONE, LIANHU_NONE};

static lianhu_fact_events quarter(void) {
  lianhu_fact_events events;
  if (lianhu_fact_events_init(&events, sizeof(events)) != LIANHU_OK) abort();
  events.from = 1000;
  events.to = 2000;
  events.steward_count = 2;
  events.household_count = 3;
  events.steward_of = steward_of;
  events.visit_count = 4;
  events.visit_households = visit_households;
  events.visit_times = visit_times;
  events.visit_kinds = visit_kinds;
  events.hardship_count = 2;
  events.hardship_households = asked;
  events.hardship_contacts = knows;
  events.sample_count = 2;
  events.sample_households = asked;
  events.sample_knows = knows;
  events.case_count = 3;
  events.case_stewards = case_stewards;
  events.case_kinds = case_kinds;
  events.case_modes = case_modes;
  events.case_registered = case_registered;
  events.case_answered = case_answered;
  events.case_resolved = case_resolved;
  events.case_satisfied = case_satisfied;
  return events;
}

TEST(lianhu_facts_count) {
  /* As data/scoring/founding.json lists them. */
  enum {
    FACTS = 31,
    ASSIGNED = 0,
    VERIFIED,
    LIVELIHOOD,
    SAMPLED,
    HEARD,
    DELIVERIES_DUE,
    DISPUTES = 7,
    SETTLED,
    HARDSHIP,
    HARDSHIP_CONTACTED,
    REQUESTS,
    REQUESTS_IN_TIME,
    RESOLVED,
    RATED,
    SATISFIED,
    HELP = 20,
    HELP_IN_TIME
  };
  lianhu_checklist* checklist = founding_checklist();
  lianhu_fact_events events = quarter();
  int64_t values[2 * FACTS];
  const int64_t* second = values + FACTS;
  int64_t i;
  for (i = 0; i < 2 * FACTS; ++i) values[i] = 77;
  EXPECT_EQ(lianhu_facts_count(checklist, &events, values, shared_error()), LIANHU_OK);
  EXPECT_EQ(values[ASSIGNED], 2);
  EXPECT_EQ(values[VERIFIED], 1);
  EXPECT_EQ(values[LIVELIHOOD], 1);
  EXPECT_EQ(values[SAMPLED], 1);
  EXPECT_EQ(values[HEARD], 1);
  EXPECT_EQ(values[DELIVERIES_DUE], 77); /* counted elsewhere */
  EXPECT_EQ(values[HARDSHIP], 1);
  EXPECT_EQ(values[HARDSHIP_CONTACTED], 1);
  EXPECT_EQ(second[ASSIGNED], 1);
  EXPECT_EQ(second[HEARD], 0);
  EXPECT_EQ(second[DISPUTES], 1);
  EXPECT_EQ(second[SETTLED], 1);
  EXPECT_EQ(second[REQUESTS], 1);
  EXPECT_EQ(second[REQUESTS_IN_TIME], 1);
  EXPECT_EQ(second[RESOLVED], 1);
  EXPECT_EQ(second[RATED], 1);
  EXPECT_EQ(second[SATISFIED], 0);
  EXPECT_EQ(second[HELP], 1);
  EXPECT_EQ(second[HELP_IN_TIME], 1);

  /* Reopened after a day; late; kinds and modes left out: requests without help. */
  {
    const int64_t stands[] = {LIANHU_NONE, 86400, LIANHU_NONE};
    const int32_t breaches[] = {1, 0, 0};
    events.case_shortest_stand = stands;
    events.case_breaches = breaches;
    EXPECT_EQ(lianhu_facts_count(checklist, &events, values, shared_error()), LIANHU_OK);
    EXPECT_EQ(second[SETTLED], 0);
    EXPECT_EQ(second[HELP_IN_TIME], 0);
    events.case_kinds = NULL;
    events.case_modes = NULL;
    EXPECT_EQ(lianhu_facts_count(checklist, &events, values, shared_error()), LIANHU_OK);
    EXPECT_EQ(second[REQUESTS], 2);
    EXPECT_EQ(second[REQUESTS_IN_TIME], 1);
    EXPECT_EQ(second[HELP], 0);
  }

  /* No stewards, no lists. */
  EXPECT_EQ(lianhu_fact_events_init(&events, sizeof(events)), LIANHU_OK);
  events.to = 1;
  EXPECT_EQ(lianhu_facts_count(checklist, &events, NULL, shared_error()), LIANHU_OK);
  lianhu_checklist_free(checklist);
}

TEST(lianhu_facts_count_errors) {
  lianhu_checklist* checklist = founding_checklist();
  lianhu_fact_events events = quarter();
  int64_t values[62];
  const int32_t far[] = {0, 1, 3, 0};
  const int32_t wrong[] = {0, 9, 1, 1};
#define FAULT(field, row, message)                                                                                  \
  EXPECT_ERROR(lianhu_facts_count(checklist, &events, values, shared_error()), LIANHU_INVALID_ARGUMENT, field, row, \
               message)
  events.visit_households = far;
  FAULT("visit_households", 2, "visit_households[2]: no such household: 3");
  events = quarter();
  events.visit_kinds = wrong;
  FAULT("visit_kinds", 1, "visit_kinds[1]: unknown value 9");
  events = quarter();
  events.sample_knows = wrong;
  FAULT("sample_knows", 1, "sample_knows[1]: must be 0 or 1: 9");
  events = quarter();
  events.case_resolved = wrong;
  FAULT("case_resolved", 1, "case_resolved[1]: unknown value 9");
  events = quarter();
  events.case_stewards = wrong;
  FAULT("case_stewards", 1, "case_stewards[1]: no such steward: 9");
  events = quarter();
  events.hardship_contacts = NULL;
  FAULT("hardship_contacts", -1, "hardship_contacts: must not be null");
  events = quarter();
  events.visit_count = -1;
  FAULT("visit_households", -1, "visit_households: has -1 entries");
  events = quarter();
  events.from = 2000;
  FAULT("to", -1, "to: the period must begin before it ends");
#undef FAULT
  events = quarter();
  EXPECT_ERROR(lianhu_facts_count(checklist, &events, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "values", -1,
               "values: must not be null");
  EXPECT_ERROR(lianhu_facts_count(NULL, &events, values, shared_error()), LIANHU_INVALID_ARGUMENT, "checklist", -1,
               "checklist: must not be null");
  EXPECT_ERROR(lianhu_facts_count(checklist, NULL, values, shared_error()), LIANHU_INVALID_ARGUMENT, "events", -1,
               "events: must not be null");
  lianhu_checklist_free(checklist);
}
