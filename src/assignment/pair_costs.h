// The costs of many pairs at once: the vector twin of PairCost in assignment/problem.h.
#ifndef LIANHU_SRC_ASSIGNMENT_PAIR_COSTS_H_
#define LIANHU_SRC_ASSIGNMENT_PAIR_COSTS_H_

#include <cstdint>

#include "lianhu/base/point.h"

namespace lianhu::assignment::internal {

// cost_cm[k] = PairCost(from, {x[k], y[k]}) for k in [0, count); exact, on every instruction set the same. The extent
// that Validate allows keeps each cost inside 32 bits.
void PairCosts(Point from, const double* x, const double* y, int count, int32_t* cost_cm);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_PAIR_COSTS_H_
