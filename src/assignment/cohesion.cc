#include "lianhu/assignment/cohesion.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "assignment/cohesion_search.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/base/status.h"
#include "lianhu/base/stopwatch.h"

namespace lianhu::assignment {
namespace {

absl::Status Check(const Problem& problem, absl::Span<const int32_t> buildings, const CohesionOptions& options) {
  if (auto status = Validate(problem); !status.ok()) return status;
  if (options.price_cm < 0 || options.price_cm > kMaxCharge) {
    return InvalidField("price_cm", -1, absl::StrCat("is not in 0..", kMaxCharge, ": ", options.price_cm));
  }
  if (buildings.size() != problem.households.size()) {
    return InvalidField("buildings", -1,
                        absl::StrCat("has ", buildings.size(), " entries, not ", problem.households.size()));
  }
  const auto n = static_cast<int32_t>(buildings.size());
  for (int32_t h = 0; h < n; ++h) {
    if (buildings[h] < -1 || buildings[h] >= n) {
      return InvalidField("buildings", h, absl::StrCat("is not in -1..", n - 1, ": ", buildings[h]));
    }
  }
  if (problem.HasPairConditions() || !problem.load_cost.empty() || !problem.household_kinds.empty() ||
      !problem.steward_kinds.empty()) {
    return InvalidField("buildings", -1, "cannot be taken together with pair conditions, kinds or costs of load");
  }
  return absl::OkStatus();
}

// The fewest further stewards that any plan needs: in each building and jurisdiction the largest maxima that hold it.
int64_t FewestFurther(const Problem& problem, absl::Span<const int32_t> buildings) {
  std::map<int32_t, std::vector<int64_t>> maxima;  // by unit, the largest first
  for (size_t j = 0; j < problem.stewards.size(); ++j) {
    const auto row = static_cast<int64_t>(j);
    maxima[problem.StewardUnit(row)].push_back(problem.BoundsOf(row).max);
  }
  for (auto& [unit, values] : maxima) std::sort(values.rbegin(), values.rend());
  std::map<std::pair<int32_t, int32_t>, int64_t> size;  // of a building within a unit
  for (size_t h = 0; h < buildings.size(); ++h) {
    if (buildings[h] >= 0) ++size[{buildings[h], problem.HouseholdUnit(static_cast<int64_t>(h))}];
  }
  int64_t pairs = 0;
  std::set<int32_t> seen;
  for (const auto& [key, count] : size) {
    seen.insert(key.first);
    int64_t rest = count;
    for (const int64_t max : maxima[key.second]) {
      if (rest <= 0) break;
      rest -= max;
      ++pairs;
    }
  }
  return pairs - static_cast<int64_t>(seen.size());
}

}  // namespace

BuildingFigures CountBuildings(absl::Span<const int32_t> buildings, absl::Span<const int32_t> steward_of,
                               absl::Span<const int64_t> costs_cm) {
  BuildingFigures figures;
  std::map<int32_t, std::set<int32_t>> stewards_in;
  for (size_t h = 0; h < buildings.size(); ++h) {
    if (steward_of[h] < 0) continue;
    figures.distance_cm += costs_cm[h];
    if (buildings[h] >= 0) stewards_in[buildings[h]].insert(steward_of[h]);
  }
  for (const auto& [building, stewards] : stewards_in) {
    ++figures.buildings;
    figures.pairs += static_cast<int64_t>(stewards.size());
    figures.shared += stewards.size() > 1 ? 1 : 0;
    figures.most = std::max(figures.most, static_cast<int32_t>(stewards.size()));
  }
  figures.further = figures.pairs - figures.buildings;
  return figures;
}

absl::StatusOr<CohesionPlan> SolveCohesive(const Problem& problem, absl::Span<const int32_t> buildings,
                                           const CohesionOptions& options, RunContext& context) {
  const Stopwatch stopwatch;
  if (auto status = Check(problem, buildings, options); !status.ok()) return status;
  absl::StatusOr<Plan> exact = Solve(problem, {.best_effort = options.best_effort}, context);
  if (!exact.ok()) return exact.status();
  CohesionPlan plan;
  plan.exact = *std::move(exact);
  plan.steward_of = plan.exact.steward_of;
  plan.load = plan.exact.load;
  const size_t n = problem.households.size();
  if (plan.exact.outcome == Outcome::kOptimal || plan.exact.outcome == Outcome::kBestEffort) {
    std::vector<Point> planar(problem.households.begin(), problem.households.end());
    planar.insert(planar.end(), problem.stewards.begin(), problem.stewards.end());
    if (problem.datum == Datum::kWgs84Degrees) planar = ProjectWgs84(planar, Middle(planar));
    const auto households = absl::MakeConstSpan(planar).subspan(0, n);
    const auto stewards = absl::MakeConstSpan(planar).subspan(n);
    const auto figures = [&](const std::vector<int32_t>& steward_of) {
      std::vector<int64_t> costs(n, 0);
      for (size_t h = 0; h < n; ++h) {
        if (steward_of[h] >= 0) costs[h] = PairCost(households[h], stewards[steward_of[h]]);
      }
      return CountBuildings(buildings, steward_of, costs);
    };
    plan.before = figures(plan.steward_of);
    // Where best effort has set a minimum aside, what the exact plan keeps is kept.
    std::vector<int32_t> least_load;
    least_load.reserve(stewards.size());
    for (size_t j = 0; j < stewards.size(); ++j) {
      least_load.push_back(std::min(problem.BoundsOf(static_cast<int64_t>(j)).min, plan.load[j]));
    }
    internal::CohesionSearch search(problem, households, stewards, buildings, options.price_cm, plan.steward_of,
                                    least_load);
    if (search.Run(context)) {
      plan.steward_of = search.steward_of();
      std::fill(plan.load.begin(), plan.load.end(), 0);
      for (const int32_t j : plan.steward_of) {
        if (j >= 0) ++plan.load[j];
      }
      plan.after = figures(plan.steward_of);
      plan.objective_cm = plan.after.distance_cm + options.price_cm * plan.after.further;
      if (plan.exact.outcome == Outcome::kOptimal) {
        plan.bound_cm = plan.exact.dual_bound_cm + options.price_cm * FewestFurther(problem, buildings);
      }
    } else {
      plan.exact.outcome = Outcome::kCancelled;
      plan.steward_of.assign(n, kUnassigned);
      plan.load.assign(stewards.size(), 0);
    }
  }
  plan.seconds = stopwatch.Seconds();
  return plan;
}

}  // namespace lianhu::assignment
