// Instants as text: what spreadsheets and standards write, from and to UTC seconds.
#ifndef LIANHU_IO_INSTANT_H_
#define LIANHU_IO_INSTANT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace lianhu::io {

// China has one time zone and no summer time.
inline constexpr int32_t kChinaOffsetSeconds = 8 * 3600;

// UTC seconds of `2026-11-24T08:30:00+08:00`, also with a blank for the T, without seconds, without a time (midnight),
// with Z, with a spreadsheet's 2026/11/24 8:30, and of a whole number of at least nine digits (UTC seconds themselves).
// Without an offset the text is taken in `offset_seconds` east of Greenwich. Years 1970 to 9999; nullopt for anything
// else, among it days that do not exist and second 60.
std::optional<int64_t> ParseInstant(absl::string_view text, int32_t offset_seconds = kChinaOffsetSeconds);

// `2026-11-24T08:30:00+08:00`; the offset a whole number of minutes. Instants as ParseInstant gives them.
std::string FormatInstant(int64_t utc_seconds, int32_t offset_seconds = kChinaOffsetSeconds);

}  // namespace lianhu::io

#endif  // LIANHU_IO_INSTANT_H_
