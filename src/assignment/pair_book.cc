#include "assignment/pair_book.h"

#include <algorithm>
#include <limits>

namespace lianhu::assignment::internal {

PairBook::PairBook(const Problem& problem)
    : problem_(problem),
      households_(problem.households.begin(), problem.households.end()),
      stewards_(problem.stewards.begin(), problem.stewards.end()),
      max_cost_(problem.max_distance > 2 * kMaxExtent ? std::numeric_limits<int64_t>::max()
                                                      : std::llround(100.0 * problem.max_distance)) {
  if (problem.datum == Datum::kWgs84Degrees) {
    std::vector<Point> all = households_;
    all.insert(all.end(), stewards_.begin(), stewards_.end());
    all = ProjectWgs84(all, Middle(all));
    std::copy_n(all.begin(), households_.size(), households_.begin());
    std::copy(all.begin() + static_cast<std::ptrdiff_t>(households_.size()), all.end(), stewards_.begin());
  }
  for (const Pair& pair : problem.forbidden) forbidden_.emplace(pair.household, pair.steward);
  if (!problem.fixed.empty()) fixed_to_.assign(households_.size(), -1);
  for (const Pair& pair : problem.fixed) fixed_to_[pair.household] = pair.steward;
  if (!problem.preferences.empty()) least_charge_.assign(households_.size(), 0);
  for (const PairPreference& p : problem.preferences) {
    preference_.emplace(Key(p.household, p.steward), p.cost_cm);
    least_charge_[p.household] = std::min(least_charge_[p.household], p.cost_cm);
  }
}

Objection PairBook::ObjectionTo(int32_t h, int32_t j) const {
  if (problem_.HouseholdUnit(h) != problem_.StewardUnit(j)) return Objection::kUnit;
  if (problem_.HouseholdKind(h) != problem_.StewardKind(j)) return Objection::kKind;
  if (FixedTo(h) >= 0) return FixedTo(h) == j ? Objection::kNone : Objection::kFixedElsewhere;
  if (!forbidden_.empty() && forbidden_.contains(Key(h, j))) return Objection::kForbidden;
  const int64_t distance = Distance(h, j);
  if (distance < 0) return Objection::kNoListedCost;
  return distance > max_cost_ ? Objection::kTooFar : Objection::kNone;
}

int64_t PairBook::Distance(int32_t h, int32_t j) const {
  if (problem_.cost_begin.empty()) return PairCost(households_[h], stewards_[j]);
  const auto first = problem_.cost_stewards.begin() + problem_.cost_begin[h];
  const auto last = problem_.cost_stewards.begin() + problem_.cost_begin[h + 1];
  const auto found = std::lower_bound(first, last, j);
  if (found == last || *found != j) return -1;
  return problem_.costs_cm[found - problem_.cost_stewards.begin()];
}

int64_t PairBook::Charge(int32_t h, int32_t j) const {
  int64_t charge = 0;
  if (!preference_.empty()) {
    const auto found = preference_.find(Key(h, j));
    if (found != preference_.end()) charge = found->second;
  }
  if (!problem_.current.empty() && problem_.current[h] >= 0 && problem_.current[h] != j) {
    charge += problem_.switch_cost_cm;
  }
  return charge;
}

int64_t PairBook::MarginalLoadCost(int64_t k) const {
  int64_t cost = 0;
  for (const LoadCostStep& step : problem_.load_cost) {
    if (k > step.above) cost = step.cost_cm;
  }
  return cost;
}

int64_t PairBook::LoadCost(int64_t load) const {
  int64_t total = 0;
  for (size_t i = 0; i < problem_.load_cost.size(); ++i) {
    const int64_t from = std::min<int64_t>(load, problem_.load_cost[i].above);
    const int64_t to =
        i + 1 < problem_.load_cost.size() ? std::min<int64_t>(load, problem_.load_cost[i + 1].above) : load;
    total += (to - from) * problem_.load_cost[i].cost_cm;
  }
  return total;
}

}  // namespace lianhu::assignment::internal
