// Decimal numbers of 34 digits: the numbers of FEEL (DMN 1.5, 10.3.2.3.1), which are those of IEEE 754 decimal128.
//
// 0.1 + 0.2 is 0.3 here, and a cell `< 0.1` means what it says. Results are rounded to 34 digits, half to even.
// Exponents are held to -6176..6111 as in decimal128; what does not fit is an overflow (nullopt), which FEEL turns into
// null. There is no NaN and no infinity: FEEL has neither.
//
// Why not a library: Debian 12 packages none. libmpdec left the archive, GCC's _Decimal128 is unknown to clang, and
// Boost's cpp_dec_float keeps hidden guard digits, so that 1/3*3 = 1 and equal prints can differ. Boost.Multiprecision
// does supply the wide integers and the transcendental functions below.
#ifndef LIANHU_ROUTING_DECIMAL_H_
#define LIANHU_ROUTING_DECIMAL_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/strings/string_view.h"

namespace lianhu::routing {

class Decimal {
 public:
  static constexpr int kDigits = 34;

  constexpr Decimal() = default;
  Decimal(int64_t value);  // NOLINT(google-explicit-constructor): an integer is a decimal

  // [+-]digits[.digits][e[+-]digits], or with nothing before the point; no blanks. nullopt for anything else.
  static std::optional<Decimal> Parse(absl::string_view text);
  // The shortest decimal that reads back as `value`: 0.1 gives 0.1. nullopt for NaN and infinity.
  static std::optional<Decimal> FromDouble(double value);
  // Negative when `negative`; `coefficient` times ten to the `exponent`, rounded to 34 digits.
  static std::optional<Decimal> Make(bool negative, absl::uint128 coefficient, int64_t exponent);

  bool negative() const { return negative_ && coefficient_ != 0; }
  bool IsZero() const { return coefficient_ == 0; }
  bool IsInteger() const;
  // The nearest double, ties to even.
  double ToDouble() const;
  // The value if it is an integer that fits.
  std::optional<int64_t> ToInt64() const;
  // Digits without exponent while they are at most 34, without trailing zeros after the point: 1.50 prints "1.5".
  std::string ToString() const;
  // Digits after the point as the number was written: 2 for 1.50.
  int Scale() const { return exponent_ < 0 ? -exponent_ : 0; }

  Decimal Negated() const;
  Decimal Abs() const { return negative() ? Negated() : *this; }

  // Negative, zero or positive as a < b, a = b, a > b. Exact.
  static int Compare(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return Compare(a, b) == 0; }
  friend bool operator<(const Decimal& a, const Decimal& b) { return Compare(a, b) < 0; }
  friend bool operator<=(const Decimal& a, const Decimal& b) { return Compare(a, b) <= 0; }
  friend bool operator>(const Decimal& a, const Decimal& b) { return Compare(a, b) > 0; }
  friend bool operator>=(const Decimal& a, const Decimal& b) { return Compare(a, b) >= 0; }

  static std::optional<Decimal> Add(const Decimal& a, const Decimal& b);
  static std::optional<Decimal> Subtract(const Decimal& a, const Decimal& b) { return Add(a, b.Negated()); }
  static std::optional<Decimal> Multiply(const Decimal& a, const Decimal& b);
  // nullopt when b is zero.
  static std::optional<Decimal> Divide(const Decimal& a, const Decimal& b);
  // Integer powers by repeated multiplication, others to about 34 digits; nullopt where there is no real result.
  static std::optional<Decimal> Power(const Decimal& a, const Decimal& b);
  // a - b * floor(a / b): the sign of b, as FEEL's modulo. nullopt when b is zero.
  static std::optional<Decimal> Modulo(const Decimal& a, const Decimal& b);

  enum class Rounding { kHalfEven, kHalfUp, kHalfDown, kUp, kDown, kFloor, kCeiling };
  // To `scale` digits after the point (negative: before it).
  std::optional<Decimal> Round(int64_t scale, Rounding rounding) const;

  // To 34 digits, faithfully rounded; nullopt outside their domain.
  static std::optional<Decimal> SquareRoot(const Decimal& a);
  static std::optional<Decimal> Exponential(const Decimal& a);
  static std::optional<Decimal> Logarithm(const Decimal& a);

 private:
  constexpr Decimal(bool negative, absl::uint128 coefficient, int32_t exponent)
      : coefficient_(coefficient), exponent_(exponent), negative_(negative) {}

  absl::uint128 coefficient_ = 0;  // below 10^34
  int32_t exponent_ = 0;
  bool negative_ = false;
};

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_DECIMAL_H_
