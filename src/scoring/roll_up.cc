#include "lianhu/scoring/roll_up.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/roll_up.h"

namespace lianhu::scoring {
namespace {

absl::Status Check(const Hierarchy& hierarchy, const Scores& scores, const StewardUnits& columns) {
  const auto stewards = static_cast<size_t>(scores.stewards);
  if (columns.units.size() != stewards) {
    return InvalidField("units", -1, absl::StrCat("has ", columns.units.size(), " entries, expected ", stewards));
  }
  if (columns.households.size() != stewards && !columns.households.empty()) {
    return InvalidField("households", -1,
                        absl::StrCat("has ", columns.households.size(), " entries, expected ", stewards));
  }
  for (size_t s = 0; s < stewards; ++s) {
    const auto row = static_cast<int64_t>(s);
    if (columns.units[s] != kNoUnit && (columns.units[s] < 0 || columns.units[s] >= hierarchy.size())) {
      return InvalidField("units", row, absl::StrCat("no such unit: ", columns.units[s]));
    }
    if (!columns.households.empty() && columns.households[s] < 0) {
      return InvalidField("households", row, absl::StrCat("must not be negative: ", columns.households[s]));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<UnitScores> RollUpScores(const Hierarchy& hierarchy, const Scores& scores, const StewardUnits& columns) {
  if (auto status = Check(hierarchy, scores, columns); !status.ok()) return status;
  const auto n = static_cast<size_t>(hierarchy.size());
  std::vector<int64_t> own_stewards(n, 0);
  std::vector<int64_t> own_rated(n, 0);
  std::vector<int64_t> own_households(n, 0);
  std::vector<int64_t> own_points(n, 0);
  for (size_t s = 0; s < columns.units.size(); ++s) {
    const Unit unit = columns.units[s];
    if (unit == kNoUnit) continue;
    ++own_stewards[unit];
    if (scores.status[s] != ScoreStatus::kRated) continue;
    ++own_rated[unit];
    const int64_t weight = columns.households.empty() ? 1 : columns.households[s];
    int64_t points = 0;
    if (__builtin_mul_overflow(weight, scores.total[s], &points) ||
        __builtin_add_overflow(own_points[unit], points, &own_points[unit]) ||
        __builtin_add_overflow(own_households[unit], weight, &own_households[unit])) {
      return InvalidField("households", static_cast<int64_t>(s), "the sum leaves 64 bits");
    }
  }
  UnitScores result;
  std::vector<int64_t> points;
  for (const auto& [own, total] : {std::pair(&own_stewards, &result.stewards), std::pair(&own_rated, &result.rated),
                                   std::pair(&own_households, &result.households), std::pair(&own_points, &points)}) {
    absl::StatusOr<std::vector<int64_t>> sums = RollUpSum<int64_t>(hierarchy, *own);
    if (!sums.ok()) return sums.status();
    *total = *std::move(sums);
  }
  std::map<int32_t, std::vector<Unit>> by_level;
  for (size_t u = 0; u < n; ++u) {
    const int64_t weight = result.households[u];
    // Half up, without doubling what may fill 64 bits.
    result.mean.push_back(weight == 0 ? kNotApplicable
                                      : points[u] / weight + (points[u] % weight >= weight - weight / 2 ? 1 : 0));
    by_level[hierarchy.level(static_cast<Unit>(u))].push_back(static_cast<Unit>(u));
  }
  result.rank.assign(n, 0);
  for (const auto& [level, units] : by_level) {
    std::vector<Points> means;
    for (const Unit unit : units) means.push_back(result.mean[unit]);
    const std::vector<int32_t> ranks = RanksOf(means);
    for (size_t k = 0; k < units.size(); ++k) result.rank[units[k]] = ranks[k];
  }
  return result;
}

}  // namespace lianhu::scoring
