// Micro-grids that are connected in a graph of who borders whom.
#ifndef LIANHU_SRC_DISTRICTING_MICRO_GRID_CONTIGUITY_H_
#define LIANHU_SRC_DISTRICTING_MICRO_GRID_CONTIGUITY_H_

#include "absl/status/statusor.h"
#include "lianhu/base/run_context.h"
#include "lianhu/districting/micro_grids.h"

namespace lianhu::districting::internal {

// Contiguous grouping by inertia (contiguous_partition.h), with each kept building as one node; once more without
// buildings where nothing was found with them. `places` are the projected households. Parts, faults, work, by_clock and
// cancelled are set, nothing else.
absl::StatusOr<MicroGridPlan> DrawConnected(const MicroGridProblem& problem, absl::Span<const Point> places,
                                            const MicroGridOptions& options, RunContext& context);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_MICRO_GRID_CONTIGUITY_H_
