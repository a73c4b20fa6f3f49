#include "lianhu/routing/work_calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "lianhu/base/random.h"
#include "lianhu/base/status.h"

namespace lianhu::routing {
namespace {

constexpr int64_t kHour = 3600;

// Beijing time, "2026-03-02 10:00" or with seconds.
Instant At(absl::string_view text, const absl::TimeZone& zone = absl::FixedTimeZone(8 * kHour)) {
  absl::Time time;
  std::string error;
  const absl::string_view format = text.size() > 16 ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d %H:%M";
  EXPECT_TRUE(absl::ParseTime(format, text, zone, &time, &error)) << text << ": " << error;
  return absl::ToUnixSeconds(time);
}

std::string Shown(Instant instant) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(instant), absl::FixedTimeZone(8 * kHour));
}

std::string Due(absl::string_view start, absl::string_view budget,
                const WorkCalendar& calendar = WorkCalendar::China()) {
  return Shown(calendar.Add(At(start), ParseBudget(budget).value()));
}

WorkCalendar Make(const WorkCalendarOptions& options, const HolidayTable& table = ChinaHolidays()) {
  return WorkCalendar::Create(table, options).value();
}

// The known traps of other software, one by one. Monday 2026-03-02 to Friday 2026-03-06 is a plain week.

TEST(WorkCalendarTest, ADayIsNotTwentyFourBusinessHours) {
  EXPECT_EQ(Due("2026-03-02 10:00", "1W"), "2026-03-03 17:30:00");
  EXPECT_EQ(Due("2026-03-02 10:00", "1D"), "2026-03-03 23:59:59");
  EXPECT_EQ(Due("2026-03-02 10:00", "24H"), "2026-03-05 15:00:00");  // what 24 business hours are: 7 h a day
  EXPECT_EQ(ParseBudget("P1D").status().message(),
            "budget: a duration does not say which clock; write 24U, 8H, 1W or 1D");
}

TEST(WorkCalendarTest, AStartBeforeOpeningCountsFromTheOpening) {
  EXPECT_EQ(Due("2026-03-02 06:15", "1H"), "2026-03-02 09:30:00");
  EXPECT_EQ(Due("2026-03-02 06:15", "1W"), "2026-03-03 17:30:00");
}

TEST(WorkCalendarTest, AStartOutsideOfficeHoursCountsFromTheNextOpening) {
  EXPECT_EQ(Due("2026-03-02 19:00", "1H"), "2026-03-03 09:30:00");
  EXPECT_EQ(Due("2026-03-07 11:00", "1H"), "2026-03-09 09:30:00");  // a Saturday
  EXPECT_EQ(Due("2026-03-02 13:00", "1H"), "2026-03-02 15:00:00");  // at lunch
  EXPECT_EQ(Due("2026-03-07 11:00", "1W"), "2026-03-09 17:30:00");
  EXPECT_EQ(Due("2026-03-02 19:00", "1W"), "2026-03-03 17:30:00");
}

TEST(WorkCalendarTest, LunchDoesNotCount) {
  EXPECT_EQ(Due("2026-03-02 11:30", "1H"), "2026-03-02 14:30:00");
  EXPECT_EQ(Due("2026-03-02 11:30", "0.5H"), "2026-03-02 12:00:00");  // the morning's end, not after lunch
  EXPECT_EQ(Due("2026-03-02 17:00", "0.5H"), "2026-03-02 17:30:00");
  EXPECT_EQ(Due("2026-03-02 17:00", "1H"), "2026-03-03 09:00:00");
}

TEST(WorkCalendarTest, HolidaysAndMakeUpDaysAreNotIgnored) {
  // Spring Festival 2026: off from 02-15 to 02-23, Saturdays 02-14 and 02-28 are worked.
  EXPECT_EQ(Due("2026-02-13 17:00", "1W"), "2026-02-14 17:30:00");
  EXPECT_EQ(Due("2026-02-13 17:00", "2W"), "2026-02-24 17:30:00");
  EXPECT_EQ(Due("2026-02-14 17:00", "1H"), "2026-02-24 09:00:00");
  EXPECT_EQ(Due("2026-02-27 10:00", "1W"), "2026-02-28 17:30:00");
  EXPECT_EQ(Due("2026-02-13 17:00", "2D"), "2026-02-15 23:59:59");  // calendar days do not care
  EXPECT_EQ(Due("2026-02-13 17:00", "24U"), "2026-02-14 17:00:00");
}

TEST(WorkCalendarTest, TheSameDay) {
  EXPECT_EQ(Due("2026-03-02 10:00", "0W"), "2026-03-02 17:30:00");
  EXPECT_EQ(Due("2026-03-02 18:00", "0W"), "2026-03-03 17:30:00");
  EXPECT_EQ(Due("2026-03-07 10:00", "0W"), "2026-03-09 17:30:00");
  EXPECT_EQ(Due("2026-03-07 10:00", "0D"), "2026-03-07 23:59:59");
  EXPECT_EQ(Due("2026-03-07 10:00", "0H"), "2026-03-07 10:00:00");
  EXPECT_EQ(Due("2026-03-07 10:00", "0U"), "2026-03-07 10:00:00");
}

TEST(WorkCalendarTest, AListRevisedMidHoliday) {
  // As planned on 2019-11-21 the office was to open on Friday 2020-01-31 and Saturday 02-01 was a make-up day; on
  // 2020-01-27 the holiday was extended to 02-02.
  const WorkCalendar before = Make({.as_of = DayOf(20200126)});
  const WorkCalendar after = Make({.as_of = DayOf(20200127)});
  EXPECT_EQ(Due("2020-01-23 10:00", "1W", before), "2020-01-31 17:30:00");
  EXPECT_EQ(Due("2020-01-23 10:00", "2W", before), "2020-02-01 17:30:00");
  EXPECT_EQ(Due("2020-01-23 10:00", "1W", after), "2020-02-03 17:30:00");
  EXPECT_EQ(Due("2020-01-23 10:00", "2W", after), "2020-02-04 17:30:00");
  EXPECT_TRUE(before.IsWorkingDay(DayOf(20200201)));
  EXPECT_FALSE(after.IsWorkingDay(DayOf(20200201)));
}

TEST(WorkCalendarTest, TheEndOfDecemberIsSetByTheNextList) {
  const WorkCalendar before = Make({.as_of = DayOf(20181205)});
  const WorkCalendar after = Make({.as_of = DayOf(20181206)});
  EXPECT_EQ(Due("2018-12-28 10:00", "1W", before), "2018-12-31 17:30:00");
  EXPECT_EQ(Due("2018-12-28 10:00", "1W", after), "2018-12-29 17:30:00");  // a make-up Saturday
  EXPECT_EQ(Due("2018-12-28 10:00", "2W", after), "2019-01-02 17:30:00");
  EXPECT_TRUE(before.Settled(At("2018-12-31 10:00")));
  EXPECT_FALSE(before.Settled(At("2019-01-02 10:00")));
  EXPECT_TRUE(after.Settled(At("2019-01-02 10:00")));
}

TEST(WorkCalendarTest, SuspensionsStopTheClock) {
  const WorkCalendar& calendar = WorkCalendar::China();
  const auto due = [&](absl::string_view budget, std::vector<Suspension> suspensions) {
    return Shown(calendar.AddSuspended(At("2026-03-02 10:00"), ParseBudget(budget).value(), suspensions));
  };
  EXPECT_EQ(due("4H", {}), "2026-03-02 16:00:00");
  EXPECT_EQ(due("4H", {{At("2026-03-02 11:00"), At("2026-03-04 09:30")}}), "2026-03-04 14:30:00");
  EXPECT_EQ(due("24U", {{At("2026-03-02 11:00"), At("2026-03-04 09:30")}}), "2026-03-05 08:30:00");
  // One day of three is gone on Tuesday; the two left are counted from Friday.
  EXPECT_EQ(due("3W", {{At("2026-03-03 11:00"), At("2026-03-06 09:30")}}), "2026-03-10 17:30:00");
  // None is left on Thursday: the same day, when it resumes.
  EXPECT_EQ(due("3W", {{At("2026-03-05 11:00"), At("2026-03-06 09:30")}}), "2026-03-06 17:30:00");
  EXPECT_EQ(due("3D", {{At("2026-03-03 11:00"), At("2026-03-06 09:30")}}), "2026-03-08 23:59:59");
  // Begun when all is spent: too late to change anything.
  EXPECT_EQ(due("4H", {{At("2026-03-02 16:00:01"), At("2026-03-04 09:30")}}), "2026-03-02 16:00:00");
  EXPECT_EQ(
      due("4H", {{At("2026-03-02 10:00"), At("2026-03-02 11:00")}, {At("2026-03-02 11:30"), At("2026-03-03 08:00")}}),
      "2026-03-03 12:00:00");  // half an hour on Monday, the morning of Tuesday
}

TEST(WorkCalendarTest, OtherZonesHoursAndWeeks) {
  const WorkCalendar utc = Make({.zone = "+00:00"});
  EXPECT_EQ(Shown(utc.Add(At("2026-03-02 10:00"), {3600, Clock::kWorkingHours})), "2026-03-02 17:30:00");
  const WorkCalendar night = Make({.hours = {{0, 86400}}, .week = {true, true, true, true, true, true, true}}, {});
  EXPECT_EQ(Due("2026-03-07 10:00", "24H", night), "2026-03-08 10:00:00");
  EXPECT_EQ(Due("2026-03-07 10:00", "1W", night), "2026-03-09 00:00:00");
  EXPECT_FALSE(night.Settled(At("2026-03-07 10:00")));
}

// New York's clocks went forward on Sunday 2026-03-08, back on 2025-11-02: working hours go by the wall clock,
// continuous hours do not.
TEST(WorkCalendarTest, AZoneThatChangesItsClocks) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("America/New_York", &zone)) GTEST_SKIP() << "no time zone database on this machine";
  const WorkCalendar calendar = Make({.zone = "America/New_York"}, {});
  const Instant friday = At("2026-03-06 17:00", zone);
  EXPECT_EQ(calendar.Add(friday, {kHour, Clock::kWorkingHours}), At("2026-03-09 09:00", zone));
  EXPECT_EQ(calendar.Add(friday, {1, Clock::kWorkingDays}), At("2026-03-09 17:30", zone));
  EXPECT_EQ(calendar.Add(friday, {2, Clock::kCalendarDays}), At("2026-03-08 23:59:59", zone));
  EXPECT_EQ(calendar.Add(friday, {72 * kHour, Clock::kContinuousHours}), At("2026-03-09 18:00", zone));
  EXPECT_EQ(calendar.Between(Clock::kWorkingHours, friday, At("2026-03-09 09:00", zone)), kHour);
}

TEST(WorkCalendarTest, FaultsNameTheField) {
  const auto message = [](const WorkCalendarOptions& options, const HolidayTable& table = {}) {
    return std::string(WorkCalendar::Create(table, options).status().message());
  };
  EXPECT_EQ(message({.zone = "Mars/Olympus"}),
            "zone: no such time zone: 'Mars/Olympus'; write Asia/Shanghai or +08:00");
  EXPECT_NE(message({.zone = "/etc/passwd"}), "");
  EXPECT_NE(message({.zone = "+15:00"}), "");
  EXPECT_EQ(message({.hours = {}}), "hours: the office never opens");
  EXPECT_EQ(message({.hours = {{30600, 43200}, {43200, 63000}}}),
            "hours[1]: opens before the opening before it has closed");
  EXPECT_EQ(message({.hours = {{30600, 30600}}}), "hours[0]: need 0 <= open < close <= 86400");
  EXPECT_EQ(message({.week = {}}), "week: has no working day");
  const Day day = DayOf(20260302);
  EXPECT_EQ(message({}, {{{2026, day, day - 1, DayKind::kOff, day}}}), "holidays[0]: the last day is before the first");
  EXPECT_EQ(message({}, {{{2026, day, day, DayKind::kOff, day}, {2026, day, day, DayKind::kWork, day}}}),
            "holidays[1]: 2026-03-02 is both off and work, announced on one day, 2026-03-02");
  EXPECT_EQ(message({}, {{{2020, day, day, DayKind::kOff, 0}}}),
            "holidays[0]: not in or beside the year of its list, 2020");
}

TEST(BudgetTest, ReadsAndWrites) {
  EXPECT_EQ(ParseBudget("4H").value(), (TimeBudget{4 * kHour, Clock::kWorkingHours}));
  EXPECT_EQ(ParseBudget("24u").value(), (TimeBudget{24 * kHour, Clock::kContinuousHours}));
  EXPECT_EQ(ParseBudget("0.25U").value(), (TimeBudget{900, Clock::kContinuousHours}));
  EXPECT_EQ(ParseBudget("7W").value(), (TimeBudget{7, Clock::kWorkingDays}));
  EXPECT_EQ(ParseBudget("30D").value(), (TimeBudget{30, Clock::kCalendarDays}));
  for (const absl::string_view text :
       {"", "H", "4", "4X", "-4H", "4.H", ".5H", "1.5W", "4 H", "4000D", "99999999H", "1e2H", "PT4H"}) {
    EXPECT_FALSE(ParseBudget(text).ok()) << text;
  }
  Random random(7);
  for (int i = 0; i < 20000; ++i) {
    const auto clock = static_cast<Clock>(random.Below(4));
    const bool days = clock == Clock::kWorkingDays || clock == Clock::kCalendarDays;
    const TimeBudget budget{random.Below(days ? kMaxBudgetDays : 1000000), clock};
    EXPECT_EQ(ParseBudget(FormatBudget(budget)).value(), budget) << FormatBudget(budget);
  }
  EXPECT_EQ(FormatBudget({5400, Clock::kWorkingHours}), "1.5H");
  EXPECT_EQ(FormatBudget({20 * 60, Clock::kContinuousHours}), "0.333333U");
}

TEST(CivilDayTest, ReadsDates) {
  EXPECT_EQ(ParseDay("2018-02-15").value(), DayOf(20180215));
  EXPECT_EQ(ParseDay("2018/2/15").value(), DayOf(20180215));
  EXPECT_EQ(ParseDay("20180215").value(), DayOf(20180215));
  EXPECT_EQ(FormatDay(DayOf(20180215)), "2018-02-15");
  for (const absl::string_view text :
       {"", "2018", "2018-02-30", "2018-13-01", "2018-2-15x", "18-02-15", "2018-02/15", "1969-12-31"}) {
    EXPECT_FALSE(ParseDay(text).ok()) << text;
  }
  EXPECT_EQ(WeekdayOf(DayOf(20260302)), 0);
  EXPECT_EQ(WeekdayOf(-1), 2);  // Wednesday 1969-12-31
}

// The oracle: a column of minutes, each working or not by the definitions alone, and a count along it.
class MinuteOracle {
 public:
  MinuteOracle(const WorkCalendarOptions& options, const HolidayTable& table, Day first, Day last, int64_t offset)
      : first_(first), offset_(offset) {
    for (Day day = first; day < last; ++day) {
      bool works = options.week[(day + 3) % 7];
      Day announced = -1;
      for (const HolidayEntry& entry : table.entries) {
        if (day < entry.first || day > entry.last || entry.announced > options.as_of) continue;
        if (entry.announced < announced) continue;
        announced = entry.announced;
        works = entry.kind == DayKind::kWork;
      }
      days_.push_back(works);
      for (int32_t minute = 0; minute < 1440; ++minute) {
        bool open = false;
        for (const OfficeHours& hours : options.hours)
          open = open || (minute * 60 >= hours.open && minute * 60 < hours.close);
        minutes_.push_back(works && open);
      }
    }
  }

  // Minute by minute; start and amount in whole minutes, or in days.
  Instant Add(Instant start, const TimeBudget& budget, int32_t close) const {
    int64_t minute = MinuteOf(start);
    int64_t left = budget.amount;
    switch (budget.clock) {
      case Clock::kContinuousHours:
        return start + left;
      case Clock::kWorkingHours:
        if (left == 0) return start;
        for (; left > 0; ++minute) left -= minutes_.at(minute) ? 60 : 0;
        return InstantOf(minute);
      case Clock::kWorkingDays: {
        int64_t day = minute / 1440;
        while (left > 0) left -= days_.at(++day) ? 1 : 0;
        return InstantOf(day * 1440) + close;
      }
      case Clock::kCalendarDays:
        return InstantOf((minute / 1440 + left) * 1440) + 86399;
    }
    return 0;
  }
  int64_t WorkingSeconds(Instant a, Instant b) const {
    return 60 * std::count(minutes_.begin() + MinuteOf(a), minutes_.begin() + MinuteOf(b), true);
  }
  bool open(Instant instant) const { return minutes_.at(MinuteOf(instant)); }

 private:
  int64_t MinuteOf(Instant instant) const { return (instant + offset_ - first_ * kDaySeconds) / 60; }
  Instant InstantOf(int64_t minute) const { return first_ * kDaySeconds + minute * 60 - offset_; }

  Day first_;
  int64_t offset_;
  std::vector<bool> days_;
  std::vector<bool> minutes_;
};

TEST(WorkCalendarPropertyTest, AgreesWithAMinuteByMinuteCount) {
  constexpr uint64_t kSeed = 20260302;
  SCOPED_TRACE(absl::StrCat("seed ", kSeed));
  Random random(kSeed);
  int64_t over_holidays = 0;
  int64_t cut_by_lunch = 0;
  for (int trial = 0; trial < 12; ++trial) {
    WorkCalendarOptions options;
    const int64_t offset = trial % 3 == 0 ? 8 * kHour : random.Between(-20, 24) * 1800;
    options.zone = absl::StrCat(offset < 0 ? "-" : "+", std::abs(offset) / kHour < 10 ? "0" : "",
                                std::abs(offset) / kHour, ":", std::abs(offset) % kHour == 0 ? "00" : "30");
    if (trial % 2 == 1) {
      const int32_t open = 60 * random.Between(0, 600);
      const int32_t lunch = open + 60 * random.Between(1, 200);
      const int32_t back = lunch + 60 * random.Between(1, 120);
      options.hours = {{open, lunch}, {back, back + 60 * random.Between(1, 300)}};
      for (bool& works : options.week) works = random.Below(3) > 0;
      options.week[random.Below(7)] = true;
    }
    if (trial % 4 == 3) options.as_of = DayOf(20200101) + random.Between(0, 60);
    // From before the lists to after them where everything is known.
    const Day first = trial % 2 == 0 ? DayOf(20191001) : DayOf(20260601);
    const Day last = first + 560;
    const WorkCalendar calendar = Make(options);
    const MinuteOracle oracle(options, ChinaHolidays(), first, last, offset);
    for (int i = 0; i < 1500; ++i) {
      const Instant start = int64_t{first + 1} * kDaySeconds + 60 * random.Below(300 * 1440);
      const auto clock = static_cast<Clock>(random.Below(4));
      const bool days = clock == Clock::kWorkingDays || clock == Clock::kCalendarDays;
      const TimeBudget budget{days ? random.Between(1, 30) : 60 * random.Below(60 * 24), clock};
      const Instant due = calendar.Add(start, budget);
      ASSERT_EQ(due, oracle.Add(start, budget, options.hours.back().close))
          << Shown(start) << " + " << FormatBudget(budget) << " in " << options.zone;
      ASSERT_EQ(calendar.Between(clock, start, due), budget.amount);
      ASSERT_EQ(calendar.Between(clock, due, start), -budget.amount);
      const Instant other = start + 60 * random.Below(40 * 1440);
      ASSERT_EQ(calendar.Between(Clock::kWorkingHours, start, other), oracle.WorkingSeconds(start, other));
      ASSERT_EQ(calendar.IsOpen(start), oracle.open(start));
      over_holidays += clock == Clock::kWorkingDays && due - start > (budget.amount + 8) * kDaySeconds;
      cut_by_lunch += clock == Clock::kWorkingHours && oracle.open(start) && !oracle.open(start + 2 * kHour);
    }
  }
  EXPECT_GT(over_holidays, 100);
  EXPECT_GT(cut_by_lunch, 100);
}

TEST(WorkCalendarPropertyTest, AddNeverDecreases) {
  Random random(5);
  const WorkCalendar& calendar = WorkCalendar::China();
  for (int i = 0; i < 50000; ++i) {
    const Instant start = kMinInstant + random.Below(30 * 366 * kDaySeconds);
    const auto clock = static_cast<Clock>(random.Below(4));
    const TimeBudget budget{random.Below(50), clock};
    const Instant due = calendar.Add(start, budget);
    ASSERT_GE(due, start);
    ASSERT_GE(calendar.Add(start + random.Below(100000), budget), due);
    ASSERT_GE(calendar.Add(start, {budget.amount + random.Below(10), clock}), due);
  }
  EXPECT_EQ(calendar.Add(kMaxInstant, {kMaxBudgetDays, Clock::kWorkingDays}), kMaxInstant);
  EXPECT_EQ(calendar.Add(std::numeric_limits<Instant>::max(), {kMaxBudgetSeconds, Clock::kContinuousHours}),
            kMaxInstant);
  EXPECT_GE(calendar.Add(std::numeric_limits<Instant>::min(), {0, Clock::kWorkingDays}), kMinInstant);
}

}  // namespace
}  // namespace lianhu::routing
