#include "districting/community.h"

#include <algorithm>
#include <functional>
#include <map>

namespace lianhu::districting::internal {
namespace {

// The greatest k such that k values, those of the pinned among them, add up to at most `limit`; -1 when the pinned
// alone are above it.
int64_t MostThatFit(const Community& community, int64_t limit) {
  std::vector<int32_t> others;
  int64_t count = 0;
  for (size_t j = 0; j < community.least.size(); ++j) {
    if (community.pinned[j] == 0) {
      others.push_back(community.least[j]);
    } else {
      limit -= community.least[j];
      ++count;
    }
  }
  if (limit < 0) return -1;
  std::sort(others.begin(), others.end());
  for (const int32_t least : others) {
    limit -= least;
    if (limit < 0) break;
    ++count;
  }
  return count;
}

// The least k such that k candidates, the pinned among them, can take everybody; -1 when all cannot.
int64_t FewestThatTake(const Community& community, int64_t households) {
  std::vector<int32_t> others;
  int64_t count = 0;
  for (size_t j = 0; j < community.most.size(); ++j) {
    if (community.pinned[j] == 0) {
      others.push_back(community.most[j]);
    } else {
      households -= community.most[j];
      ++count;
    }
  }
  std::sort(others.begin(), others.end(), std::greater<>());
  for (const int32_t most : others) {
    if (households <= 0) return count;
    households -= most;
    ++count;
  }
  return households <= 0 ? count : -1;
}

// The least that `count` candidates, the pinned among them, ask for.
int64_t LeastRequired(const Community& community, int64_t count) {
  std::vector<int32_t> others;
  int64_t required = 0;
  for (size_t j = 0; j < community.least.size(); ++j) {
    if (community.pinned[j] == 0) {
      others.push_back(community.least[j]);
    } else {
      required += community.least[j];
      --count;
    }
  }
  std::sort(others.begin(), others.end());
  for (int64_t k = 0; k < count; ++k) required += others[k];
  return required;
}

}  // namespace

Point PlaceOf(const Community& community, int32_t candidate) {
  const auto at = std::lower_bound(community.candidates.begin(), community.candidates.end(), candidate);
  return community.place[at - community.candidates.begin()];
}

std::vector<Community> SplitIntoCommunities(const CandidateProblem& problem) {
  std::vector<Point> projected;
  absl::Span<const Point> homes = problem.households;
  absl::Span<const Point> places = problem.candidates;
  if (problem.datum == Datum::kWgs84Degrees) {
    projected.assign(homes.begin(), homes.end());
    projected.insert(projected.end(), places.begin(), places.end());
    projected = ProjectWgs84(projected, Middle(projected));
    homes = absl::MakeConstSpan(projected).subspan(0, problem.households.size());
    places = absl::MakeConstSpan(projected).subspan(problem.households.size());
  }
  std::map<int32_t, Community> by_unit;
  const auto at = [&](absl::Span<const int32_t> units, size_t row) -> Community& {
    const int32_t unit = units.empty() ? -1 : units[row];
    Community& community = by_unit[unit];
    community.unit = unit;
    return community;
  };
  for (size_t h = 0; h < homes.size(); ++h) {
    Community& community = at(problem.household_units, h);
    community.households.push_back(static_cast<int32_t>(h));
    community.home.push_back(homes[h]);
  }
  const int64_t price = problem.rule == CountRule::kCostPerSteward ? problem.cost_per_steward_cm : 0;
  for (size_t j = 0; j < places.size(); ++j) {
    const Requirement requirement = problem.RequirementOf(static_cast<int64_t>(j));
    if (requirement == Requirement::kMustNot) continue;
    Community& community = at(problem.candidate_units, j);
    const assignment::LoadBounds bounds = problem.BoundsOf(static_cast<int64_t>(j));
    community.candidates.push_back(static_cast<int32_t>(j));
    community.place.push_back(places[j]);
    community.least.push_back(bounds.min);
    community.most.push_back(bounds.max);
    community.opening.push_back(
        static_cast<double>(price + (problem.suitability_cm.empty() ? 0 : problem.suitability_cm[j])));
    community.pinned.push_back(requirement == Requirement::kMustHave ? 1 : 0);
  }
  std::vector<Community> communities;
  for (auto& [unit, community] : by_unit) {
    const auto n = static_cast<int64_t>(community.households.size());
    community.least_count = FewestThatTake(community, n);
    community.most_count = MostThatFit(community, n);
    communities.push_back(std::move(community));
  }
  return communities;
}

std::vector<ChoiceShortfall> FindShortfalls(const CandidateProblem& problem,
                                            const std::vector<Community>& communities) {
  using Kind = ChoiceShortfall::Kind;
  std::vector<ChoiceShortfall> shortfalls;
  ChoiceShortfall street{.count = problem.count};
  for (const Community& community : communities) {
    ChoiceShortfall own{.unit = community.unit,
                        .households = static_cast<int64_t>(community.households.size()),
                        .candidates = static_cast<int64_t>(community.candidates.size()),
                        .least = community.least_count,
                        .most = community.most_count,
                        .count = problem.count};
    for (const int32_t most : community.most) own.capacity += most;
    street.households += own.households;
    street.candidates += own.candidates;
    street.capacity += own.capacity;
    street.least += std::max<int64_t>(0, own.least);
    street.most += std::max<int64_t>(0, own.most);
    if (own.least < 0) {
      own.kind = Kind::kCapacity;
      shortfalls.push_back(own);
    } else if (own.most < 0) {
      own.kind = Kind::kMustHave;
      own.required = LeastRequired(community, 0);
      shortfalls.push_back(own);
    } else if (own.most < own.least) {
      own.kind = Kind::kMinimum;
      own.required = LeastRequired(community, own.least);
      shortfalls.push_back(own);
    }
  }
  if (!shortfalls.empty() || problem.rule != CountRule::kExactly) return shortfalls;
  if (street.least > problem.count) {
    street.kind = Kind::kTooFew;
    shortfalls.push_back(street);
  } else if (street.most < problem.count) {
    street.kind = Kind::kTooMany;
    shortfalls.push_back(street);
  }
  return shortfalls;
}

}  // namespace lianhu::districting::internal
