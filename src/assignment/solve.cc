#include "lianhu/assignment/solve.h"

namespace lianhu::assignment {

absl::StatusOr<Plan> Solve(const Problem& problem, const SolveOptions&, RunContext&) {
  if (auto status = Validate(problem); !status.ok()) return status;
  return absl::UnimplementedError("solver arrives next");
}

}  // namespace lianhu::assignment
