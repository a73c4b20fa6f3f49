// The search for a partition of one connected region into connected parts.
#ifndef LIANHU_SRC_DISTRICTING_REGION_PARTITION_H_
#define LIANHU_SRC_DISTRICTING_REGION_PARTITION_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "districting/node_graph.h"

namespace lianhu::districting::internal {

struct RegionTask {
  const NodeGraph* graph = nullptr;  // connected
  int32_t parts = 1;                 // 1..graph->size()
  int64_t low = 0;                   // bounds of a part's weight
  int64_t high = 0;
  bool by_distance = false;  // minimise inertia, else the edges between parts
  int64_t work = 0;          // moves to propose
  uint64_t seed = 0;
};

struct RegionPlan {
  std::vector<int32_t> part_of;
  int64_t excess = 0;  // weight out of bounds, in all
  double cost = 0;     // edges between parts, or inertia

  bool BetterThan(const RegionPlan& other) const {
    return excess != other.excess ? excess < other.excess : cost < other.cost;
  }
};

// Multilevel simulated annealing: a tree partition of a coarse copy, annealed at every level on the way back. The best
// plan met, also when stopped early: connected parts, each with a node. The plan depends on the task alone unless
// `stop` ends it.
RegionPlan PartitionRegion(const RegionTask& task, const std::function<bool()>& stop);

// Draws a few neighbouring parts of `plan` anew, again and again, and keeps what is no worse. As above.
RegionPlan ImproveRegion(const RegionTask& task, RegionPlan plan, const std::function<bool()>& stop);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_REGION_PARTITION_H_
