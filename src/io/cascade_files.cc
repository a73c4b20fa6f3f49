#include "lianhu/io/cascade_files.h"

#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/base/status.h"
#include "lianhu/base/version.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/instant.h"

namespace lianhu::io {
namespace {

constexpr std::array<int32_t, 3> kPercents = {50, 90, 100};

double Coverage(const CascadeCounts& counts) {
  return counts.targets == 0 ? 0 : static_cast<double>(counts.reached) / counts.targets;
}

// With four decimals, rounded down: 1.0000 is complete.
std::string CoverageText(const CascadeCounts& counts) {
  const int64_t parts = int64_t{10'000} * counts.reached / counts.targets;
  return absl::StrFormat("%d.%04d", parts / 10'000, parts % 10'000);
}

// Who acts for a unit, empty without posts or where nobody does.
std::string ActingFor(const CascadeReport& report, Unit unit) {
  if (report.posts == nullptr || report.units.hierarchy.level(unit) >= kHousehold) return "";
  const Person person = report.posts->posts.ActingFor(report.units.hierarchy, unit).person;
  return person == kVacant ? "" : report.posts->people[person];
}

// The household itself has no row of its own in tables of units.
bool IsShown(const CascadeReport& report, Unit unit) {
  return report.cascade.TakesPart(unit) &&
         (report.units.hierarchy.level(unit) < kHousehold || unit == report.cascade.options().origin);
}

}  // namespace

absl::StatusOr<Acknowledgements> ReadAcknowledgements(const std::string& path, const UnitTable& units) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  int unit_column = -1;
  for (const absl::string_view name : {"unit", "household", "id"}) {
    if (unit_column < 0) unit_column = table->FindColumn(name);
  }
  if (unit_column < 0) return table->RequireColumn("unit").status();
  const absl::StatusOr<int> time_column = table->RequireColumn("time");
  if (!time_column.ok()) return time_column.status();
  Acknowledgements acknowledgements;
  acknowledgements.file = path;
  for (int64_t row = 0; row < table->rows(); ++row) {
    const absl::string_view id = table->Field(row, unit_column);
    if (id.empty()) return table->Complain(row, unit_column, "value missing");
    const Unit unit = units.Find(id);
    if (unit == kNoUnit) return table->Complain(row, unit_column, absl::StrCat("not in ", units.file));
    const absl::string_view text = table->Field(row, *time_column);
    if (text.empty()) return table->Complain(row, *time_column, "value missing");
    const auto time = ParseInstant(text);
    if (!time) return table->Complain(row, *time_column, "not a time such as 2026-11-24T08:30:00+08:00");
    acknowledgements.units.push_back(unit);
    acknowledgements.times.push_back(*time);
    acknowledgements.row_numbers.push_back(table->RowNumber(row));
  }
  return acknowledgements;
}

absl::StatusOr<AcknowledgementCounts> ReplayAcknowledgements(const Acknowledgements& acknowledgements,
                                                             const UnitTable& units, Cascade& cascade, int64_t at) {
  AcknowledgementCounts counts;
  for (size_t row = 0; row < acknowledgements.units.size(); ++row) {
    if (acknowledgements.times[row] > at) {
      ++counts.later;
      continue;
    }
    const Unit unit = acknowledgements.units[row];
    const absl::StatusOr<bool> fresh = cascade.Acknowledge(unit, acknowledgements.times[row]);
    if (!fresh.ok()) {
      const bool of_unit = GetErrorDetail(fresh.status()).field == "unit";
      return WithErrorDetail(
          absl::InvalidArgumentError(
              absl::StrCat(acknowledgements.file, ": row ", acknowledgements.row_numbers[row],
                           of_unit ? ", column unit: takes no part in the notice: '"
                                   : ", column time: before the notice was sent: '",
                           ShownValue(of_unit ? units.ids[unit] : FormatInstant(acknowledgements.times[row])), "'")),
          {.field = of_unit ? "unit" : "time", .row = static_cast<int64_t>(row)});
    }
    ++(*fresh ? counts.taken : counts.repeated);
  }
  return counts;
}

const char* CascadeStateName(CascadeState state) {
  switch (state) {
    case CascadeState::kNotHeard:
      return "not_heard";
    case CascadeState::kStopped:
      return "stopped";
    case CascadeState::kPartly:
      return "partly";
    case CascadeState::kPassedOn:
      return "passed_on";
    case CascadeState::kComplete:
      return "complete";
  }
  return "";
}

std::string FormatCoverageCsv(const CascadeReport& report) {
  std::string csv =
      "unit,name,level,targets,reached,coverage,units,acknowledged,state,acknowledged_at,waiting,"
      "seconds_to_50,seconds_to_90,seconds_to_100\n";
  for (const Unit unit : report.units.hierarchy.units()) {
    if (!IsShown(report, unit)) continue;
    const CascadeCounts& counts = report.cascade.counts(unit);
    const int64_t at = report.cascade.acknowledged_at(unit);
    const bool heard = counts.acknowledged > 0;
    absl::StrAppend(&csv, QuoteCsvField(report.units.ids[unit]), ",", QuoteCsvField(report.units.names[unit]), ",",
                    report.units.LevelName(unit), ",", counts.targets, ",", counts.reached, ",");
    if (counts.targets > 0) csv += CoverageText(counts);
    absl::StrAppend(&csv, ",", counts.units, ",", counts.acknowledged, ",",
                    CascadeStateName(report.cascade.state(unit)), ",",
                    at == Cascade::kNever ? std::string() : FormatInstant(at), ",",
                    heard ? counts.children - counts.children_heard : 0);
    for (const int64_t seconds : report.cascade.SecondsToReach(unit, kPercents)) {
      absl::StrAppend(&csv, ",");
      if (seconds != Cascade::kNever) absl::StrAppend(&csv, seconds);
    }
    csv += "\n";
  }
  return csv;
}

std::string FormatRetransmitCsv(const CascadeReport& report) {
  std::string csv = "from,from_person,to,to_name,to_level,to_person,targets\n";
  for (const Retransmission& stop : report.cascade.Retransmissions()) {
    absl::StrAppend(&csv, QuoteCsvField(report.units.ids[stop.from]), ",", QuoteCsvField(ActingFor(report, stop.from)),
                    ",", QuoteCsvField(report.units.ids[stop.to]), ",", QuoteCsvField(report.units.names[stop.to]), ",",
                    report.units.LevelName(stop.to), ",", QuoteCsvField(ActingFor(report, stop.to)), ",", stop.targets,
                    "\n");
  }
  return csv;
}

std::vector<CascadeLevel> CascadeLevels(const UnitTable& units, const Cascade& cascade) {
  std::map<int32_t, CascadeLevel> levels;
  for (const Unit unit : units.hierarchy.units()) {
    if (!cascade.TakesPart(unit)) continue;
    CascadeLevel& level = levels[units.hierarchy.level(unit)];
    if (level.units++ == 0) level.name = units.LevelName(unit);
    level.acknowledged += cascade.acknowledged_at(unit) != Cascade::kNever;
  }
  std::vector<CascadeLevel> list;
  list.reserve(levels.size());
  for (auto& [number, level] : levels) list.push_back(std::move(level));
  return list;
}

std::string FormatCascadeSummaryJson(const CascadeReport& report) {
  using Json = nlohmann::ordered_json;
  const Unit origin = report.cascade.options().origin;
  const CascadeCounts& counts = report.cascade.counts(origin);
  Json summary;
  summary["notice"] = report.units.ids[origin];
  summary["name"] = report.units.names[origin];
  summary["sent"] = FormatInstant(report.cascade.options().sent);
  summary["at"] = report.at < 0 ? Json(nullptr) : Json(FormatInstant(report.at));
  summary["targets"] = counts.targets;
  summary["reached"] = counts.reached;
  summary["coverage"] = Coverage(counts);
  summary["units"] = counts.units;
  summary["acknowledged"] = counts.acknowledged;
  const std::vector<int64_t> seconds = report.cascade.SecondsToReach(origin, kPercents);
  for (size_t k = 0; k < kPercents.size(); ++k) {
    summary[absl::StrCat("seconds_to_", kPercents[k])] =
        seconds[k] == Cascade::kNever ? Json(nullptr) : Json(seconds[k]);
  }
  summary["households_without_steward"] = report.without_steward;
  summary["acknowledgements"] = {
      {"taken", report.counts.taken}, {"repeated", report.counts.repeated}, {"later", report.counts.later}};
  summary["levels"] = Json::array();
  for (const CascadeLevel& level : CascadeLevels(report.units, report.cascade)) {
    summary["levels"].push_back({{"level", level.name}, {"units", level.units}, {"acknowledged", level.acknowledged}});
  }
  summary["not_passed_on"] = Json::array();
  for (const NotPassedOn& stop : report.cascade.NotPassedOnUnits()) {
    summary["not_passed_on"].push_back({{"unit", report.units.ids[stop.unit]},
                                        {"name", report.units.names[stop.unit]},
                                        {"person", ActingFor(report, stop.unit)},
                                        {"children", stop.children},
                                        {"targets", stop.targets}});
  }
  summary["version"] = kVersion;
  return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace lianhu::io
