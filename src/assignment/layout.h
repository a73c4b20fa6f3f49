// From the caller's households and stewards to the network that is solved, and back.
#ifndef LIANHU_SRC_ASSIGNMENT_LAYOUT_H_
#define LIANHU_SRC_ASSIGNMENT_LAYOUT_H_

#include <cstdint>
#include <vector>

#include "assignment/jurisdiction.h"
#include "assignment/network.h"

namespace lianhu::assignment::internal {

struct Layout {
  Network network;
  std::vector<int32_t> households;  // in spatial order: those of one site are adjacent
  std::vector<int32_t> stewards;    // in spatial order; with a load cost each is there once for each step
};

// The network of a jurisdiction at price 0, without candidate arcs. O(n + m + listed pairs) up to sorting.
Layout MakeLayout(const JurisdictionInput& input);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_LAYOUT_H_
