#include "assignment/pair_costs.h"

#include <cmath>

#include "base/vector_clones.h"

namespace lianhu::assignment::internal {

LIANHU_VECTOR_CLONES
void PairCosts(Point from, const double* x, const double* y, int count, int32_t* cost_cm) {
  for (int k = 0; k < count; ++k) {
    const double dx = from.x - x[k];
    const double dy = from.y - y[k];
    const double cost = 100.0 * std::sqrt(dx * dx + dy * dy);
    const auto whole = static_cast<int32_t>(cost);
    cost_cm[k] = whole + static_cast<int32_t>(cost - whole >= 0.5);
  }
}

}  // namespace lianhu::assignment::internal
