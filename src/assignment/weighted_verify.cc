// The check of a weighted plan: plain loops over all pairs, no code of the solver's.
#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "assignment/least_knapsack.h"
#include "lianhu/assignment/weighted.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {

absl::StatusOr<WeightedVerification> VerifyWeighted(const Problem& problem, absl::Span<const int32_t> weights,
                                                    absl::Span<const int32_t> steward_of,
                                                    absl::Span<const int64_t> multiplier_cm) {
  if (auto status = Validate(problem); !status.ok()) return status;
  const size_t n = problem.households.size();
  const size_t m = problem.stewards.size();
  const auto wrong_length = [n](const char* field, size_t have) {
    return InvalidField(field, -1, absl::StrCat("has ", have, " entries, not ", n));
  };
  if (weights.size() != n) return wrong_length("weights", weights.size());
  if (steward_of.size() != n) return wrong_length("steward_of", steward_of.size());
  if (!multiplier_cm.empty() && multiplier_cm.size() != n) return wrong_length("multiplier_cm", multiplier_cm.size());

  std::vector<Point> planar(problem.households.begin(), problem.households.end());
  planar.insert(planar.end(), problem.stewards.begin(), problem.stewards.end());
  if (problem.datum == Datum::kWgs84Degrees) planar = ProjectWgs84(planar, Middle(planar));
  const auto unit_of_household = [&](size_t h) {
    return problem.household_units.empty() ? -1 : problem.household_units[h];
  };
  const auto unit_of_steward = [&](size_t j) { return problem.steward_units.empty() ? -1 : problem.steward_units[j]; };

  WeightedVerification result;
  result.feasible = true;
  std::vector<int64_t> load(m, 0);
  std::map<int32_t, std::vector<size_t>> households;  // by unit
  for (size_t h = 0; h < n; ++h) {
    const auto row = static_cast<int64_t>(h);
    if (weights[h] < 1 || weights[h] > kMostHouseholdWeight) {
      return InvalidField("weights", row, absl::StrCat("is not in 1..", kMostHouseholdWeight, ": ", weights[h]));
    }
    const int32_t j = steward_of[h];
    if (j < -1 || j >= static_cast<int64_t>(m)) {
      return InvalidField("steward_of", row, absl::StrCat("is not a steward's index or -1: ", j));
    }
    if (!multiplier_cm.empty() && std::abs(multiplier_cm[h]) > int64_t{1} << 52) {
      return InvalidField("multiplier_cm", row, absl::StrCat("is beyond +-2^52: ", multiplier_cm[h]));
    }
    households[unit_of_household(h)].push_back(h);
    if (j < 0 || unit_of_household(h) != unit_of_steward(j)) {
      result.feasible = false;
      result.unserved += j < 0;
      if (j < 0) continue;
    }
    load[j] += weights[h];
    const int64_t distance = PairCost(planar[h], planar[n + j]);
    result.distance_cm += distance;
    result.total_cost_cm += weights[h] * distance;
  }
  for (size_t j = 0; j < m; ++j) {
    const LoadBounds bounds = problem.BoundsOf(static_cast<int64_t>(j));
    if (load[j] < bounds.min || load[j] > bounds.max) result.feasible = false;
  }
  if (m > 0) {
    const auto [least, most] = std::minmax_element(load.begin(), load.end());
    result.load_min = *least;
    result.load_max = *most;
  }
  if (multiplier_cm.empty()) return result;

  for (const int64_t u : multiplier_cm) result.bound_cm += u;
  std::vector<int64_t> reduced;
  std::vector<int64_t> own_weights;
  for (size_t j = 0; j < m; ++j) {
    const LoadBounds bounds = problem.BoundsOf(static_cast<int64_t>(j));
    reduced.clear();
    own_weights.clear();
    for (const size_t h : households[unit_of_steward(j)]) {
      if (weights[h] > bounds.max) continue;
      reduced.push_back(weights[h] * PairCost(planar[h], planar[n + j]) - multiplier_cm[h]);
      own_weights.push_back(weights[h]);
    }
    if (!internal::KnapsackFits(bounds.max, static_cast<int64_t>(reduced.size()))) {
      result.bound_held = false;
      continue;
    }
    const int64_t least = internal::LeastKnapsack(reduced, own_weights, bounds.min, bounds.max);
    if (least == internal::kNoKnapsack) {
      result.bound_held = false;
    } else {
      result.bound_cm += least;
    }
  }
  if (!result.bound_held) result.bound_cm = 0;
  return result;
}

}  // namespace lianhu::assignment
