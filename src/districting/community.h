// One jurisdiction of the choice of stewards: its households, who may be chosen there, how many must and may.
#ifndef LIANHU_SRC_DISTRICTING_COMMUNITY_H_
#define LIANHU_SRC_DISTRICTING_COMMUNITY_H_

#include <cstdint>
#include <vector>

#include "districting/search_problem.h"
#include "lianhu/districting/steward_choice.h"

namespace lianhu::districting::internal {

struct Community {
  int32_t unit = -1;
  std::vector<int32_t> households;  // in the problem
  std::vector<int32_t> candidates;  // in the problem, without those who must not be chosen
  std::vector<Point> home;          // projected
  std::vector<Point> place;
  std::vector<int32_t> least;
  std::vector<int32_t> most;
  std::vector<double> opening;  // suitability and the cost per steward, cm
  std::vector<uint8_t> pinned;  // must be chosen
  int64_t least_count = 0;      // stewards needed and allowed, by the sums of bounds
  int64_t most_count = 0;

  SearchProblem View(int64_t count) const {
    return {.households = home,
            .candidates = place,
            .capacity = most,
            .least = least,
            .opening = opening,
            .pinned = pinned,
            .count = static_cast<int32_t>(count),
            .rule = DistanceRule::kCentimetre};
  }
};

// Where a candidate of the problem is, who is one of the community's.
Point PlaceOf(const Community& community, int32_t candidate);

// All jurisdictions that have households, or candidates who may be chosen, by increasing unit. The problem is valid.
std::vector<Community> SplitIntoCommunities(const CandidateProblem& problem);

// What sums of bounds rule out, first by jurisdiction, then for the street; empty when nothing.
std::vector<ChoiceShortfall> FindShortfalls(const CandidateProblem& problem, const std::vector<Community>& communities);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_COMMUNITY_H_
