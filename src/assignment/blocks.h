// Stewards in blocks of neighbours that threads can work on side by side.
#ifndef LIANHU_SRC_ASSIGNMENT_BLOCKS_H_
#define LIANHU_SRC_ASSIGNMENT_BLOCKS_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "assignment/network.h"

namespace lianhu::assignment::internal {

// The stewards are cut, along a spatial order, into runs of equal length. A steward keeps to his block when every
// candidate of every site that lists him is in it. A step that starts from such a steward reads and writes nothing but
// sites with all their candidates in the block, and these candidates: steps in different blocks do not meet. How a cut
// is made does not depend on the threads, so that no result does either.
class Blocks {
 public:
  // Two cuts whose borders lie in different places: who is at a border of one mostly keeps to a block of the other.
  enum class Cut { kFirst, kSecond };

  // One block only, which everybody keeps to, where there are few stewards. O(arcs + m).
  Blocks(const Network& network, Cut cut, int threads);

  int32_t count() const { return count_; }
  absl::Span<const int32_t> stewards(int32_t block) const {
    const auto all = this->all();
    return all.subspan(std::min<size_t>(all.size(), size_t{1} * block * size_), size_);
  }
  absl::Span<const int32_t> all() const { return order_; }
  bool Keeps(int32_t steward, int32_t block) const { return home_.empty() || home_[steward] == block; }

 private:
  int32_t count_;
  int32_t size_;
  std::vector<int32_t> order_;
  std::vector<int32_t> home_;  // of each steward: the block he keeps to, or kNone
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_BLOCKS_H_
