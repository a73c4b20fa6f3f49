#include "lianhu/io/issues.h"

#include <algorithm>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "lianhu/io/calendar_files.h"

namespace lianhu::io {
namespace {

using routing::Issue;
using routing::Taxonomy;

absl::string_view WithoutZeros(absl::string_view code) {
  while (code.size() > 1 && code[0] == '0') code.remove_prefix(1);
  return code;
}

// By code, by code as a spreadsheet leaves it, or by name.
int32_t FindCategory(const Taxonomy& taxonomy, absl::string_view text) {
  if (const int32_t exact = taxonomy.FindCategory(text); exact >= 0) return exact;
  for (size_t i = 0; i < taxonomy.categories.size(); ++i) {
    const routing::Category& category = taxonomy.categories[i];
    if (WithoutZeros(category.code) == text || category.name == text || category.name_zh == text) {
      return static_cast<int32_t>(i);
    }
  }
  return -1;
}

absl::StatusOr<int32_t> ReadWhole(const CsvTable& table, int64_t row, int column, int32_t low, int32_t high) {
  const absl::string_view text = table.Field(row, column);
  if (text.empty()) return table.Complain(row, column, "value missing");
  int32_t value = 0;
  if (!absl::SimpleAtoi(text, &value)) return table.Complain(row, column, "not a whole number");
  if (value < low || value > high) return table.Complain(row, column, absl::StrCat("out of range ", low, " to ", high));
  return value;
}

absl::StatusOr<int32_t> ReadSpread(const CsvTable& table, int64_t row, int column) {
  const absl::string_view text = table.Field(row, column);
  int32_t number = 0;
  if (absl::SimpleAtoi(text, &number)) return ReadWhole(table, row, column, 1, 4);
  const int32_t level = LevelOfName(text);
  if (level < 0) return table.Complain(row, column, "need 1 to 4, or household, micro-grid, grid, community");
  return std::clamp(kHousehold - level + 1, 1, 4);
}

absl::StatusOr<Unit> ReadPlace(const CsvTable& table, int64_t row, int column, const UnitTable& units) {
  const absl::string_view id = table.Field(row, column);
  if (id.empty()) return table.Complain(row, column, "value missing");
  const Unit unit = units.Find(id);
  if (unit == kNoUnit) return table.Complain(row, column, absl::StrCat("not in ", units.file));
  return unit;
}

absl::StatusOr<int32_t> ReadKind(const CsvTable& table, int64_t row, int column, const routing::Category& category) {
  const absl::string_view text = table.Field(row, column);
  const auto found = std::find(category.kinds.begin(), category.kinds.end(), text);
  if (found != category.kinds.end()) return static_cast<int32_t>(found - category.kinds.begin());
  std::string kinds;
  for (const std::string& kind : category.kinds) absl::StrAppend(&kinds, kinds.empty() ? "" : " or ", kind);
  return table.Complain(row, column, absl::StrCat("category ", category.code, " is ", kinds));
}

bool IsGiven(const CsvTable& table, int64_t row, int column) {
  return column >= 0 && !table.Field(row, column).empty();
}

}  // namespace

absl::StatusOr<IssueColumns> IssueColumns::Find(const CsvTable& table) {
  absl::StatusOr<IssueColumns> columns = FindWithoutPlace(table);
  if (!columns.ok()) return columns;
  for (const absl::string_view name : {"household", "place", "unit"}) {
    if (columns->place < 0) columns->place = table.FindColumn(name);
  }
  if (columns->place < 0) return table.RequireColumn("household").status();
  return columns;
}

absl::StatusOr<IssueColumns> IssueColumns::FindWithoutPlace(const CsvTable& table) {
  IssueColumns columns;
  const std::pair<int*, absl::string_view> required[] = {{&columns.category, "category"},
                                                         {&columns.severity, "severity"}};
  for (const auto& [column, name] : required) {
    const absl::StatusOr<int> found = table.RequireColumn(name);
    if (!found.ok()) return found.status();
    *column = *found;
  }
  columns.kind = table.FindColumn("kind");
  columns.spread = table.FindColumn("spread");
  columns.power = table.FindColumn("power");
  columns.attempts = table.FindColumn("attempts");
  return columns;
}

absl::StatusOr<Issue> ReadIssue(const CsvTable& table, int64_t row, const IssueColumns& columns,
                                const Taxonomy& taxonomy, const UnitTable& units) {
  absl::StatusOr<Issue> issue = ReadIssueWithoutPlace(table, row, columns, taxonomy);
  if (!issue.ok()) return issue;
  const absl::StatusOr<Unit> place = ReadPlace(table, row, columns.place, units);
  if (!place.ok()) return place.status();
  issue->place = *place;
  return issue;
}

absl::StatusOr<Issue> ReadIssueWithoutPlace(const CsvTable& table, int64_t row, const IssueColumns& columns,
                                            const Taxonomy& taxonomy) {
  Issue issue;
  const absl::string_view category = table.Field(row, columns.category);
  if (category.empty()) return table.Complain(row, columns.category, "value missing");
  issue.category = FindCategory(taxonomy, category);
  if (issue.category < 0) return table.Complain(row, columns.category, "no such category");
  const absl::StatusOr<int32_t> severity = ReadWhole(table, row, columns.severity, 1, 4);
  if (!severity.ok()) return severity.status();
  issue.severity = *severity;
  if (IsGiven(table, row, columns.kind)) {
    const absl::StatusOr<int32_t> kind = ReadKind(table, row, columns.kind, taxonomy.categories[issue.category]);
    if (!kind.ok()) return kind.status();
    issue.kind = *kind;
  }
  if (IsGiven(table, row, columns.spread)) {
    const absl::StatusOr<int32_t> spread = ReadSpread(table, row, columns.spread);
    if (!spread.ok()) return spread.status();
    issue.spread = *spread;
  }
  if (IsGiven(table, row, columns.power)) {
    const std::optional<bool> power = ParseYesNo(table.Field(row, columns.power));
    if (!power) return table.Complain(row, columns.power, "neither yes nor no");
    issue.power = *power;
  }
  if (IsGiven(table, row, columns.attempts)) {
    const absl::StatusOr<int32_t> attempts = ReadWhole(table, row, columns.attempts, 0, 1000000);
    if (!attempts.ok()) return attempts.status();
    issue.attempts = *attempts;
  }
  return issue;
}

absl::StatusOr<IssueTable> ReadIssues(const std::string& path, const Taxonomy& taxonomy, const UnitTable& units,
                                      const routing::WorkCalendar& calendar) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<IssueColumns> columns = IssueColumns::Find(*table);
  if (!columns.ok()) return columns.status();
  const absl::StatusOr<int> time = table->RequireColumn("time");
  if (!time.ok()) return time.status();
  const int id = std::max(table->FindColumn("id"), table->FindColumn("case"));

  IssueTable issues{.file = path, .ids = {}, .issues = {}, .row_numbers = {}};
  absl::flat_hash_map<absl::string_view, int64_t> seen;
  for (int64_t row = 0; row < table->rows(); ++row) {
    if (id >= 0) {
      const absl::string_view text = table->Field(row, id);
      if (text.empty()) return table->Complain(row, id, "value missing");
      const auto [first, fresh] = seen.try_emplace(text, table->RowNumber(row));
      if (!fresh) return table->Complain(row, id, absl::StrCat("is there already, in row ", first->second));
    }
    absl::StatusOr<Issue> issue = ReadIssue(*table, row, *columns, taxonomy, units);
    if (!issue.ok()) return issue.status();
    const std::optional<routing::Instant> at = ParseInstantIn(calendar, table->Field(row, *time));
    if (!at) return table->Complain(row, *time, "not a time such as 2026-03-02T10:00:00+08:00 or 2026-03-02 10:00");
    issue->time = *at;
    issues.ids.push_back(id >= 0 ? std::string(table->Field(row, id)) : absl::StrCat(table->RowNumber(row)));
    issues.issues.push_back(*issue);
    issues.row_numbers.push_back(table->RowNumber(row));
  }
  return issues;
}

}  // namespace lianhu::io
