// The household assignment problem.
//
// Give every household one steward of its own jurisdiction so that steward j serves between min_j and max_j households
// and the sum of distances is least. Demand is one a household, so this is a transportation problem with unit supplies
// and its optimum over the integers is that of the linear program.
//
// Cost of a pair: the planar Euclidean distance in metres, rounded to the nearest centimetre (half away from zero), a
// 64-bit integer (PairCost); or the caller's own, of the pairs that he lists. Pair conditions forbid pairs, fix them,
// make them dearer or cheaper; the problem stays a flow, its optimum exact and provable by one price a steward:
//
//   cost(h, j) = distance(h, j) + preference(h, j) + (h has a current steward other than j ? switch_cost : 0)
//   load cost  = for each steward, sum over k = 1..load of the marginal cost of his k-th household
#ifndef LIANHU_ASSIGNMENT_PROBLEM_H_
#define LIANHU_ASSIGNMENT_PROBLEM_H_

#include <cmath>
#include <cstdint>
#include <limits>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "lianhu/base/point.h"

namespace lianhu::assignment {

// How many households a steward serves; 0 <= min <= max.
struct LoadBounds {
  int32_t min = 10;
  int32_t max = 20;
};

// A household and a steward, by index.
struct Pair {
  int32_t household = 0;
  int32_t steward = 0;
};

// What is added to the cost of a pair: above 0 it is avoided, below 0 it is sought.
struct PairPreference {
  int32_t household = 0;
  int32_t steward = 0;
  int64_t cost_cm = 0;  // within +-kMaxCharge
};

// Each household of a steward beyond the `above`-th costs `cost_cm`, up to the next step.
struct LoadCostStep {
  int32_t above = 0;
  int64_t cost_cm = 0;  // 0..kMaxCharge
};

// Largest preference, switch cost and load cost, cm (3,000 km); keeps every cost inside 32 bits.
inline constexpr int64_t kMaxCharge = 300'000'000;

// Largest cost of the caller's own, cm (14,500 km).
inline constexpr int64_t kMaxListedCost = 1'450'000'000;

inline constexpr double kNoDistanceLimit = std::numeric_limits<double>::infinity();

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

  // Kinds (resident, merchant): a household is served by a steward of equal kind. As for units.
  absl::Span<const int32_t> household_kinds = {};
  absl::Span<const int32_t> steward_kinds = {};

  // Pairs farther apart than this many metres, rounded to the centimetre, are not allowed, but for fixed ones. >= 0.
  double max_distance = kNoDistanceLimit;
  absl::Span<const Pair> forbidden = {};  // in any order
  // The household is served by this steward and no other, whatever the distance; within one jurisdiction and kind, not
  // forbidden, one a household.
  absl::Span<const Pair> fixed = {};
  absl::Span<const PairPreference> preferences = {};  // each pair once

  // The present plan: empty, or n entries, a steward's index or -1 for a household that has none. A change of steward
  // must save `switch_cost_cm` (0..kMaxCharge): it is added to every pair of such a household but the current one.
  absl::Span<const int32_t> current = {};
  int64_t switch_cost_cm = 0;

  // Costs of the caller's own in place of distances, for instance along roads: household h can be served by the
  // stewards cost_stewards[k] for k in [cost_begin[h], cost_begin[h + 1]), ascending and different, at distance
  // costs_cm[k] (0..kMaxListedCost), and by nobody else. Empty, or cost_begin has n + 1 entries. Positions then only
  // help to find near things fast. max_distance applies to these distances.
  absl::Span<const int64_t> cost_begin = {};
  absl::Span<const int32_t> cost_stewards = {};
  absl::Span<const int64_t> costs_cm = {};

  // A convex cost of load, the same for every steward: `above` increasing from 0 or more, `cost_cm` not decreasing.
  // Households up to the first step cost nothing more. Empty: none.
  absl::Span<const LoadCostStep> load_cost = {};

  LoadBounds BoundsOf(int64_t steward) const {
    return {.min = steward_min.empty() ? bounds.min : steward_min[steward],
            .max = steward_max.empty() ? bounds.max : steward_max[steward]};
  }
  int32_t HouseholdUnit(int64_t h) const { return household_units.empty() ? -1 : household_units[h]; }
  int32_t StewardUnit(int64_t j) const { return steward_units.empty() ? -1 : steward_units[j]; }
  int32_t HouseholdKind(int64_t h) const { return household_kinds.empty() ? -1 : household_kinds[h]; }
  int32_t StewardKind(int64_t j) const { return steward_kinds.empty() ? -1 : steward_kinds[j]; }

  // Whether any condition speaks of pairs within one jurisdiction and kind.
  bool HasPairConditions() const {
    return max_distance != kNoDistanceLimit || !forbidden.empty() || !fixed.empty() || !preferences.empty() ||
           (!current.empty() && switch_cost_cm > 0) || !cost_begin.empty();
  }
};

// The cost of a pair in centimetres: 100 x planar distance, rounded half away from zero.
inline int64_t PairCost(Point household, Point steward) {
  const double dx = household.x - steward.x;
  const double dy = household.y - steward.y;
  return std::llround(100.0 * std::sqrt(dx * dx + dy * dy));
}

// Checks the shape and every value: lengths agree, coordinates are finite and in range (base/point.h), units >= 0,
// 0 <= min <= max, n and m below 2^31, conditions as above. Errors name the field and the row. Infeasible bounds are
// not an error. O(n + m + c log c) for c conditions.
absl::Status Validate(const Problem& problem);

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_PROBLEM_H_
