/* A test program in C99: one file a function, TEST(function) { ... }, run one at a time by name. */
#ifndef LIANHU_TESTS_CAPI_CAPI_TEST_H_
#define LIANHU_TESTS_CAPI_CAPI_TEST_H_

#include <lianhu.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEST(name)        \
  void test_##name(void); \
  void test_##name(void)

void fail(const char* file, int line, const char* what);

#define EXPECT(condition)                                   \
  do {                                                      \
    if (!(condition)) fail(__FILE__, __LINE__, #condition); \
  } while (0)

#define EXPECT_EQ(a, b) expect_eq(__FILE__, __LINE__, #a " == " #b, (int64_t)(a), (int64_t)(b))
void expect_eq(const char* file, int line, const char* what, int64_t a, int64_t b);

#define EXPECT_TEXT(a, b) expect_text(__FILE__, __LINE__, (a), (b))
void expect_text(const char* file, int line, const char* a, const char* b);

/* What the last failing call told shared_error(). */
#define EXPECT_ERROR(status, code, field, row, message) \
  expect_error(__FILE__, __LINE__, (status), (code), (field), (row), (message))
void expect_error(const char* file, int line, int32_t status, int32_t code, const char* field, int64_t row,
                  const char* message);

/* One error object for the whole run. */
lianhu_error* shared_error(void);

/* Six households at x = 0..5 and two stewards at 0.5 and 4.5 on a line, 2 to 4 each: the optimum is 500 cm, with
 * households 0, 1, 2 at steward 0. */
lianhu_assignment_problem small_problem(void);
lianhu_plan* solve(const lianhu_assignment_problem* problem);

/* The same households with four candidates at 1, 2.4, 4 and 9, of whom two are chosen to serve 2 to 4 each: the optimum
 * is 400 cm, with 0 and 2. */
lianhu_candidate_problem small_choice(void);
lianhu_choice* choose(const lianhu_candidate_problem* problem);

/* Six households in two rows of three, 1 m apart in a row, the rows 50 m; parts of 2 to 4. */
lianhu_micro_grid_problem small_grids(void);

/* The same as a p-median, with demands of 1, 1, 2, 1, 1, 2 and capacities of 4. */
lianhu_p_median small_p_median(void);

lianhu_rebalancer* small_rebalancer(void);
lianhu_explainer* small_explainer(void); /* of the optimal plan */

/* Street 430181002 (unit 0) with communities 430181002204 (row 1, unit 1) and 430181002216 (row 0, unit 2), and the
 * grid 430181002216001 (row 2, unit 3). */
lianhu_hierarchy* small_hierarchy(void);

/* On it: person 7 holds the street and community 1, person 8 stands in at community 2; the grid is vacant. */
lianhu_posts* small_posts(void);

/* The default checklist, and facts for it: everything due ten times and done ten times, nothing rare. */
#define FOUNDING_FACTS 31
lianhu_checklist* founding_checklist(void);
void founding_facts(int64_t* facts);

/* Of `count` <= 8 stewards, of whom the first has 98.000 points and each has 2.000 less than the one before. */
lianhu_scores* founding_scores(int32_t count);

/* A path in a directory of this run's own. */
const char* temporary_path(const char* name);

#endif
