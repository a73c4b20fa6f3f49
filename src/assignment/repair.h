// A feasible flow from one that a stopped search leaves: every load within its bounds, at little extra distance.
#ifndef LIANHU_SRC_ASSIGNMENT_REPAIR_H_
#define LIANHU_SRC_ASSIGNMENT_REPAIR_H_

#include "assignment/network.h"

namespace lianhu::assignment::internal {

// Brings every load within min..max, which the sums of bounds must allow. Households in excess go to the cheapest
// candidate with room, or into a pool; stewards with too few take from candidates' households that others can spare,
// or, last, make others give into the pool; the pool goes to the nearest steward with room, those below their minimum
// first. The site condition is given up. O((n + m) log m) on spread-out data. Deterministic.
void RepairLoads(Network& network);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_REPAIR_H_
