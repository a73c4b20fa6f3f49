// Other aims than the least total: the least greatest distance, or the evenest loads. Both are lexicographic and exact:
// first the one figure is as small as can be, with a reason why it cannot be smaller, then the total is least among all
// plans that reach it, with prices as always.
#ifndef LIANHU_ASSIGNMENT_OBJECTIVE_H_
#define LIANHU_ASSIGNMENT_OBJECTIVE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/assignment/infeasibility.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment {

enum class Objective : int32_t {
  kTotal = 0,       // least sum of costs (solve.h)
  kBottleneck = 1,  // least greatest distance, then the least sum of costs
  kEven = 2,        // least difference between the greatest and the least load of all stewards, then the same
};

// A plan, and what it is optimal for: prices prove the total of `restricted`, the problem with the limits found put in,
// whose spans live as long as this does.
struct ObjectivePlan {
  Plan plan;
  Objective objective = Objective::kTotal;

  // Bottleneck: no plan keeps every distance below `distance_cm`. The reasons are those why the problem with pairs of
  // that distance and more taken out cannot be planned; empty when a fixed pair is that far, or when it is 0.
  int64_t distance_cm = 0;
  // Even: no plan has a smaller spread than load_max - load_min. Any plan serves somebody `load_max` or more: the
  // shortages say why with maxima of one less nobody can; and somebody `load_min` or fewer: the surpluses, with minima
  // of one more. Empty where a steward's own bounds leave no choice.
  int32_t load_min = 0;
  int32_t load_max = 0;
  std::vector<Infeasibility> reasons;

  std::vector<int32_t> steward_min;  // the bounds of an even plan, m entries; empty otherwise
  std::vector<int32_t> steward_max;

  // `problem`, the one that was solved, with those limits.
  Problem Restricted(const Problem& problem) const;
};

// Solves `problem` for `objective`. When it cannot be planned at all the outcome is kInfeasible, as in solve.h. About
// twenty feasibility tests by maximum flow (bottleneck: one for each halving of the range of distances; even: of loads)
// and one solve. Errors: those of Validate. The same result for any number of threads.
//
// Even rests on this: with U the least common maximum that serves all, and L the greatest common minimum that can be
// filled, each by itself, a plan with all loads in L..U exists (Mendelsohn and Dulmage 1958), and none has a smaller
// spread.
absl::StatusOr<ObjectivePlan> SolveObjective(const Problem& problem, Objective objective, RunContext& context);

struct ObjectiveVerification {
  // Of the plan under the limits that its own figures set: the greatest distance allowed is its greatest, loads are its
  // least to its greatest. `proved`: its total is least among all plans that do as well.
  Verification verification;
  int64_t distance_cm = 0;  // bottleneck: its greatest distance
  int32_t load_min = 0;     // even: its least and greatest load
  int32_t load_max = 0;
  bool first_proved = false;           // no plan is better in that figure
  std::vector<Infeasibility> reasons;  // why, each checked by CheckInfeasibility; empty where no choice is left

  bool proved() const { return verification.proved && first_proved; }
};

// Checks a plan of an objective from the input alone: its first figure by the reasons why the problem with a smaller
// one cannot be planned, which are found anew and then checked apart from the search; the total by `price_cm`, which
// may be empty. With kTotal it is Verify. Errors: those of Verify. Two maximum flows and a Verify.
absl::StatusOr<ObjectiveVerification> VerifyObjective(const Problem& problem, Objective objective,
                                                      absl::Span<const int32_t> steward_of,
                                                      absl::Span<const int64_t> price_cm, RunContext& context);

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_OBJECTIVE_H_
