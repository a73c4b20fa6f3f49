// The door of contiguous grouping.
#ifndef LIANHU_SRC_DISTRICTING_CONTIGUOUS_CHECK_H_
#define LIANHU_SRC_DISTRICTING_CONTIGUOUS_CHECK_H_

#include "absl/status/status.h"
#include "lianhu/districting/contiguous_partition.h"

namespace lianhu::districting::internal {

absl::Status CheckContiguousProblem(const ContiguousProblem& problem);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_CONTIGUOUS_CHECK_H_
