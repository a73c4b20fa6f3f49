#include "lianhu/routing/work_calendar.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "routing/floor_divide.h"

namespace lianhu::routing {
namespace {

constexpr Day kMonday = 4;  // 1970-01-05, from which weeks are counted

// `+08:00`, `-0330`; false when the text is no offset of at most 14 hours.
bool ParseOffset(absl::string_view text, int64_t& seconds) {
  if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return false;
  std::string digits(text.substr(1));
  digits.erase(std::remove(digits.begin(), digits.end(), ':'), digits.end());
  if (digits.size() == 2) digits += "00";
  int32_t number = 0;
  if (digits.size() != 4 || !absl::SimpleAtoi(digits, &number)) return false;
  const int32_t minutes = number / 100 * 60 + number % 100;
  if (number < 0 || number % 100 >= 60 || minutes > 14 * 60) return false;
  seconds = (text[0] == '-' ? -60 : 60) * int64_t{minutes};
  return true;
}

absl::StatusOr<absl::TimeZone> FindZone(const std::string& name) {
  if (int64_t offset = 0; ParseOffset(name, offset)) return absl::FixedTimeZone(static_cast<int>(offset));
  absl::TimeZone zone;
  // A name is looked up in the database only; the C library's paths and rules are not for input.
  const bool plain = !name.empty() && name[0] != ':' && name[0] != '/' && name.find("..") == std::string::npos;
  if (plain && absl::LoadTimeZone(name, &zone)) return zone;
  if (name == "Asia/Shanghai") return absl::FixedTimeZone(8 * 3600);
  return InvalidField("zone", -1, absl::StrCat("no such time zone: '", name, "'; write Asia/Shanghai or +08:00"));
}

absl::Status CheckHours(const std::vector<OfficeHours>& hours) {
  if (hours.empty()) return InvalidField("hours", -1, "the office never opens");
  int32_t end = -1;
  for (size_t i = 0; i < hours.size(); ++i) {
    const auto row = static_cast<int64_t>(i);
    if (hours[i].open < 0 || hours[i].close > kDaySeconds || hours[i].open >= hours[i].close) {
      return InvalidField("hours", row, "need 0 <= open < close <= 86400");
    }
    if (hours[i].open <= end) return InvalidField("hours", row, "opens before the opening before it has closed");
    end = hours[i].close;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<WorkCalendar> WorkCalendar::Create(const HolidayTable& holidays, const WorkCalendarOptions& options) {
  if (absl::Status status = Validate(holidays); !status.ok()) return status;
  if (absl::Status status = CheckHours(options.hours); !status.ok()) return status;
  absl::StatusOr<absl::TimeZone> zone = FindZone(options.zone);
  if (!zone.ok()) return zone.status();

  WorkCalendar calendar;
  calendar.zone_ = *zone;
  calendar.hours_ = options.hours;
  for (const OfficeHours& opening : options.hours) calendar.seconds_per_day_ += opening.close - opening.open;
  absl::TimeZone::CivilTransition change;
  const absl::Time begin = absl::FromUnixSeconds(kMinInstant);
  calendar.fixed_ = !zone->NextTransition(begin, &change);
  calendar.offset_ = zone->At(begin).offset;

  calendar.week_ = options.week;
  int32_t number = 0;
  for (int32_t weekday = 0; weekday < 7; ++weekday) {
    if (options.week[weekday]) calendar.week_days_[number++] = weekday;
    calendar.week_before_[weekday + 1] = number;
  }
  if (number == 0) return InvalidField("week", -1, "has no working day");

  // Announced later holds: lay the entries over the plain week in that order.
  std::vector<HolidayEntry> known;
  for (const HolidayEntry& entry : holidays.entries) {
    if (entry.announced <= options.as_of) known.push_back(entry);
  }
  std::stable_sort(known.begin(), known.end(),
                   [](const HolidayEntry& a, const HolidayEntry& b) { return a.announced < b.announced; });
  if (!known.empty()) {
    int32_t first_year = known[0].list_year;
    int32_t last_year = known[0].list_year;
    for (const HolidayEntry& entry : known) {
      first_year = std::min({first_year, entry.list_year, YearOf(entry.first)});
      last_year = std::max({last_year, entry.list_year, YearOf(entry.last)});
    }
    calendar.first_ = DayOf(first_year * 10000 + 101);
    calendar.last_ = DayOf((last_year + 1) * 10000 + 101);
  }
  std::vector<bool> works(calendar.last_ - calendar.first_);
  for (Day day = calendar.first_; day < calendar.last_; ++day) {
    works[day - calendar.first_] = options.week[WeekdayOf(day)];
  }
  for (const HolidayEntry& entry : known) {
    for (Day day = entry.first; day <= entry.last; ++day) works[day - calendar.first_] = entry.kind == DayKind::kWork;
  }
  calendar.before_.push_back(0);
  for (Day day = calendar.first_; day < calendar.last_; ++day) {
    if (works[day - calendar.first_]) calendar.working_days_.push_back(day);
    calendar.before_.push_back(static_cast<int32_t>(calendar.working_days_.size()));
  }
  return calendar;
}

const WorkCalendar& WorkCalendar::China() {
  static const WorkCalendar* const kCalendar = new WorkCalendar(*Create(ChinaHolidays()));
  return *kCalendar;
}

WorkCalendar::Moment WorkCalendar::MomentOf(Instant instant) const {
  instant = std::clamp(instant, kMinInstant, kMaxInstant);
  if (fixed_) {
    const int64_t local = instant + offset_;
    return {static_cast<Day>(FloorDivide(local, kDaySeconds)),
            static_cast<int32_t>(local - FloorDivide(local, kDaySeconds) * kDaySeconds)};
  }
  const absl::CivilSecond civil = zone_.At(absl::FromUnixSeconds(instant)).cs;
  const auto day = static_cast<Day>(absl::CivilDay(civil) - absl::CivilDay(1970, 1, 1));
  return {day, static_cast<int32_t>(civil.hour() * 3600 + civil.minute() * 60 + civil.second())};
}

Instant WorkCalendar::InstantOf(Day day, int64_t second) const {
  if (fixed_) return std::clamp(day * kDaySeconds + second - offset_, kMinInstant, kMaxInstant);
  const absl::CivilSecond civil = absl::CivilSecond(absl::CivilDay(1970, 1, 1) + day) + second;
  return std::clamp(absl::ToUnixSeconds(absl::FromCivil(civil, zone_)), kMinInstant, kMaxInstant);
}

Day WorkCalendar::DayAt(Instant instant) const {
  return MomentOf(instant).day;
}

Instant WorkCalendar::StartOf(Day day) const {
  return InstantOf(day, 0);
}

int64_t WorkCalendar::WeekCount(Day day) const {
  const int64_t weeks = FloorDivide(int64_t{day} - kMonday, 7);
  return weeks * week_before_[7] + week_before_[day - kMonday - 7 * weeks];
}

Day WorkCalendar::WeekDay(int64_t number) const {
  const int64_t weeks = FloorDivide(number, week_before_[7]);
  return static_cast<Day>(kMonday + 7 * weeks + week_days_[number - weeks * week_before_[7]]);
}

// The count is that of the plain week up to first_, of the lists up to last_, and of the plain week again.
int64_t WorkCalendar::WorkingDaysBefore(Day day) const {
  if (day <= first_) return WeekCount(day) - WeekCount(first_);
  if (day <= last_) return before_[day - first_];
  return before_.back() + WeekCount(day) - WeekCount(last_);
}

Day WorkCalendar::WorkingDay(int64_t number) const {
  if (number < 0) return WeekDay(number + WeekCount(first_));
  if (number < before_.back()) return working_days_[number];
  return WeekDay(number - before_.back() + WeekCount(last_));
}

bool WorkCalendar::IsWorkingDay(Day day) const {
  return WorkingDaysBefore(day + 1) > WorkingDaysBefore(day);
}

bool WorkCalendar::IsOpen(Instant instant) const {
  const Moment moment = MomentOf(instant);
  return IsWorkingDay(moment.day) && std::any_of(hours_.begin(), hours_.end(), [&](const OfficeHours& opening) {
           return moment.second >= opening.open && moment.second < opening.close;
         });
}

bool WorkCalendar::Settled(Instant instant) const {
  const Day day = DayAt(instant);
  return day >= first_ && day < last_;
}

int64_t WorkCalendar::WorkingSecondsBefore(const Moment& moment) const {
  int64_t seconds = WorkingDaysBefore(moment.day) * seconds_per_day_;
  if (!IsWorkingDay(moment.day)) return seconds;
  for (const OfficeHours& opening : hours_) {
    seconds += std::clamp(moment.second, opening.open, opening.close) - opening.open;
  }
  return seconds;
}

Instant WorkCalendar::AddWorkingSeconds(Instant start, int64_t seconds) const {
  if (seconds == 0) return start;
  const int64_t spent = WorkingSecondsBefore(MomentOf(start)) + seconds;
  const int64_t number = FloorDivide(spent - 1, seconds_per_day_);
  int64_t rest = spent - number * seconds_per_day_;  // in (0, seconds_per_day_]
  const Day day = WorkingDay(number);
  for (const OfficeHours& opening : hours_) {
    if (rest <= opening.close - opening.open) return InstantOf(day, opening.open + rest);
    rest -= opening.close - opening.open;
  }
  return InstantOf(day, hours_.back().close);
}

Instant WorkCalendar::Add(Instant start, const TimeBudget& budget) const {
  start = std::clamp(start, kMinInstant, kMaxInstant);
  switch (budget.clock) {
    case Clock::kContinuousHours:
      return std::min(start + budget.amount, kMaxInstant);
    case Clock::kWorkingHours:
      return AddWorkingSeconds(start, budget.amount);
    case Clock::kWorkingDays: {
      const Moment moment = MomentOf(start);
      if (budget.amount == 0) {
        const bool closed = moment.second > hours_.back().close;
        return InstantOf(WorkingDay(WorkingDaysBefore(moment.day + (closed ? 1 : 0))), hours_.back().close);
      }
      return InstantOf(WorkingDay(WorkingDaysBefore(moment.day + 1) + budget.amount - 1), hours_.back().close);
    }
    case Clock::kCalendarDays:
      return InstantOf(DayAt(start) + static_cast<Day>(budget.amount), kDaySeconds - 1);
  }
  return start;
}

int64_t WorkCalendar::Between(Clock clock, Instant a, Instant b) const {
  a = std::clamp(a, kMinInstant, kMaxInstant);
  b = std::clamp(b, kMinInstant, kMaxInstant);
  switch (clock) {
    case Clock::kContinuousHours:
      return b - a;
    case Clock::kWorkingHours:
      return WorkingSecondsBefore(MomentOf(b)) - WorkingSecondsBefore(MomentOf(a));
    case Clock::kWorkingDays:
      return WorkingDaysBefore(DayAt(b) + 1) - WorkingDaysBefore(DayAt(a) + 1);
    case Clock::kCalendarDays:
      return DayAt(b) - DayAt(a);
  }
  return 0;
}

Instant WorkCalendar::AddSuspended(Instant start, const TimeBudget& budget,
                                   absl::Span<const Suspension> suspensions) const {
  TimeBudget left = budget;
  Instant due = Add(start, left);
  for (const Suspension& suspension : suspensions) {
    if (suspension.begin > due) break;
    left.amount = std::max<int64_t>(0, left.amount - Between(budget.clock, start, suspension.begin));
    start = suspension.end;
    due = Add(start, left);
  }
  return due;
}

}  // namespace lianhu::routing
