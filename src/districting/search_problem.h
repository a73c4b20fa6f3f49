// What the search for chosen candidates works on: one jurisdiction.
#ifndef LIANHU_SRC_DISTRICTING_SEARCH_PROBLEM_H_
#define LIANHU_SRC_DISTRICTING_SEARCH_PROBLEM_H_

#include <cmath>
#include <cstdint>

#include "lianhu/districting/selection.h"

namespace lianhu::districting::internal {

// districting::Distance, for inner loops. Both roundings are those of std::round and std::floor for what is not
// negative and below 2^53.
inline double PairDistance(Point a, Point b, DistanceRule rule) {
  const double dx = a.x - b.x;
  const double dy = a.y - b.y;
  const double distance = std::sqrt(dx * dx + dy * dy);
  if (rule == DistanceRule::kEuclidean) return distance;
  const double scaled = rule == DistanceRule::kCentimetre ? 100 * distance : distance;
  const auto whole = static_cast<double>(static_cast<int64_t>(scaled));
  return rule == DistanceRule::kCentimetre && scaled - whole >= 0.5 ? whole + 1 : whole;
}

// Views, as SelectionProblem, and what stewards have besides: a least load, a cost of being chosen, and those who must
// be. A least load goes with households of demand 1 only.
struct SearchProblem {
  absl::Span<const Point> households = {};
  absl::Span<const int32_t> demand = {};  // empty: 1 each
  absl::Span<const Point> candidates = {};
  absl::Span<const int32_t> capacity = {};
  absl::Span<const int32_t> least = {};   // empty: 0 each
  absl::Span<const double> opening = {};  // in the unit of distances; empty: 0 each
  absl::Span<const uint8_t> pinned = {};  // 1: always chosen; empty: nobody
  int32_t count = 0;
  DistanceRule rule = DistanceRule::kCentimetre;

  int32_t DemandOf(int64_t h) const { return demand.empty() ? 1 : demand[h]; }
  int32_t LeastOf(int64_t j) const { return least.empty() ? 0 : least[j]; }
  double OpeningOf(int64_t j) const { return opening.empty() ? 0 : opening[j]; }
  bool Pinned(int64_t j) const { return !pinned.empty() && pinned[j] != 0; }
};

inline SearchProblem SearchProblemOf(const SelectionProblem& problem) {
  return {.households = problem.households,
          .demand = problem.demand,
          .candidates = problem.candidates,
          .capacity = problem.capacity,
          .count = problem.count,
          .rule = problem.rule};
}

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_SEARCH_PROBLEM_H_
