// The door of drawing micro-grids: every value is looked at once.
#ifndef LIANHU_SRC_DISTRICTING_MICRO_GRID_CHECK_H_
#define LIANHU_SRC_DISTRICTING_MICRO_GRID_CHECK_H_

#include "absl/status/status.h"
#include "lianhu/districting/micro_grids.h"

namespace lianhu::districting::internal {

absl::Status CheckMicroGridProblem(const MicroGridProblem& problem);
absl::Status CheckMicroGridOptions(const MicroGridOptions& options);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_MICRO_GRID_CHECK_H_
