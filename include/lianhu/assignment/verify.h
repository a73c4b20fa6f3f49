// An independent check of a plan: shares no code with the solver and trusts nothing but the input.
#ifndef LIANHU_ASSIGNMENT_VERIFY_H_
#define LIANHU_ASSIGNMENT_VERIFY_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/assignment/infeasibility.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment {

// What can be wrong with a plan.
enum class ViolationKind : int32_t {
  kUnserved = 0,           // household `index` has no steward
  kOtherJurisdiction = 1,  // household `index` is served by a steward of another jurisdiction
  kAboveMaximum = 2,       // steward `index` serves `value` households, more than his maximum
  kBelowMinimum = 3,       // steward `index` serves `value` households, fewer than his minimum
  kOtherKind = 4,          // household `index` is served by a steward of another kind, `value`
  kFixedElsewhere = 5,     // household `index` is fixed to another steward than `value`
  kForbiddenPair = 6,      // household `index` is forbidden to steward `value`
  kTooFar = 7,             // household `index` is farther from steward `value` than max_distance
  kUnreachable = 8,        // household `index` and steward `value` are a pair without a cost
};

struct Violation {
  ViolationKind kind;
  int64_t index = 0;  // the steward for kAboveMaximum and kBelowMinimum, else the household
  int64_t value = 0;  // a load or the steward's index, as said above; 0 for kUnserved
};

struct VerifyOptions {
  // Judge a best-effort plan (solve.h): in a jurisdiction with more households than places, exactly the shortage must
  // be unserved; in one that cannot fill its minima, the minimum counts as 0. The bound is that of the problem so
  // relaxed. Under pair conditions the plan is searched for a way to serve one household more, or to fill all minima.
  bool best_effort = false;
};

struct Verification {
  bool feasible = false;      // no violation
  bool proved = false;        // feasible, and total_cost_cm == dual_bound_cm: the plan is optimal
  bool cancelled = false;     // the caller cancelled; nothing else is to be relied on
  int64_t total_cost_cm = 0;  // the objective: distances, preferences, switch costs, load costs
  int64_t distance_cm = 0;    // the distances alone
  int64_t switches = 0;       // households that have another steward than their current one
  int64_t dual_bound_cm = 0;  // bound(p) of plan.h; 0 when no prices were given
  int64_t unserved = 0;       // households without a steward
  int32_t load_min = 0;       // over all stewards; 0 for none
  int32_t load_max = 0;
  int64_t max_distance_cm = 0;
  int64_t violation_count = 0;
  std::vector<Violation> violations;  // the first 100, households first, by increasing index
};

// Recomputes bounds, jurisdictions, pair conditions, total and dual bound of `steward_of` (n entries: a steward's index
// or -1) from the problem. `price_cm`: m prices, or empty to check feasibility only. A household without a steward is a
// violation. Errors: those of Validate, wrong lengths, a steward index out of range, a price beyond +-2^52 cm. O(n + m)
// memory; time O(n m) at worst, far less for prices that vary smoothly over the map.
absl::StatusOr<Verification> Verify(const Problem& problem, absl::Span<const int32_t> steward_of,
                                    absl::Span<const int64_t> price_cm, const VerifyOptions& options,
                                    RunContext& context);

// Checks a reason why nothing can be planned against the problem alone: that the set is a part of its jurisdiction,
// that every number is what the problem says, and that the set is closed: no household of a shortage is allowed a
// steward outside it, no steward of a surplus a household outside it. Returns OK or what is wrong. `stewards_needed`
// and `bound_needed` are advice and not checked. O(n + m + households x stewards of the jurisdiction).
absl::Status CheckInfeasibility(const Problem& problem, const Infeasibility& infeasibility);

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_VERIFY_H_
