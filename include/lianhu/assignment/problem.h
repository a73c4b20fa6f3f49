// The household assignment problem.
//
// Give every household one steward of its own jurisdiction so that steward j serves between min_j and max_j households
// and the sum of distances is least. Demand is one a household, so this is a transportation problem with unit supplies
// and its optimum over the integers is that of the linear program.
//
// Cost of a pair: the planar Euclidean distance in metres, rounded to the nearest centimetre (half away from zero), a
// 64-bit integer. See PairCost.
#ifndef LIANHU_ASSIGNMENT_PROBLEM_H_
#define LIANHU_ASSIGNMENT_PROBLEM_H_

#include <cmath>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "lianhu/base/point.h"

namespace lianhu::assignment {

// How many households a steward serves; 0 <= min <= max.
struct LoadBounds {
  int32_t min = 10;
  int32_t max = 20;
};

// Views of the caller's arrays, which must outlive every call that takes the problem. n households, m stewards; both
// may be 0. Everything is by dense index; names and codes stay with the caller.
struct Problem {
  absl::Span<const Point> households = {};  // n positions
  absl::Span<const Point> stewards = {};    // m positions, same datum as the households
  Datum datum = Datum::kPlanarMetres;       // degrees are projected once about the middle of all positions

  // Jurisdictions: a household is served by a steward of equal unit. Both empty: one jurisdiction. Otherwise n and m
  // entries, each >= 0; the values need not be dense.
  absl::Span<const int32_t> household_units = {};
  absl::Span<const int32_t> steward_units = {};

  LoadBounds bounds;                           // for every steward, unless the next two say otherwise
  absl::Span<const int32_t> steward_min = {};  // empty, or m entries
  absl::Span<const int32_t> steward_max = {};  // empty, or m entries

  LoadBounds BoundsOf(int64_t steward) const {
    return {.min = steward_min.empty() ? bounds.min : steward_min[steward],
            .max = steward_max.empty() ? bounds.max : steward_max[steward]};
  }
};

// The cost of a pair in centimetres: 100 x planar distance, rounded half away from zero.
inline int64_t PairCost(Point household, Point steward) {
  const double dx = household.x - steward.x;
  const double dy = household.y - steward.y;
  return std::llround(100.0 * std::sqrt(dx * dx + dy * dy));
}

// Checks the shape and every value: lengths agree, coordinates are finite and in range (base/point.h), units >= 0,
// 0 <= min <= max, n and m below 2^31. Errors name the field and the row. Infeasible bounds are not an error. O(n + m).
absl::Status Validate(const Problem& problem);

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_PROBLEM_H_
