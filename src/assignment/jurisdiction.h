// Solves one jurisdiction: from positions and bounds to an optimal flow and the prices that prove it.
#ifndef LIANHU_SRC_ASSIGNMENT_JURISDICTION_H_
#define LIANHU_SRC_ASSIGNMENT_JURISDICTION_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/types/span.h"
#include "assignment/pair_rules.h"
#include "assignment/stop_signal.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/point.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

struct JurisdictionInput {
  std::vector<Point> households;   // planar metres
  std::vector<Point> stewards;     // at least one
  std::vector<LoadBounds> bounds;  // one a steward; a plan within them exists when `left_over` are not served
  PairRules rules;                 // by household
  absl::Span<const LoadCostStep> load_cost = {};
  int64_t left_over = 0;  // households that cannot be served
};

struct JurisdictionPlan {
  std::vector<int32_t> steward_of;  // -1: left over
  std::vector<int64_t> price_cm;
  int64_t total_cost_cm = 0;
  int64_t dual_bound_cm = 0;  // over all pairs; less than the total only when the search was stopped
};

// Returns false when cancelled. Those left over are the ones whose service would cost most. Costs and prices count the
// load cost; a price is that of a household's place, as in plan.h.
// When `stop` ends the search before the optimum, the plan is what has been reached, made feasible; the first candidate
// lists are always made. With a load cost the search goes on to the end.
// `threads` serve the candidate searches only; they do not change the result. `progress` is told fractions 0..1.
bool SolveJurisdiction(const JurisdictionInput& input, int threads, RunContext& context, const StopSignal& stop,
                       const std::function<void(double)>& progress, JurisdictionPlan& plan);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_JURISDICTION_H_
