#include "lianhu/io/score_files.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

using scoring::Checklist;

class FactReader {
 public:
  FactReader(const CsvTable& table, const Checklist& checklist, const FactFileOptions& options)
      : table_(table), checklist_(checklist), options_(options) {}

  absl::StatusOr<FactFile> Read() {
    if (auto s = FindColumns(); !s.ok()) return s;
    if (auto s = TakeRows(); !s.ok()) return s;
    if (auto s = CheckRows(); !s.ok()) return s;
    if (auto s = AddUp(); !s.ok()) return s;
    return std::move(result_);
  }

 private:
  struct Row {
    absl::string_view steward;
    absl::string_view period;
    int64_t row;  // of the table
  };

  absl::Status FindColumns() {
    result_.file = table_.name();
    const absl::StatusOr<int> steward = table_.RequireColumn("steward");
    if (!steward.ok()) return steward.status();
    steward_ = *steward;
    period_ = table_.FindColumn("period");
    unit_ = table_.FindColumn("unit");
    std::vector<bool> used(table_.header().size(), false);
    for (const int column : {steward_, period_, unit_}) {
      if (column >= 0) used[column] = true;
    }
    for (const scoring::Fact& fact : checklist_.facts) {
      int column = table_.FindColumn(fact.name);
      if (column < 0 && !fact.optional) return table_.RequireColumn(fact.name).status();
      if (column < 0) result_.absent_facts.push_back(fact.name);
      if (column >= 0) used[column] = true;
      columns_.push_back(column);
    }
    for (size_t c = 0; c < used.size(); ++c) {
      if (!used[c]) result_.other_columns.push_back(table_.header()[c]);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<int64_t> ReadCount(int64_t row, size_t fact) {
    const int column = columns_[fact];
    const absl::string_view text = column < 0 ? absl::string_view() : table_.Field(row, column);
    if (text.empty()) {
      if (checklist_.facts[fact].optional) return 0;
      return table_.Complain(row, column, "value missing");
    }
    int64_t value = 0;
    if (!absl::SimpleAtoi(text, &value)) return table_.Complain(row, column, "not a whole number");
    if (value < 0) return table_.Complain(row, column, "must not be negative");
    return value;
  }

  absl::Status TakeRows() {
    absl::flat_hash_map<std::pair<absl::string_view, absl::string_view>, int64_t> seen;
    std::set<absl::string_view> periods;
    for (int64_t row = 0; row < table_.rows(); ++row) {
      const absl::string_view steward = table_.Field(row, steward_);
      if (steward.empty()) return table_.Complain(row, steward_, "value missing");
      const absl::string_view period = period_ < 0 ? absl::string_view() : table_.Field(row, period_);
      if (period_ >= 0 && period.empty()) return table_.Complain(row, period_, "value missing");
      if (!options_.roster.empty() && !std::binary_search(options_.roster.begin(), options_.roster.end(), steward)) {
        return table_.Complain(row, steward_, absl::StrCat("unknown steward, not in ", options_.roster_file));
      }
      const auto [first, fresh] = seen.try_emplace({steward, period}, row);
      if (!fresh) {
        return table_.Complain(row, steward_,
                               absl::StrCat("has a row", period_ < 0 ? "" : " for this period", " already, row ",
                                            table_.RowNumber(first->second)));
      }
      periods.insert(period);
      for (size_t fact = 0; fact < columns_.size(); ++fact) {
        const absl::StatusOr<int64_t> value = ReadCount(row, fact);
        if (!value.ok()) return value.status();
        values_.push_back(*value);
      }
      rows_.push_back({steward, period, row});
    }
    if (!options_.period.empty() && periods.count(options_.period) == 0) {
      return absl::InvalidArgumentError(
          absl::StrCat(table_.name(), ": no row for period '", ShownValue(options_.period), "'"));
    }
    if (period_ >= 0) {
      for (const absl::string_view period : periods) {
        if (options_.period.empty() || options_.period == period) result_.periods.emplace_back(period);
      }
    }
    return absl::OkStatus();
  }

  // The checks of the room below, in terms of the file.
  absl::Status CheckRows() {
    absl::Status status =
        scoring::CheckFacts(checklist_, {static_cast<int32_t>(rows_.size()), absl::MakeConstSpan(values_)});
    if (status.ok()) return status;
    const ErrorDetail detail = GetErrorDetail(status);
    if (detail.row < 0 || detail.row >= static_cast<int64_t>(rows_.size())) return status;
    const absl::string_view message = status.message().substr(status.message().find(": ") + 2);
    const int64_t row = rows_[detail.row].row;
    if (const int column = table_.FindColumn(detail.field); column >= 0) return table_.Complain(row, column, message);
    return WithErrorDetail(absl::InvalidArgumentError(absl::StrCat(table_.name(), ": row ", table_.RowNumber(row), ": ",
                                                                   detail.field, ": ", message)),
                           detail);
  }

  // One row a steward, his periods added up.
  absl::Status AddUp() {
    std::vector<size_t> order;
    for (size_t r = 0; r < rows_.size(); ++r) {
      if (options_.period.empty() || rows_[r].period == options_.period) order.push_back(r);
    }
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return std::pair(rows_[a].steward, rows_[a].period) < std::pair(rows_[b].steward, rows_[b].period);
    });
    const size_t facts = columns_.size();
    for (const size_t r : order) {
      const Row& row = rows_[r];
      if (result_.stewards.empty() || result_.stewards.back() != row.steward) {
        result_.stewards.emplace_back(row.steward);
        result_.rows.push_back(0);
        result_.values.resize(result_.values.size() + facts, 0);
        if (unit_ >= 0) result_.units.emplace_back(table_.Field(row.row, unit_));
      } else if (unit_ >= 0) {
        result_.units.back() = std::string(table_.Field(row.row, unit_));  // that of the last period
      }
      result_.rows.back() = table_.RowNumber(row.row);
      int64_t* sums = result_.values.data() + result_.values.size() - facts;
      for (size_t fact = 0; fact < facts; ++fact) {
        if (__builtin_add_overflow(sums[fact], values_[r * facts + fact], &sums[fact])) {
          return table_.Complain(row.row, columns_[fact], "the sum over the periods leaves 64 bits");
        }
      }
    }
    return absl::OkStatus();
  }

  const CsvTable& table_;
  const Checklist& checklist_;
  const FactFileOptions& options_;
  int steward_ = -1;
  int period_ = -1;
  int unit_ = -1;
  std::vector<int> columns_;
  std::vector<Row> rows_;
  std::vector<int64_t> values_;
  FactFile result_;
};

}  // namespace

absl::StatusOr<FactFile> ReadFactsCsv(const std::string& path, const Checklist& checklist,
                                      const FactFileOptions& options) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  return FactReader(*table, checklist, options).Read();
}

std::string FormatScoresCsv(const Checklist& checklist, const FactFile& facts, const scoring::Scores& scores) {
  std::string csv = "steward";
  for (const scoring::Group& group : checklist.groups) {
    for (const scoring::Indicator& indicator : group.indicators) absl::StrAppend(&csv, ",", indicator.id);
  }
  absl::StrAppend(&csv, ",bonus,deduction,total,grade,status,rank\n");
  for (int32_t s = 0; s < scores.stewards; ++s) {
    absl::StrAppend(&csv, QuoteCsvField(facts.stewards[s]));
    for (int32_t i = 0; i < scores.indicators; ++i) {
      const scoring::Points points = scores.points[static_cast<size_t>(s) * scores.indicators + i];
      absl::StrAppend(&csv, ",", points < 0 ? "not applicable" : scoring::FormatPoints(points));
    }
    const bool rated = scores.status[s] == scoring::ScoreStatus::kRated;
    absl::StrAppend(&csv, ",", scoring::FormatPoints(scores.bonus[s]), ",", scoring::FormatPoints(scores.deduction[s]),
                    ",", rated ? scoring::FormatPoints(scores.total[s]) : "", ",",
                    rated ? QuoteCsvField(checklist.bands[scores.grade[s]].grade) : "", ",",
                    scoring::StatusName(scores.status[s]), ",", rated ? absl::StrCat(scores.rank[s]) : "", "\n");
  }
  return csv;
}

absl::StatusOr<std::vector<std::string>> ReadRoster(const std::string& path, const std::string& column) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> found = table->RequireColumn(column);
  if (!found.ok()) return found.status();
  absl::flat_hash_map<absl::string_view, int64_t> seen;
  std::vector<std::string> ids;
  for (int64_t row = 0; row < table->rows(); ++row) {
    const absl::string_view id = table->Field(row, *found);
    if (id.empty()) return table->Complain(row, *found, "value missing");
    const auto [first, fresh] = seen.try_emplace(id, row);
    if (!fresh) {
      return table->Complain(row, *found,
                             absl::StrCat("id is there already, in row ", table->RowNumber(first->second)));
    }
    ids.emplace_back(id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace lianhu::io
