#include "lianhu/scoring/decimal.h"

#include <gtest/gtest.h>

#include <limits>

namespace lianhu::scoring {
namespace {

TEST(DecimalTest, ReadsWhatItWrites) {
  const std::pair<const char*, int64_t> cases[] = {{"0", 0},           {"8", 8000000},        {"0.3", 300000},
                                                   {"-0.25", -250000}, {"87.4995", 87499500}, {"0.000001", 1}};
  for (const auto& [text, millionths] : cases) {
    ASSERT_TRUE(ParseDecimal(text).ok()) << text;
    EXPECT_EQ(ParseDecimal(text)->millionths, millionths);
    EXPECT_EQ(FormatDecimal({millionths}), text);
  }
  EXPECT_EQ(ParseDecimal("08.300000000")->millionths, 8300000);
}

TEST(DecimalTest, RefusesEverythingElse) {
  for (const char* text :
       {"", "-", ".5", "5.", "1e3", "+1", " 1", "1 ", "1,5", "0x10", "1.2.3", "--1", "nan", "\xef\xbc\x91"}) {
    EXPECT_EQ(ParseDecimal(text).status().message(), "not a decimal number") << text;
  }
  EXPECT_EQ(ParseDecimal("0.0000001").status().message(), "more than 6 decimals");
  EXPECT_EQ(ParseDecimal("9223372036854.775808").status().message(), "out of range");
  EXPECT_EQ(ParseDecimal("9223372036854.775807")->millionths, std::numeric_limits<int64_t>::max());
  EXPECT_EQ(ParsePoints("1.0001").status().message(), "more than 3 decimals");
}

TEST(DecimalTest, PointsHaveThreeDecimals) {
  EXPECT_EQ(FormatPoints(0), "0.000");
  EXPECT_EQ(FormatPoints(7), "0.007");
  EXPECT_EQ(FormatPoints(-7), "-0.007");
  EXPECT_EQ(FormatPoints(87500), "87.500");
  EXPECT_EQ(FormatPoints(std::numeric_limits<int64_t>::min()), "-9223372036854775.808");
  EXPECT_EQ(*ParsePoints("87.5"), 87500);
}

}  // namespace
}  // namespace lianhu::scoring
