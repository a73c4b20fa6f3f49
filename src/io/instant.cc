#include "lianhu/io/instant.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"

namespace lianhu::io {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

// Takes pieces of text from the front.
struct Scanner {
  absl::string_view rest;

  // A number of `least` to `most` digits.
  std::optional<int32_t> Number(size_t least, size_t most) {
    size_t size = 0;
    int32_t value = 0;
    while (size < rest.size() && size < most && absl::ascii_isdigit(rest[size]))
      value = 10 * value + (rest[size++] - '0');
    if (size < least) return std::nullopt;
    rest.remove_prefix(size);
    return value;
  }
  bool Take(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
};

// Seconds since midnight; nothing at all is midnight.
std::optional<int64_t> ParseClock(Scanner& scanner) {
  if (!scanner.Take('T') && !scanner.Take(' ')) return 0;
  const auto hour = scanner.Number(1, 2);
  if (!hour || *hour > 23 || !scanner.Take(':')) return std::nullopt;
  const auto minute = scanner.Number(2, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int32_t second = 0;
  if (scanner.Take(':')) {
    const auto read = scanner.Number(2, 2);
    if (!read || *read > 59) return std::nullopt;
    second = *read;
  }
  return 3600 * *hour + 60 * *minute + second;
}

std::optional<int32_t> ParseOffset(Scanner& scanner, int32_t otherwise) {
  if (scanner.rest.empty()) return otherwise;
  if (scanner.Take('Z')) return 0;
  const int32_t sign = scanner.rest.front() == '-' ? -1 : 1;
  if (!scanner.Take('+') && !scanner.Take('-')) return std::nullopt;
  const auto hours = scanner.Number(2, 2);
  if (!hours || *hours > 14) return std::nullopt;
  scanner.Take(':');
  const auto minutes = scanner.Number(2, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * (3600 * *hours + 60 * *minutes);
}

}  // namespace

std::optional<int64_t> ParseInstant(absl::string_view text, int32_t offset_seconds) {
  if (text.size() >= 9 && text.size() <= 12 && std::all_of(text.begin(), text.end(), absl::ascii_isdigit)) {
    int64_t seconds = 0;
    if (absl::SimpleAtoi(text, &seconds) && seconds < 253'402'300'800) return seconds;  // the year 10000
    return std::nullopt;
  }
  Scanner scanner{text};
  const auto year = scanner.Number(4, 4);
  const char separator = scanner.rest.empty() ? '\0' : scanner.rest.front();
  if (!year || *year < 1970 || (separator != '-' && separator != '/')) return std::nullopt;
  scanner.Take(separator);
  const size_t least = separator == '-' ? 2 : 1;
  const auto month = scanner.Number(least, 2);
  if (!month || !scanner.Take(separator)) return std::nullopt;
  const auto day = scanner.Number(least, 2);
  if (!day) return std::nullopt;
  const year_month_day date{std::chrono::year(*year), std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  const auto clock = ParseClock(scanner);
  if (!clock) return std::nullopt;
  const auto offset = ParseOffset(scanner, offset_seconds);
  if (!offset || !scanner.rest.empty()) return std::nullopt;
  const int64_t seconds = int64_t{86400} * sys_days(date).time_since_epoch().count() + *clock - *offset;
  if (seconds < 0) return std::nullopt;
  return seconds;
}

std::string FormatInstant(int64_t utc_seconds, int32_t offset_seconds) {
  const int64_t local = utc_seconds + offset_seconds;
  const int64_t day = local / 86400 - (local % 86400 < 0 ? 1 : 0);
  const int64_t clock = local - 86400 * day;
  const year_month_day date{sys_days(std::chrono::days(day))};
  const int32_t minutes = std::abs(offset_seconds) / 60;
  return absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", static_cast<int>(date.year()),
                         static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock / 3600,
                         clock / 60 % 60, clock % 60, offset_seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

}  // namespace lianhu::io
