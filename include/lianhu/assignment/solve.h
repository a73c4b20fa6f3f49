// The exact solver. Method, proof and measurements: docs/algorithms/assignment.md.
#ifndef LIANHU_ASSIGNMENT_SOLVE_H_
#define LIANHU_ASSIGNMENT_SOLVE_H_

#include "absl/status/statusor.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment {

struct SolveOptions {
  // When a jurisdiction cannot be planned within its bounds:
  //   false  the outcome is kInfeasible, with the reasons, and nobody is assigned;
  //   true   it is planned as well as can be. Too few places: as many households as there are places are served, at the
  //          least distance among all such plans. Too many places to fill: the minimum is set aside there, every
  //          household is served at the least distance.
  bool best_effort = false;

  // Seconds after which the search ends with the best plan it has, made feasible, and a bound over all pairs (outcome
  // kTimeLimit, unless the plan is proved by then). Any number > 0; 0: no limit. Two things are not cut short: the
  // first candidate lists before, repair and bound after, together about 2 s for each million households on one core
  // (under pair conditions also the two maximum flows that say whether a plan exists); and jurisdictions with a load
  // cost, which are always solved to the end. The plan then depends on the machine's speed; that it keeps bounds,
  // jurisdictions and conditions, and its bound, do not.
  double time_limit_seconds = 0;
};

// Solves `problem` to proved optimality over all pairs of each jurisdiction.
//
// Guarantees: (1) total_cost_cm == dual_bound_cm on outcome kOptimal; (2) the same bytes for any number of threads;
// (3) bounds and jurisdictions hold in every returned assignment. Errors: those of Validate, a negative time limit.
// Memory O(n + m) times a small constant (the candidate lists), never n x m.
absl::StatusOr<Plan> Solve(const Problem& problem, const SolveOptions& options, RunContext& context);

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_SOLVE_H_
