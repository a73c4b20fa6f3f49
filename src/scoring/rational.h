// Exact fractions without a limit on their size.
//
// A total adds some fifteen ratios whose denominators have nothing in common: fourteen counts of 63 bits multiply to
// 900 bits, so neither 64 nor 128 bits would do, and a check for overflow would refuse tables that are right.
// Boost.Multiprecision keeps numbers of up to 128 bits on the stack, which the counts of a street never leave.
#ifndef LIANHU_SRC_SCORING_RATIONAL_H_
#define LIANHU_SRC_SCORING_RATIONAL_H_

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/rational.hpp>
#include <cstdint>
#include <limits>

#include "lianhu/scoring/decimal.h"

namespace lianhu::scoring {

// Without expression templates, in which analysers see dangling references. Compare with fractions only, or the
// numerator with a number: in C++20 Boost 1.74's == of a fraction and a number calls itself for ever.
using Integer = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;
using Rational = boost::rational<Integer>;

inline Rational ToRational(Decimal value) {
  return Rational(value.millionths, Decimal::kOne);
}

inline Integer Floor(const Rational& value) {
  const Integer& n = value.numerator();
  const Integer& d = value.denominator();
  Integer quotient = n / d;  // towards zero
  if (n < 0 && quotient * d != n) --quotient;
  return quotient;
}

// To thousandths, half up; what does not fit (a rule that counts beyond 9e15 points) becomes the greatest that does.
inline Points RoundPoints(const Rational& value) {
  const Integer rounded = Floor(value * 1000 + Rational(1, 2));
  if (rounded > std::numeric_limits<Points>::max()) return std::numeric_limits<Points>::max();
  if (rounded < -std::numeric_limits<Points>::max()) return -std::numeric_limits<Points>::max();
  return static_cast<Points>(rounded);
}

}  // namespace lianhu::scoring

#endif  // LIANHU_SRC_SCORING_RATIONAL_H_
