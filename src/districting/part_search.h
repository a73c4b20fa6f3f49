// Atoms of one jurisdiction into parts of bounded weight.
#ifndef LIANHU_SRC_DISTRICTING_PART_SEARCH_H_
#define LIANHU_SRC_DISTRICTING_PART_SEARCH_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "lianhu/base/point.h"
#include "lianhu/districting/contiguous_partition.h"

namespace lianhu::districting::internal {

struct PartTask {
  absl::Span<const Point> at;         // of each atom
  absl::Span<const int32_t> weight;   // of each atom, >= 1
  absl::Span<const int32_t> current;  // of each atom, a part of today or -1; empty: none
  int32_t parts = 1;                  // 1..atoms
  WeightBounds bounds;
  bool medians = true;
  double move_price = 0;
};

// A first partition: the atoms are halved along the longer side of their box, again and again, each time where the
// halves can be parted within bounds and as evenly as can be. Every part has an atom; with weights of 1 all are within
// bounds. O(n log^2 n).
std::vector<int32_t> HalveIntoParts(const PartTask& task);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_PART_SEARCH_H_
