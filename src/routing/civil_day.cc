#include "lianhu/routing/civil_day.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "lianhu/base/status.h"

namespace lianhu::routing {
namespace {

// Up to `most` digits at the front of `text`, which loses them; -1 when there are fewer than `least`.
int32_t TakeNumber(absl::string_view& text, size_t least, size_t most) {
  int32_t value = 0;
  size_t digits = 0;
  while (digits < most && digits < text.size() && absl::ascii_isdigit(text[digits])) {
    value = 10 * value + (text[digits++] - '0');
  }
  text.remove_prefix(digits);
  return digits < least ? -1 : value;
}

bool TakeSeparator(absl::string_view& text, char separator) {
  if (text.empty() || text[0] != separator) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

absl::StatusOr<Day> ParseDay(absl::string_view text) {
  absl::string_view rest = text;
  const int32_t year = TakeNumber(rest, 4, 4);
  const char separator = rest.empty() ? '\0' : rest[0];
  const bool separated = separator == '-' || separator == '/';
  bool well_formed = year >= 0 && (!separated || TakeSeparator(rest, separator));
  const int32_t month = TakeNumber(rest, separated ? 1 : 2, 2);
  well_formed = well_formed && (!separated || TakeSeparator(rest, separator));
  const int32_t day = TakeNumber(rest, separated ? 1 : 2, 2);
  if (!well_formed || month < 0 || day < 0 || !rest.empty()) {
    return InvalidField("day", -1, "not a date; write 2018-02-15");
  }
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return InvalidField("day", -1, "no such day");
  if (year < 1970 || year > 2199) return InvalidField("day", -1, "out of range 1970 to 2199");
  return static_cast<Day>(std::chrono::sys_days{date}.time_since_epoch().count());
}

std::string FormatDay(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return absl::StrFormat("%04d-%02d-%02d", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                         static_cast<unsigned>(date.day()));
}

}  // namespace lianhu::routing
