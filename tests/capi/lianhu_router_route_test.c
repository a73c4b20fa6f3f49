#include "capi_test.h"

TEST(lianhu_router_route) {
  lianhu_calendar* calendar = NULL;
  lianhu_router* router = NULL;
  EXPECT_EQ(lianhu_calendar_create(NULL, &calendar, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_router_create(calendar, NULL, &router, shared_error()), LIANHU_OK);
  lianhu_posts* posts = small_posts();
  const int32_t categories[] = {1, 2};
  const int32_t severities[] = {1, 3};
  const int32_t places[] = {3, 3};
  const int64_t times[] = {1772416800, 1772416800};
  lianhu_issues issues;
  lianhu_decisions decisions;
  EXPECT_EQ(lianhu_issues_init(&issues, sizeof(issues)), LIANHU_OK);
  EXPECT_EQ(lianhu_decisions_init(&decisions, sizeof(decisions)), LIANHU_OK);
  issues.count = 2;
  issues.categories = categories;
  issues.severities = severities;
  issues.places = places;
  issues.times = times;
  int32_t modes[2], units[2], people[2], rules[2];
  int64_t resolve_by[2];
  decisions.modes = modes;
  decisions.units = units;
  decisions.people = people;
  decisions.rules = rules;
  decisions.resolve_by = resolve_by;
  EXPECT_EQ(lianhu_router_route(router, posts, NULL, 0, &issues, &decisions, shared_error()), LIANHU_OK);
  EXPECT_EQ(modes[0], LIANHU_MODE_HELP);
  EXPECT_EQ(units[0], 3); /* the grid: there are no micro-grids */
  EXPECT_EQ(people[0], 8);
  EXPECT_EQ(rules[0], 7);
  EXPECT_EQ(resolve_by[0], 1772726399); /* three calendar days */
  EXPECT_EQ(modes[1], LIANHU_MODE_REPORT);
  EXPECT_EQ(units[1], 0);
  EXPECT_EQ(people[1], 7);

  /* What goes with them: too little room first, then as much as the offsets ask for. */
  int64_t offsets[3], join_offsets[3], respond_amounts[2];
  int32_t actions[8], groups[8], t2_rules[8], joins[8], firsts[2], resolve_clocks[2];
  decisions.accompaniment_offsets = offsets;
  decisions.accompaniment_capacity = 1;
  decisions.accompaniment_actions = actions;
  decisions.accompaniment_groups = groups;
  decisions.accompaniment_rules = t2_rules;
  decisions.join_offsets = join_offsets;
  decisions.join_capacity = 8;
  decisions.joins = joins;
  decisions.firsts = firsts;
  decisions.respond_amounts = respond_amounts;
  decisions.resolve_clocks = resolve_clocks;
  actions[1] = 77;
  EXPECT_EQ(lianhu_router_route(router, posts, NULL, 0, &issues, &decisions, shared_error()), LIANHU_OK);
  EXPECT_EQ(offsets[2], 3);
  EXPECT_EQ(actions[1], 77);
  decisions.accompaniment_capacity = 8;
  EXPECT_EQ(lianhu_router_route(router, posts, NULL, 0, &issues, &decisions, shared_error()), LIANHU_OK);
  EXPECT_EQ(offsets[1], 0); /* looking for work: nothing beside it */
  EXPECT_EQ(actions[0], LIANHU_NONE);
  EXPECT_EQ(groups[0], 0);  /* a grave illness: tell the command group, */
  EXPECT_EQ(actions[1], 1); /* help beside the report, */
  EXPECT_EQ(actions[2], 2); /* appeal to the neighbours */
  EXPECT_EQ(t2_rules[1], 2);
  EXPECT(join_offsets[0] == 0 && join_offsets[1] <= join_offsets[2]);
  EXPECT_EQ(firsts[0], LIANHU_FIRST_PLACE);
  EXPECT(respond_amounts[0] > 0);
  EXPECT_EQ(resolve_clocks[0], LIANHU_CLOCK_CALENDAR_DAYS);
  decisions.join_capacity = -1;
  EXPECT_EQ(lianhu_router_route(router, posts, NULL, 0, &issues, &decisions, NULL), LIANHU_INVALID_ARGUMENT);
  decisions.join_capacity = 8;

  const int32_t absent[] = {8};
  EXPECT_EQ(lianhu_router_route(router, posts, absent, 1, &issues, &decisions, shared_error()), LIANHU_OK);
  EXPECT_EQ(people[0], 7);
  const int32_t stranger[] = {99};
  EXPECT_ERROR(lianhu_router_route(router, posts, stranger, 1, &issues, &decisions, shared_error()),
               LIANHU_INVALID_ARGUMENT, "absent", 0, "absent[0]: person 99 holds no post");
  const int32_t wrong[] = {1, 5};
  issues.severities = wrong;
  modes[0] = 77;
  EXPECT_ERROR(lianhu_router_route(router, posts, NULL, 0, &issues, &decisions, shared_error()),
               LIANHU_INVALID_ARGUMENT, "severity", 1, "severity[1]: need 1 to 4");
  EXPECT_EQ(modes[0], 77);
  issues.severities = NULL;
  EXPECT_EQ(lianhu_router_route(router, posts, NULL, 0, &issues, &decisions, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_router_route(NULL, posts, NULL, 0, &issues, &decisions, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_router_route(router, NULL, NULL, 0, &issues, &decisions, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_router_route(router, posts, NULL, 0, NULL, &decisions, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_router_route(router, posts, NULL, 0, &issues, NULL, NULL), LIANHU_INVALID_ARGUMENT);
  lianhu_posts_free(posts);
  lianhu_router_free(router);
  lianhu_calendar_free(calendar);
}
