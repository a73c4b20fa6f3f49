#include "lianhu/assignment/problem.h"

#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

absl::Status CheckLength(absl::string_view field, size_t length, size_t expected) {
  if (length == 0 || length == expected) return absl::OkStatus();
  return InvalidField(field, -1, absl::StrCat("has ", length, " entries, expected ", expected));
}

absl::Status CheckPositions(absl::string_view field, absl::Span<const Point> points, Datum datum, Point origin) {
  const bool degrees = datum == Datum::kWgs84Degrees;
  for (size_t i = 0; i < points.size(); ++i) {
    const auto& [x, y] = points[i];
    const auto row = static_cast<int64_t>(i);
    if (!std::isfinite(x) || !std::isfinite(y)) {
      return InvalidField(field, row, absl::StrCat("coordinate is not a finite number: ", x, ", ", y));
    }
    if (degrees && !(std::abs(x) <= 180 && std::abs(y) <= 85)) {
      return InvalidField(field, row,
                          absl::StrCat("longitude must be -180..180 and latitude -85..85 degrees: ", x, ", ", y));
    }
    if (degrees) continue;
    if (!(std::abs(x) <= kMaxCoordinate && std::abs(y) <= kMaxCoordinate)) {
      return InvalidField(field, row, absl::StrCat("coordinate beyond +-", kMaxCoordinate, " m: ", x, ", ", y));
    }
    if (!(std::abs(x - origin.x) <= kMaxExtent / 2 && std::abs(y - origin.y) <= kMaxExtent / 2)) {
      return InvalidField(field, row,
                          absl::StrCat("position ", x, ", ", y, " is more than ", kMaxExtent / 2,
                                       " m from the first household's: are units or columns mixed?"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckUnits(absl::string_view field, absl::Span<const int32_t> units) {
  for (size_t i = 0; i < units.size(); ++i) {
    if (units[i] < 0) {
      return InvalidField(field, static_cast<int64_t>(i), absl::StrCat("unit must not be negative: ", units[i]));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckBounds(const Problem& problem) {
  if (problem.bounds.min < 0 || problem.bounds.min > problem.bounds.max) {
    return InvalidField("bounds", -1,
                        absl::StrCat("need 0 <= min <= max, got ", problem.bounds.min, "..", problem.bounds.max));
  }
  if (problem.steward_min.empty() && problem.steward_max.empty()) return absl::OkStatus();
  for (size_t j = 0; j < problem.stewards.size(); ++j) {
    const auto row = static_cast<int64_t>(j);
    const LoadBounds bounds = problem.BoundsOf(row);
    if (bounds.min < 0 || bounds.min > bounds.max) {
      return InvalidField(problem.steward_min.empty() ? "steward_max" : "steward_min", row,
                          absl::StrCat("need 0 <= min <= max, got ", bounds.min, "..", bounds.max));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Validate(const Problem& problem) {
  constexpr size_t kMaxCount = std::numeric_limits<int32_t>::max();
  const size_t n = problem.households.size();
  const size_t m = problem.stewards.size();
  if (n >= kMaxCount) return InvalidField("households", -1, absl::StrCat(n, " rows, at most ", kMaxCount - 1));
  if (m >= kMaxCount) return InvalidField("stewards", -1, absl::StrCat(m, " rows, at most ", kMaxCount - 1));
  if (problem.datum != Datum::kPlanarMetres && problem.datum != Datum::kWgs84Degrees) {
    return InvalidField("datum", -1, absl::StrCat("unknown value ", static_cast<int32_t>(problem.datum)));
  }

  const bool by_unit = !problem.household_units.empty() || !problem.steward_units.empty();
  if (by_unit) {
    if (problem.household_units.size() != n) {
      return InvalidField("household_units", -1,
                          absl::StrCat("has ", problem.household_units.size(), " entries, expected ", n));
    }
    if (problem.steward_units.size() != m) {
      return InvalidField("steward_units", -1,
                          absl::StrCat("has ", problem.steward_units.size(), " entries, expected ", m));
    }
  }
  if (auto status = CheckLength("steward_min", problem.steward_min.size(), m); !status.ok()) return status;
  if (auto status = CheckLength("steward_max", problem.steward_max.size(), m); !status.ok()) return status;

  const Point origin = n > 0 ? problem.households.front() : m > 0 ? problem.stewards.front() : Point{};
  if (auto s = CheckPositions("households", problem.households, problem.datum, origin); !s.ok()) return s;
  if (auto s = CheckPositions("stewards", problem.stewards, problem.datum, origin); !s.ok()) return s;
  if (auto s = CheckUnits("household_units", problem.household_units); !s.ok()) return s;
  if (auto s = CheckUnits("steward_units", problem.steward_units); !s.ok()) return s;
  return CheckBounds(problem);
}

}  // namespace lianhu::assignment
