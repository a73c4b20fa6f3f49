// The work calendar: when a limit counted in office time runs out.
//
// Four clocks:
//   U  continuous hours   every second counts
//   H  working hours      seconds within office hours on working days; the lunch gap does not count
//   W  working days       the day of the start does not count; the limit ends when the office closes on the n-th
//   working
//                         day after it
//   D  calendar days      the day of the start does not count; the limit ends with the n-th day after it, at 23:59:59
//
// W and D follow the Civil Code of China, articles 201 and 203: the first day is not counted, and the last one ends at
// 24:00 or, where there are business hours, when business stops. (That a last calendar day which is a holiday moves on
// to the next working day is not done: say W where it should.) 0W and 0D are "the same day": until the office next
// closes on a working day, and until the day's end. A budget of no hours is spent at once.
//
// Guarantees:
//   1. Add(start, budget) is the earliest instant >= start at which the budget is spent; an H budget that ends with the
//      morning is due at the morning's end, not after lunch.
//   2. Add never decreases when the start or the amount grows.
//   3. Between(clock, a, b) = -Between(clock, b, a), and it adds up: a to b and b to c make a to c.
//   4. Between(clock, a, Add(a, n)) = n; for W with n >= 1.
// Office hours are read off the wall clock of the calendar's zone; a zone that changes its clocks does so outside
// office hours or shifts them by as much. Add and Between take O(log n) for n days of the holiday lists, O(1) on the
// fast path of a zone without clock changes; beyond the lists the plain week holds, and Settled() says so. A
// WorkCalendar is immutable and may be used from many threads at once.
//
//   const WorkCalendar& calendar = WorkCalendar::China();
//   Instant due = calendar.Add(now, {.amount = 7, .clock = Clock::kWorkingDays});
#ifndef LIANHU_ROUTING_WORK_CALENDAR_H_
#define LIANHU_ROUTING_WORK_CALENDAR_H_

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "lianhu/routing/civil_day.h"
#include "lianhu/routing/holidays.h"

namespace lianhu::routing {

enum class Clock : int32_t {
  kContinuousHours = 0,  // U
  kWorkingHours = 1,     // H
  kWorkingDays = 2,      // W
  kCalendarDays = 3,     // D
};

// Time allowed. The amount is in seconds for the clocks of hours, in days for those of days; 0 to kMaxBudget*.
struct TimeBudget {
  int64_t amount = 0;
  Clock clock = Clock::kContinuousHours;
  friend bool operator==(const TimeBudget&, const TimeBudget&) = default;
};
inline constexpr int64_t kMaxBudgetDays = 3660;
inline constexpr int64_t kMaxBudgetSeconds = kMaxBudgetDays * kDaySeconds;

// Reads `4H`, `24U`, `7W`, `30D`, `0.25U`: a number and the letter of a clock, either case; hours may have up to
// six decimals and are rounded to the second. ISO durations are refused: `P1D` does not say which day it means.
absl::StatusOr<TimeBudget> ParseBudget(absl::string_view text);
// The shortest text that ParseBudget reads as this budget.
std::string FormatBudget(const TimeBudget& budget);
// Errors: an amount out of range, no such clock.
absl::Status Validate(const TimeBudget& budget);

// An opening on every working day, in seconds after midnight: 0 <= open < close <= 86400.
struct OfficeHours {
  int32_t open = 0;
  int32_t close = 0;
  friend bool operator==(const OfficeHours&, const OfficeHours&) = default;
};

struct WorkCalendarOptions {
  // `Asia/Shanghai` or another name of the time zone database, or a fixed offset such as `+08:00`. Asia/Shanghai is
  // +08:00 where the machine has no database.
  std::string zone = "Asia/Shanghai";
  // In ascending order, not touching: 08:30-12:00 and 14:00-17:30.
  std::vector<OfficeHours> hours = {{30600, 43200}, {50400, 63000}};
  // Which weekdays, Monday first, are working days where no list says otherwise; at least one.
  std::array<bool, 7> week = {true, true, true, true, true, false, false};
  // What had been announced by the end of this day is known; the default knows all.
  Day as_of = std::numeric_limits<Day>::max();
};

// The clock of hours that runs beside a clock of days: working hours for W, continuous hours for D; H and U themselves.
// Shares of a limit ("half the time is gone") are taken on it.
constexpr Clock HoursOf(Clock clock) {
  return clock == Clock::kWorkingDays    ? Clock::kWorkingHours
         : clock == Clock::kCalendarDays ? Clock::kContinuousHours
                                         : clock;
}

// From `begin`, up to `end`, the clock of a case stood still.
struct Suspension {
  Instant begin = 0;
  Instant end = 0;
};

class WorkCalendar {
 public:
  // Errors name the field: no such zone, office hours out of order or range, a week without work, a holiday table that
  // Validate refuses.
  static absl::StatusOr<WorkCalendar> Create(const HolidayTable& holidays, const WorkCalendarOptions& options = {});
  // ChinaHolidays() and the default options.
  static const WorkCalendar& China();

  // Instants before kMinInstant or after kMaxInstant count as those; the budget is one that Validate accepts. Add never
  // gives more than kMaxInstant.
  Instant Add(Instant start, const TimeBudget& budget) const;
  // The amount of the clock between two instants: seconds for U and H, days for W and D; negative when b is before a.
  int64_t Between(Clock clock, Instant a, Instant b) const;

  // When a budget begun at `start` is spent although the clock stood still in the suspensions, which are in order, do
  // not overlap, and begin at or after `start`. A day on which the clock stood for a part counts as far as its end was
  // reached: what is left at the beginning of a suspension is counted from its end as from a start, with nothing left
  // meaning the same day. Suspensions that begin after the budget is spent change nothing.
  Instant AddSuspended(Instant start, const TimeBudget& budget, absl::Span<const Suspension> suspensions) const;

  bool IsWorkingDay(Day day) const;
  // Whether the instant lies within office hours: in [open, close) of a working day.
  bool IsOpen(Instant instant) const;
  // The day on which an instant falls, and the first instant of a day, in the calendar's zone.
  Day DayAt(Instant instant) const;
  Instant StartOf(Day day) const;

  // Whether the years of the holiday lists hold this instant. Beyond them the plain week is assumed; and the last days
  // of the last year may yet be changed by the next list.
  bool Settled(Instant instant) const;

  const absl::TimeZone& zone() const { return zone_; }
  const std::vector<OfficeHours>& hours() const { return hours_; }
  // Seconds of a working day.
  int64_t seconds_per_day() const { return seconds_per_day_; }

 private:
  WorkCalendar() = default;

  struct Moment {
    Day day;
    int32_t second;  // after midnight by the wall clock
  };
  Moment MomentOf(Instant instant) const;
  Instant InstantOf(Day day, int64_t second) const;

  // Working days in [.., day), counted from a fixed day; and the day with exactly `number` working days before it that
  // is one itself.
  int64_t WorkingDaysBefore(Day day) const;
  Day WorkingDay(int64_t number) const;
  int64_t WeekCount(Day day) const;
  Day WeekDay(int64_t number) const;
  // Working seconds before a moment, counted from the same day.
  int64_t WorkingSecondsBefore(const Moment& moment) const;
  Instant AddWorkingSeconds(Instant start, int64_t seconds) const;

  absl::TimeZone zone_;
  bool fixed_ = false;  // no clock change from kMinInstant on
  int64_t offset_ = 0;  // seconds east of UTC, when fixed_
  std::vector<OfficeHours> hours_;
  int64_t seconds_per_day_ = 0;
  std::array<bool, 7> week_ = {};
  std::array<int32_t, 8> week_before_ = {};  // working days of a week before each weekday
  std::array<int32_t, 7> week_days_ = {};    // the weekday of each working day of a week
  Day first_ = 0;                            // the years of the lists, whole: [first_, last_)
  Day last_ = 0;
  std::vector<int32_t> before_;    // last_ - first_ + 1: working days in [first_, first_ + i)
  std::vector<Day> working_days_;  // those in [first_, last_)
};

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_WORK_CALENDAR_H_
