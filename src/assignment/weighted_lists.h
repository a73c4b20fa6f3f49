// Candidate lists, prices and the pricing of all pairs for weighted households on a map.
#ifndef LIANHU_SRC_ASSIGNMENT_WEIGHTED_LISTS_H_
#define LIANHU_SRC_ASSIGNMENT_WEIGHTED_LISTS_H_

#include <cstdint>
#include <vector>

#include "assignment/gap_model.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/point.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

// One jurisdiction, planar metres, both sides in spatial order.
struct WeightedInput {
  std::vector<Point> households;
  std::vector<int32_t> weights;
  std::vector<Point> stewards;
  std::vector<LoadBounds> bounds;
};

// The exact optimum when households may be shared: as many units at each position as its households weigh, each unit
// paying its own way, is the transportation problem of jurisdiction.h.
struct SharedPlan {
  std::vector<int64_t> price;              // of each steward, cm a unit of weight
  std::vector<std::vector<int32_t>> used;  // of each household: who serves a part of it, the largest first
};

// False when cancelled. Where weights are large they are divided first, so that there are not many more units than
// households: the plan then is a good start, no longer an optimum.
bool ShareHouseholds(const WeightedInput& input, RunContext& context, SharedPlan& plan);

// A model whose items have the `per_household` stewards of least cost plus price among those with room for them, at
// least one, and, before them, those of `shared.used`. The cost of an arc is weight * PairCost.
GapModel ListedModel(const WeightedInput& input, const SharedPlan& shared, int32_t per_household);

// Adds every pair outside the lists whose cost is below its multiplier, and returns for each steward the least of
// cost - multiplier a unit of weight, rounded down, over the pairs that are still outside: >= 0.
std::vector<double> PriceOutside(const WeightedInput& input, const std::vector<double>& multiplier, GapModel& model);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_WEIGHTED_LISTS_H_
