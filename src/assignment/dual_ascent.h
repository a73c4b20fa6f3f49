// Good prices fast: coordinate ascent on the dual, the warm start of the exact search.
#ifndef LIANHU_SRC_ASSIGNMENT_DUAL_ASCENT_H_
#define LIANHU_SRC_ASSIGNMENT_DUAL_ASCENT_H_

#include <cstdint>

#include "assignment/network.h"
#include "assignment/stop_signal.h"

namespace lianhu::assignment::internal {

// Takes stewards with an excess from a queue, and moves each one's price to where his own coordinate of the dual is
// greatest, all others fixed: an over-full steward raises it until just enough households prefer another, an under-full
// one lowers it until just enough prefer him. Between the price at which the last unit moves and that at which one more
// would, the step goes most of the way (like the bid of an auction: Bertsekas, "The auction algorithm", 1988); this
// keeps the site condition exactly and spares many later steps. The dual value never falls.
//
// Up to `threads` threads let the stewards who keep to a block (blocks.h) ascend side by side; then all take their
// turn.
//
// Ends when nobody has an excess, by the signal, or after about `steps` steps: equal margins (many households at one
// position) can make neighbours pass units to and fro, which the exact search then settles.
void AscendDual(Network& network, int64_t steps, int threads, const StopSignal& stop);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_DUAL_ASCENT_H_
