// Households that need more care count more: the household assignment problem with weights.
//
// As problem.h, except that household h has a whole weight w_h >= 1 and the bounds of a steward hold for the sum of the
// weights he serves, in the same unit. The sum of weight x distance is to be least: who needs three times the care is
// walked to three times as often. With all weights 1 this is the problem of problem.h. A household cannot be shared, so
// this is generalised assignment and NP-hard: what is returned is a heuristic plan and a lower bound over *all* pairs,
// "within x % of the bound". Method and figures: docs/algorithms/weights.md.
#ifndef LIANHU_ASSIGNMENT_WEIGHTED_H_
#define LIANHU_ASSIGNMENT_WEIGHTED_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/language.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment {

// The largest weight of a household.
inline constexpr int32_t kMostHouseholdWeight = 10'000;

struct WeightedOptions {
  // Wall time, seconds, after which the search stops with the best plan so far; 0: no limit. A limit that cuts the
  // search short makes the result depend on the machine.
  double seconds = 0;
  // Work of the search for each household: moves it may evaluate; about 2e8 a second in all.
  int64_t evaluations = 20'000;
};

enum class WeightedOutcome : int32_t {
  kOptimal = 0,     // total == bound
  kFeasible = 1,    // within bounds; the gap is known
  kInfeasible = 2,  // proved impossible, see `shortages`; nobody is assigned
  kNotFound = 3,   // no plan was found for some jurisdiction, see `shortages`, but none of the simple proofs that there
                   // is none holds; nobody is assigned
  kCancelled = 4,  // nobody is assigned
};

// "optimal", "feasible", "infeasible", "not_found", "cancelled".
const char* WeightedOutcomeName(WeightedOutcome outcome);

// A jurisdiction without a plan.
struct WeightShortage {
  int32_t unit = -1;       // -1 without jurisdictions
  int64_t households = 0;  //
  int64_t stewards = 0;    //
  int64_t weight = 0;      // sum over its households
  int64_t capacity = 0;    // sum of the maxima
  int64_t required = 0;    // sum of the minima
  int32_t household = -1;  // one that is heavier than any steward's maximum; -1: none
  int64_t household_weight = 0;
  bool proved = false;  // weight > capacity, weight < required, or such a household
};

// One sentence for an official; `unit_name` and `household_id` may be empty.
std::string Describe(const WeightShortage& shortage, absl::string_view unit_name, absl::string_view household_id,
                     Language language);

// The bound is that of the multipliers u_h of the relaxation of "every household once" (generalized_assignment.h), over
// all pairs of each jurisdiction.
struct WeightedPlan {
  WeightedOutcome outcome = WeightedOutcome::kOptimal;
  std::vector<int32_t> steward_of;        // n, -1 where nobody is assigned
  std::vector<int64_t> load;              // m: sum of the weights served
  int64_t total_cost_cm = 0;              // sum of weight x distance
  int64_t distance_cm = 0;                // sum of distances
  int64_t bound_cm = 0;                   // no plan costs less; 0 unless a plan was found
  std::vector<int64_t> multiplier_cm;     // n: the certificate of the bound
  std::vector<WeightShortage> shortages;  // by increasing unit; empty when there is a plan
  double seconds = 0;                     // wall time
};

// `weights`: n entries, 1..kMostHouseholdWeight; their sum times the extent in
// cm at most 2^52. Guarantees: (1) bounds, in units of weight, and jurisdictions hold in every
// returned assignment; (2) bound_cm <= the least total of any plan; (3) without a time limit the same bytes for the
// same input and seed (RunContext::seed), whatever the number of threads. Errors: those of Validate; weights; options.
// Memory O(n + m) times the length of a candidate list.
absl::StatusOr<WeightedPlan> SolveWeighted(const Problem& problem, absl::Span<const int32_t> weights,
                                           const WeightedOptions& options, RunContext& context);

struct WeightedVerification {
  bool feasible = false;  // everybody is served within bounds and jurisdictions
  int64_t unserved = 0;   // households without a steward
  int64_t load_min = 0;   // sums of weights, over all stewards; 0 for none
  int64_t load_max = 0;
  int64_t distance_cm = 0;    // sum of distances over the households that are served
  int64_t total_cost_cm = 0;  // sum of weight x distance
  bool bound_held = true;     // false when a knapsack was too large to recompute (households x maximum > 2^32)
  int64_t bound_cm = 0;       // recomputed from the multipliers over all pairs; 0 when none were given
};

// Recomputes a plan and its bound from the input, sharing no code with the solver: a plain dynamic program for each
// steward over all households of his jurisdiction, O(n x max) each - minutes for a whole street without jurisdictions.
// `multiplier_cm`: n, or empty for feasibility only.
absl::StatusOr<WeightedVerification> VerifyWeighted(const Problem& problem, absl::Span<const int32_t> weights,
                                                    absl::Span<const int32_t> steward_of,
                                                    absl::Span<const int64_t> multiplier_cm);

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_WEIGHTED_H_
