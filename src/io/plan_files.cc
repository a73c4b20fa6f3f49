#include "lianhu/io/plan_files.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "io/roster_index.h"
#include "lianhu/base/version.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

using assignment::kUnassigned;
using Json = nlohmann::ordered_json;

std::vector<std::string> IdsOf(const Roster& roster, const std::vector<int32_t>& indices) {
  std::vector<std::string> ids;
  ids.reserve(indices.size());
  for (const int32_t i : indices) ids.push_back(roster.ids[i]);
  return ids;
}

// Reads a table of `key_column` and `value_column` that must have each of `roster` once; `take(index, row, value
// column)` is called for each row.
template <typename Take>
absl::Status ReadKeyed(const std::string& path, const Roster& roster, absl::string_view key_column,
                       absl::string_view value_column, const Take& take) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> key = table->RequireColumn(key_column);
  if (!key.ok()) return key.status();
  const absl::StatusOr<int> value = table->RequireColumn(value_column);
  if (!value.ok()) return value.status();
  const auto index = IndexOf(roster);
  std::vector<bool> seen(roster.ids.size(), false);
  for (int64_t row = 0; row < table->rows(); ++row) {
    const auto found = index.find(table->Field(row, *key));
    if (found == index.end()) return table->Complain(row, *key, absl::StrCat("not in ", roster.file));
    if (seen[found->second]) return table->Complain(row, *key, "is there already");
    seen[found->second] = true;
    if (auto status = take(*table, found->second, row, *value); !status.ok()) return status;
  }
  const auto missing = std::find(seen.begin(), seen.end(), false);
  if (missing != seen.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": column ", key_column, ": no row for '", ShownValue(roster.ids[missing - seen.begin()]),
                     "' (row ", roster.row_numbers[missing - seen.begin()], " of ", roster.file, ")"));
  }
  return absl::OkStatus();
}

Json Infeasibilities(const Street& street, const std::vector<assignment::Infeasibility>& reasons) {
  Json list = Json::array();
  for (const assignment::Infeasibility& i : reasons) {
    const std::string unit = street.SetName(i.unit, i.kind);
    Json entry;
    entry["unit"] = i.unit < 0 ? Json(nullptr) : Json(street.UnitName(i.unit));
    entry["kind"] = i.kind < 0 ? Json(nullptr) : Json(street.kind_names[i.kind]);
    entry["whole"] = i.whole;
    entry["households"] = i.households;
    entry["stewards"] = i.stewards;
    entry["capacity"] = i.capacity;
    entry["required"] = i.required;
    entry["shortage"] = i.shortage;
    entry["surplus"] = i.surplus;
    entry["stewards_needed"] = i.stewards_needed < 0 ? Json(nullptr) : Json(i.stewards_needed);
    entry["stewards_more"] = i.stewards_needed < 0 ? Json(nullptr) : Json(i.stewards_needed - i.stewards);
    entry["bound_needed"] = i.bound_needed < 0 ? Json(nullptr) : Json(i.bound_needed);
    entry["message"] = assignment::Describe(i, street.bounds, unit, Language::kEnglish);
    entry["message_zh"] = assignment::Describe(i, street.bounds, unit, Language::kChinese);
    entry["household_ids"] = IdsOf(street.households, i.household_set);
    entry["steward_ids"] = IdsOf(street.stewards, i.steward_set);
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace

std::vector<int64_t> LinkCosts(const Street& street, const std::vector<int32_t>& steward_of) {
  std::vector<Point> projected;
  absl::Span<const Point> households = street.households.positions;
  absl::Span<const Point> stewards = street.stewards.positions;
  if (street.datum == Datum::kWgs84Degrees) {
    projected.assign(households.begin(), households.end());
    projected.insert(projected.end(), stewards.begin(), stewards.end());
    projected = ProjectWgs84(projected, Middle(projected));
    households = absl::MakeConstSpan(projected).subspan(0, households.size());
    stewards = absl::MakeConstSpan(projected).subspan(households.size());
  }
  std::vector<int64_t> costs(steward_of.size(), -1);
  for (size_t h = 0; h < steward_of.size(); ++h) {
    if (steward_of[h] != kUnassigned) costs[h] = assignment::PairCost(households[h], stewards[steward_of[h]]);
  }
  return costs;
}

PlanFigures FiguresOf(const Street& street, const assignment::Plan& plan) {
  return FiguresOf(plan, LinkCosts(street, plan.steward_of));
}

PlanFigures FiguresOf(const assignment::Plan& plan, const std::vector<int64_t>& costs) {
  PlanFigures figures;
  int64_t sum = 0;
  int64_t greatest = 0;
  for (const int64_t cost : costs) {
    if (cost < 0) continue;
    ++figures.served;
    sum += cost;
    greatest = std::max(greatest, cost);
  }
  if (figures.served > 0)
    figures.mean_distance_m = static_cast<double>(sum) / 100 / static_cast<double>(figures.served);
  figures.max_distance_m = static_cast<double>(greatest) / 100;
  if (!plan.load.empty()) {
    const auto [low, high] = std::minmax_element(plan.load.begin(), plan.load.end());
    figures.load_min = *low;
    figures.load_max = *high;
  }
  return figures;
}

std::string FormatPlanCsv(const Street& street, const assignment::Plan& plan) {
  return FormatPlanCsv(street, plan, LinkCosts(street, plan.steward_of));
}

std::string FormatPlanCsv(const Street& street, const assignment::Plan& plan, const std::vector<int64_t>& costs) {
  std::string csv = "household,steward,distance_m\n";
  for (size_t h = 0; h < plan.steward_of.size(); ++h) {
    absl::StrAppend(&csv, QuoteCsvField(street.households.ids[h]), ",");
    const int32_t j = plan.steward_of[h];
    if (j == kUnassigned) {
      csv += ",\n";
    } else {
      absl::StrAppend(&csv, QuoteCsvField(street.stewards.ids[j]), ",", FormatMetres(costs[h]), "\n");
    }
  }
  return csv;
}

std::string FormatPricesCsv(const Street& street, const assignment::Plan& plan) {
  std::string csv = "steward,price_cm\n";
  for (size_t j = 0; j < plan.price_cm.size(); ++j) {
    absl::StrAppend(&csv, QuoteCsvField(street.stewards.ids[j]), ",", plan.price_cm[j], "\n");
  }
  return csv;
}

namespace {

Json Summary(const Street& street, const assignment::Plan& plan, const std::vector<int64_t>& costs) {
  const PlanFigures figures = FiguresOf(plan, costs);
  Json summary;
  summary["status"] = assignment::OutcomeName(plan.outcome);
  summary["households"] = street.households.ids.size();
  summary["stewards"] = street.stewards.ids.size();
  summary["total_cost_cm"] = plan.total_cost_cm;
  summary["dual_bound_cm"] = plan.dual_bound_cm;
  summary["gap_cm"] = plan.total_cost_cm - plan.dual_bound_cm;
  summary["mean_distance_m"] = figures.mean_distance_m;
  summary["max_distance_m"] = figures.max_distance_m;
  summary["load_min"] = figures.load_min;
  summary["load_max"] = figures.load_max;
  summary["distance_cm"] = plan.distance_cm;
  summary["switches"] = plan.switches;
  summary["unserved"] = plan.unserved;
  summary["seconds"] = plan.seconds;
  summary["version"] = kVersion;
  summary["infeasibilities"] = Infeasibilities(street, plan.infeasibilities);
  return summary;
}

}  // namespace

std::string FormatInfeasibilitiesJson(const Street& street, const std::vector<assignment::Infeasibility>& reasons) {
  return Infeasibilities(street, reasons).dump();
}

std::string FormatSummaryJson(const Street& street, const assignment::Plan& plan) {
  return FormatSummaryJson(street, plan, LinkCosts(street, plan.steward_of));
}

std::string FormatSummaryJson(const Street& street, const assignment::Plan& plan, const std::vector<int64_t>& costs) {
  return Summary(street, plan, costs).dump(2) + "\n";
}

std::string FormatSummaryJson(const Street& street, const assignment::ObjectivePlan& aimed) {
  Json summary = Summary(street, aimed.plan, LinkCosts(street, aimed.plan.steward_of));
  if (aimed.objective == assignment::Objective::kBottleneck) {
    summary["objective"] = "bottleneck";
    summary["bottleneck_cm"] = aimed.distance_cm;
  } else if (aimed.objective == assignment::Objective::kEven) {
    summary["objective"] = "even";
    summary["even_min"] = aimed.load_min;
    summary["even_max"] = aimed.load_max;
  }
  summary["reasons"] = Infeasibilities(street, aimed.reasons);
  return summary.dump(2) + "\n";
}

absl::StatusOr<std::vector<int32_t>> ReadPlanCsv(const Street& street, const std::string& path) {
  std::vector<int32_t> steward_of(street.households.ids.size(), kUnassigned);
  const auto stewards = IndexOf(street.stewards);
  const auto take = [&](const CsvTable& table, int32_t household, int64_t row, int column) -> absl::Status {
    const absl::string_view id = table.Field(row, column);
    if (id.empty()) return absl::OkStatus();
    const auto found = stewards.find(id);
    if (found == stewards.end()) return table.Complain(row, column, absl::StrCat("not in ", street.stewards.file));
    steward_of[household] = found->second;
    return absl::OkStatus();
  };
  if (auto status = ReadKeyed(path, street.households, "household", "steward", take); !status.ok()) return status;
  return steward_of;
}

namespace {

absl::StatusOr<std::vector<int64_t>> ReadCentimetres(const std::string& path, const Roster& roster,
                                                     absl::string_view key, absl::string_view value) {
  std::vector<int64_t> centimetres(roster.ids.size(), 0);
  const auto take = [&](const CsvTable& table, int32_t index, int64_t row, int column) -> absl::Status {
    if (table.Field(row, column).empty()) return table.Complain(row, column, "value missing");
    if (!absl::SimpleAtoi(table.Field(row, column), &centimetres[index])) {
      return table.Complain(row, column, "not a whole number");
    }
    return absl::OkStatus();
  };
  if (auto status = ReadKeyed(path, roster, key, value, take); !status.ok()) return status;
  return centimetres;
}

}  // namespace

absl::StatusOr<std::vector<int64_t>> ReadPricesCsv(const Street& street, const std::string& path) {
  return ReadCentimetres(path, street.stewards, "steward", "price_cm");
}

std::string FormatMultipliersCsv(const Street& street, const std::vector<int64_t>& multiplier_cm) {
  std::string csv = "household,multiplier_cm\n";
  for (size_t h = 0; h < multiplier_cm.size(); ++h) {
    absl::StrAppend(&csv, QuoteCsvField(street.households.ids[h]), ",", multiplier_cm[h], "\n");
  }
  return csv;
}

absl::StatusOr<std::vector<int64_t>> ReadMultipliersCsv(const Street& street, const std::string& path) {
  return ReadCentimetres(path, street.households, "household", "multiplier_cm");
}

}  // namespace lianhu::io
