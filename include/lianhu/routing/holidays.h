// Holidays and make-up working days: which dates depart from the working week, and since when that is known.
//
// A government publishes a list for each year, late in the year before; it may name days of the old year (the list of
// 2019 made Sunday 2018-12-30 and Monday 2018-12-31 days off, Saturday 2018-12-29 a working day), and may be revised
// when it is in force already (on 2020-01-27 the Spring Festival of that very week grew by three days). Every entry
// therefore carries the day of its announcement, and of two entries for one date the one announced later holds. A
// calendar made `as_of` a day knows what had been announced by then and no more: with it a past decision is
// recomputed as it was made.
#ifndef LIANHU_ROUTING_HOLIDAYS_H_
#define LIANHU_ROUTING_HOLIDAYS_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "lianhu/routing/civil_day.h"

namespace lianhu::routing {

enum class DayKind : int32_t {
  kOff = 0,   // a holiday, or a day of rest moved here
  kWork = 1,  // a working day, also where the week has none
};

// A run of days, both ends included, of one year's list.
struct HolidayEntry {
  int32_t list_year = 0;
  Day first = 0;
  Day last = 0;
  DayKind kind = DayKind::kOff;
  Day announced = 0;
  friend bool operator==(const HolidayEntry&, const HolidayEntry&) = default;
};

struct HolidayTable {
  std::vector<HolidayEntry> entries;
};

// The lists of the State Council for 2018 to 2026 with the revisions of 2019 and 2020; the same rows as the file
// data/calendar/china.csv, which is their source.
const HolidayTable& ChinaHolidays();

// Errors name the entry: a run that ends before it begins or is longer than a year, days or announcements outside 1970
// to 2199, a list more than a year from its days, announced after the year is over, or two entries of one announcement
// day that give one date both kinds.
absl::Status Validate(const HolidayTable& table);

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_HOLIDAYS_H_
