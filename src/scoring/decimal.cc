#include "lianhu/scoring/decimal.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace lianhu::scoring {
namespace {

// `text` in units of 10^-decimals.
absl::StatusOr<int64_t> ParseFixed(absl::string_view text, int decimals) {
  absl::string_view rest = text;
  const bool negative = !rest.empty() && rest.front() == '-';
  if (negative) rest.remove_prefix(1);
  const size_t point = rest.find('.');
  const absl::string_view whole = rest.substr(0, point);
  const absl::string_view part = point == absl::string_view::npos ? absl::string_view() : rest.substr(point + 1);
  const auto digits = [](absl::string_view s) { return std::all_of(s.begin(), s.end(), absl::ascii_isdigit); };
  if (whole.empty() || !digits(whole) || !digits(part) || (point != absl::string_view::npos && part.empty())) {
    return absl::InvalidArgumentError("not a decimal number");
  }
  if (part.size() > static_cast<size_t>(decimals) &&
      part.substr(decimals).find_first_not_of('0') != absl::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat("more than ", decimals, " decimals"));
  }
  int64_t value = 0;
  const auto take = [&](char digit) {
    return __builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, digit - '0', &value);
  };
  for (const char digit : whole) {
    if (take(digit)) return absl::InvalidArgumentError("out of range");
  }
  for (int d = 0; d < decimals; ++d) {
    if (take(static_cast<size_t>(d) < part.size() ? part[d] : '0')) return absl::InvalidArgumentError("out of range");
  }
  return negative ? -value : value;
}

std::string FormatFixed(int64_t value, int decimals) {
  const uint64_t magnitude = value < 0 ? uint64_t{0} - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  std::string digits = absl::StrCat(magnitude);
  const auto width = static_cast<size_t>(decimals);
  if (digits.size() <= width) digits = absl::StrCat(std::string(width + 1 - digits.size(), '0'), digits);
  const absl::string_view all = digits;
  const size_t whole = all.size() - width;
  return absl::StrCat(value < 0 ? "-" : "", all.substr(0, whole), ".", all.substr(whole));
}

}  // namespace

absl::StatusOr<Decimal> ParseDecimal(absl::string_view text) {
  const absl::StatusOr<int64_t> millionths = ParseFixed(text, 6);
  if (!millionths.ok()) return millionths.status();
  return Decimal{*millionths};
}

std::string FormatDecimal(Decimal value) {
  std::string text = FormatFixed(value.millionths, 6);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string FormatPoints(Points thousandths) {
  return FormatFixed(thousandths, 3);
}

absl::StatusOr<Points> ParsePoints(absl::string_view text) {
  return ParseFixed(text, 3);
}

}  // namespace lianhu::scoring
