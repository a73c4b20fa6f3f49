#include "lianhu/hierarchy/unit_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lianhu/base/status.h"

namespace lianhu {
namespace {

using ::testing::ElementsAre;

TEST(UnitCodeTest, LengthDecidesTheLevel) {
  EXPECT_EQ(LevelOfCode(0), kCountry);
  EXPECT_EQ(LevelOfCode(43), kProvince);
  EXPECT_EQ(LevelOfCode(4301), kCity);
  EXPECT_EQ(LevelOfCode(430181), kCounty);
  EXPECT_EQ(LevelOfCode(430181002), kStreet);
  EXPECT_EQ(LevelOfCode(430181002216), kCommunity);
  EXPECT_EQ(LevelOfCode(430181002216001), kGrid);
  EXPECT_EQ(LevelOfCode(430181002216001002), kMicroGrid);
  for (const int64_t code : {int64_t{1}, int64_t{431}, int64_t{43018}, int64_t{4301810}, int64_t{43018100},
                             int64_t{4301810022}, int64_t{4301810022160}, int64_t{9223372036854775807}, int64_t{-43}}) {
    EXPECT_EQ(LevelOfCode(code), -1) << code;
  }
}

TEST(UnitCodeTest, ParentIsThePrefixOneStepShorter) {
  int64_t code = 430181002216001002;
  for (const int64_t parent : {430181002216001L, 430181002216L, 430181002L, 430181L, 4301L, 43L, 0L}) {
    code = ParentCode(code);
    EXPECT_EQ(code, parent);
  }
}

TEST(UnitCodeTest, ParsesDigitsAndNothingElse) {
  EXPECT_EQ(ParseUnitCode("430181002216").value(), 430181002216);
  EXPECT_EQ(ParseUnitCode("999999999999999999").value(), 999999999999999999);
  for (const char* text : {"", "0", "043018", "430181002216 ", " 430181", "+430181", "43018x", "4301810", "43.181",
                           "4301810022160010020", "99999999999999999999999999", "４３０１８１"}) {
    const absl::StatusOr<int64_t> code = ParseUnitCode(text);
    EXPECT_EQ(code.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(code.status().message()), ::testing::HasSubstr("need 2, 4, 6, 9, 12, 15 or 18 digits"));
  }
}

TEST(UnitCodeTest, AColumnNamesTheRow) {
  EXPECT_THAT(ParseUnitCodes({"43", "4301"}).value(), ElementsAre(43, 4301));
  const absl::Status status = ParseUnitCodes({"43", "430\n1"}).status();
  EXPECT_EQ(status.message(),
            "row 1: codes: malformed code \"430\\n1\": need 2, 4, 6, 9, 12, 15 or 18 digits, the first not 0");
  EXPECT_EQ(GetErrorDetail(status).field, "codes");
  EXPECT_EQ(GetErrorDetail(status).row, 1);
}

}  // namespace
}  // namespace lianhu
