// Dates, times and durations as FEEL has them (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8): the proleptic Gregorian calendar,
// times with or without an offset or zone, durations in nanoseconds or in months.
#ifndef LIANHU_ROUTING_TEMPORAL_H_
#define LIANHU_ROUTING_TEMPORAL_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/strings/string_view.h"

namespace lianhu::routing {

inline constexpr int64_t kNanosPerSecond = 1'000'000'000;
inline constexpr int64_t kSecondsPerDay = 86'400;
inline constexpr int64_t kNanosPerDay = kSecondsPerDay * kNanosPerSecond;

struct CivilDay {
  int64_t year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
};

// Days since 1970-01-01; years -999999999..999999999.
struct Date {
  int64_t days = 0;

  static std::optional<Date> Make(int64_t year, int64_t month, int64_t day);
  CivilDay Civil() const;
  int Weekday() const;     // 1 Monday .. 7 Sunday
  int DayOfYear() const;   // 1..366
  int WeekOfYear() const;  // ISO 8601
  friend bool operator==(const Date&, const Date&) = default;
  friend auto operator<=>(const Date&, const Date&) = default;
};

int DaysInMonth(int64_t year, int month);

struct Time {
  int64_t nanos = 0;                      // since midnight, below 86,400e9
  std::optional<int32_t> offset_seconds;  // from UTC; absent: local
  std::string zone;                       // an IANA name, when the time was given with one

  // Nanoseconds since midnight UTC, or since local midnight.
  int64_t Comparable() const { return nanos - offset_seconds.value_or(0) * kNanosPerSecond; }
};

struct DateTime {
  Date date;
  Time time;

  absl::int128 Comparable() const {
    return absl::int128(date.days) * kSecondsPerDay * kNanosPerSecond + time.Comparable();
  }
};

struct DayTimeDuration {
  absl::int128 nanos = 0;
};

struct YearMonthDuration {
  int64_t months = 0;
};

std::optional<Date> ParseDate(absl::string_view text);                            // [-]YYYY-MM-DD
std::optional<Time> ParseTime(absl::string_view text);                            // hh:mm:ss[.f][Z|+hh:mm|@Zone]
std::optional<DateTime> ParseDateTime(absl::string_view text);                    // a date, T, a time
std::optional<DayTimeDuration> ParseDayTimeDuration(absl::string_view text);      // [-]PnDTnHnMn.nS
std::optional<YearMonthDuration> ParseYearMonthDuration(absl::string_view text);  // [-]PnYnM

// Offset of an IANA zone at a local date and time; nullopt for an unknown zone.
std::optional<int32_t> ZoneOffset(const std::string& zone, Date date, int64_t nanos);

std::string ToString(const Date& date);
std::string ToString(const Time& time);
std::string ToString(const DateTime& time);
std::string ToString(const DayTimeDuration& duration);
std::string ToString(const YearMonthDuration& duration);

// The day of the month is cut to the month's last: 31 January and one month is 28 or 29 February.
std::optional<Date> AddMonths(Date date, int64_t months);
// nullopt out of the range of years.
std::optional<DateTime> AddNanos(const DateTime& time, absl::int128 nanos);

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_TEMPORAL_H_
