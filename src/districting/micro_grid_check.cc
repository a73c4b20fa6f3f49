#include "districting/micro_grid_check.h"

#include <numeric>

#include "absl/strings/str_cat.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/status.h"

namespace lianhu::districting::internal {
namespace {

// Keeps every sum of weighted distances in 63 bits.
constexpr int64_t kMostWeight = 4'000'000'000;

absl::Status CheckColumn(absl::Span<const int32_t> column, size_t n, int32_t least, const char* field) {
  if (column.empty()) return absl::OkStatus();
  if (column.size() != n) {
    return InvalidField(field, -1, absl::StrCat("has ", column.size(), " entries, expected ", n));
  }
  for (size_t i = 0; i < n; ++i) {
    if (column[i] >= least) continue;
    return InvalidField(field, static_cast<int64_t>(i), absl::StrCat("is ", column[i], ": need at least ", least));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckMicroGridProblem(const MicroGridProblem& problem) {
  const size_t n = problem.households.size();
  if (n == 0) return InvalidField("households", -1, "has no entries");
  if (auto status = assignment::Validate({.households = problem.households, .datum = problem.datum, .bounds = {}});
      !status.ok()) {
    return status;
  }
  if (auto status = CheckColumn(problem.units, n, 0, "units"); !status.ok()) return status;
  if (auto status = CheckColumn(problem.buildings, n, -1, "buildings"); !status.ok()) return status;
  if (auto status = CheckColumn(problem.weight, n, 1, "weight"); !status.ok()) return status;
  const int64_t total = std::accumulate(problem.weight.begin(), problem.weight.end(), int64_t{0});
  if (total > kMostWeight) {
    return InvalidField("weight", -1, absl::StrCat("adds up to ", total, ": need at most ", kMostWeight));
  }
  if (auto status = CheckColumn(problem.current, n, -1, "current"); !status.ok()) return status;
  const WeightBounds bounds = problem.bounds;
  if (bounds.min < 0 || bounds.max < bounds.min || bounds.max < 1) {
    return InvalidField("bounds", -1,
                        absl::StrCat("are ", bounds.min, " to ", bounds.max, ": need 0 <= min <= max and max >= 1"));
  }
  if (problem.count < 0 || problem.count > static_cast<int64_t>(n)) {
    return InvalidField("count", -1, absl::StrCat("is ", problem.count, ": need 0 to ", n, " parts"));
  }
  if (problem.objective != MicroGridObjective::kMedians && problem.objective != MicroGridObjective::kMeans) {
    return InvalidField(
        "objective", -1,
        absl::StrCat("is ", static_cast<int32_t>(problem.objective), ": need 0 (medians) or 1 (means)"));
  }
  if (!(problem.move_price >= 0 && problem.move_price <= kMaxMovePrice)) {
    return InvalidField("move_price", -1, absl::StrCat("is ", problem.move_price, ": need 0 to ", kMaxMovePrice));
  }
  if (problem.graph == nullptr) return absl::OkStatus();
  if (problem.graph->size() != static_cast<int64_t>(n)) {
    return InvalidField("graph", -1, absl::StrCat("has ", problem.graph->size(), " nodes, expected ", n));
  }
  if (!problem.current.empty()) return InvalidField("current", -1, "cannot be given beside a graph");
  return absl::OkStatus();
}

absl::Status CheckMicroGridOptions(const MicroGridOptions& options) {
  if (!(options.seconds > 0)) {
    return InvalidField("options.seconds", -1, absl::StrCat("is ", options.seconds, ": need more than 0"));
  }
  if (options.work >= 0) return absl::OkStatus();
  return InvalidField("options.work", -1, absl::StrCat("is ", options.work, ": need 0 or more"));
}

}  // namespace lianhu::districting::internal
