#include "scoring/multiplier_bound.h"

#include <algorithm>
#include <cmath>

#include "base/vector_clones.h"

namespace lianhu::scoring {
namespace {

LIANHU_VECTOR_CLONES
void AddColumn(const double* column, double factor, int32_t n, double* value) {
  for (int32_t r = 0; r < n; ++r) value[r] += factor * column[r];
}

// The multipliers' reply to the mean of the points so far, as a mean with their replies before.
LIANHU_VECTOR_CLONES
void Reply(const double* value, const double* inverse, double part, int32_t n, double* multipliers) {
  for (int32_t r = 0; r < n; ++r) multipliers[r] += part * ((value[r] > 0 ? inverse[r] : 0) - multipliers[r]);
}

// In the same order on all machines.
LIANHU_VECTOR_CLONES
double Product(const double* a, const double* b, int32_t n) {
  constexpr int32_t kSums = 8;
  double sums[kSums] = {};
  int32_t r = 0;
  for (; r + kSums <= n; r += kSums) {
    for (int32_t i = 0; i < kSums; ++i) sums[i] += a[r + i] * b[r + i];
  }
  double sum = 0;
  for (; r < n; ++r) sum += a[r] * b[r];
  for (const double part : sums) sum += part;
  return sum;
}

}  // namespace

double MultiplierBound::Bound(const AffineFunctions& functions, int plays, double enough) {
  const int32_t n = functions.count;
  multipliers_.assign(n, 0);
  inverse_.resize(n);
  for (int32_t r = 0; r < n; ++r) inverse_[r] = 1 / functions.greatest[r];
  point_.assign(functions.variables, 0);
  double bound = 0;
  for (int play = 0; play < plays && bound < enough; ++play) {
    const double part = 2.0 / (play + 2);
    value_.assign(functions.constant.begin(), functions.constant.begin() + n);
    for (int32_t k = 0; k < functions.variables; ++k) {
      AddColumn(functions.slope.data() + static_cast<size_t>(k) * n, point_[k], n, value_.data());
    }
    Reply(value_.data(), inverse_.data(), part, n, multipliers_.data());
    double least = Product(multipliers_.data(), functions.constant.data(), n);
    for (int32_t k = 0; k < functions.variables; ++k) {
      const double slope = Product(multipliers_.data(), functions.slope.data() + static_cast<size_t>(k) * n, n);
      least -= std::fabs(slope);
      point_[k] += part * ((slope < 0 ? 1 : -1) - point_[k]);
    }
    bound = std::max(bound, least);
  }
  return bound;
}

}  // namespace lianhu::scoring
