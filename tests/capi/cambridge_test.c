/* Real input through the C ABI: Cambridge both ways, to the optima published with the data. */
#include "capi_test.h"

#define MOST_ROWS 50000

typedef struct column_set {
  double x[MOST_ROWS];
  double y[MOST_ROWS];
  int32_t unit[MOST_ROWS];
  int64_t count;
} column_set;

static column_set households;
static column_set stewards;

/* Rows `id,x,y,ward-precinct,...`; the precinct 3-2 becomes the number 302. */
static int read_rows(const char* name, column_set* rows) {
  char path[512];
  char line[512];
  const char* data = getenv("LIANHU_DATA");
  FILE* file;
  snprintf(path, sizeof(path), "%s/cambridge/%s", data != NULL ? data : "../shared/data", name);
  file = fopen(path, "r");
  if (file == NULL) return 0;
  rows->count = 0;
  while (fgets(line, sizeof(line), file) != NULL && rows->count < MOST_ROWS) {
    int ward = 0;
    int precinct = 0;
    if (sscanf(line, "%*[^,],%lf,%lf,%d-%d", &rows->x[rows->count], &rows->y[rows->count], &ward, &precinct) != 4) {
      continue; /* the header */
    }
    rows->unit[rows->count++] = 100 * ward + precinct;
  }
  fclose(file);
  return 1;
}

static void solve_and_verify(int within, int64_t optimum) {
  lianhu_assignment_problem problem;
  lianhu_plan_view view;
  lianhu_verification verification;
  lianhu_plan* plan;
  lianhu_assignment_problem_init(&problem, sizeof(problem));
  lianhu_plan_view_init(&view, sizeof(view));
  lianhu_verification_init(&verification, sizeof(verification));
  problem.households = (lianhu_points){households.x, households.y, households.count, sizeof(double)};
  problem.stewards = (lianhu_points){stewards.x, stewards.y, stewards.count, sizeof(double)};
  if (within) {
    problem.household_units = (lianhu_int32_column){households.unit, households.count, 0};
    problem.steward_units = (lianhu_int32_column){stewards.unit, stewards.count, 0};
  }
  plan = solve(&problem);
  EXPECT_EQ(lianhu_plan_get(plan, &view, shared_error()), LIANHU_OK);
  EXPECT_EQ(view.outcome, LIANHU_OPTIMAL);
  EXPECT_EQ(view.total_cost_cm, optimum);
  EXPECT_EQ(lianhu_assignment_verify(&problem, view.steward_of, view.household_count, view.price_cm, view.steward_count,
                                     NULL, NULL, &verification, NULL, 0, shared_error()),
            LIANHU_OK);
  EXPECT(verification.proved);
  EXPECT_EQ(verification.dual_bound_cm, optimum);
  lianhu_plan_free(plan);
}

TEST(cambridge) {
  if (!read_rows("households.csv", &households) || !read_rows("stewards.csv", &stewards)) {
    const char* ci = getenv("CI");
    fprintf(stderr, "shared data missing: cambridge (set LIANHU_DATA to its folder)\n");
    exit(ci != NULL && strcmp(ci, "true") == 0 ? 1 : 77);
  }
  EXPECT_EQ(households.count, 40691);
  EXPECT_EQ(stewards.count, 2407);
  solve_and_verify(1, 140961919);
  solve_and_verify(0, 130730399);
}
