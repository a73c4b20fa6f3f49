// Random pair conditions of every kind for tests, and the definition of a pair's cost, pair by pair.
#ifndef LIANHU_TESTS_ASSIGNMENT_CONDITIONED_INSTANCE_H_
#define LIANHU_TESTS_ASSIGNMENT_CONDITIONED_INSTANCE_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "assignment/instances.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/random.h"

namespace lianhu::assignment::testing {

// Owns the arrays that View() shows.
struct ConditionedInstance : Instance {
  explicit ConditionedInstance(Instance instance) : Instance(std::move(instance)) {}

  std::vector<int32_t> household_kinds;
  std::vector<int32_t> steward_kinds;
  double max_distance = kNoDistanceLimit;
  std::vector<Pair> forbidden;
  std::vector<Pair> fixed;
  std::vector<PairPreference> preferences;
  std::vector<int32_t> current;
  int64_t switch_cost_cm = 0;
  std::vector<int64_t> cost_begin;
  std::vector<int32_t> cost_stewards;
  std::vector<int64_t> costs_cm;
  std::vector<LoadCostStep> load_cost;

  Problem View() const {
    Problem problem = Instance::View();
    problem.household_kinds = household_kinds;
    problem.steward_kinds = steward_kinds;
    problem.max_distance = max_distance;
    problem.forbidden = forbidden;
    problem.fixed = fixed;
    problem.preferences = preferences;
    problem.current = current;
    problem.switch_cost_cm = switch_cost_cm;
    problem.cost_begin = cost_begin;
    problem.cost_stewards = cost_stewards;
    problem.costs_cm = costs_cm;
    problem.load_cost = load_cost;
    return problem;
  }
};

// The cost of a pair by the words of problem.h; nothing when it is not allowed.
inline std::optional<int64_t> CostOfPair(const Problem& problem, int32_t h, int32_t j) {
  if (problem.HouseholdUnit(h) != problem.StewardUnit(j)) return std::nullopt;
  if (problem.HouseholdKind(h) != problem.StewardKind(j)) return std::nullopt;
  std::optional<int64_t> distance;
  if (problem.cost_begin.empty()) {
    distance = PairCost(problem.households[h], problem.stewards[j]);
  } else {
    for (int64_t k = problem.cost_begin[h]; k < problem.cost_begin[h + 1]; ++k) {
      if (problem.cost_stewards[k] == j) distance = problem.costs_cm[k];
    }
  }
  if (!distance.has_value()) return std::nullopt;
  bool fixed_here = false;
  for (const Pair& p : problem.fixed) {
    if (p.household != h) continue;
    if (p.steward != j) return std::nullopt;
    fixed_here = true;
  }
  for (const Pair& p : problem.forbidden) {
    if (p.household == h && p.steward == j) return std::nullopt;
  }
  if (!fixed_here && static_cast<double>(*distance) > std::round(100 * problem.max_distance)) return std::nullopt;
  int64_t cost = *distance;
  for (const PairPreference& p : problem.preferences) {
    if (p.household == h && p.steward == j) cost += p.cost_cm;
  }
  if (!problem.current.empty() && problem.current[h] >= 0 && problem.current[h] != j) cost += problem.switch_cost_cm;
  return cost;
}

inline int64_t LoadCostOf(const Problem& problem, int64_t load) {
  int64_t total = 0;
  for (int64_t k = 1; k <= load; ++k) {
    int64_t marginal = 0;
    for (const LoadCostStep& step : problem.load_cost) {
      if (k > step.above) marginal = step.cost_cm;
    }
    total += marginal;
  }
  return total;
}

// Adds each kind of condition with even odds; fixed pairs respect the door's rules.
inline void AddConditions(ConditionedInstance& instance, Random& random) {
  const auto n = static_cast<int32_t>(instance.households.size());
  const auto m = static_cast<int32_t>(instance.stewards.size());
  // One draw a statement: the order of arguments is the compiler's.
  const auto some_distance = [&] {
    const Point household = instance.households[random.Below(n)];
    const Point steward = instance.stewards[random.Below(m)];
    return static_cast<double>(PairCost(household, steward)) / 100;
  };
  if (random.Below(3) == 0) {
    for (int32_t h = 0; h < n; ++h) instance.household_kinds.push_back(random.Below(4) == 0 ? 7 : 3);
    for (int32_t j = 0; j < m; ++j) instance.steward_kinds.push_back(random.Below(4) == 0 ? 7 : 3);
  }
  if (random.Below(2) == 0) instance.max_distance = std::max(some_distance(), some_distance());
  if (random.Below(3) == 0) {
    for (int32_t h = 0; h < n; ++h) {
      instance.cost_begin.push_back(static_cast<int64_t>(instance.cost_stewards.size()));
      for (int32_t j = 0; j < m; ++j) {
        if (random.Below(4) == 0) continue;
        instance.cost_stewards.push_back(j);
        instance.costs_cm.push_back(PairCost(instance.households[h], instance.stewards[j]) * random.Between(10, 15) /
                                    10);
      }
    }
    instance.cost_begin.push_back(static_cast<int64_t>(instance.cost_stewards.size()));
  }
  std::set<std::pair<int32_t, int32_t>> forbidden;
  if (random.Below(2) == 0) {
    for (int64_t k = random.Between(1, std::max(1, n * m / 8)); k > 0; --k) {
      const auto h = static_cast<int32_t>(random.Below(n));
      const auto j = static_cast<int32_t>(random.Below(m));
      instance.forbidden.push_back({h, j});
      forbidden.emplace(h, j);
    }
  }
  if (random.Below(2) == 0) {
    const Problem so_far = instance.View();
    std::set<int32_t> households;
    for (int64_t k = random.Between(1, std::max(1, n / 6)); k > 0; --k) {
      const auto h = static_cast<int32_t>(random.Below(n));
      const auto j = static_cast<int32_t>(random.Below(m));
      Problem unlimited = so_far;
      unlimited.max_distance = kNoDistanceLimit;
      if (!CostOfPair(unlimited, h, j).has_value() || !households.insert(h).second) continue;
      instance.fixed.push_back({h, j});
    }
  }
  if (random.Below(2) == 0) {
    std::set<std::pair<int32_t, int32_t>> seen;
    for (int64_t k = random.Between(1, std::max(1, n * m / 6)); k > 0; --k) {
      const auto h = static_cast<int32_t>(random.Below(n));
      const auto j = static_cast<int32_t>(random.Below(m));
      if (!seen.emplace(h, j).second) continue;
      instance.preferences.push_back({h, j, random.Between(-20000, 20000)});
    }
  }
  if (random.Below(2) == 0) {
    for (int32_t h = 0; h < n; ++h) instance.current.push_back(random.Between(-1, m - 1));
    instance.switch_cost_cm = random.Between(0, 30000);
  }
  if (random.Below(3) == 0) {
    int32_t above = random.Between(0, std::max(1, n / std::max(1, m)));
    int64_t cost = random.Between(0, 8000);
    for (int64_t k = random.Between(1, 3); k > 0; --k) {
      instance.load_cost.push_back({above, cost});
      above += random.Between(1, 3);
      cost += random.Between(0, 10000);
    }
  }
}

}  // namespace lianhu::assignment::testing

#endif  // LIANHU_TESTS_ASSIGNMENT_CONDITIONED_INSTANCE_H_
