#include "lianhu/io/conditions.h"

#include <cmath>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "io/roster_index.h"
#include "lianhu/base/status.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/plan_files.h"

namespace lianhu::io {
namespace {

absl::StatusOr<int64_t> ReadCharge(const CsvTable& table, int64_t row, int column) {
  const absl::string_view text = table.Field(row, column);
  if (text.empty()) return table.Complain(row, column, "value missing");
  double metres = 0;
  if (!absl::SimpleAtod(text, &metres) || !std::isfinite(metres)) return table.Complain(row, column, "not a number");
  const double limit = static_cast<double>(assignment::kMaxCharge) / 100;
  if (std::abs(metres) > limit)
    return table.Complain(row, column, absl::StrCat("out of range ", -limit, " to ", limit));
  return std::llround(100 * metres);
}

class PairReader {
 public:
  explicit PairReader(const Street& street)
      : street_(street), households_(IndexOf(street.households)), stewards_(IndexOf(street.stewards)) {}

  // Calls take(household, steward, row, table) for each row of the file, if one is given.
  template <typename Take>
  absl::Status Read(const std::string& path, const Take& take) const {
    if (path.empty()) return absl::OkStatus();
    const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
    if (!table.ok()) return table.status();
    const absl::StatusOr<int> household = table->RequireColumn("household");
    if (!household.ok()) return household.status();
    const absl::StatusOr<int> steward = table->RequireColumn("steward");
    if (!steward.ok()) return steward.status();
    for (int64_t row = 0; row < table->rows(); ++row) {
      const auto h = households_.find(table->Field(row, *household));
      if (h == households_.end()) {
        return table->Complain(row, *household, absl::StrCat("not in ", street_.households.file));
      }
      const auto j = stewards_.find(table->Field(row, *steward));
      if (j == stewards_.end()) return table->Complain(row, *steward, absl::StrCat("not in ", street_.stewards.file));
      if (auto status = take(h->second, j->second, row, *table); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

 private:
  const Street& street_;
  RosterIndex households_;
  RosterIndex stewards_;
};

// What the door of the solver says of a pair, said of the row of its file.
absl::Status InFile(const absl::Status& status, const Street& street, const std::string& path, const CsvTable& table) {
  const ErrorDetail detail = GetErrorDetail(status);
  const bool fixed = detail.field == "fixed";
  const int32_t h = fixed ? street.fixed[detail.row].household : street.preferences[detail.row].household;
  const int32_t j = fixed ? street.fixed[detail.row].steward : street.preferences[detail.row].steward;
  const char* fault = "the pair is there already";
  if (fixed) {
    const assignment::Problem problem = street.View();
    fault = problem.HouseholdUnit(h) != problem.StewardUnit(j)   ? "the steward is of another jurisdiction"
            : problem.HouseholdKind(h) != problem.StewardKind(j) ? "the steward is of another kind"
            : absl::StrContains(status.message(), "forbidden")   ? "the pair is forbidden, too"
                                                                 : "the household is fixed to another steward already";
  }
  return WithErrorDetail(
      absl::InvalidArgumentError(absl::StrCat(path, ": row ", table.RowNumber(detail.row), ", household '",
                                              ShownValue(street.households.ids[h]), "', steward '",
                                              ShownValue(street.stewards.ids[j]), "': ", fault)),
      detail);
}

}  // namespace

absl::StatusOr<std::vector<assignment::LoadCostStep>> ParseLoadCost(absl::string_view text) {
  std::vector<assignment::LoadCostStep> steps;
  if (text.empty()) return steps;
  for (const absl::string_view part : absl::StrSplit(text, ',')) {
    const std::vector<absl::string_view> pair = absl::StrSplit(part, ':');
    assignment::LoadCostStep step;
    double metres = 0;
    if (pair.size() != 2 || !absl::SimpleAtoi(pair[0], &step.above) || !absl::SimpleAtod(pair[1], &metres) ||
        !(std::abs(metres) <= static_cast<double>(assignment::kMaxCharge) / 100)) {
      return InvalidField("load_cost", -1,
                          absl::StrCat("need ABOVE:METRES,... as 15:20,18:50, got '", ShownValue(part), "'"));
    }
    step.cost_cm = std::llround(100 * metres);
    steps.push_back(step);
  }
  return steps;
}

absl::Status ReadConditions(const ConditionFiles& files, Street& street) {
  street.max_distance = files.max_distance_m;
  if (!(street.max_distance >= 0)) {
    return InvalidField("max_distance", -1, absl::StrCat("must not be negative: ", street.max_distance));
  }
  const double most = static_cast<double>(assignment::kMaxCharge) / 100;
  if (!(files.switch_cost_m >= 0 && files.switch_cost_m <= most)) {
    return InvalidField("switch_cost", -1, absl::StrCat("must be 0 to ", most, " m: ", files.switch_cost_m));
  }
  street.switch_cost_cm = std::llround(100 * files.switch_cost_m);
  absl::StatusOr<std::vector<assignment::LoadCostStep>> steps = ParseLoadCost(files.load_cost);
  if (!steps.ok()) return steps.status();
  street.load_cost = *std::move(steps);
  if (!files.current.empty()) {
    absl::StatusOr<std::vector<int32_t>> current = ReadPlanCsv(street, files.current);
    if (!current.ok()) return current.status();
    street.current = *std::move(current);
  }
  const PairReader reader(street);
  absl::StatusOr<CsvTable> fixed = CsvTable::Parse("household,steward\n", "");
  absl::StatusOr<CsvTable> preferences = fixed;
  absl::Status status = reader.Read(files.forbidden, [&](int32_t h, int32_t j, int64_t, const CsvTable&) {
    street.forbidden.push_back({h, j});
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  status = reader.Read(files.fixed, [&](int32_t h, int32_t j, int64_t row, const CsvTable& table) {
    if (row == 0) fixed = table;
    street.fixed.push_back({h, j});
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  status =
      reader.Read(files.preferences, [&](int32_t h, int32_t j, int64_t row, const CsvTable& table) -> absl::Status {
        if (row == 0) preferences = table;
        const absl::StatusOr<int> column = table.RequireColumn("cost_m");
        if (!column.ok()) return column.status();
        const absl::StatusOr<int64_t> cost = ReadCharge(table, row, *column);
        if (!cost.ok()) return cost.status();
        street.preferences.push_back({h, j, *cost});
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  status = assignment::Validate(street.View());
  const ErrorDetail detail = GetErrorDetail(status);
  if (!status.ok() && detail.row >= 0 && detail.field == "fixed") return InFile(status, street, files.fixed, *fixed);
  if (!status.ok() && detail.row >= 0 && detail.field == "preferences") {
    return InFile(status, street, files.preferences, *preferences);
  }
  return status;
}

}  // namespace lianhu::io
