#include "districting/contiguous_check.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu::districting::internal {
namespace {

absl::Status CheckSize(size_t entries, int32_t expected, const char* field) {
  if (entries == 0 || entries == static_cast<size_t>(expected)) return absl::OkStatus();
  return InvalidField(field, -1, absl::StrCat("has ", entries, " entries, expected ", expected));
}

absl::Status CheckLengths(absl::Span<const double> column, int32_t expected, const char* field) {
  if (auto status = CheckSize(column.size(), expected, field); !status.ok()) return status;
  for (size_t i = 0; i < column.size(); ++i) {
    if (column[i] >= 0 && std::isfinite(column[i])) continue;
    return InvalidField(field, static_cast<int64_t>(i),
                        absl::StrCat("is ", column[i], ": need a number of at least 0"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckContiguousProblem(const ContiguousProblem& problem) {
  if (problem.graph == nullptr) return InvalidField("graph", -1, "is missing");
  const int32_t n = problem.graph->size();
  if (n == 0) return InvalidField("graph", -1, "has no node");
  if (auto status = CheckSize(problem.weight.size(), n, "weight"); !status.ok()) return status;
  for (size_t i = 0; i < problem.weight.size(); ++i) {
    if (problem.weight[i] >= 0) continue;
    return InvalidField("weight", static_cast<int64_t>(i), absl::StrCat("is ", problem.weight[i], ": need at least 0"));
  }
  if (auto status = CheckSize(problem.positions.size(), n, "positions"); !status.ok()) return status;
  for (size_t i = 0; i < problem.positions.size(); ++i) {
    const Point p = problem.positions[i];
    if (std::abs(p.x) <= kMaxCoordinate && std::abs(p.y) <= kMaxCoordinate) continue;
    return InvalidField("positions", static_cast<int64_t>(i),
                        absl::StrCat("(", p.x, ", ", p.y, ") is not a position in range"));
  }
  if (auto status = CheckSize(problem.units.size(), n, "units"); !status.ok()) return status;
  if (auto status = CheckLengths(problem.area, n, "area"); !status.ok()) return status;
  if (auto status = CheckLengths(problem.outer_length, n, "outer_length"); !status.ok()) return status;
  if (auto status = CheckLengths(problem.border_length, problem.graph->border_count(), "border_length"); !status.ok()) {
    return status;
  }
  if (problem.count < 0 || problem.count > n) {
    return InvalidField("count", -1, absl::StrCat("is ", problem.count, ": need 0 to ", n, " parts"));
  }
  if (problem.bounds.min < 0 || problem.bounds.max < problem.bounds.min) {
    return InvalidField("bounds", -1,
                        absl::StrCat("are ", problem.bounds.min, " to ", problem.bounds.max, ": need 0 <= min <= max"));
  }
  return absl::OkStatus();
}

}  // namespace lianhu::districting::internal
