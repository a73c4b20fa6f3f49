#include "assignment/pair_costs.h"

#include <cmath>

// One copy of the loop for each instruction set, chosen when the program is loaded. Sanitizers cannot run the chooser
// that early, and other processors have no such copies: there, one portable copy.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define LIANHU_VECTOR_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define LIANHU_VECTOR_CLONES
#endif

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
