#include "cli/verify_weighted.h"

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/assignment/weighted.h"
#include "lianhu/io/household_columns.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::cli {
namespace {

using assignment::WeightedVerification;

std::string Report(const WeightedVerification& result, bool bounded, bool chinese) {
  const double gap = 100 * static_cast<double>(result.total_cost_cm - result.bound_cm) /
                     std::max(1.0, static_cast<double>(result.bound_cm));
  if (chinese) {
    const std::string proof = !bounded ? "未给出乘子，没有检查下界"
                              : !result.bound_held
                                  ? "规模太大，下界无法重新计算"
                                  : absl::StrFormat("下界%d厘米，相差不超过%.3f%%", result.bound_cm, gap);
    return absl::StrCat(result.feasible ? "上下限与辖区：符合\n" : "上下限与辖区：不符合\n", "每人权重",
                        result.load_min, "至", result.load_max, "，无人联系", result.unserved, "户，权重×距离合计",
                        result.total_cost_cm, "厘米\n", proof);
  }
  const std::string proof = !bounded ? "no multipliers given: the bound was not checked"
                            : !result.bound_held
                                ? "too large to recompute the bound"
                                : absl::StrFormat("bound %d cm over all pairs: within %.3f %%", result.bound_cm, gap);
  return absl::StrCat(result.feasible ? "bounds and jurisdictions: kept\n" : "bounds and jurisdictions: violated\n",
                      "weights ", result.load_min, " to ", result.load_max, ", unserved ", result.unserved,
                      ", sum of weight x distance ", result.total_cost_cm, " cm\n", proof);
}

}  // namespace

ExitCode VerifyWeightedPlan(const io::Street& street, const WeightedCheck& check, Session& session) {
  const absl::StatusOr<std::vector<int32_t>> weights =
      io::ReadWholeColumn(check.households, check.column, 1, assignment::kMostHouseholdWeight);
  if (!weights.ok()) return Complain(weights.status());
  const absl::StatusOr<std::vector<int32_t>> steward_of = io::ReadPlanCsv(street, check.plan);
  if (!steward_of.ok()) return Complain(steward_of.status());
  std::vector<int64_t> multipliers;
  if (!check.multipliers.empty()) {
    absl::StatusOr<std::vector<int64_t>> read = io::ReadMultipliersCsv(street, check.multipliers);
    if (!read.ok()) return Complain(read.status());
    multipliers = *std::move(read);
  }
  const absl::StatusOr<WeightedVerification> result =
      assignment::VerifyWeighted(street.View(), *weights, *steward_of, multipliers);
  if (!result.ok()) return Complain(result.status());
  absl::PrintF("%s\n", Report(*result, !multipliers.empty(), session.chinese()));
  if (result->feasible && result->bound_held) return kDone;
  Complain(session.chinese() ? "核验未通过" : "verification failed");
  return kVerificationFailed;
}

}  // namespace lianhu::cli
