#include "lianhu/io/docket_files.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lianhu/base/version.h"
#include "lianhu/io/calendar_files.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/instant.h"
#include "lianhu/routing/router.h"

namespace lianhu::io {
namespace {

using routing::Case;
using routing::CaseFigures;
using routing::Docket;
using routing::Instant;
using routing::Office;
using routing::Rate;
using routing::Verdict;

std::string Line(absl::Span<const std::string> fields) {
  std::string line;
  for (size_t i = 0; i < fields.size(); ++i) absl::StrAppend(&line, i == 0 ? "" : ",", QuoteCsvField(fields[i]));
  return line + "\n";
}

std::string UnitOf(const DocketNames& names, const Office& office) {
  return office.unit == kNoUnit ? "" : names.units.ids[office.unit];
}

std::string PersonOf(const DocketNames& names, const Office& office) {
  return office.person == kVacant ? "" : names.people[office.person];
}

std::string TextOf(Verdict verdict) {
  return verdict == Verdict::kUnknown ? "" : verdict == Verdict::kYes ? "yes" : "no";
}

Verdict InTimeOf(const Case& c) {
  if (!routing::IsOpen(c.state)) return routing::InTime(c) ? Verdict::kYes : Verdict::kNo;
  return c.breaches > 0 ? Verdict::kNo : Verdict::kUnknown;
}

// "0.9231"; empty for what is not applicable.
std::string TextOf(const Rate& rate) {
  return rate.applicable() ? absl::StrFormat("%.4f", rate.value()) : "";
}

nlohmann::ordered_json JsonOf(const Rate& rate) {
  nlohmann::ordered_json json = {{"due", rate.due}, {"met", rate.met}, {"rate", nullptr}};
  if (rate.applicable()) json["rate"] = rate.value();
  return json;
}

nlohmann::ordered_json JsonOf(const CaseFigures& figures) {
  return {{"cases", figures.cases},
          {"open", figures.open},
          {"stopped", figures.stopped},
          {"overdue", figures.overdue},
          {"supervised", figures.supervised},
          {"reopened", figures.reopened},
          {"response", JsonOf(figures.response)},
          {"in_time", JsonOf(figures.in_time)},
          {"resolution", JsonOf(figures.resolution)},
          {"satisfaction", JsonOf(figures.satisfaction)},
          {"open_by_age", figures.open_by_age}};
}

}  // namespace

std::string FormatCasesCsv(const DocketNames& names, const Docket& docket) {
  const auto time = [&](Instant instant) { return FormatInstantIn(docket.calendar(), instant); };
  std::string csv =
      "case,category,kind,mode,severity,place,state,unit,responsible,asked,registered,respond_by,responded,due,"
      "answered,closed,in_time,resolved,satisfied,reopened,shortest_stand_seconds,attempts,breaches,extensions,"
      "supervised,suspended,stopped_seconds\n";
  for (int32_t i = 0; i < docket.size(); ++i) {
    const Case& c = docket[i];
    const routing::Category& category = names.taxonomy.categories[c.category];
    const std::string fields[] = {names.case_ids[i],
                                  category.code,
                                  category.kinds[0],
                                  std::string(routing::ModeName(static_cast<routing::Mode>(c.mode))),
                                  absl::StrCat(c.severity),
                                  names.units.ids[c.place],
                                  std::string(routing::CaseStateName(c.state)),
                                  UnitOf(names, c.responsible),
                                  PersonOf(names, c.responsible),
                                  UnitOf(names, c.asked),
                                  time(c.registered),
                                  time(c.respond_by),
                                  time(c.responded),
                                  routing::IsRunning(c) ? time(c.due) : "",
                                  time(c.answered),
                                  time(c.closed),
                                  TextOf(InTimeOf(c)),
                                  TextOf(c.resolved),
                                  TextOf(c.satisfied),
                                  absl::StrCat(c.reopened),
                                  c.reopened == 0 ? "" : absl::StrCat(c.shortest_stand),
                                  absl::StrCat(c.attempts),
                                  absl::StrCat(c.breaches),
                                  absl::StrCat(c.extensions),
                                  c.supervised ? "yes" : "no",
                                  c.suspended ? "yes" : "no",
                                  absl::StrCat(c.stopped_seconds)};
    absl::StrAppend(&csv, Line(fields));
  }
  return csv;
}

std::string FormatActionsCsv(const DocketNames& names, const Docket& docket,
                             absl::Span<const routing::Action> actions) {
  std::string csv = "time,case,action,unit,person,value\n";
  for (const routing::Action& action : actions) {
    const std::string fields[] = {FormatInstantIn(docket.calendar(), action.at),
                                  names.case_ids[action.case_index],
                                  std::string(routing::ActionKindName(action.kind)),
                                  UnitOf(names, action.office),
                                  PersonOf(names, action.office),
                                  action.value == 0 ? "" : absl::StrCat(action.value)};
    absl::StrAppend(&csv, Line(fields));
  }
  return csv;
}

std::string FormatFiguresCsv(const DocketNames& names, const Docket& docket) {
  std::string csv =
      "counted_for,unit,level,cases,open,stopped,overdue,supervised,reopened,response,in_time,resolution,satisfaction";
  for (const int32_t days : routing::kAgeDays) absl::StrAppend(&csv, ",open_", days, "d");
  absl::StrAppend(&csv, ",open_older\n");
  const std::pair<routing::CountedFor, std::string> both[] = {{routing::CountedFor::kPlace, "place"},
                                                              {routing::CountedFor::kResponsible, "responsible"}};
  for (const auto& [counted_for, name] : both) {
    const std::vector<CaseFigures> by_unit =
        routing::FiguresByUnit(names.units.hierarchy, docket.cases(), docket.now(), counted_for);
    for (const Unit unit : names.units.hierarchy.units()) {
      const CaseFigures& figures = by_unit[unit];
      if (figures.cases == 0) continue;
      std::vector<std::string> fields = {name,
                                         names.units.ids[unit],
                                         names.units.LevelName(unit),
                                         absl::StrCat(figures.cases),
                                         absl::StrCat(figures.open),
                                         absl::StrCat(figures.stopped),
                                         absl::StrCat(figures.overdue),
                                         absl::StrCat(figures.supervised),
                                         absl::StrCat(figures.reopened),
                                         TextOf(figures.response),
                                         TextOf(figures.in_time),
                                         TextOf(figures.resolution),
                                         TextOf(figures.satisfaction)};
      for (const int64_t open : figures.open_by_age) fields.push_back(absl::StrCat(open));
      absl::StrAppend(&csv, Line(fields));
    }
  }
  return csv;
}

std::string FormatDocketSummaryJson(const DocketNames& names, const Docket& docket) {
  const Hierarchy& hierarchy = names.units.hierarchy;
  CaseFigures all;
  for (const Case& c : docket.cases()) all += routing::FiguresOf(c, docket.now());
  nlohmann::ordered_json json = {{"until", FormatInstantIn(docket.calendar(), docket.now())},
                                 {"due", docket.DueBy(docket.now()).size()},
                                 {"figures", JsonOf(all)},
                                 {"by_level", nlohmann::ordered_json::object()},
                                 {"version", kVersion}};
  const std::vector<CaseFigures> by_level = routing::FiguresByLevel(hierarchy, docket.cases(), docket.now());
  for (const Unit unit : hierarchy.units()) {
    const CaseFigures& figures = by_level[hierarchy.level(unit)];
    if (figures.cases > 0) json["by_level"][names.units.LevelName(unit)] = JsonOf(figures);
  }
  return json.dump(2) + "\n";
}

namespace {

// Columns of cases.csv by name, and their fields.
class CaseReader {
 public:
  explicit CaseReader(const CsvTable& table) : table_(table) {}

  absl::Status Find(std::initializer_list<absl::string_view> names) {
    for (const absl::string_view name : names) {
      const absl::StatusOr<int> column = table_.RequireColumn(name);
      if (!column.ok()) return column.status();
      columns_.emplace_back(name, *column);
    }
    return absl::OkStatus();
  }
  std::string Text(int64_t row, absl::string_view name) const { return std::string(table_.Field(row, Column(name))); }

  absl::Status Count(int64_t row, absl::string_view name, int32_t& count) const {
    if (absl::SimpleAtoi(table_.Field(row, Column(name)), &count) && count >= 0) return absl::OkStatus();
    return table_.Complain(row, Column(name), "not a whole number >= 0");
  }
  // Seconds; without the column, or in an empty field, as it was.
  absl::Status Seconds(int64_t row, absl::string_view name, int64_t& seconds) const {
    const int column = table_.FindColumn(name);
    if (column < 0 || table_.Field(row, column).empty()) return absl::OkStatus();
    if (absl::SimpleAtoi(table_.Field(row, column), &seconds) && seconds >= 0) return absl::OkStatus();
    return table_.Complain(row, column, "not a whole number >= 0");
  }
  absl::Status Time(int64_t row, absl::string_view name, Instant& instant) const {
    const absl::string_view text = table_.Field(row, Column(name));
    if (text.empty()) return absl::OkStatus();
    const std::optional<int64_t> read = ParseInstant(text);
    if (!read) return table_.Complain(row, Column(name), "not a time such as 2026-03-02T10:00:00+08:00");
    instant = *read;
    return absl::OkStatus();
  }
  absl::Status Answer(int64_t row, absl::string_view name, Verdict& verdict) const {
    const absl::string_view text = table_.Field(row, Column(name));
    if (text.empty()) return absl::OkStatus();
    const std::optional<bool> read = ParseYesNo(text);
    if (!read) return table_.Complain(row, Column(name), "neither yes nor no");
    verdict = *read ? Verdict::kYes : Verdict::kNo;
    return absl::OkStatus();
  }

 private:
  int Column(absl::string_view name) const {
    return std::find_if(columns_.begin(), columns_.end(), [&](const auto& column) { return column.first == name; })
        ->second;
  }

  const CsvTable& table_;
  std::vector<std::pair<absl::string_view, int>> columns_;
};

}  // namespace

absl::StatusOr<std::vector<CaseRecord>> ReadCases(const std::string& path) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  CaseReader reader(*table);
  absl::Status status =
      reader.Find({"case", "category", "kind", "mode", "severity", "state", "unit", "responsible", "registered",
                   "answered", "closed", "in_time", "resolved", "satisfied", "reopened", "breaches"});
  if (!status.ok()) return status;
  std::vector<CaseRecord> records;
  for (int64_t row = 0; row < table->rows(); ++row) {
    CaseRecord record{.id = reader.Text(row, "case"),
                      .category = reader.Text(row, "category"),
                      .kind = reader.Text(row, "kind"),
                      .mode = reader.Text(row, "mode"),
                      .state = reader.Text(row, "state"),
                      .unit = reader.Text(row, "unit"),
                      .responsible = reader.Text(row, "responsible")};
    status.Update(reader.Count(row, "severity", record.severity));
    status.Update(reader.Count(row, "reopened", record.reopened));
    if (record.reopened > 0) record.shortest_stand = 0;
    status.Update(reader.Seconds(row, "shortest_stand_seconds", record.shortest_stand));
    status.Update(reader.Count(row, "breaches", record.breaches));
    status.Update(reader.Time(row, "registered", record.registered));
    status.Update(reader.Time(row, "answered", record.answered));
    status.Update(reader.Time(row, "closed", record.closed));
    status.Update(reader.Answer(row, "in_time", record.in_time));
    status.Update(reader.Answer(row, "resolved", record.resolved));
    status.Update(reader.Answer(row, "satisfied", record.satisfied));
    if (!status.ok()) return status;
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace lianhu::io
