// A jurisdiction seen from afar: neighbouring sites and stewards put together.
#ifndef LIANHU_SRC_ASSIGNMENT_COARSE_NETWORK_H_
#define LIANHU_SRC_ASSIGNMENT_COARSE_NETWORK_H_

#include "assignment/network.h"

namespace lianhu::assignment::internal {

// The network in which four neighbours in spatial order make one: sites with their supplies, stewards with the sums of
// their bounds, each at the middle. It has the same households and the same room, so that it is feasible when `fine`
// is.
Network Coarsen(const Network& fine);

// Gives `fine` the prices that those of its solved coarse network suggest: at each steward the plane fitted to the
// nearest coarse ones. Prices are a landscape whose slopes matter; a copied price would be a terrace.
void PricesFromCoarse(const Network& coarse, Network& fine);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_COARSE_NETWORK_H_
