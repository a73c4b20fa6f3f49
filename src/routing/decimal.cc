#include "lianhu/routing/decimal.h"

#include <array>
#include <boost/multiprecision/cpp_dec_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace lianhu::routing {
namespace {

using Wide = boost::multiprecision::uint512_t;
using Real = boost::multiprecision::number<boost::multiprecision::cpp_dec_float<60>>;

constexpr int64_t kMinExponent = -6176;
constexpr int64_t kMaxExponent = 6111;

Wide Widen(absl::uint128 value) {
  return (Wide(absl::Uint128High64(value)) << 64) + Wide(absl::Uint128Low64(value));
}

absl::uint128 Narrow(const Wide& value) {
  const Wide mask = (Wide(1) << 64) - 1;
  return absl::MakeUint128(static_cast<uint64_t>(Wide(value >> 64) & mask), static_cast<uint64_t>(Wide(value & mask)));
}

// 10^n for 0 <= n <= 120.
const Wide& PowerOfTen(int64_t n) {
  static const auto* const powers = [] {
    auto* made = new std::array<Wide, 121>;
    (*made)[0] = 1;
    for (size_t i = 1; i < made->size(); ++i) (*made)[i] = (*made)[i - 1] * 10;
    return made;
  }();
  return (*powers)[n];
}

absl::uint128 SmallPowerOfTen(int64_t n) {  // n <= 38
  absl::uint128 power = 1;
  for (; n > 0; --n) power *= 10;
  return power;
}

int DigitCount(const Wide& value) {
  if (value == 0) return 0;
  // log10(2) = 0.30103; the estimate is at most one too small.
  int digits = static_cast<int>(static_cast<double>(boost::multiprecision::msb(value)) * 0.30102999566398119) + 1;
  while (digits <= 120 && value >= PowerOfTen(digits)) ++digits;
  return digits;
}

int DigitCount(absl::uint128 value) {
  int digits = 0;
  for (; value != 0; value /= 10) ++digits;
  return digits;
}

// value / 10^drop in the given direction; `sticky` says that value stands for something slightly larger.
Wide DropDigits(const Wide& value, int64_t drop, Decimal::Rounding rounding, bool negative, bool sticky) {
  if (drop <= 0) return value;
  if (drop > 120) drop = 120;
  const Wide& unit = PowerOfTen(drop);
  Wide quotient = value / unit;
  const Wide rest = value - quotient * unit;
  const Wide twice = rest * 2;
  const bool exact = rest == 0 && !sticky;
  const int half = twice > unit || (twice == unit && sticky) ? 1 : twice == unit ? 0 : -1;
  bool up = false;
  switch (rounding) {
    case Decimal::Rounding::kHalfEven:
      up = half > 0 || (half == 0 && (quotient & 1) != 0);
      break;
    case Decimal::Rounding::kHalfUp:
      up = half >= 0;
      break;
    case Decimal::Rounding::kHalfDown:
      up = half > 0;
      break;
    case Decimal::Rounding::kUp:
      up = !exact;
      break;
    case Decimal::Rounding::kDown:
      break;
    case Decimal::Rounding::kFloor:
      up = !exact && negative;
      break;
    case Decimal::Rounding::kCeiling:
      up = !exact && !negative;
      break;
  }
  if (up) ++quotient;
  return quotient;
}

// Rounds to 34 digits; nullopt on overflow.
std::optional<Decimal> Fit(bool negative, Wide value, int64_t exponent, bool sticky = false) {
  int64_t drop = DigitCount(value) - Decimal::kDigits;
  if (exponent + drop < kMinExponent) drop = kMinExponent - exponent;
  if (drop > 0) {
    value = DropDigits(value, drop, Decimal::Rounding::kHalfEven, negative, sticky);
    exponent += drop;
    if (value == PowerOfTen(Decimal::kDigits)) {
      value = PowerOfTen(Decimal::kDigits - 1);
      ++exponent;
    }
  }
  if (value == 0) return Decimal();
  while (exponent > kMaxExponent && DigitCount(value) < Decimal::kDigits) {
    value *= 10;
    --exponent;
  }
  if (exponent > kMaxExponent) return std::nullopt;
  return Decimal::Make(negative, Narrow(value), exponent);
}

Real ToReal(const Decimal& value) {
  return Real(value.ToString());
}

std::optional<Decimal> FromReal(const Real& value) {
  if (!boost::multiprecision::isfinite(value)) return std::nullopt;
  return Decimal::Parse(value.str(Decimal::kDigits, std::ios_base::scientific));
}

}  // namespace

Decimal::Decimal(int64_t value)
    : coefficient_(value < 0 ? uint64_t{0} - static_cast<uint64_t>(value) : static_cast<uint64_t>(value)),
      negative_(value < 0) {}

std::optional<Decimal> Decimal::Make(bool negative, absl::uint128 coefficient, int64_t exponent) {
  if (coefficient < SmallPowerOfTen(kDigits) && exponent >= kMinExponent && exponent <= kMaxExponent) {
    return Decimal(negative, coefficient, static_cast<int32_t>(exponent));
  }
  if (exponent > 2 * kMaxExponent) return coefficient == 0 ? std::optional<Decimal>(Decimal()) : std::nullopt;
  if (exponent < 3 * kMinExponent) return Decimal();
  return Fit(negative, Widen(coefficient), exponent);
}

std::optional<Decimal> Decimal::Parse(absl::string_view text) {
  size_t at = 0;
  bool negative = false;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) negative = text[at++] == '-';
  Wide value = 0;
  int digits = 0;
  int64_t exponent = 0;
  bool point = false;
  bool any = false;
  bool sticky = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    any = true;
    if (digits >= 100) {  // far beyond what is kept; only whether the rest is zero matters
      sticky = sticky || c != '0';
      if (!point) ++exponent;
      continue;
    }
    value = value * 10 + static_cast<unsigned>(c - '0');
    if (value != 0) ++digits;
    if (point) --exponent;
  }
  if (!any || text[at - 1] == '.') return std::nullopt;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    absl::string_view rest = text.substr(at + 1);
    int32_t written = 0;
    if (rest.empty() || rest.size() > 9 || !absl::SimpleAtoi(rest, &written)) return std::nullopt;
    if (rest.find_first_not_of("+-0123456789") != absl::string_view::npos) return std::nullopt;
    exponent += written;
  }
  if (exponent > 2 * kMaxExponent) return value == 0 ? std::optional<Decimal>(Decimal()) : std::nullopt;
  if (exponent < 3 * kMinExponent) return Decimal();
  if (value == 0)
    return Decimal(false, 0, static_cast<int32_t>(exponent < -kDigits ? -kDigits : exponent > 0 ? 0 : exponent));
  return Fit(negative, value, exponent, sticky);
}

std::optional<Decimal> Decimal::FromDouble(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  char text[40];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value);
  return Parse(absl::string_view(text, static_cast<size_t>(end - text)));
}

bool Decimal::IsInteger() const {
  if (exponent_ >= 0 || coefficient_ == 0) return true;
  if (exponent_ < -kDigits) return false;
  return coefficient_ % SmallPowerOfTen(-exponent_) == 0;
}

double Decimal::ToDouble() const {
  const std::string text = absl::StrCat(negative() ? "-" : "", Widen(coefficient_).str(), "e", exponent_);
  return std::strtod(text.c_str(), nullptr);
}

std::optional<int64_t> Decimal::ToInt64() const {
  if (!IsInteger()) return std::nullopt;
  absl::uint128 value = coefficient_;
  if (exponent_ < 0) value /= SmallPowerOfTen(std::min(-exponent_, 38));
  if (exponent_ > 0) {
    if (value != 0 && exponent_ > 20) return std::nullopt;
    for (int i = 0; i < exponent_ && value <= absl::uint128(INT64_MAX); ++i) value *= 10;
  }
  if (value > absl::uint128(INT64_MAX)) return std::nullopt;
  const auto magnitude = static_cast<int64_t>(absl::Uint128Low64(value));
  return negative_ ? -magnitude : magnitude;
}

std::string Decimal::ToString() const {
  if (coefficient_ == 0) return "0";
  std::string digits = Widen(coefficient_).str();
  int64_t exponent = exponent_;
  while (exponent < 0 && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  const auto length = static_cast<int64_t>(digits.size());
  const char* const sign = negative_ ? "-" : "";
  if (exponent >= 0 && length + exponent <= kDigits) return absl::StrCat(sign, digits, std::string(exponent, '0'));
  if (exponent < 0 && length + exponent > 0) {
    return absl::StrCat(sign, digits.substr(0, length + exponent), ".", digits.substr(length + exponent));
  }
  if (exponent < 0 && -exponent - length < kDigits) {
    return absl::StrCat(sign, "0.", std::string(-exponent - length, '0'), digits);
  }
  while (digits.size() > 1 && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  const int64_t scientific = exponent + static_cast<int64_t>(digits.size()) - 1;
  return digits.size() == 1 ? absl::StrCat(sign, digits, "e", scientific)
                            : absl::StrCat(sign, digits.substr(0, 1), ".", digits.substr(1), "e", scientific);
}

Decimal Decimal::Negated() const {
  return Decimal(!negative_, coefficient_, exponent_);
}

int Decimal::Compare(const Decimal& a, const Decimal& b) {
  const int sign_a = a.coefficient_ == 0 ? 0 : a.negative_ ? -1 : 1;
  const int sign_b = b.coefficient_ == 0 ? 0 : b.negative_ ? -1 : 1;
  if (sign_a != sign_b) return sign_a < sign_b ? -1 : 1;
  if (sign_a == 0) return 0;
  if (a.exponent_ == b.exponent_) {
    if (a.coefficient_ == b.coefficient_) return 0;
    return (a.coefficient_ < b.coefficient_) == (sign_a > 0) ? -1 : 1;
  }
  const int64_t top_a = DigitCount(a.coefficient_) + static_cast<int64_t>(a.exponent_);
  const int64_t top_b = DigitCount(b.coefficient_) + static_cast<int64_t>(b.exponent_);
  if (top_a != top_b) return (top_a < top_b) == (sign_a > 0) ? -1 : 1;
  const int64_t low = std::min(a.exponent_, b.exponent_);  // as many leading digits: the exponents differ by < 34
  const Wide left = Widen(a.coefficient_) * PowerOfTen(a.exponent_ - low);
  const Wide right = Widen(b.coefficient_) * PowerOfTen(b.exponent_ - low);
  if (left == right) return 0;
  return (left < right) == (sign_a > 0) ? -1 : 1;
}

std::optional<Decimal> Decimal::Add(const Decimal& a, const Decimal& b) {
  if (a.coefficient_ == 0) return b;
  if (b.coefficient_ == 0) return a;
  const Decimal& high = a.exponent_ >= b.exponent_ ? a : b;
  const Decimal& low = a.exponent_ >= b.exponent_ ? b : a;
  // Beyond 80 digits apart the lower one can only decide a rounding: any tiny number of its sign does the same.
  const int64_t apart = std::min<int64_t>(static_cast<int64_t>(high.exponent_) - low.exponent_, 80);
  const Wide left = Widen(high.coefficient_) * PowerOfTen(apart);
  const Wide right = static_cast<int64_t>(high.exponent_) - low.exponent_ > 80 ? Wide(1) : Widen(low.coefficient_);
  const int64_t exponent = high.exponent_ - apart;
  if (high.negative_ == low.negative_) return Fit(high.negative_, left + right, exponent);
  if (left == right) return Decimal();
  return left > right ? Fit(high.negative_, left - right, exponent) : Fit(low.negative_, right - left, exponent);
}

std::optional<Decimal> Decimal::Multiply(const Decimal& a, const Decimal& b) {
  return Fit(a.negative_ != b.negative_, Widen(a.coefficient_) * Widen(b.coefficient_),
             static_cast<int64_t>(a.exponent_) + b.exponent_);
}

std::optional<Decimal> Decimal::Divide(const Decimal& a, const Decimal& b) {
  if (b.coefficient_ == 0) return std::nullopt;
  if (a.coefficient_ == 0) return Decimal();
  constexpr int kShift = 72;  // leaves at least 38 digits of quotient
  const Wide numerator = Widen(a.coefficient_) * PowerOfTen(kShift);
  const Wide denominator = Widen(b.coefficient_);
  Wide quotient = numerator / denominator;
  const bool sticky = quotient * denominator != numerator;
  int64_t exponent = static_cast<int64_t>(a.exponent_) - b.exponent_ - kShift;
  if (!sticky) {  // an exact quotient is written with as few zeros as there were digits
    const int64_t ideal = static_cast<int64_t>(a.exponent_) - b.exponent_;
    while (exponent < ideal && quotient % 10 == 0) {
      quotient /= 10;
      ++exponent;
    }
  }
  return Fit(a.negative_ != b.negative_, quotient, exponent, sticky);
}

std::optional<Decimal> Decimal::Power(const Decimal& a, const Decimal& b) {
  const std::optional<int64_t> whole = b.ToInt64();
  if (whole.has_value() && std::abs(*whole) <= 999'999'999) {
    if (*whole == 0) return Decimal(1);
    if (a.IsZero()) return *whole < 0 ? std::nullopt : std::optional<Decimal>(Decimal());
    std::optional<Decimal> base = a;
    Decimal power(1);
    for (int64_t left = std::abs(*whole); left > 0; left /= 2) {
      if (!base.has_value())
        return *whole < 0 && a.Abs() > Decimal(1) ? std::optional<Decimal>(Decimal()) : std::nullopt;
      const Decimal square = base.value();
      if (left % 2 == 1) {
        const std::optional<Decimal> product = Multiply(power, square);
        if (!product.has_value()) return std::nullopt;
        power = product.value();
      }
      if (left > 1) base = Multiply(square, square);
    }
    if (*whole > 0) return power;
    return Divide(Decimal(1), power);
  }
  if (a.negative()) return std::nullopt;
  if (a.IsZero()) return b.negative() ? std::nullopt : std::optional<Decimal>(Decimal());
  return FromReal(boost::multiprecision::exp(boost::multiprecision::log(ToReal(a)) * ToReal(b)));
}

std::optional<Decimal> Decimal::Modulo(const Decimal& a, const Decimal& b) {
  const std::optional<Decimal> quotient = Divide(a, b);
  if (!quotient.has_value()) return std::nullopt;
  const std::optional<Decimal> floor = quotient->Round(0, Rounding::kFloor);
  if (!floor.has_value()) return std::nullopt;
  const std::optional<Decimal> product = Multiply(b, *floor);
  return product.has_value() ? Subtract(a, *product) : std::nullopt;
}

std::optional<Decimal> Decimal::Round(int64_t scale, Rounding rounding) const {
  if (scale > -kMinExponent || scale < -kMaxExponent) return std::nullopt;
  const int64_t drop = -static_cast<int64_t>(exponent_) - scale;
  if (drop <= 0) return *this;
  const Wide value = DropDigits(Widen(coefficient_), drop, rounding, negative_, false);
  if (value == 0) return Decimal();
  return Fit(negative_, value, -scale);
}

std::optional<Decimal> Decimal::SquareRoot(const Decimal& a) {
  if (a.negative()) return std::nullopt;
  if (a.IsZero()) return Decimal();
  return FromReal(boost::multiprecision::sqrt(ToReal(a)));
}

std::optional<Decimal> Decimal::Exponential(const Decimal& a) {
  if (a > Decimal(14'200)) return std::nullopt;
  if (a < Decimal(-14'200)) return Decimal();
  return FromReal(boost::multiprecision::exp(ToReal(a)));
}

std::optional<Decimal> Decimal::Logarithm(const Decimal& a) {
  if (a.negative() || a.IsZero()) return std::nullopt;
  return FromReal(boost::multiprecision::log(ToReal(a)));
}

}  // namespace lianhu::routing
