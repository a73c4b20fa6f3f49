#include "lianhu/io/candidates.h"

#include <array>
#include <cmath>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "io/fields.h"
#include "lianhu/base/status.h"

namespace lianhu::io {
namespace {

using districting::Requirement;

constexpr double kMostMetres = static_cast<double>(assignment::kMaxCharge) / 100;

template <size_t kCount>
bool IsOneOf(absl::string_view field, const std::array<absl::string_view, kCount>& words) {
  const std::string word = absl::AsciiStrToLower(field);
  for (const absl::string_view each : words) {
    if (word == each) return true;
  }
  return false;
}

absl::StatusOr<bool> ReadFlag(const CsvTable& table, int64_t row, int column) {
  const absl::string_view field = table.Field(row, column);
  if (IsOneOf<6>(field, {"1", "yes", "y", "true", "是", "x"})) return true;
  if (IsOneOf<6>(field, {"", "0", "no", "n", "false", "否"})) return false;
  return table.Complain(row, column, "not yes or no");
}

absl::StatusOr<Requirement> ReadMust(const CsvTable& table, int64_t row, int column) {
  const absl::string_view field = table.Field(row, column);
  if (field.empty()) return Requirement::kFree;
  if (IsOneOf<4>(field, {"have", "must-have", "must_have", "必选"})) return Requirement::kMustHave;
  if (IsOneOf<4>(field, {"not", "must-not", "must_not", "不选"})) return Requirement::kMustNot;
  return table.Complain(row, column, "not 'have', 'not' or empty");
}

absl::Status ReadRequirements(const CsvTable& table, CandidatePool& pool) {
  const int must = table.FindColumn("must");
  const int have = table.FindColumn("must_have");
  const int never = table.FindColumn("must_not");
  for (int64_t row = 0; row < table.rows(); ++row) {
    Requirement requirement = Requirement::kFree;
    if (must >= 0) {
      const absl::StatusOr<Requirement> read = ReadMust(table, row, must);
      if (!read.ok()) return read.status();
      requirement = *read;
    }
    for (const auto& [column, meaning] :
         {std::pair{have, Requirement::kMustHave}, std::pair{never, Requirement::kMustNot}}) {
      if (column < 0) continue;
      const absl::StatusOr<bool> flag = ReadFlag(table, row, column);
      if (!flag.ok()) return flag.status();
      if (!*flag) continue;
      if (requirement != Requirement::kFree && requirement != meaning) {
        return table.Complain(row, column, "the candidate both must be chosen and must not");
      }
      requirement = meaning;
    }
    pool.requirement.push_back(static_cast<int32_t>(requirement));
  }
  return absl::OkStatus();
}

absl::Status ReadKinds(const CsvTable& table, CandidatePool& pool) {
  const int column = table.FindColumn("kind");
  if (column < 0) return absl::OkStatus();
  absl::flat_hash_map<std::string, int32_t> index;
  for (int64_t row = 0; row < table.rows(); ++row) {
    const absl::string_view name = table.Field(row, column);
    if (name.empty()) {
      pool.kinds.push_back(-1);
      continue;
    }
    const auto [kind, fresh] = index.try_emplace(std::string(name), static_cast<int32_t>(pool.kind_names.size()));
    if (fresh) pool.kind_names.emplace_back(name);
    pool.kinds.push_back(kind->second);
  }
  return absl::OkStatus();
}

// KIND:METRES,... by index of kind.
absl::StatusOr<std::vector<int64_t>> ParseKindCost(absl::string_view text, const CandidatePool& pool) {
  std::vector<int64_t> costs(pool.kind_names.size(), 0);
  if (text.empty()) return costs;
  for (const absl::string_view part : absl::StrSplit(text, ',')) {
    const std::pair<absl::string_view, absl::string_view> pair = absl::StrSplit(part, absl::MaxSplits(':', 1));
    double metres = 0;
    if (pair.first.empty() || !absl::SimpleAtod(pair.second, &metres) || !(std::abs(metres) <= kMostMetres)) {
      return InvalidField(
          "kind_cost", -1,
          absl::StrCat("need KIND:METRES,... as recommended:50,appointed:200, got '", ShownValue(part), "'"));
    }
    size_t kind = 0;
    while (kind < pool.kind_names.size() && pool.kind_names[kind] != pair.first) ++kind;
    if (kind == pool.kind_names.size()) {
      return InvalidField("kind_cost", -1, absl::StrCat("no candidate is of kind '", ShownValue(pair.first), "'"));
    }
    costs[kind] = std::llround(100 * metres);
  }
  return costs;
}

absl::Status ReadSuitability(const CsvTable& table, const std::vector<int64_t>& kind_cost, CandidatePool& pool) {
  int column = table.FindColumn("cost_m");
  if (column < 0) column = table.FindColumn("cost");
  if (column < 0) column = table.FindColumn("suitability");
  for (int64_t row = 0; row < table.rows(); ++row) {
    int64_t cost = 0;
    if (column >= 0 && !table.Field(row, column).empty()) {
      const absl::StatusOr<double> metres = ReadNumber(table, row, column, -kMostMetres, kMostMetres);
      if (!metres.ok()) return metres.status();
      cost = std::llround(100 * *metres);
    }
    if (!pool.kinds.empty() && pool.kinds[row] >= 0) cost += kind_cost[pool.kinds[row]];
    if (std::abs(cost) > assignment::kMaxCharge) {
      return table.Complain(row, column, absl::StrCat("with the cost of its kind out of range +-", kMostMetres));
    }
    pool.suitability_cm.push_back(cost);
  }
  return absl::OkStatus();
}

}  // namespace

districting::CandidateProblem CandidatePool::View() const {
  return {.households = street.households.positions,
          .candidates = street.stewards.positions,
          .datum = street.datum,
          .household_units = street.households.units,
          .candidate_units = street.stewards.units,
          .bounds = street.bounds,
          .candidate_min = street.steward_min,
          .candidate_max = street.steward_max,
          .suitability_cm = suitability_cm,
          .requirement = requirement};
}

absl::Status ReadCandidateColumns(const CsvTable& table, absl::string_view kind_cost, CandidatePool& pool) {
  if (auto status = ReadRequirements(table, pool); !status.ok()) return status;
  if (auto status = ReadKinds(table, pool); !status.ok()) return status;
  const absl::StatusOr<std::vector<int64_t>> costs = ParseKindCost(kind_cost, pool);
  if (!costs.ok()) return costs.status();
  return ReadSuitability(table, *costs, pool);
}

absl::StatusOr<CandidatePool> ReadCandidates(const CandidateFiles& files) {
  absl::StatusOr<Street> street = ReadStreet(
      {.households = files.households, .stewards = files.candidates, .within = files.within, .bounds = files.bounds});
  if (!street.ok()) return street.status();
  CandidatePool pool;
  pool.street = *std::move(street);
  for (const auto& [roster, what] :
       {std::pair{&pool.street.households, "household"}, std::pair{&pool.street.stewards, "candidate"}}) {
    if (roster->ids.empty()) return absl::InvalidArgumentError(absl::StrCat(roster->file, ": there is no ", what));
  }
  const absl::StatusOr<CsvTable> table = CsvTable::Read(files.candidates);
  if (!table.ok()) return table.status();
  if (table->rows() != static_cast<int64_t>(pool.street.stewards.ids.size())) {
    return absl::InvalidArgumentError(absl::StrCat(files.candidates, ": changed while it was read"));
  }
  if (auto status = ReadCandidateColumns(*table, files.kind_cost, pool); !status.ok()) return status;
  return pool;
}

}  // namespace lianhu::io
