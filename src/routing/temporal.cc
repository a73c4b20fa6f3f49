#include "lianhu/routing/temporal.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "routing/floor_divide.h"

namespace lianhu::routing {
namespace {

constexpr int64_t kMaxYear = 999'999'999;
// Days from 1970-01-01, after Howard Hinnant's "chrono-compatible low-level date algorithms".
int64_t DaysFromCivil(int64_t year, int64_t month, int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

// Reads digits of a text from the left.
class Reader {
 public:
  explicit Reader(absl::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  absl::string_view rest() const { return rest_; }
  bool Take(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::optional<int64_t> Digits(size_t least, size_t most) {
    size_t n = 0;
    int64_t value = 0;
    while (n < rest_.size() && n < most && rest_[n] >= '0' && rest_[n] <= '9') value = value * 10 + (rest_[n++] - '0');
    if (n < least) return std::nullopt;
    rest_.remove_prefix(n);
    return value;
  }
  // ".123" as nanoseconds; digits beyond the ninth are dropped.
  std::optional<int64_t> Fraction() {
    if (!Take('.')) return 0;
    int64_t nanos = 0;
    int digits = 0;
    while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') {
      if (digits < 9) nanos = nanos * 10 + (rest_[0] - '0');
      ++digits;
      rest_.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 9; ++digits) nanos *= 10;
    return nanos;
  }

 private:
  absl::string_view rest_;
};

std::string Fraction(int64_t nanos) {
  if (nanos == 0) return "";
  std::string digits = absl::StrFormat("%09d", nanos);
  while (digits.back() == '0') digits.pop_back();
  return "." + digits;
}

std::optional<Date> TakeDate(Reader& reader) {
  const bool negative = reader.Take('-');
  const absl::string_view before = reader.rest();
  const std::optional<int64_t> year = reader.Digits(4, 9);
  if (!year.has_value()) return std::nullopt;
  const size_t digits = before.size() - reader.rest().size();
  if (digits > 4 && before[0] == '0') return std::nullopt;
  if (!reader.Take('-')) return std::nullopt;
  const std::optional<int64_t> month = reader.Digits(2, 2);
  if (!month.has_value() || !reader.Take('-')) return std::nullopt;
  const std::optional<int64_t> day = reader.Digits(2, 2);
  if (!day.has_value()) return std::nullopt;
  return Date::Make(negative ? -*year : *year, *month, *day);
}

// The time itself; the zone, if named, is left for whoever knows the date.
std::optional<Time> TakeTime(Reader& reader) {
  const std::optional<int64_t> hour = reader.Digits(2, 2);
  if (!hour.has_value() || !reader.Take(':')) return std::nullopt;
  const std::optional<int64_t> minute = reader.Digits(2, 2);
  if (!minute.has_value() || !reader.Take(':')) return std::nullopt;
  const std::optional<int64_t> second = reader.Digits(2, 2);
  if (!second.has_value()) return std::nullopt;
  const std::optional<int64_t> fraction = reader.Fraction();
  if (!fraction.has_value() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  Time time;
  time.nanos = ((*hour * 60 + *minute) * 60 + *second) * kNanosPerSecond + *fraction;
  if (reader.done()) return time;
  if (reader.Take('Z') || reader.Take('z')) {
    time.offset_seconds = 0;
    return time;
  }
  if (reader.Take('@')) {
    time.zone = std::string(reader.rest());
    return time.zone.empty() ? std::nullopt : std::optional<Time>(time);
  }
  const bool west = reader.Take('-');
  if (!west && !reader.Take('+')) return std::nullopt;
  const std::optional<int64_t> hours = reader.Digits(2, 2);
  if (!hours.has_value() || !reader.Take(':')) return std::nullopt;
  const std::optional<int64_t> minutes = reader.Digits(2, 2);
  if (!minutes.has_value()) return std::nullopt;
  int64_t seconds = 0;
  if (reader.Take(':')) {
    const std::optional<int64_t> given = reader.Digits(2, 2);
    if (!given.has_value()) return std::nullopt;
    seconds = *given;
  }
  if (*hours > 18 || *minutes > 59 || seconds > 59 || !reader.done()) return std::nullopt;
  const int64_t offset = (*hours * 60 + *minutes) * 60 + seconds;
  if (offset > int64_t{18} * 3600) return std::nullopt;
  time.offset_seconds = static_cast<int32_t>(west ? -offset : offset);
  return time;
}

bool ResolveZone(Date date, Time& time) {
  if (time.zone.empty()) return true;
  time.offset_seconds = ZoneOffset(time.zone, date, time.nanos);
  return time.offset_seconds.has_value();
}

}  // namespace

int DaysInMonth(int64_t year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

std::optional<Date> Date::Make(int64_t year, int64_t month, int64_t day) {
  if (year < -kMaxYear || year > kMaxYear || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (day > DaysInMonth(year, static_cast<int>(month))) return std::nullopt;
  return Date{DaysFromCivil(year, month, day)};
}

CivilDay Date::Civil() const {
  const int64_t shifted = days + 719468;
  const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int64_t day_of_era = shifted - era * 146097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month = (5 * day_of_year + 2) / 153;
  return {.year = year_of_era + era * 400 + (month >= 10 ? 1 : 0),
          .month = static_cast<int>(month < 10 ? month + 3 : month - 9),
          .day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1)};
}

int Date::Weekday() const {
  return static_cast<int>(((days + 3) % 7 + 7) % 7) + 1;
}

int Date::DayOfYear() const {
  return static_cast<int>(days - DaysFromCivil(Civil().year, 1, 1)) + 1;
}

int Date::WeekOfYear() const {
  const Date thursday{days - Weekday() + 4};
  return (thursday.DayOfYear() - 1) / 7 + 1;
}

std::optional<Date> ParseDate(absl::string_view text) {
  Reader reader(text);
  const std::optional<Date> date = TakeDate(reader);
  return reader.done() ? date : std::nullopt;
}

std::optional<Time> ParseTime(absl::string_view text) {
  Reader reader(text);
  std::optional<Time> time = TakeTime(reader);
  // A zone's offset depends on the day: that of the first of 1970 stands for a time without a date.
  if (!time.has_value() || !ResolveZone(Date{}, *time)) return std::nullopt;
  return reader.done() || !time->zone.empty() ? time : std::nullopt;
}

std::optional<DateTime> ParseDateTime(absl::string_view text) {
  Reader reader(text);
  const std::optional<Date> date = TakeDate(reader);
  if (!date.has_value()) return std::nullopt;
  if (reader.done()) return DateTime{.date = *date, .time = {}};
  if (!reader.Take('T')) return std::nullopt;
  std::optional<Time> time = TakeTime(reader);
  if (!time.has_value() || !ResolveZone(*date, *time)) return std::nullopt;
  if (!reader.done() && time->zone.empty()) return std::nullopt;
  return DateTime{.date = *date, .time = *std::move(time)};
}

std::optional<DayTimeDuration> ParseDayTimeDuration(absl::string_view text) {
  Reader reader(text);
  const bool negative = reader.Take('-');
  if (!reader.Take('P') || reader.done()) return std::nullopt;
  absl::int128 nanos = 0;
  bool in_time = false;
  bool any = false;
  constexpr absl::string_view kUnits = "DHMS";
  constexpr std::array<int64_t, 4> kSeconds = {kSecondsPerDay, 3600, 60, 1};
  size_t next = 0;  // units come in this order, each at most once
  while (!reader.done()) {
    if (!in_time && reader.Take('T')) {
      in_time = true;
      next = std::max<size_t>(next, 1);
      if (reader.done()) return std::nullopt;
    }
    const std::optional<int64_t> number = reader.Digits(1, 18);
    if (!number.has_value()) return std::nullopt;
    const std::optional<int64_t> fraction = reader.Fraction();
    if (!fraction.has_value() || reader.done()) return std::nullopt;
    const size_t unit = kUnits.find(reader.rest()[0]);
    if (unit == absl::string_view::npos || unit < next || (unit == 0) == in_time) return std::nullopt;
    if (*fraction != 0 && unit != 3) return std::nullopt;
    reader.Take(reader.rest()[0]);
    nanos += absl::int128(*number) * kSeconds[unit] * kNanosPerSecond + *fraction;
    next = unit + 1;
    any = true;
  }
  if (!any) return std::nullopt;
  return DayTimeDuration{negative ? -nanos : nanos};
}

std::optional<YearMonthDuration> ParseYearMonthDuration(absl::string_view text) {
  Reader reader(text);
  const bool negative = reader.Take('-');
  if (!reader.Take('P') || reader.done()) return std::nullopt;
  std::optional<int64_t> number = reader.Digits(1, 15);
  if (!number.has_value()) return std::nullopt;
  int64_t months = 0;
  if (reader.Take('Y')) {
    months = *number * 12;
    if (!reader.done()) {
      number = reader.Digits(1, 15);
      if (!number.has_value() || !reader.Take('M')) return std::nullopt;
      months += *number;
    }
  } else if (reader.Take('M')) {
    months = *number;
  } else {
    return std::nullopt;
  }
  if (!reader.done()) return std::nullopt;
  return YearMonthDuration{negative ? -months : months};
}

std::optional<int32_t> ZoneOffset(const std::string& zone, Date date, int64_t nanos) {
  absl::TimeZone loaded;
  // Only names of the database: a path could make the loader read any file.
  if (zone.empty() || zone[0] == '/' || zone.find("..") != std::string::npos) return std::nullopt;
  if (!absl::LoadTimeZone(zone, &loaded)) return std::nullopt;
  const CivilDay day = date.Civil();
  const absl::CivilSecond civil(day.year, day.month, day.day, 0, 0, nanos / kNanosPerSecond);
  return loaded.At(absl::FromCivil(civil, loaded)).offset;
}

std::string ToString(const Date& date) {
  const CivilDay day = date.Civil();
  return absl::StrFormat("%s%04d-%02d-%02d", day.year < 0 ? "-" : "", std::abs(day.year), day.month, day.day);
}

std::string ToString(const Time& time) {
  const int64_t seconds = time.nanos / kNanosPerSecond;
  std::string text = absl::StrFormat("%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60) +
                     Fraction(time.nanos % kNanosPerSecond);
  if (!time.zone.empty()) return absl::StrCat(text, "@", time.zone);
  if (!time.offset_seconds.has_value()) return text;
  if (*time.offset_seconds == 0) return text + "Z";
  const int32_t offset = std::abs(*time.offset_seconds);
  absl::StrAppendFormat(&text, "%c%02d:%02d", *time.offset_seconds < 0 ? '-' : '+', offset / 3600, offset / 60 % 60);
  if (offset % 60 != 0) absl::StrAppendFormat(&text, ":%02d", offset % 60);
  return text;
}

std::string ToString(const DateTime& time) {
  return absl::StrCat(ToString(time.date), "T", ToString(time.time));
}

std::string ToString(const DayTimeDuration& duration) {
  if (duration.nanos == 0) return "PT0S";
  const bool negative = duration.nanos < 0;
  const absl::int128 nanos = negative ? -duration.nanos : duration.nanos;
  const auto seconds = static_cast<int64_t>(nanos / kNanosPerSecond);
  const std::string fraction = Fraction(static_cast<int64_t>(nanos % kNanosPerSecond));
  std::string text = negative ? "-P" : "P";
  if (seconds / kSecondsPerDay > 0) absl::StrAppend(&text, seconds / kSecondsPerDay, "D");
  const int64_t rest = seconds % kSecondsPerDay;
  if (rest == 0 && fraction.empty()) return text;
  text += "T";
  if (rest / 3600 > 0) absl::StrAppend(&text, rest / 3600, "H");
  if (rest / 60 % 60 > 0) absl::StrAppend(&text, rest / 60 % 60, "M");
  if (rest % 60 > 0 || !fraction.empty()) absl::StrAppend(&text, rest % 60, fraction, "S");
  return text;
}

std::string ToString(const YearMonthDuration& duration) {
  if (duration.months == 0) return "P0M";
  const int64_t months = std::abs(duration.months);
  std::string text = duration.months < 0 ? "-P" : "P";
  if (months / 12 > 0) absl::StrAppend(&text, months / 12, "Y");
  if (months % 12 > 0) absl::StrAppend(&text, months % 12, "M");
  return text;
}

std::optional<Date> AddMonths(Date date, int64_t months) {
  if (std::abs(months) > 24 * kMaxYear) return std::nullopt;
  const CivilDay day = date.Civil();
  const int64_t total = day.year * 12 + (day.month - 1) + months;
  const int64_t year = FloorDivide(total, 12);
  const int month = static_cast<int>(total - year * 12) + 1;
  return Date::Make(year, month, std::min(day.day, DaysInMonth(year, month)));
}

std::optional<DateTime> AddNanos(const DateTime& time, absl::int128 nanos) {
  const absl::int128 total = absl::int128(time.time.nanos) + nanos;
  absl::int128 days = total / kNanosPerDay;
  if (total % kNanosPerDay < 0) days -= 1;
  const absl::int128 shifted = days + time.date.days;
  const absl::int128 most = absl::int128(kMaxYear) * 366;
  if (shifted > most || shifted < -most) return std::nullopt;
  DateTime moved = time;
  moved.date.days = static_cast<int64_t>(shifted);
  moved.time.nanos = static_cast<int64_t>(total - days * kNanosPerDay);
  if (!moved.time.zone.empty()) moved.time.offset_seconds = ZoneOffset(moved.time.zone, moved.date, moved.time.nanos);
  return moved;
}

}  // namespace lianhu::routing
