#include "lianhu/routing/holidays.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "data/shared_data.h"
#include "lianhu/routing/work_calendar.h"

namespace lianhu::routing {
namespace {

TEST(HolidaysTest, TheTableIsValidAndCoversItsYears) {
  EXPECT_TRUE(Validate(ChinaHolidays()).ok());
  EXPECT_GT(ChinaHolidays().entries.size(), 100u);
  for (int32_t year = 2018; year <= 2026; ++year) {
    int64_t off = 0;
    for (const HolidayEntry& entry : ChinaHolidays().entries) {
      if (entry.list_year == year && entry.kind == DayKind::kOff) off += entry.last - entry.first + 1;
    }
    EXPECT_GE(off, 20) << year;
  }
}

// Another collection of the same notices, day by day: all of it is in the table, and nothing else.
TEST(HolidaysTest, AgreesWithTheSharedLists) {
  LIANHU_SHARED_DATA_OR_RETURN(folder, "holidays");
  std::map<Day, DayKind> listed;
  for (int32_t year = 2018; year <= 2026; ++year) {
    std::ifstream file(folder / absl::StrCat(year, ".json"));
    ASSERT_TRUE(file.is_open()) << year;
    const nlohmann::json list = nlohmann::json::parse(file);
    for (const nlohmann::json& day : list["days"]) {
      const Day date = ParseDay(day["date"].get<std::string>()).value();
      listed[date] = day["isOffDay"].get<bool>() ? DayKind::kOff : DayKind::kWork;
    }
  }
  EXPECT_GT(listed.size(), 250u);
  const WorkCalendar& calendar = WorkCalendar::China();
  int32_t make_up_days = 0;
  for (Day day = DayOf(20180101); day < DayOf(20270101); ++day) {
    const auto found = listed.find(day);
    const bool works = found == listed.end() ? WeekdayOf(day) < 5 : found->second == DayKind::kWork;
    EXPECT_EQ(calendar.IsWorkingDay(day), works) << FormatDay(day);
    make_up_days += works && WeekdayOf(day) >= 5;
  }
  EXPECT_GE(make_up_days, 50);
}

}  // namespace
}  // namespace lianhu::routing
