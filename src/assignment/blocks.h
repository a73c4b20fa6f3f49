// Stewards in blocks of neighbours that threads can work on side by side.
#ifndef LIANHU_SRC_ASSIGNMENT_BLOCKS_H_
#define LIANHU_SRC_ASSIGNMENT_BLOCKS_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "assignment/network.h"

namespace lianhu::assignment::internal {

// The stewards are cut, along their spatial order, into runs of equal length. A steward keeps to his block when every
// candidate of every site that lists him is in it. A step that starts from such a steward reads and writes nothing but
// sites with all their candidates in the block, and these candidates: steps in different blocks do not meet. How the
// cut is made does not depend on the threads, so that no result does either.
class Blocks {
 public:
  // One block only, which everybody keeps to, where there are few stewards. O(arcs).
  Blocks(const Network& network, int threads);

  int32_t count() const { return count_; }
  int32_t begin(int32_t block) const { return std::min(stewards_, block * size_); }
  int32_t end(int32_t block) const { return begin(block + 1); }
  bool Keeps(int32_t steward, int32_t block) const { return home_.empty() || home_[steward] == block; }

 private:
  int32_t stewards_;
  int32_t count_;
  int32_t size_;
  std::vector<int32_t> home_;  // of each steward: the block he keeps to, or kNone
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_BLOCKS_H_
