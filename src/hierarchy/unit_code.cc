#include "lianhu/hierarchy/unit_code.h"

#include <algorithm>
#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "hierarchy/code_levels.h"
#include "lianhu/base/status.h"

namespace lianhu {

int32_t LevelOfCode(int64_t code) {
  if (code == kCountryCode) return kCountry;
  for (int32_t level = kProvince; level <= kMicroGrid; ++level) {
    const int64_t limit = PowerOfTen(kCodeDigits[level]);
    if (code < limit) return code >= limit / 10 ? level : -1;
  }
  return -1;
}

int64_t ParentCode(int64_t code) {
  return CodePrefix(code, LevelOfCode(code), LevelOfCode(code) - 1);
}

absl::StatusOr<int64_t> ParseUnitCode(absl::string_view text) {
  // No code is longer than 18 digits, so that none overflows; what is quoted of a wrong one is cut at twice that.
  constexpr size_t kMostDigits = kCodeDigits[kMicroGrid];
  int64_t code = 0;
  bool digits = !text.empty() && text.size() <= kMostDigits;
  for (size_t i = 0; digits && i < text.size(); ++i) {
    digits = absl::ascii_isdigit(text[i]);
    code = 10 * code + (text[i] - '0');
  }
  if (digits && text[0] != '0' && LevelOfCode(code) > kCountry) return code;
  return InvalidField("codes", -1,
                      absl::StrCat("malformed code \"", absl::Utf8SafeCEscape(text.substr(0, 2 * kMostDigits)),
                                   "\": need 2, 4, 6, 9, 12, 15 or 18 digits, the first not 0"));
}

absl::StatusOr<std::vector<int64_t>> ParseUnitCodes(absl::Span<const absl::string_view> texts) {
  std::vector<int64_t> codes;
  codes.reserve(texts.size());
  for (const absl::string_view text : texts) {
    const absl::StatusOr<int64_t> code = ParseUnitCode(text);
    if (!code.ok()) {
      const auto row = static_cast<int64_t>(codes.size());
      return WithErrorDetail(absl::InvalidArgumentError(absl::StrCat("row ", row, ": ", code.status().message())),
                             {.field = "codes", .row = row});
    }
    codes.push_back(*code);
  }
  return codes;
}

}  // namespace lianhu
