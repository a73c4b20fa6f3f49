// Days and instants: the two ways in which this room counts time.
//
// An Instant is a number of UTC seconds since 1970-01-01T00:00:00Z, without leap seconds. A Day is a date without a
// zone, the number of days since 1970-01-01 in the proleptic Gregorian calendar; which day an instant falls on is for
// a WorkCalendar (work_calendar.h) to say.
#ifndef LIANHU_ROUTING_CIVIL_DAY_H_
#define LIANHU_ROUTING_CIVIL_DAY_H_

#include <chrono>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lianhu::routing {

using Instant = int64_t;
using Day = int32_t;

inline constexpr int64_t kDaySeconds = 86400;

// The instants and days that this room answers for: the years 2000 to 2199.
inline constexpr Instant kMinInstant = 946684800;   // 2000-01-01T00:00:00Z
inline constexpr Instant kMaxInstant = 7258118400;  // 2200-01-01T00:00:00Z
// Stands where an instant has not come yet.
inline constexpr Instant kNoInstant = -1;

// The day of a date that exists; 20180215 is 2018-02-15.
constexpr Day DayOf(int32_t yyyymmdd) {
  const std::chrono::year_month_day date{std::chrono::year{yyyymmdd / 10000},
                                         std::chrono::month{static_cast<unsigned>(yyyymmdd / 100 % 100)},
                                         std::chrono::day{static_cast<unsigned>(yyyymmdd % 100)}};
  return static_cast<Day>(std::chrono::sys_days{date}.time_since_epoch().count());
}

constexpr int32_t YearOf(Day day) {
  return static_cast<int32_t>(std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day}}}.year());
}

// 0 Monday to 6 Sunday. 1970-01-01 was a Thursday.
constexpr int32_t WeekdayOf(Day day) {
  return static_cast<int32_t>(((int64_t{day} + 3) % 7 + 7) % 7);
}

// Reads `2018-02-15`, `2018/2/15` or `20180215`, a date that exists in the years 1970 to 2199; nothing around it.
absl::StatusOr<Day> ParseDay(absl::string_view text);
// `2018-02-15`.
std::string FormatDay(Day day);

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_CIVIL_DAY_H_
