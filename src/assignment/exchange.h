// What two plans differ by, in pieces that can be carried out one at a time.
#ifndef LIANHU_SRC_ASSIGNMENT_EXCHANGE_H_
#define LIANHU_SRC_ASSIGNMENT_EXCHANGE_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace lianhu::assignment::internal {

// Households that are handed on together, in a chain from one holder to another or around a ring.
using Exchange = std::vector<int32_t>;

// Splits the difference of two plans (a holder for each household; holders lie in [0, holders)) into chains and rings,
// each simple. Chains start where `to` holds fewer than `from` and end where it holds more, so that whichever pieces
// are carried out, every load stays between those of the two plans. O(difference).
std::vector<Exchange> SplitDifference(absl::Span<const int32_t> from, absl::Span<const int32_t> to, int32_t holders);

// The subset of `sizes` (all > 0) whose sum is the greatest not above `limit`: exact while sizes x limit is moderate (a
// table of bits), beyond that the largest that fit, in order. Returns indices in increasing order.
std::vector<int32_t> LargestSubset(const std::vector<int64_t>& sizes, int64_t limit);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_EXCHANGE_H_
