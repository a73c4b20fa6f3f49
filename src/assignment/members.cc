#include "assignment/members.h"

#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace lianhu::assignment::internal {

std::vector<Members> SplitByJurisdiction(const Problem& problem) {
  std::vector<Members> members;
  const bool divided = !problem.household_units.empty() || !problem.steward_units.empty() ||
                       !problem.household_kinds.empty() || !problem.steward_kinds.empty();
  if (!divided) {
    members.resize(1);
    members[0].households.resize(problem.households.size());
    members[0].stewards.resize(problem.stewards.size());
    std::iota(members[0].households.begin(), members[0].households.end(), 0);
    std::iota(members[0].stewards.begin(), members[0].stewards.end(), 0);
    return members;
  }
  std::map<std::pair<int32_t, int32_t>, Members> by_key;
  for (size_t h = 0; h < problem.households.size(); ++h) {
    const auto row = static_cast<int64_t>(h);
    by_key[{problem.HouseholdUnit(row), problem.HouseholdKind(row)}].households.push_back(static_cast<int32_t>(h));
  }
  for (size_t j = 0; j < problem.stewards.size(); ++j) {
    const auto row = static_cast<int64_t>(j);
    by_key[{problem.StewardUnit(row), problem.StewardKind(row)}].stewards.push_back(static_cast<int32_t>(j));
  }
  members.reserve(by_key.size());
  for (auto& [key, m] : by_key) {
    std::tie(m.unit, m.kind) = key;
    members.push_back(std::move(m));
  }
  return members;
}

Common::Common(const Problem& problem, const std::vector<Members>& all)
    : problem_(problem), households_(problem.households), stewards_(problem.stewards) {
  if (problem.datum == Datum::kWgs84Degrees) {
    projected_.assign(problem.households.begin(), problem.households.end());
    projected_.insert(projected_.end(), problem.stewards.begin(), problem.stewards.end());
    projected_ = ProjectWgs84(projected_, Middle(projected_));
    households_ = absl::MakeConstSpan(projected_).subspan(0, problem.households.size());
    stewards_ = absl::MakeConstSpan(projected_).subspan(problem.households.size());
  }
  if (!ruled()) return;
  rules_ = CompileRules(problem, households_, stewards_);
  place_.resize(stewards_.size());
  for (const Members& members : all) {
    for (size_t k = 0; k < members.stewards.size(); ++k) place_[members.stewards[k]] = static_cast<int32_t>(k);
  }
}

JurisdictionInput Common::InputOf(const Members& members) const {
  JurisdictionInput input;
  input.households.reserve(members.households.size());
  for (const int32_t h : members.households) input.households.push_back(households_[h]);
  input.stewards.reserve(members.stewards.size());
  for (const int32_t j : members.stewards) {
    input.stewards.push_back(stewards_[j]);
    input.bounds.push_back(problem_.BoundsOf(j));
  }
  if (ruled()) input.rules = SelectRules(rules_, members.households, members.stewards, place_);
  input.load_cost = problem_.load_cost;
  return input;
}

}  // namespace lianhu::assignment::internal
