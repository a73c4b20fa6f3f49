// How much distance can be saved by how many changes of steward: the exact frontier, and the best plan within K moves.
//
// Given each household's current steward, a *move* is a household served by another one. With a switch cost of S cm a
// move the plan minimises distance + S x moves, which is a flow like any other; as S falls from very large to 0 the
// optimum runs through the *supported* points of (moves, distance), the lower convex hull, from the fewest moves that
// the bounds allow to the least distance. Every one is found:
//
//   between two neighbours A and B on the hull so far, the slope S = (d_A - d_B) / (m_B - m_A), a fraction, is tried as
//   switch cost (costs are scaled to whole numbers). Either nothing is better than the line, and its duals prove that
//   A-B is an edge of the hull, or the optimum is a new point between them.
//
// (Dichotomic search of a bicriteria problem: Aneja and Nair 1979.) On an edge A and B differ by chains and rings of
// households handed on, each of which lies on the line and may be carried out alone, so the points between are plans
// too. They are all exact: no plan with as few moves is shorter. Between neighbouring points of an edge there may be
// plans above the line; the line is then a lower bound, which is said with the gap.
//
// A household without a current steward (-1) is no move, whoever serves it; one whose current steward is in another
// jurisdiction or of another kind must move. Pair conditions other than kinds, and a cost of load, are refused by name.
#ifndef LIANHU_ASSIGNMENT_FRONTIER_H_
#define LIANHU_ASSIGNMENT_FRONTIER_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment {

// A switch cost in centimetres, as a fraction.
struct SwitchCost {
  int64_t numerator = 0;
  int64_t denominator = 1;
  double cm() const { return static_cast<double>(numerator) / static_cast<double>(denominator); }
};

struct FrontierPoint {
  int64_t moves = 0;
  int64_t total_cost_cm = 0;
  // The least switch cost at which this point is optimal: what the last of its moves saves less than or as much as the
  // next would. 0 for the point of least distance.
  SwitchCost switch_cost;
  bool vertex = false;  // a corner of the hull, not a point within an edge
};

struct FrontierOptions {
  // Where bounds cannot be met: as in SolveOptions.
  bool best_effort = false;
};

struct Frontier {
  Outcome outcome = Outcome::kOptimal;         // kOptimal, kBestEffort, kInfeasible or kCancelled
  std::vector<FrontierPoint> points;           // by increasing moves, falling distance; empty unless there is a plan
  std::vector<Infeasibility> infeasibilities;  // as in a Plan
  int64_t solves = 0;                          // switch costs tried
  double seconds = 0;
};

// `current`: n entries, a steward or -1. Errors: those of Validate, a wrong length or steward in `current`. Memory that
// of a Rebalancer and n x 4 bytes for each level of the search. Cancelled: no points.
absl::StatusOr<Frontier> ComputeFrontier(const Problem& problem, absl::Span<const int32_t> current,
                                         const FrontierOptions& options, RunContext& context);

// The best plan with at most `max_moves` moves that is on the frontier, and the bound that it is to be held against.
struct LimitedPlan {
  Outcome outcome = Outcome::kOptimal;
  std::vector<int32_t> steward_of;  // n
  std::vector<int32_t> load;        // m
  int64_t moves = 0;
  int64_t total_cost_cm = 0;
  // No plan with at most max_moves moves has a smaller distance than this (the Lagrangian bound, rounded up). Equal to
  // total_cost_cm where max_moves is hit or nothing more is to be gained.
  int64_t bound_cm = 0;
  double gap_percent = 0;    // (total - bound) / bound x 100
  int64_t fewest_moves = 0;  // what the bounds force
  bool within_limit = true;  // false: max_moves < fewest_moves; the plan is then the one with the fewest moves
  SwitchCost switch_cost;    // at which this plan and the bound are proved
  // The proof: prices in centimetres x switch_cost.denominator, optimal at that switch cost.
  std::vector<int64_t> scaled_price;  // m
  int64_t unserved = 0;
  std::vector<Infeasibility> infeasibilities;
  double seconds = 0;
};

// Errors as above, and max_moves < 0.
absl::StatusOr<LimitedPlan> SolveWithMaxMoves(const Problem& problem, absl::Span<const int32_t> current,
                                              int64_t max_moves, const FrontierOptions& options, RunContext& context);

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_FRONTIER_H_
