// Generalised assignment: items that weigh differently at each agent, agents with capacities, least total cost.
//
// Give every item one agent so that the weights at agent i sum to at least min_i and at most max_i. This is NP-hard;
// even whether a plan exists is. What is returned is therefore a heuristic plan *and a lower bound*, so that the gap is
// known: "within x % of the bound". Where the two meet the plan is proved optimal. Method, and what it reaches on the
// published instances: docs/algorithms/weights.md.
#ifndef LIANHU_ASSIGNMENT_GENERALIZED_ASSIGNMENT_H_
#define LIANHU_ASSIGNMENT_GENERALIZED_ASSIGNMENT_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment {

// Views of the caller's arrays; m agents, n items, matrices row-major with a row an agent, as in the OR-Library's
// files.
struct GeneralizedAssignment {
  int32_t agents = 0;
  int32_t items = 0;
  absl::Span<const int64_t> cost = {};      // m x n, |cost| <= 2^40; unit of the caller
  absl::Span<const int64_t> weight = {};    // m x n, 0..2^31-1
  absl::Span<const int64_t> capacity = {};  // m: max_i, 0..2^40
  absl::Span<const int64_t> minimum = {};   // m: min_i, 0..max_i; empty: 0
};

struct GapOptions {
  // Wall time after which the search stops with the best plan so far, seconds; 0: no limit. A limit that cuts the
  // search short makes the result depend on the machine; without one it depends on the input, the seed
  // (RunContext::seed) and `evaluations` alone.
  double seconds = 0;
  // Work of the search: moves it may evaluate, about 2e8 a second.
  int64_t evaluations = 600'000'000;
};

enum class GapOutcome : int32_t {
  kOptimal = 0,     // objective == bound
  kFeasible = 1,    // a plan within the bounds; the gap to the bound is (objective - bound) / bound
  kInfeasible = 2,  // proved: there is no plan (an item fits no agent, or the relaxation has no plan)
  kNotFound = 3,    // no plan was found; that there is none is not proved
  kCancelled = 4,   // the caller cancelled; nothing else is to be relied on
};

// "optimal", "feasible", "infeasible", "not_found", "cancelled".
const char* GapOutcomeName(GapOutcome outcome);

// The certificate of the bound. For any multipliers u_h whatever, with an exact knapsack for each agent,
//
//   bound(u) = sum_h u_h  +  sum_i min { sum_{h in S} (c_ih - u_h) : min_i <= weight of S <= max_i }
//
// is at most the cost of any plan (Lagrangian relaxation of "every item once"); rounded up, since costs are integers.
// Multipliers are integers in units of 1 / multiplier_scale.
struct GapPlan {
  GapOutcome outcome = GapOutcome::kNotFound;
  std::vector<int32_t> agent_of;  // n, or empty when there is no plan
  std::vector<int64_t> load;      // m, or empty
  int64_t objective = 0;
  int64_t bound = 0;
  std::vector<int64_t> multiplier;  // n
  int64_t multiplier_scale = 1;     // a power of 2
  double seconds = 0;               // wall time
};

// Checks shapes and values; errors name the field and the row (for a matrix the row is agent * n + item).
absl::Status Validate(const GeneralizedAssignment& problem);

// Guarantees: (1) every plan returned keeps all bounds; (2) bound <= optimum, whatever the outcome; (3) without a time
// limit the same bytes for the same input and seed, whatever the number of threads (one is used). Errors: those of
// Validate and options out of range. Memory O(n m).
absl::StatusOr<GapPlan> SolveGeneralizedAssignment(const GeneralizedAssignment& problem, const GapOptions& options,
                                                   RunContext& context);

struct GapVerification {
  bool feasible = false;   // every item has an agent and every load is within its bounds
  int64_t objective = 0;   // over the items that have an agent
  bool bound_held = true;  // false when some knapsack was too large to recompute (items x capacity > 2^32)
  int64_t bound = 0;       // bound(u) recomputed, rounded up
};

// Recomputes a plan and its bound from the input by plain dynamic programs; shares no code with the solver.
absl::StatusOr<GapVerification> VerifyGeneralizedAssignment(const GeneralizedAssignment& problem,
                                                            absl::Span<const int32_t> agent_of,
                                                            absl::Span<const int64_t> multiplier,
                                                            int64_t multiplier_scale);

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_GENERALIZED_ASSIGNMENT_H_
