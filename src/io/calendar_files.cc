#include "lianhu/io/calendar_files.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "lianhu/base/status.h"
#include "lianhu/io/instant.h"

namespace lianhu::io {
namespace {

using routing::Day;
using routing::DayKind;
using routing::HolidayEntry;

absl::StatusOr<Day> ReadDay(const CsvTable& table, int64_t row, int column) {
  const absl::string_view text = table.Field(row, column);
  if (text.empty()) return table.Complain(row, column, "value missing");
  const absl::StatusOr<Day> day = routing::ParseDay(text);
  if (day.ok()) return *day;
  return table.Complain(row, column, day.status().message().substr(5));  // without "day: "
}

std::optional<DayKind> ParseDayKind(absl::string_view text) {
  const std::string word = absl::AsciiStrToLower(text);
  if (word == "off" || word == "holiday" || text == "休" || text == "放假") return DayKind::kOff;
  if (word == "work" || word == "workday" || text == "班" || text == "上班") return DayKind::kWork;
  return std::nullopt;
}

// "HH:MM" as seconds after midnight, 24:00 included.
std::optional<int32_t> ParseClock(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ':');
  int32_t hour = 0;
  int32_t minute = 0;
  if (parts.size() != 2 || parts[0].size() > 2 || parts[1].size() != 2) return std::nullopt;
  if (!absl::SimpleAtoi(parts[0], &hour) || !absl::SimpleAtoi(parts[1], &minute)) return std::nullopt;
  const int32_t seconds = hour * 3600 + minute * 60;
  if (hour < 0 || minute < 0 || minute > 59 || seconds > routing::kDaySeconds) return std::nullopt;
  return seconds;
}

}  // namespace

absl::StatusOr<routing::HolidayTable> HolidaysOf(const CsvTable& table) {
  const absl::StatusOr<int> first = table.RequireColumn(table.FindColumn("first") < 0 ? "date" : "first");
  if (!first.ok()) return first.status();
  const absl::StatusOr<int> kind_column = table.RequireColumn("day");
  if (!kind_column.ok()) return kind_column.status();
  const int last = table.FindColumn("last");
  const int list = table.FindColumn("list");
  const int announced = table.FindColumn("announced");
  routing::HolidayTable holidays;
  for (int64_t row = 0; row < table.rows(); ++row) {
    HolidayEntry entry;
    const absl::StatusOr<Day> first_day = ReadDay(table, row, *first);
    if (!first_day.ok()) return first_day.status();
    entry.first = entry.last = *first_day;
    if (last >= 0 && !table.Field(row, last).empty()) {
      const absl::StatusOr<Day> last_day = ReadDay(table, row, last);
      if (!last_day.ok()) return last_day.status();
      entry.last = *last_day;
    }
    const std::optional<DayKind> kind = ParseDayKind(table.Field(row, *kind_column));
    if (!kind) return table.Complain(row, *kind_column, "neither off nor work");
    entry.kind = *kind;
    entry.list_year = routing::YearOf(entry.first);
    if (list >= 0 && !table.Field(row, list).empty() && !absl::SimpleAtoi(table.Field(row, list), &entry.list_year)) {
      return table.Complain(row, list, "not a year");
    }
    if (entry.list_year < 1971 || entry.list_year > 2199) {
      return table.Complain(row, list >= 0 ? list : *first, "out of range 1971 to 2199");
    }
    entry.announced = routing::DayOf((entry.list_year - 1) * 10000 + 101);
    if (announced >= 0 && !table.Field(row, announced).empty()) {
      const absl::StatusOr<Day> day = ReadDay(table, row, announced);
      if (!day.ok()) return day.status();
      entry.announced = *day;
    }
    holidays.entries.push_back(entry);
  }
  const absl::Status status = routing::Validate(holidays);
  if (status.ok()) return holidays;
  const ErrorDetail detail = GetErrorDetail(status);
  return table.Complain(detail.row, *first, status.message().substr(status.message().find(": ") + 2));
}

absl::StatusOr<routing::HolidayTable> ReadHolidays(const std::string& path) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  return HolidaysOf(*table);
}

absl::StatusOr<std::vector<routing::OfficeHours>> ParseOfficeHours(absl::string_view text) {
  std::vector<routing::OfficeHours> hours;
  for (const absl::string_view part : absl::StrSplit(text, ',')) {
    const std::vector<absl::string_view> ends = absl::StrSplit(absl::StripAsciiWhitespace(part), '-');
    const std::optional<int32_t> open = ParseClock(ends[0]);
    const std::optional<int32_t> close = ends.size() == 2 ? ParseClock(ends[1]) : std::nullopt;
    if (!open || !close) {
      return InvalidField("hours", static_cast<int64_t>(hours.size()),
                          absl::StrCat("not office hours such as 08:30-12:00,14:00-17:30: '", ShownValue(part), "'"));
    }
    hours.push_back({*open, *close});
  }
  return hours;
}

std::optional<routing::Instant> ParseInstantIn(const routing::WorkCalendar& calendar, absl::string_view text) {
  std::optional<int64_t> instant = ParseInstant(text, 0);
  // A text that says its offset means the same whatever is assumed.
  if (instant && ParseInstant(text, 3600) != instant) {
    const absl::CivilSecond civil = absl::UTCTimeZone().At(absl::FromUnixSeconds(*instant)).cs;
    instant = absl::ToUnixSeconds(absl::FromCivil(civil, calendar.zone()));
  }
  if (!instant || *instant < routing::kMinInstant || *instant >= routing::kMaxInstant) return std::nullopt;
  return instant;
}

std::string FormatInstantIn(const routing::WorkCalendar& calendar, routing::Instant instant) {
  if (instant == routing::kNoInstant) return "";
  return FormatInstant(instant, calendar.zone().At(absl::FromUnixSeconds(instant)).offset);
}

std::optional<bool> ParseYesNo(absl::string_view text) {
  const std::string word = absl::AsciiStrToLower(text);
  if (word == "yes" || word == "y" || word == "true" || word == "1" || text == "是") return true;
  if (word == "no" || word == "n" || word == "false" || word == "0" || text == "否") return false;
  return std::nullopt;
}

}  // namespace lianhu::io
