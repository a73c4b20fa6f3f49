// A feasible flow under pair conditions from one that a stopped search leaves.
#ifndef LIANHU_SRC_ASSIGNMENT_REPAIR_RULED_H_
#define LIANHU_SRC_ASSIGNMENT_REPAIR_RULED_H_

#include "assignment/network.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

// As RepairLoads, where not every site may go to every steward: stewards above their maximum hand units along chains of
// allowed pairs to those with room, then those above their minimum to those below it. A chain exists as long as some
// load is out of bounds and a plan exists: what a search without one has reached would be a Hall violator. For a
// network without offsets. Each phase is a forest grown from all who give, O(m log m) and a chain for each that reaches
// room. Returns false when cancelled. Deterministic.
bool RepairRuledLoads(Network& network, RunContext& context);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_REPAIR_RULED_H_
