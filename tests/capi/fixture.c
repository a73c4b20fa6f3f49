#include <unistd.h>

#include "capi_test.h"

int failures = 0;

void fail(const char* file, int line, const char* what) {
  fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
  ++failures;
}

void expect_eq(const char* file, int line, const char* what, int64_t a, int64_t b) {
  if (a == b) return;
  fail(file, line, what);
  fprintf(stderr, "  %lld against %lld\n", (long long)a, (long long)b);
}

void expect_text(const char* file, int line, const char* a, const char* b) {
  if (a != NULL && b != NULL && strcmp(a, b) == 0) return;
  fail(file, line, "equal texts");
  fprintf(stderr, "  \"%s\"\n  \"%s\"\n", a == NULL ? "(null)" : a, b == NULL ? "(null)" : b);
}

void expect_error(const char* file, int line, int32_t status, int32_t code, const char* field, int64_t row,
                  const char* message) {
  lianhu_error_info info;
  lianhu_error_info_init(&info, sizeof(info));
  expect_eq(file, line, "lianhu_error_get", lianhu_error_get(shared_error(), &info), LIANHU_OK);
  expect_eq(file, line, "status", status, code);
  expect_eq(file, line, "code", info.code, code);
  expect_text(file, line, info.field, field);
  expect_eq(file, line, "row", info.row, row);
  expect_text(file, line, info.message, message);
}

lianhu_error* shared_error(void) {
  static lianhu_error* error = NULL;
  if (error == NULL && lianhu_error_create(&error) != LIANHU_OK) abort();
  return error;
}

lianhu_assignment_problem small_problem(void) {
  static const double households[6][2] = {{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}};
  static const double stewards[2][2] = {{0.5, 0}, {4.5, 0}};
  lianhu_assignment_problem problem;
  lianhu_assignment_problem_init(&problem, sizeof(problem));
  problem.households.x = &households[0][0];
  problem.households.y = &households[0][1];
  problem.households.count = 6;
  problem.households.stride = sizeof(households[0]);
  problem.stewards.x = &stewards[0][0];
  problem.stewards.y = &stewards[0][1];
  problem.stewards.count = 2;
  problem.stewards.stride = sizeof(stewards[0]);
  problem.min_load = 2;
  problem.max_load = 4;
  return problem;
}

static const double candidates[4][2] = {{1, 0}, {2.4, 0}, {4, 0}, {9, 0}};

static lianhu_points candidate_points(void) {
  lianhu_points points;
  points.x = &candidates[0][0];
  points.y = &candidates[0][1];
  points.count = 4;
  points.stride = sizeof(candidates[0]);
  return points;
}

lianhu_candidate_problem small_choice(void) {
  lianhu_candidate_problem problem;
  lianhu_candidate_problem_init(&problem, sizeof(problem));
  problem.households = small_problem().households;
  problem.candidates = candidate_points();
  problem.min_load = 2;
  problem.max_load = 4;
  problem.count = 2;
  return problem;
}

lianhu_choice* choose(const lianhu_candidate_problem* problem) {
  lianhu_selection_options options;
  lianhu_choice* choice = NULL;
  lianhu_selection_options_init(&options, sizeof(options));
  options.work = 20000;
  EXPECT_EQ(lianhu_choice_solve(problem, &options, NULL, &choice, NULL), LIANHU_OK);
  return choice;
}

lianhu_p_median small_p_median(void) {
  static const int32_t demand[6] = {1, 1, 2, 1, 1, 2};
  static const int32_t capacity[4] = {4, 4, 4, 4};
  lianhu_p_median problem;
  lianhu_p_median_init(&problem, sizeof(problem));
  problem.households = small_problem().households;
  problem.candidates = candidate_points();
  problem.demand.data = demand;
  problem.demand.count = 6;
  problem.capacity.data = capacity;
  problem.capacity.count = 4;
  problem.count = 2;
  return problem;
}

lianhu_plan* solve(const lianhu_assignment_problem* problem) {
  lianhu_plan* plan = NULL;
  if (lianhu_assignment_solve(problem, NULL, NULL, &plan, shared_error()) != LIANHU_OK) abort();
  return plan;
}

lianhu_rebalancer* small_rebalancer(void) {
  lianhu_assignment_problem problem = small_problem();
  lianhu_rebalancer* rebalancer = NULL;
  if (lianhu_rebalancer_create(&problem, NULL, 0, NULL, 0, 0, NULL, &rebalancer, shared_error()) != LIANHU_OK) abort();
  return rebalancer;
}

lianhu_explainer* small_explainer(void) {
  lianhu_assignment_problem problem = small_problem();
  static const int32_t plan[] = {0, 0, 0, 1, 1, 1};
  lianhu_explainer* explainer = NULL;
  if (lianhu_explainer_create(&problem, plan, 6, NULL, 0, NULL, NULL, &explainer, shared_error()) != LIANHU_OK) abort();
  return explainer;
}

lianhu_hierarchy* small_hierarchy(void) {
  static const int64_t codes[] = {430181002216, 430181002204, 430181002216001};
  lianhu_hierarchy* hierarchy = NULL;
  if (lianhu_hierarchy_from_codes(codes, 3, 430181002, &hierarchy, shared_error()) != LIANHU_OK) abort();
  return hierarchy;
}

lianhu_posts* small_posts(void) {
  static const int32_t holders[] = {7, 7, LIANHU_NONE, LIANHU_NONE};
  static const int32_t stand_ins[] = {LIANHU_NONE, LIANHU_NONE, 8, LIANHU_NONE};
  lianhu_hierarchy* hierarchy = small_hierarchy();
  lianhu_posts* posts = NULL;
  if (lianhu_posts_create(hierarchy, holders, stand_ins, 4, &posts, shared_error()) != LIANHU_OK) abort();
  lianhu_hierarchy_free(hierarchy);
  return posts;
}

const char* temporary_path(const char* name) {
  static char path[512];
  static char directory[] = "/tmp/lianhu-capi-XXXXXX";
  static int made = 0;
  if (!made && mkdtemp(directory) == NULL) abort();
  made = 1;
  snprintf(path, sizeof(path), "%s/%s", directory, name);
  return path;
}

lianhu_checklist* founding_checklist(void) {
  lianhu_checklist* checklist = NULL;
  EXPECT_EQ(lianhu_checklist_founding(&checklist, shared_error()), LIANHU_OK);
  return checklist;
}

void founding_facts(int64_t* facts) {
  for (int i = 0; i < FOUNDING_FACTS; ++i) facts[i] = i < 26 ? 10 : 0;
}

lianhu_scores* founding_scores(int32_t count) {
  lianhu_checklist* checklist = founding_checklist();
  int64_t facts[8 * FOUNDING_FACTS];
  lianhu_scores* scores = NULL;
  for (int32_t s = 0; s < count; ++s) {
    founding_facts(facts + s * FOUNDING_FACTS);
    /* households_assigned, _verified, livelihood_current: A1 and A2 of 8 points each, in eighths. */
    facts[s * FOUNDING_FACTS] = 8;
    facts[s * FOUNDING_FACTS + 1] = 8 - (s + 1);
    facts[s * FOUNDING_FACTS + 2] = 8 - (s + 1);
  }
  EXPECT_EQ(lianhu_checklist_score(checklist, facts, count, NULL, &scores, shared_error()), LIANHU_OK);
  lianhu_checklist_free(checklist);
  return scores;
}

lianhu_micro_grid_problem small_grids(void) {
  static const double xy[12] = {0, 0, 1, 0, 2, 0, 0, 50, 1, 50, 2, 50};
  lianhu_micro_grid_problem problem;
  lianhu_micro_grid_problem_init(&problem, sizeof(problem));
  problem.households.x = xy;
  problem.households.y = xy + 1;
  problem.households.count = 6;
  problem.households.stride = 16;
  problem.min_weight = 2;
  problem.max_weight = 4;
  return problem;
}
