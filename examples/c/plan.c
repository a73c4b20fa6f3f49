/* Five households, two stewards, two to three households each. */
#include <lianhu.h>
#include <stdio.h>

int main(void) {
  const double households[][2] = {{0, 0}, {10, 0}, {20, 0}, {30, 0}, {90, 0}}; /* metres */
  const double stewards[][2] = {{12, 0}, {60, 0}};
  lianhu_assignment_problem problem;
  lianhu_plan_view view;
  lianhu_error_info why;
  lianhu_error* error = NULL;
  lianhu_plan* plan = NULL;
  int status = 1;
  int64_t h;

  lianhu_error_create(&error);
  lianhu_assignment_problem_init(&problem, sizeof(problem));
  problem.households = (lianhu_points){&households[0][0], &households[0][1], 5, sizeof(households[0])};
  problem.stewards = (lianhu_points){&stewards[0][0], &stewards[0][1], 2, sizeof(stewards[0])};
  problem.min_load = 2;
  problem.max_load = 3;
  lianhu_plan_view_init(&view, sizeof(view));
  if (lianhu_assignment_solve(&problem, NULL, NULL, &plan, error) == LIANHU_OK &&
      lianhu_plan_get(plan, &view, error) == LIANHU_OK) {
    for (h = 0; h < view.household_count; ++h) printf("household %d: steward %d\n", (int)h, view.steward_of[h]);
    printf("total %.2f m, no plan is below %.2f m\n", view.total_cost_cm / 100.0, view.dual_bound_cm / 100.0);
    status = 0;
  } else {
    lianhu_error_info_init(&why, sizeof(why));
    lianhu_error_get(error, &why);
    fprintf(stderr, "%s\n", why.message); /* names field and row */
  }
  lianhu_plan_free(plan);
  lianhu_error_free(error);
  return status;
}
