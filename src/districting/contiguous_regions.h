// What lies apart is planned apart: regions of a contiguous problem and how many parts each gets.
#ifndef LIANHU_SRC_DISTRICTING_CONTIGUOUS_REGIONS_H_
#define LIANHU_SRC_DISTRICTING_CONTIGUOUS_REGIONS_H_

#include <cstdint>
#include <vector>

#include "districting/node_graph.h"
#include "lianhu/districting/contiguous_partition.h"

namespace lianhu::districting::internal {

// A connected component of the graph without the borders between jurisdictions.
struct ContiguousRegion {
  int32_t unit = -1;
  std::vector<int32_t> nodes;  // ascending
  int64_t weight = 0;
  int32_t parts = 1;
  int32_t most_parts = 1;  // that the minimum allows
  bool fits = true;        // some number of parts is within bounds
};

// In order of unit, then of the first node.
std::vector<ContiguousRegion> FindRegions(const ContiguousProblem& problem);

// Gives each region its number of parts and lists what stands against the bounds.
std::vector<PartitionFault> AllotParts(const ContiguousProblem& problem, std::vector<ContiguousRegion>& regions);

// The region alone, its nodes renumbered by their order in it.
NodeGraph GraphOf(const ContiguousProblem& problem, const ContiguousRegion& region);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_CONTIGUOUS_REGIONS_H_
