// The same problem solved by somebody else: LEMON's network simplex (Kovacs 2015). For tests and as the benchmark's
// peer.
#ifndef LIANHU_TESTS_ASSIGNMENT_LEMON_REFERENCE_H_
#define LIANHU_TESTS_ASSIGNMENT_LEMON_REFERENCE_H_

#include <cstdint>
#include <vector>

namespace lianhu::assignment::testing {

// A transportation problem over explicit arcs, columns in the order household by household.
struct ArcProblem {
  int32_t households = 0;
  std::vector<int32_t> min;        // a steward
  std::vector<int32_t> max;        // a steward
  std::vector<int32_t> household;  // an arc
  std::vector<int32_t> steward;    // an arc
  std::vector<int64_t> cost;       // an arc, cm
};

struct LemonResult {
  bool feasible = false;
  int64_t total_cost_cm = 0;
  double build_seconds = 0;  // the graph and its maps
  double solve_seconds = 0;
};

// NetworkSimplex with its default pivot rule; household arcs without upper capacity, its faster form.
LemonResult SolveWithLemon(const ArcProblem& problem);

}  // namespace lianhu::assignment::testing

#endif  // LIANHU_TESTS_ASSIGNMENT_LEMON_REFERENCE_H_
