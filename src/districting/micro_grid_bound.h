// Lower bounds of drawn micro-grids.
#ifndef LIANHU_SRC_DISTRICTING_MICRO_GRID_BOUND_H_
#define LIANHU_SRC_DISTRICTING_MICRO_GRID_BOUND_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "districting/micro_grid_units.h"
#include "lianhu/districting/micro_grids.h"

namespace lianhu::districting::internal {

// What no plan with as many parts in each jurisdiction is below, moves and all. The greater of two:
//
//   A part of weight W costs, about its mean, sum over pairs of w_i w_j d_ij^2 / W, and about its medoid at least the
//   same with d_ij for d_ij^2, as d_ij <= d_i + d_j. Each household therefore costs at least w_i / 2W times the sum
//   over those nearest to it, up to the least weight that a part can have.
//
//   For medians without weights, where the lists fit in memory: the Lagrangian bound of choosing medoids
//   (choice_bound.h), raised as far as `work` goes.
//
// `plan` has parts and part_of; units fit. `stop` ends it early, with what is known by then: 0 for nothing.
double BoundOf(const MicroGridProblem& problem, absl::Span<const Point> places, const std::vector<DrawnUnit>& units,
               const MicroGridPlan& plan, int64_t work, int threads, const std::function<bool()>& stop);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_MICRO_GRID_BOUND_H_
