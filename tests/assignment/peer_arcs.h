// The explicit arcs that a general solver needs: all pairs of each jurisdiction, or each household's nearest stewards.
#ifndef LIANHU_TESTS_ASSIGNMENT_PEER_ARCS_H_
#define LIANHU_TESTS_ASSIGNMENT_PEER_ARCS_H_

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "assignment/lemon_reference.h"
#include "lianhu/assignment/problem.h"

namespace lianhu::assignment::testing {

// `nearest` arcs a household within its jurisdiction; 0 means all pairs.
inline ArcProblem PeerArcs(const Problem& problem, size_t nearest = 0) {
  ArcProblem arcs;
  arcs.households = static_cast<int32_t>(problem.households.size());
  for (size_t j = 0; j < problem.stewards.size(); ++j) {
    arcs.min.push_back(problem.BoundsOf(static_cast<int64_t>(j)).min);
    arcs.max.push_back(problem.BoundsOf(static_cast<int64_t>(j)).max);
  }
  std::vector<std::pair<int64_t, int32_t>> candidates;
  for (size_t h = 0; h < problem.households.size(); ++h) {
    candidates.clear();
    for (size_t j = 0; j < problem.stewards.size(); ++j) {
      if (!problem.household_units.empty() && problem.household_units[h] != problem.steward_units[j]) continue;
      candidates.emplace_back(PairCost(problem.households[h], problem.stewards[j]), static_cast<int32_t>(j));
    }
    if (nearest > 0 && nearest < candidates.size()) {
      std::nth_element(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(nearest), candidates.end());
      candidates.resize(nearest);
    }
    for (const auto& [cost, j] : candidates) {
      arcs.household.push_back(static_cast<int32_t>(h));
      arcs.steward.push_back(j);
      arcs.cost.push_back(cost);
    }
  }
  return arcs;
}

}  // namespace lianhu::assignment::testing

#endif  // LIANHU_TESTS_ASSIGNMENT_PEER_ARCS_H_
