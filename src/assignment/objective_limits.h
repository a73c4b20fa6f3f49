// A problem with the limits that an objective puts to it: what both its solver and its check mean by them.
#ifndef LIANHU_SRC_ASSIGNMENT_OBJECTIVE_LIMITS_H_
#define LIANHU_SRC_ASSIGNMENT_OBJECTIVE_LIMITS_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "lianhu/assignment/problem.h"

namespace lianhu::assignment::internal {

// A fixed pair may be longer than the problem's own limit, which holds for all others.
inline Problem Within(const Problem& problem, int64_t distance_cm) {
  Problem within = problem;
  within.max_distance = std::min(problem.max_distance, static_cast<double>(distance_cm) / 100);
  return within;
}

// Bounds of one's own for every steward; they outlive the views.
struct Bounded {
  std::vector<int32_t> min;
  std::vector<int32_t> max;
  Problem View(Problem problem) const {
    problem.steward_min = min;
    problem.steward_max = max;
    return problem;
  }
};

// Maxima of at most `most`, the minima out of the way.
inline Bounded WithMost(const Problem& problem, int64_t most) {
  Bounded bounded;
  for (int64_t j = 0; j < std::ssize(problem.stewards); ++j) {
    bounded.max.push_back(static_cast<int32_t>(std::min<int64_t>(problem.BoundsOf(j).max, most)));
    bounded.min.push_back(0);
  }
  return bounded;
}

// Minima of at least `least`, which is no more than any maximum.
inline Bounded WithLeast(const Problem& problem, int64_t least) {
  Bounded bounded;
  for (int64_t j = 0; j < std::ssize(problem.stewards); ++j) {
    bounded.min.push_back(static_cast<int32_t>(std::max<int64_t>(problem.BoundsOf(j).min, least)));
    bounded.max.push_back(problem.BoundsOf(j).max);
  }
  return bounded;
}

// Both.
inline Bounded WithBoth(const Problem& problem, int64_t least, int64_t most) {
  Bounded bounded;
  for (int64_t j = 0; j < std::ssize(problem.stewards); ++j) {
    bounded.min.push_back(static_cast<int32_t>(std::max<int64_t>(problem.BoundsOf(j).min, least)));
    bounded.max.push_back(static_cast<int32_t>(std::min<int64_t>(problem.BoundsOf(j).max, most)));
  }
  return bounded;
}

// What the stewards' own bounds leave: no plan's greatest load is below `low`, no plan's least load above `ceiling`.
struct LoadRange {
  int64_t low = 0;
  int64_t high = 0;  // the greatest maximum
  int64_t ceiling = 0;
};
inline LoadRange LoadRangeOf(const Problem& problem) {
  LoadRange range;
  for (int64_t j = 0; j < std::ssize(problem.stewards); ++j) {
    const LoadBounds own = problem.BoundsOf(j);
    range.low = std::max<int64_t>(range.low, own.min);
    range.high = std::max<int64_t>(range.high, own.max);
    range.ceiling = j == 0 ? own.max : std::min<int64_t>(range.ceiling, own.max);
  }
  return range;
}

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_OBJECTIVE_LIMITS_H_
