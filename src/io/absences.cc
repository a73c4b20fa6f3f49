#include "lianhu/io/absences.h"

#include <algorithm>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "lianhu/io/calendar_files.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

// One end of an absence: a date is the whole day.
absl::Status ReadEnd(const CsvTable& table, int64_t row, int column, const routing::WorkCalendar& calendar,
                     bool is_last, routing::Instant& instant) {
  if (column < 0 || table.Field(row, column).empty()) return absl::OkStatus();
  const absl::string_view text = table.Field(row, column);
  if (const absl::StatusOr<routing::Day> day = routing::ParseDay(text); day.ok()) {
    instant = is_last ? calendar.StartOf(*day + 1) - 1 : calendar.StartOf(*day);
    return absl::OkStatus();
  }
  const std::optional<routing::Instant> read = ParseInstantIn(calendar, text);
  if (!read) return table.Complain(row, column, "neither a date such as 2026-03-02 nor a time");
  instant = *read;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<uint8_t>> ReadAbsentColumn(const std::string& path, const UnitTable& units,
                                                      const PostTable& posts) {
  std::vector<uint8_t> absent(posts.people.size(), 0);
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> unit_column = table->RequireColumn("unit");
  if (!unit_column.ok()) return unit_column.status();
  const int column = table->FindColumn("absent");
  if (column < 0) return absent;
  for (int64_t row = 0; row < table->rows(); ++row) {
    const absl::string_view text = table->Field(row, column);
    const std::optional<bool> answer = ParseYesNo(text);
    if (text.empty() || answer == false) continue;
    const bool both = text == "both" || text == "AB";
    const bool holder = both || answer == true || text == "holder" || text == "A";
    const bool stand_in = both || text == "stand_in" || text == "B";
    if (!holder && !stand_in) return table->Complain(row, column, "need holder, stand_in, both or no");
    const Unit unit = units.Find(table->Field(row, *unit_column));
    if (unit == kNoUnit) return table->Complain(row, *unit_column, "not a unit of the hierarchy");
    for (const auto& [marked, person] :
         {std::pair{holder, posts.posts.holder(unit)}, {stand_in, posts.posts.stand_in(unit)}}) {
      if (!marked) continue;
      if (person == kVacant) return table->Complain(row, column, "nobody is there to be absent");
      absent[static_cast<size_t>(person)] = 1;
    }
  }
  return absent;
}

absl::StatusOr<std::vector<Absence>> ReadAbsences(const std::string& path, const PostTable& posts,
                                                  const routing::WorkCalendar& calendar) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> person = table->RequireColumn("person");
  if (!person.ok()) return person.status();
  const int from = table->FindColumn("from");
  const int until = table->FindColumn("until");
  absl::flat_hash_map<absl::string_view, Person> people;
  for (size_t i = 0; i < posts.people.size(); ++i) people.emplace(posts.people[i], static_cast<Person>(i));
  std::vector<Absence> absences;
  for (int64_t row = 0; row < table->rows(); ++row) {
    const auto found = people.find(table->Field(row, *person));
    if (found == people.end()) return table->Complain(row, *person, "holds no post");
    Absence absence{.person = found->second};
    if (auto status = ReadEnd(*table, row, from, calendar, false, absence.from); !status.ok()) return status;
    if (auto status = ReadEnd(*table, row, until, calendar, true, absence.until); !status.ok()) return status;
    if (absence.until < absence.from) return table->Complain(row, until, "ends before it begins");
    absences.push_back(absence);
  }
  return absences;
}

std::vector<uint8_t> AbsentAt(const std::vector<uint8_t>& always, const std::vector<Absence>& absences,
                              routing::Instant at) {
  std::vector<uint8_t> absent = always;
  for (const Absence& absence : absences) {
    const auto person = static_cast<size_t>(absence.person);
    if (at < absence.from || at > absence.until) continue;
    if (person >= absent.size()) absent.resize(person + 1, 0);
    absent[person] = 1;
  }
  return absent;
}

}  // namespace lianhu::io
