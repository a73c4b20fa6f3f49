// The work calendar's data as text: lists of holidays, office hours, times of a zone.
#ifndef LIANHU_IO_CALENDAR_FILES_H_
#define LIANHU_IO_CALENDAR_FILES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lianhu/io/csv.h"
#include "lianhu/routing/holidays.h"
#include "lianhu/routing/work_calendar.h"

namespace lianhu::io {

// Reads holidays. Columns, in any order, others ignored: `first` (or `date`) and, if there is one, `last`: the run of
// days; `day`: off or work (休, 班); `list`: the year of the list, default that of the first day; `announced`: the day
// it was published, default the first day of the list's year less one, so that all of it is known in time. Dates as
// 2018-02-15 or 2018/2/15. Errors name file, row, column and value. O(bytes).
absl::StatusOr<routing::HolidayTable> ReadHolidays(const std::string& path);
absl::StatusOr<routing::HolidayTable> HolidaysOf(const CsvTable& table);

// `08:30-12:00,14:00-17:30`; an error names the part.
absl::StatusOr<std::vector<routing::OfficeHours>> ParseOfficeHours(absl::string_view text);

// ParseInstant (instant.h) with times that have no offset in the calendar's zone; nullopt also outside 2000 to 2199.
std::optional<routing::Instant> ParseInstantIn(const routing::WorkCalendar& calendar, absl::string_view text);
// FormatInstant with the zone's offset at that instant; empty for kNoInstant.
std::string FormatInstantIn(const routing::WorkCalendar& calendar, routing::Instant instant);

// yes, y, true, 1, 是 and no, n, false, 0, 否; nullopt for anything else.
std::optional<bool> ParseYesNo(absl::string_view text);

}  // namespace lianhu::io

#endif  // LIANHU_IO_CALENDAR_FILES_H_
