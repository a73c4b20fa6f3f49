#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/posts.h"
#include "lianhu/io/score_files.h"

namespace lianhu::io {
namespace {

// The deepest unit that each holder holds; of several the first in level order.
absl::StatusOr<absl::flat_hash_map<std::string, Unit>> UnitsOfHolders(const std::string& path, const UnitTable& units) {
  const absl::StatusOr<PostTable> posts = ReadPosts(path, units);
  if (!posts.ok()) return posts.status();
  absl::flat_hash_map<std::string, Unit> unit_of;
  for (const Unit unit : units.hierarchy.units()) {
    const Person holder = posts->posts.holder(unit);
    if (holder == kVacant) continue;
    const auto [at, fresh] = unit_of.try_emplace(posts->people[holder], unit);
    if (!fresh && units.hierarchy.depth(unit) > units.hierarchy.depth(at->second)) at->second = unit;
  }
  return unit_of;
}

absl::StatusOr<int64_t> ReadWhole(const CsvTable& table, int64_t row, int column) {
  int64_t value = 0;
  if (!absl::SimpleAtoi(table.Field(row, column), &value)) return table.Complain(row, column, "not a whole number");
  if (value < 0) return table.Complain(row, column, "must not be negative");
  return value;
}

absl::StatusOr<int64_t> ReadCentimetres(const CsvTable& table, int64_t row, int column) {
  const absl::StatusOr<scoring::Points> thousandths = scoring::ParsePoints(table.Field(row, column));
  if (!thousandths.ok()) return table.Complain(row, column, thousandths.status().message());
  if (*thousandths < 0) return table.Complain(row, column, "must not be negative");
  return (*thousandths + 5) / 10;
}

}  // namespace

absl::StatusOr<StewardPlaces> PlaceStewards(const scoring::Checklist& checklist, const FactFile& facts,
                                            const UnitTable& units, const std::string& posts) {
  absl::flat_hash_map<std::string, Unit> unit_of;
  if (!posts.empty()) {
    absl::StatusOr<absl::flat_hash_map<std::string, Unit>> read = UnitsOfHolders(posts, units);
    if (!read.ok()) return read.status();
    unit_of = *std::move(read);
  }
  StewardPlaces places;
  for (size_t s = 0; s < facts.stewards.size(); ++s) {
    const std::string& steward = facts.stewards[s];
    const auto complain = [&](absl::string_view column, absl::string_view message, absl::string_view value) {
      return absl::InvalidArgumentError(absl::StrCat(facts.file, ": row ", facts.rows[s], ", column ", column, ": ",
                                                     message, ": '", ShownValue(value), "'"));
    };
    if (!posts.empty()) {
      const auto found = unit_of.find(steward);
      if (found == unit_of.end()) {
        return complain("steward", absl::StrCat("unknown steward, holds no post in ", posts), steward);
      }
      places.units.push_back(found->second);
      continue;
    }
    const std::string& id = facts.units.empty() ? steward : facts.units[s];
    places.units.push_back(units.Find(id));
    if (places.units.back() != kNoUnit) continue;
    if (facts.units.empty()) {
      return complain("steward", absl::StrCat("unknown steward, no unit of ", units.file, " has his id"), steward);
    }
    return complain("unit", absl::StrCat("unknown unit, not in ", units.file), id);
  }
  for (size_t f = 0; f < checklist.facts.size(); ++f) {
    if (checklist.facts[f].name != checklist.households) continue;
    for (size_t s = 0; s < facts.stewards.size(); ++s) {
      places.households.push_back(facts.values[s * checklist.facts.size() + f]);
    }
  }
  return places;
}

std::string FormatUnitScoresCsv(const UnitTable& units, const scoring::UnitScores& scores) {
  std::string csv = "unit,level,stewards,rated,households,mean,rank\n";
  for (const Unit unit : units.hierarchy.units()) {
    const bool mean = scores.mean[unit] >= 0;
    absl::StrAppend(&csv, QuoteCsvField(units.ids[unit]), ",", units.LevelName(unit), ",", scores.stewards[unit], ",",
                    scores.rated[unit], ",", scores.households[unit], ",",
                    mean ? scoring::FormatPoints(scores.mean[unit]) : "", ",",
                    mean ? absl::StrCat(scores.rank[unit]) : "", "\n");
  }
  return csv;
}

absl::StatusOr<DifficultyFile> ReadDifficultyCsv(const std::string& path, const FactFile& facts) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  int columns[4];
  const char* const names[] = {"steward", "dispersion_m", "households", "hardship"};
  for (int c = 0; c < 4; ++c) {
    const absl::StatusOr<int> column = table->RequireColumn(names[c]);
    if (!column.ok()) return column.status();
    columns[c] = *column;
  }
  const size_t n = facts.stewards.size();
  DifficultyFile file{std::vector<int64_t>(n), std::vector<int64_t>(n), std::vector<int64_t>(n)};
  std::vector<bool> seen(n, false);
  for (int64_t row = 0; row < table->rows(); ++row) {
    const auto at = std::lower_bound(facts.stewards.begin(), facts.stewards.end(), table->Field(row, columns[0]));
    if (at == facts.stewards.end() || *at != table->Field(row, columns[0])) {
      return table->Complain(row, columns[0], "unknown steward, has no facts");
    }
    const size_t s = at - facts.stewards.begin();
    if (seen[s]) return table->Complain(row, columns[0], "is there twice");
    seen[s] = true;
    const absl::StatusOr<int64_t> dispersion = ReadCentimetres(*table, row, columns[1]);
    if (!dispersion.ok()) return dispersion.status();
    const absl::StatusOr<int64_t> households = ReadWhole(*table, row, columns[2]);
    if (!households.ok()) return households.status();
    const absl::StatusOr<int64_t> hardship = ReadWhole(*table, row, columns[3]);
    if (!hardship.ok()) return hardship.status();
    if (*hardship > *households) return table->Complain(row, columns[3], "more than there are households");
    file.dispersion_cm[s] = *dispersion;
    file.households[s] = *households;
    file.hardship[s] = *hardship;
  }
  const auto missing = std::find(seen.begin(), seen.end(), false);
  if (missing == seen.end()) return file;
  return absl::InvalidArgumentError(
      absl::StrCat(path, ": no row for steward '", ShownValue(facts.stewards[missing - seen.begin()]), "'"));
}

std::string FormatStrataCsv(const FactFile& facts, const scoring::Scores& scores, const scoring::Strata& strata) {
  std::string csv = "steward,difficulty,stratum,total,rank,stratum_rank,adjustment,adjusted,adjusted_rank\n";
  for (int32_t s = 0; s < scores.stewards; ++s) {
    if (strata.stratum[s] == scoring::kNoIndex) continue;
    absl::StrAppend(&csv, QuoteCsvField(facts.stewards[s]), ",", scoring::FormatDecimal({strata.difficulty[s]}), ",",
                    strata.stratum[s] + 1, ",", scoring::FormatPoints(scores.total[s]), ",", scores.rank[s], ",",
                    strata.stratum_rank[s], ",", scoring::FormatPoints(strata.adjustment[s]), ",",
                    scoring::FormatPoints(strata.adjusted[s]), ",", strata.adjusted_rank[s], "\n");
  }
  return csv;
}

}  // namespace lianhu::io
