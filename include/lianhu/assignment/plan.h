// The plan: who serves whom, and the prices that prove it.
#ifndef LIANHU_ASSIGNMENT_PLAN_H_
#define LIANHU_ASSIGNMENT_PLAN_H_

#include <cstdint>
#include <vector>

#include "lianhu/assignment/infeasibility.h"

namespace lianhu::assignment {

inline constexpr int32_t kUnassigned = -1;

enum class Outcome : int32_t {
  kOptimal = 0,     // every household served within bounds; total_cost_cm == dual_bound_cm proves it
  kInfeasible = 1,  // some jurisdiction cannot be planned (see `infeasibilities`); nobody is assigned anywhere
  kBestEffort = 2,  // asked for and needed: feasible jurisdictions are optimal, the others serve as many as can be
  kCancelled = 3,   // the caller cancelled; nobody is assigned
  kTimeLimit = 4,   // the time limit came first: all bounds hold, and dual_bound_cm <= the optimum <= total_cost_cm
};

// "optimal", "infeasible", "best_effort", "cancelled", "time_limit": the words used in files and in the C ABI.
const char* OutcomeName(Outcome outcome);

// The certificate. Price p_j (centimetres) is what one more place at steward j would save: p_j > 0 only where the
// steward is full, p_j < 0 only where he has just his minimum. For any prices whatever
//
//   bound(p) = sum_h min_j (c_hj + p_j)  -  sum_j (p_j > 0 ? p_j max_j : p_j min_j),
//
// with c_hj the cost of problem.h and j over the stewards allowed to h, is at most the cost of any plan; it equals
// ours. With a load cost f the second sum is that of max over min_j <= L <= max_j of p_j L - f(L), and p_j between the
// marginal costs of the steward's last household and of one more. Verify recomputes it.
struct Plan {
  Outcome outcome = Outcome::kOptimal;
  std::vector<int32_t> steward_of;             // n: steward's index, or kUnassigned
  std::vector<int64_t> price_cm;               // m
  std::vector<int32_t> load;                   // m: households served
  int64_t total_cost_cm = 0;                   // the objective, over the households that are served
  int64_t dual_bound_cm = 0;                   // == the total if optimal and in best effort, <= at a time limit; else 0
  int64_t distance_cm = 0;                     // sum of distances alone; equal to the total without further costs
  int64_t switches = 0;                        // households that have another steward than their current one
  int64_t unserved = 0;                        // households left over (best effort), else 0
  std::vector<Infeasibility> infeasibilities;  // by increasing unit; empty when optimal
  double seconds = 0;                          // wall time of Solve, from coordinates in memory to the proved plan
};

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_PLAN_H_
