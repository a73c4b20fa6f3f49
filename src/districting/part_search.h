// Atoms of one jurisdiction into parts of bounded weight.
#ifndef LIANHU_SRC_DISTRICTING_PART_SEARCH_H_
#define LIANHU_SRC_DISTRICTING_PART_SEARCH_H_

#include <cstdint>
#include <functional>
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
// bounds. O(n log k) with weights of 1, else O(n log^2 n).
std::vector<int32_t> HalveIntoParts(const PartTask& task);

// A first partition from today's parts: the smallest are dissolved where there are too many, the greatest halved where
// there are too few. `label`: what each part goes on from, or -1. Bounds may be broken; every part has an atom.
std::vector<int32_t> ContinueParts(const PartTask& task, std::vector<int32_t>& label);

struct PartEffort {
  int64_t work = 0;  // looks at an atom and a part
  uint64_t seed = 0;
  int threads = 1;
  // Asked often, from several threads, with the share of the work that is done.
  std::function<bool(double fraction)> stop;
};

struct PartsFound {
  std::vector<std::vector<int32_t>> part_of;  // of each task's atoms
  std::vector<int64_t> excess;                // of each task: weight out of bounds
  int64_t work = 0;
};

// Improves partitions of all tasks side by side until the work is done or nothing is gained any more: regions of
// neighbouring parts are improved, then shaken and improved again, and kept where that is better. What is done to a
// region depends on the seed and its place in the order alone, so that threads change nothing. With weights of 1 every
// part ends within bounds.
PartsFound SearchParts(const std::vector<PartTask>& tasks, const PartEffort& effort);

struct PartRepair {
  std::vector<int32_t> part_of;
  int64_t excess = 0;
  double moved = 0;  // weight of atoms that left the part of today
  double cost = 0;   // of all parts and moves
};

// Today's parts brought within bounds with `task.parts` parts, touching only those around newcomers (atoms that are in
// no part today) and what is out of bounds.
PartRepair RepairParts(const PartTask& task, uint64_t seed);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_PART_SEARCH_H_
