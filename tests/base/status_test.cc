#include "lianhu/base/status.h"

#include <gtest/gtest.h>

namespace lianhu {
namespace {

TEST(StatusTest, InvalidFieldNamesFieldAndRow) {
  const absl::Status status = InvalidField("households", 7, "coordinate is not a finite number");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "households[7]: coordinate is not a finite number");
  EXPECT_EQ(GetErrorDetail(status).field, "households");
  EXPECT_EQ(GetErrorDetail(status).row, 7);
}

TEST(StatusTest, RowIsOptional) {
  const absl::Status status = InvalidField("bounds", -1, "need 0 <= min <= max");
  EXPECT_EQ(status.message(), "bounds: need 0 <= min <= max");
  EXPECT_EQ(GetErrorDetail(status).row, -1);
}

TEST(StatusTest, OtherStatusesHaveNoDetail) {
  EXPECT_EQ(GetErrorDetail(absl::NotFoundError("x")).field, "");
  EXPECT_EQ(GetErrorDetail(absl::OkStatus()).row, -1);
}

TEST(StatusTest, DetailSurvivesRewording) {
  const absl::Status inner = InvalidField("x", 3, "not a number");
  const absl::Status outer = WithErrorDetail(absl::InvalidArgumentError("h.csv row 4"), GetErrorDetail(inner));
  EXPECT_EQ(GetErrorDetail(outer).field, "x");
  EXPECT_EQ(GetErrorDetail(outer).row, 3);
}

}  // namespace
}  // namespace lianhu
