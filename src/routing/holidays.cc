#include "lianhu/routing/holidays.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu::routing {
namespace {

constexpr Day kFirstDay = 0;
constexpr Day kLastDay = DayOf(21991231);

bool InRange(Day day) {
  return day >= kFirstDay && day <= kLastDay;
}

}  // namespace

absl::Status Validate(const HolidayTable& table) {
  std::map<std::pair<Day, Day>, DayKind> kinds;  // by date and announcement
  for (size_t i = 0; i < table.entries.size(); ++i) {
    const HolidayEntry& entry = table.entries[i];
    const auto row = static_cast<int64_t>(i);
    if (!InRange(entry.first) || !InRange(entry.last) || !InRange(entry.announced)) {
      return InvalidField("holidays", row, "a day is out of range 1970 to 2199");
    }
    if (entry.last < entry.first) return InvalidField("holidays", row, "the last day is before the first");
    if (entry.last - entry.first > 365) return InvalidField("holidays", row, "longer than a year");
    if (YearOf(entry.first) < entry.list_year - 1 || YearOf(entry.last) > entry.list_year + 1) {
      return InvalidField("holidays", row, absl::StrCat("not in or beside the year of its list, ", entry.list_year));
    }
    if (YearOf(entry.announced) > entry.list_year) {
      return InvalidField("holidays", row, absl::StrCat("announced after the year of its list, ", entry.list_year));
    }
    for (Day day = entry.first; day <= entry.last; ++day) {
      const auto [found, fresh] = kinds.try_emplace({day, entry.announced}, entry.kind);
      if (!fresh && found->second != entry.kind) {
        return InvalidField(
            "holidays", row,
            absl::StrCat(FormatDay(day), " is both off and work, announced on one day, ", FormatDay(entry.announced)));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace lianhu::routing
