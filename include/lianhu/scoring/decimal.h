// Decimal numbers as people write them: what a checklist states and what an evaluation publishes.
//
// No number here is ever a binary float: 0.3 is three tenths, and 87.4995 is rounded to 87.500 once, half up, from its
// exact value.
#ifndef LIANHU_SCORING_DECIMAL_H_
#define LIANHU_SCORING_DECIMAL_H_

#include <compare>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lianhu::scoring {

// A number with at most six decimals, |value| < 9.2e12.
struct Decimal {
  int64_t millionths = 0;

  static constexpr int64_t kOne = 1'000'000;
  static constexpr Decimal Of(int64_t whole) { return {whole * kOne}; }
  friend constexpr auto operator<=>(const Decimal&, const Decimal&) = default;
};

// "8", "-0.25", "0.300000": digits, with a point and one to six decimals if any, and a minus sign if any. No exponent,
// no plus sign, no blanks; errors are InvalidArgument without a field ("not a decimal number", "more than 6 decimals",
// "out of range").
absl::StatusOr<Decimal> ParseDecimal(absl::string_view text);

// The shortest form that ParseDecimal reads back: "8", "-0.25".
std::string FormatDecimal(Decimal value);

// Points as they are published: thousandths of a point.
using Points = int64_t;

// "87.500": always three decimals.
std::string FormatPoints(Points thousandths);

// "87.5" and "87.500" to 87500; at most three decimals and 9.2e15 - 1 whole points. Errors as of ParseDecimal.
absl::StatusOr<Points> ParsePoints(absl::string_view text);

}  // namespace lianhu::scoring

#endif  // LIANHU_SCORING_DECIMAL_H_
