#include "lianhu/assignment/problem.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

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

absl::Status CheckNotNegative(absl::string_view field, absl::Span<const int32_t> labels) {
  for (size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] < 0) {
      return InvalidField(field, static_cast<int64_t>(i), absl::StrCat("must not be negative: ", labels[i]));
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

// Both columns of a label, or neither.
absl::Status CheckLabels(absl::string_view household_field, absl::Span<const int32_t> household_labels, size_t n,
                         absl::string_view steward_field, absl::Span<const int32_t> steward_labels, size_t m) {
  if (household_labels.empty() && steward_labels.empty()) return absl::OkStatus();
  if (household_labels.size() != n) {
    return InvalidField(household_field, -1, absl::StrCat("has ", household_labels.size(), " entries, expected ", n));
  }
  if (steward_labels.size() != m) {
    return InvalidField(steward_field, -1, absl::StrCat("has ", steward_labels.size(), " entries, expected ", m));
  }
  return absl::OkStatus();
}

absl::Status CheckPair(absl::string_view field, size_t row, int64_t household, int64_t steward,
                       const Problem& problem) {
  if (household < 0 || household >= static_cast<int64_t>(problem.households.size())) {
    return InvalidField(field, static_cast<int64_t>(row), absl::StrCat("no such household: ", household));
  }
  if (steward < 0 || steward >= static_cast<int64_t>(problem.stewards.size())) {
    return InvalidField(field, static_cast<int64_t>(row), absl::StrCat("no such steward: ", steward));
  }
  return absl::OkStatus();
}

absl::Status CheckCharge(absl::string_view field, int64_t row, int64_t cost_cm) {
  if (-kMaxCharge <= cost_cm && cost_cm <= kMaxCharge) return absl::OkStatus();
  return InvalidField(field, row, absl::StrCat("cost must be within +-", kMaxCharge, " cm: ", cost_cm));
}

absl::Status CheckForbidden(const Problem& problem) {
  for (size_t i = 0; i < problem.forbidden.size(); ++i) {
    const Pair& pair = problem.forbidden[i];
    if (auto s = CheckPair("forbidden", i, pair.household, pair.steward, problem); !s.ok()) return s;
  }
  return absl::OkStatus();
}

absl::Status CheckFixed(const Problem& problem) {
  if (problem.fixed.empty()) return absl::OkStatus();
  using Key = std::pair<int32_t, int32_t>;
  std::vector<Key> forbidden;
  forbidden.reserve(problem.forbidden.size());
  for (const Pair& pair : problem.forbidden) forbidden.emplace_back(pair.household, pair.steward);
  std::sort(forbidden.begin(), forbidden.end());
  std::vector<int32_t> fixed_to(problem.households.size(), -1);
  for (size_t i = 0; i < problem.fixed.size(); ++i) {
    const auto row = static_cast<int64_t>(i);
    const auto& [h, j] = problem.fixed[i];
    if (auto s = CheckPair("fixed", i, h, j, problem); !s.ok()) return s;
    const auto pair = [&] { return absl::StrCat("household ", h, " to steward ", j); };
    if (problem.HouseholdUnit(h) != problem.StewardUnit(j)) {
      return InvalidField("fixed", row, absl::StrCat(pair(), " of another jurisdiction"));
    }
    if (problem.HouseholdKind(h) != problem.StewardKind(j)) {
      return InvalidField("fixed", row, absl::StrCat(pair(), " of another kind"));
    }
    if (std::binary_search(forbidden.begin(), forbidden.end(), Key(h, j))) {
      return InvalidField("fixed", row, absl::StrCat(pair(), " is also forbidden"));
    }
    if (fixed_to[h] >= 0 && fixed_to[h] != j) {
      return InvalidField("fixed", row, absl::StrCat(pair(), ", but it is fixed to steward ", fixed_to[h], " already"));
    }
    fixed_to[h] = j;
    if (problem.cost_begin.empty()) continue;
    const auto begin = problem.cost_stewards.begin();
    if (!std::binary_search(begin + problem.cost_begin[h], begin + problem.cost_begin[h + 1], j)) {
      return InvalidField("fixed", row, absl::StrCat(pair(), ", a pair without a cost"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckPreferences(const Problem& problem) {
  std::vector<std::pair<std::pair<int32_t, int32_t>, size_t>> seen;
  seen.reserve(problem.preferences.size());
  for (size_t i = 0; i < problem.preferences.size(); ++i) {
    const PairPreference& p = problem.preferences[i];
    if (auto s = CheckPair("preferences", i, p.household, p.steward, problem); !s.ok()) return s;
    if (auto s = CheckCharge("preferences", static_cast<int64_t>(i), p.cost_cm); !s.ok()) return s;
    seen.push_back({{p.household, p.steward}, i});
  }
  std::sort(seen.begin(), seen.end());
  for (size_t i = 1; i < seen.size(); ++i) {
    if (seen[i].first != seen[i - 1].first) continue;
    return InvalidField("preferences", static_cast<int64_t>(seen[i].second),
                        absl::StrCat("household ", seen[i].first.first, ", steward ", seen[i].first.second,
                                     ": the pair is there already, in row ", seen[i - 1].second));
  }
  return absl::OkStatus();
}

absl::Status CheckCurrent(const Problem& problem) {
  if (auto s = CheckLength("current", problem.current.size(), problem.households.size()); !s.ok()) return s;
  for (size_t h = 0; h < problem.current.size(); ++h) {
    if (problem.current[h] < -1 || problem.current[h] >= static_cast<int64_t>(problem.stewards.size())) {
      return InvalidField("current", static_cast<int64_t>(h), absl::StrCat("no such steward: ", problem.current[h]));
    }
  }
  if (problem.switch_cost_cm < 0 || problem.switch_cost_cm > kMaxCharge) {
    return InvalidField("switch_cost", -1, absl::StrCat("must be 0 to ", kMaxCharge, " cm: ", problem.switch_cost_cm));
  }
  if (problem.switch_cost_cm > 0 && problem.current.empty() && !problem.households.empty()) {
    return InvalidField("switch_cost", -1, "needs a current plan");
  }
  return absl::OkStatus();
}

absl::Status CheckListedCosts(const Problem& problem) {
  const size_t n = problem.households.size();
  const size_t count = problem.cost_stewards.size();
  if (problem.costs_cm.size() != count) {
    return InvalidField("costs_cm", -1, absl::StrCat("has ", problem.costs_cm.size(), " entries, expected ", count));
  }
  if (problem.cost_begin.empty()) {
    if (count == 0) return absl::OkStatus();
    return InvalidField("cost_begin", -1, absl::StrCat("has 0 entries, expected ", n + 1));
  }
  if (problem.cost_begin.size() != n + 1) {
    return InvalidField("cost_begin", -1,
                        absl::StrCat("has ", problem.cost_begin.size(), " entries, expected ", n + 1));
  }
  if (problem.cost_begin.front() != 0 || problem.cost_begin.back() != static_cast<int64_t>(count)) {
    return InvalidField("cost_begin", -1, absl::StrCat("must run from 0 to ", count));
  }
  for (size_t h = 0; h < n; ++h) {
    if (problem.cost_begin[h] > problem.cost_begin[h + 1] || problem.cost_begin[h + 1] > static_cast<int64_t>(count)) {
      return InvalidField("cost_begin", static_cast<int64_t>(h), "must not decrease");
    }
    for (int64_t k = problem.cost_begin[h]; k < problem.cost_begin[h + 1]; ++k) {
      const int32_t j = problem.cost_stewards[k];
      if (j < 0 || j >= static_cast<int64_t>(problem.stewards.size())) {
        return InvalidField("cost_stewards", k, absl::StrCat("no such steward: ", j));
      }
      if (k > problem.cost_begin[h] && problem.cost_stewards[k - 1] >= j) {
        return InvalidField("cost_stewards", k, absl::StrCat("stewards of household ", h, " must be ascending"));
      }
      if (problem.costs_cm[k] < 0 || problem.costs_cm[k] > kMaxListedCost) {
        return InvalidField("costs_cm", k, absl::StrCat("must be 0 to ", kMaxListedCost, ": ", problem.costs_cm[k]));
      }
    }
  }
  return absl::OkStatus();
}

absl::Status CheckLoadCost(const Problem& problem) {
  for (size_t i = 0; i < problem.load_cost.size(); ++i) {
    const auto row = static_cast<int64_t>(i);
    const LoadCostStep& step = problem.load_cost[i];
    if (step.cost_cm < 0 || step.cost_cm > kMaxCharge) {
      return InvalidField("load_cost", row, absl::StrCat("cost must be 0 to ", kMaxCharge, " cm: ", step.cost_cm));
    }
    if (step.above < 0) return InvalidField("load_cost", row, absl::StrCat("must not be negative: ", step.above));
    if (i == 0) continue;
    const LoadCostStep& before = problem.load_cost[i - 1];
    if (step.above <= before.above) {
      return InvalidField("load_cost", row, absl::StrCat("steps must increase: ", before.above, ", ", step.above));
    }
    if (step.cost_cm < before.cost_cm) {
      return InvalidField("load_cost", row,
                          absl::StrCat("costs must not decrease: ", before.cost_cm, ", ", step.cost_cm, " cm"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckConditions(const Problem& problem) {
  if (!(problem.max_distance >= 0)) {
    return InvalidField("max_distance", -1, absl::StrCat("must not be negative: ", problem.max_distance));
  }
  if (auto s = CheckListedCosts(problem); !s.ok()) return s;
  if (auto s = CheckForbidden(problem); !s.ok()) return s;
  if (auto s = CheckFixed(problem); !s.ok()) return s;
  if (auto s = CheckPreferences(problem); !s.ok()) return s;
  if (auto s = CheckCurrent(problem); !s.ok()) return s;
  return CheckLoadCost(problem);
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

  if (auto status =
          CheckLabels("household_units", problem.household_units, n, "steward_units", problem.steward_units, m);
      !status.ok()) {
    return status;
  }
  if (auto status =
          CheckLabels("household_kinds", problem.household_kinds, n, "steward_kinds", problem.steward_kinds, m);
      !status.ok()) {
    return status;
  }
  if (auto status = CheckLength("steward_min", problem.steward_min.size(), m); !status.ok()) return status;
  if (auto status = CheckLength("steward_max", problem.steward_max.size(), m); !status.ok()) return status;

  const Point origin = n > 0 ? problem.households.front() : m > 0 ? problem.stewards.front() : Point{};
  if (auto s = CheckPositions("households", problem.households, problem.datum, origin); !s.ok()) return s;
  if (auto s = CheckPositions("stewards", problem.stewards, problem.datum, origin); !s.ok()) return s;
  if (auto s = CheckNotNegative("household_units", problem.household_units); !s.ok()) return s;
  if (auto s = CheckNotNegative("steward_units", problem.steward_units); !s.ok()) return s;
  if (auto s = CheckNotNegative("household_kinds", problem.household_kinds); !s.ok()) return s;
  if (auto s = CheckNotNegative("steward_kinds", problem.steward_kinds); !s.ok()) return s;
  if (auto s = CheckBounds(problem); !s.ok()) return s;
  return CheckConditions(problem);
}

}  // namespace lianhu::assignment
