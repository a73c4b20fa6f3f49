// The plain knapsack by which bounds are checked; the solver has its own (gap_bound.h).
#ifndef LIANHU_SRC_ASSIGNMENT_LEAST_KNAPSACK_H_
#define LIANHU_SRC_ASSIGNMENT_LEAST_KNAPSACK_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/span.h"

namespace lianhu::assignment::internal {

inline constexpr int64_t kNoKnapsack = std::numeric_limits<int64_t>::max();

// Whether a table for `items` and weights up to `high` is within reason.
inline bool KnapsackFits(int64_t high, int64_t items) {
  return high < int64_t{1} << 27 && static_cast<double>(high + 1) * static_cast<double>(items) <= 0x1p32;
}

// The least sum of costs over sets of items whose weights sum to low..high; kNoKnapsack when there is no such set.
inline int64_t LeastKnapsack(absl::Span<const int64_t> costs, absl::Span<const int64_t> weights, int64_t low,
                             int64_t high) {
  std::vector<int64_t> least(high + 1, kNoKnapsack);  // by exact weight
  least[0] = 0;
  for (size_t h = 0; h < costs.size(); ++h) {
    for (int64_t c = high; c >= weights[h]; --c) {
      const int64_t without = least[c - weights[h]];
      if (without != kNoKnapsack) least[c] = std::min(least[c], without + costs[h]);
    }
  }
  return *std::min_element(least.begin() + low, least.end());
}

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_LEAST_KNAPSACK_H_
