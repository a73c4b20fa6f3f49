#ifndef LIANHU_CAPI_PROBLEM_H_
#define LIANHU_CAPI_PROBLEM_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lianhu.h"
#include "lianhu/assignment/problem.h"

namespace lianhu::capi {

// The caller's problem as the solver's; holds the copies of what could not be viewed.
class ProblemView {
 public:
  absl::StatusOr<assignment::Problem> View(const lianhu_assignment_problem* given);

 private:
  absl::Status ViewConditions(const lianhu_assignment_problem& given, assignment::Problem& problem);
  absl::Status ViewListedCosts(const lianhu_assignment_problem& given, assignment::Problem& problem) const;

  std::vector<Point> households_;
  std::vector<Point> stewards_;
  std::vector<int32_t> household_units_;
  std::vector<int32_t> steward_units_;
  std::vector<int32_t> steward_min_;
  std::vector<int32_t> steward_max_;
  std::vector<int32_t> household_kinds_;
  std::vector<int32_t> steward_kinds_;
  std::vector<assignment::Pair> forbidden_;
  std::vector<assignment::Pair> fixed_;
  std::vector<assignment::PairPreference> preferences_;
  std::vector<int32_t> current_;
  std::vector<assignment::LoadCostStep> load_cost_;
};

// What these options, which may be null, say of best effort; of the rest only the defaults are allowed.
absl::StatusOr<bool> ReadBestEffort(const lianhu_assignment_options* options);

}  // namespace lianhu::capi

#endif  // LIANHU_CAPI_PROBLEM_H_
