#include "lianhu/routing/decimal.h"

#include <cmath>
#include <optional>
#include <random>
#include <string>

#include "gtest/gtest.h"

namespace lianhu::routing {
namespace {

std::string Show(const std::optional<Decimal>& value) {
  return value.has_value() ? value->ToString() : "none";
}

Decimal Of(const char* text) {
  const std::optional<Decimal> value = Decimal::Parse(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value.value_or(Decimal());
}

TEST(DecimalTest, ReadsAndPrints) {
  for (const char* same : {"0", "1", "-1", "1.5", "0.001", "123456789012345678901234567890.1234", "-0.5"}) {
    EXPECT_EQ(Of(same).ToString(), same);
  }
  EXPECT_EQ(Of("1.50").ToString(), "1.5");
  EXPECT_EQ(Of("1.50").Scale(), 2);
  EXPECT_EQ(Of(".5").ToString(), "0.5");
  EXPECT_EQ(Of("1e3").ToString(), "1000");
  EXPECT_EQ(Of("12e40").ToString(), "1.2e41");
  EXPECT_EQ(Of("-0").ToString(), "0");
  for (const char* bad :
       {"", "-", ".", "1.", "1e", "1e+", "e1", "1x", " 1", "1 ", "--1", "1..2", "0x10", "nan", "1e99999999999"}) {
    EXPECT_FALSE(Decimal::Parse(bad).has_value()) << bad;
  }
}

TEST(DecimalTest, HasNoBinarySurprises) {
  EXPECT_EQ(Show(Decimal::Add(Of("0.1"), Of("0.2"))), "0.3");
  EXPECT_EQ(Show(Decimal::Multiply(Of("1.1"), Of("1.1"))), "1.21");
  EXPECT_EQ(Show(Decimal::FromDouble(0.1)), "0.1");
  EXPECT_EQ(Of("0.10"), Of("0.1"));
  EXPECT_LT(Of("0.1"), Of("0.1000000000000000000000000000000001"));
}

// Expected digits from Python's decimal module with a context of 34 digits.
TEST(DecimalTest, RoundsTo34DigitsHalfEven) {
  EXPECT_EQ(Show(Decimal::Divide(Of("1"), Of("3"))), "0.3333333333333333333333333333333333");
  EXPECT_EQ(Show(Decimal::Divide(Of("2"), Of("3"))), "0.6666666666666666666666666666666667");
  EXPECT_EQ(Show(Decimal::Multiply(*Decimal::Divide(Of("1"), Of("3")), Of("3"))),
            "0.9999999999999999999999999999999999");
  EXPECT_EQ(Show(Decimal::Add(Of("9999999999999999999999999999999999"), Of("0.5"))), "1e34");
  EXPECT_EQ(Show(Decimal::Add(Of("9999999999999999999999999999999998"), Of("0.5"))),
            "9999999999999999999999999999999998");
  EXPECT_EQ(Show(Decimal::Add(Of("1e40"), Of("1e-90"))), "1e40");
  EXPECT_EQ(Show(Decimal::Subtract(Of("1e34"), Of("1e-200"))), "1e34");
  EXPECT_EQ(Show(Decimal::Power(Of("1.05"), Of("10"))), "1.62889462677744140625");
  EXPECT_EQ(Show(Decimal::Power(Of("2"), Of("-2"))), "0.25");
  EXPECT_EQ(Show(Decimal::Power(Of("2"), Of("0.5"))), "1.414213562373095048801688724209698");
  EXPECT_EQ(Show(Decimal::SquareRoot(Of("16"))), "4");
  EXPECT_EQ(Show(Decimal::Exponential(Of("1"))), "2.718281828459045235360287471352662");
  EXPECT_EQ(Show(Decimal::Logarithm(Of("10"))), "2.302585092994045684017991454684364");
}

TEST(DecimalTest, RefusesWhatHasNoResult) {
  EXPECT_EQ(Show(Decimal::Divide(Of("1"), Of("0"))), "none");
  EXPECT_EQ(Show(Decimal::Modulo(Of("1"), Of("0"))), "none");
  EXPECT_EQ(Show(Decimal::SquareRoot(Of("-1"))), "none");
  EXPECT_EQ(Show(Decimal::Logarithm(Of("0"))), "none");
  EXPECT_EQ(Show(Decimal::Power(Of("-8"), Of("0.5"))), "none");
  EXPECT_EQ(Show(Decimal::Multiply(Of("9e6144"), Of("9e6144"))), "none");
  EXPECT_EQ(Show(Decimal::Power(Of("10"), Of("900000000"))), "none");
  EXPECT_EQ(Show(Decimal::Power(Of("10"), Of("-900000000"))), "0");
}

TEST(DecimalTest, RoundsEachWay) {
  using Rounding = Decimal::Rounding;
  const auto round = [](const char* text, Rounding rounding) { return Show(Of(text).Round(0, rounding)); };
  EXPECT_EQ(round("2.5", Rounding::kHalfEven), "2");
  EXPECT_EQ(round("3.5", Rounding::kHalfEven), "4");
  EXPECT_EQ(round("-2.5", Rounding::kHalfUp), "-3");
  EXPECT_EQ(round("-2.5", Rounding::kHalfDown), "-2");
  EXPECT_EQ(round("1.1", Rounding::kUp), "2");
  EXPECT_EQ(round("-1.9", Rounding::kDown), "-1");
  EXPECT_EQ(round("-1.1", Rounding::kFloor), "-2");
  EXPECT_EQ(round("-1.9", Rounding::kCeiling), "-1");
  EXPECT_EQ(Show(Of("1.115").Round(2, Rounding::kHalfEven)), "1.12");
  EXPECT_EQ(Show(Of("1234").Round(-2, Rounding::kHalfEven)), "1200");
  EXPECT_EQ(Show(Decimal::Modulo(Of("-10"), Of("3"))), "2");
  EXPECT_EQ(Show(Decimal::Modulo(Of("10"), Of("-3"))), "-2");
}

TEST(DecimalTest, AgreesWithDoublesAndIntegers) {
  std::mt19937_64 random(20261124);
  int checked = 0;
  for (int i = 0; i < 20'000; ++i) {
    const int64_t a = static_cast<int64_t>(random() >> 24) - (int64_t{1} << 39);
    const int64_t b = static_cast<int64_t>(random() >> 40) - (int64_t{1} << 23);
    EXPECT_EQ(Decimal::Add(a, b)->ToInt64(), a + b);
    EXPECT_EQ(Decimal::Multiply(a, b)->ToInt64(), a * b);
    EXPECT_EQ(Decimal::Compare(a, b), a < b ? -1 : a > b ? 1 : 0);
    const double value = std::ldexp(static_cast<double>(a), static_cast<int>(random() % 200) - 100);
    EXPECT_EQ(Decimal::FromDouble(value)->ToDouble(), value);
    EXPECT_EQ(Decimal::Parse(Decimal::FromDouble(value)->ToString()), Decimal::FromDouble(value));
    if (b != 0) {
      EXPECT_EQ(Decimal::Modulo(a, b)->ToInt64(), ((a % b) + b) % b);
      ++checked;
    }
  }
  EXPECT_GT(checked, 10'000);
}

}  // namespace
}  // namespace lianhu::routing
