// Five households, two stewards, two to three households each.
#include <cstdio>
#include <vector>

#include "lianhu/lianhu.hpp"

int main() {
  const std::vector<lianhu::Point> households = {{0, 0}, {10, 0}, {20, 0}, {30, 0}, {90, 0}};  // metres
  const std::vector<lianhu::Point> stewards = {{12, 0}, {60, 0}};
  lianhu::RunContext context;
  const auto plan = lianhu::assignment::Solve(
      {.households = households, .stewards = stewards, .bounds = {.min = 2, .max = 3}}, {}, context);
  if (!plan.ok()) {
    std::fprintf(stderr, "%s\n", plan.status().ToString().c_str());  // names field and row
    return 1;
  }
  for (size_t h = 0; h < households.size(); ++h) std::printf("household %zu: steward %d\n", h, plan->steward_of[h]);
  std::printf("total %.2f m, no plan is below %.2f m\n", static_cast<double>(plan->total_cost_cm) / 100,
              static_cast<double>(plan->dual_bound_cm) / 100);
}
