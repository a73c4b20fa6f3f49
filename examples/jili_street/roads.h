// The same street on foot: lanes and a river with few bridges, and what a plan by straight lines costs along them.
#ifndef LIANHU_EXAMPLES_JILI_STREET_ROADS_H_
#define LIANHU_EXAMPLES_JILI_STREET_ROADS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "folder.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/base/run_context.h"
#include "lianhu/io/street.h"

namespace jili {

struct Walks {
  int64_t straight_plan_cm = 0;  // the plan by straight lines, walked along the lanes
  int64_t road_plan_cm = 0;      // the least there is along the lanes, proved
  int64_t bridges = 0;
};

// Draws lanes, plans along them, and walks `straight`, the plan by straight lines, along them too. Writes
// road_nodes.csv, road_edges.csv and plan_on_roads.csv.
absl::StatusOr<Walks> WalkTheStreet(const lianhu::io::Street& files, const lianhu::assignment::Plan& straight,
                                    uint64_t seed, const Folder& out, lianhu::RunContext& context);

}  // namespace jili

#endif  // LIANHU_EXAMPLES_JILI_STREET_ROADS_H_
