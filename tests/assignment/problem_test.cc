#include "lianhu/assignment/problem.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

class ValidateTest : public ::testing::Test {
 protected:
  void ExpectFault(const std::string& field, int64_t row) {
    const absl::Status status = Validate(problem_);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_EQ(GetErrorDetail(status).field, field) << status;
    EXPECT_EQ(GetErrorDetail(status).row, row) << status;
  }

  std::vector<Point> households_{{0, 0}, {1, 1}, {2, 2}};
  std::vector<Point> stewards_{{0, 0}, {5, 5}};
  std::vector<int32_t> household_units_{0, 1, 0};
  std::vector<int32_t> steward_units_{0, 1};
  std::vector<int32_t> two_{1, 2};
  Problem problem_{.households = households_, .stewards = stewards_, .bounds = {.min = 0, .max = 5}};
};

TEST_F(ValidateTest, AcceptsAProperProblem) {
  EXPECT_TRUE(Validate(problem_).ok());
  problem_.household_units = household_units_;
  problem_.steward_units = steward_units_;
  problem_.steward_min = two_;
  EXPECT_TRUE(Validate(problem_).ok()) << Validate(problem_);
}

TEST_F(ValidateTest, NamesTheBadCoordinate) {
  households_[1].x = kNaN;
  ExpectFault("households", 1);
  households_[1].x = std::numeric_limits<double>::infinity();
  ExpectFault("households", 1);
  households_[1].x = 2e8;
  ExpectFault("households", 1);
  households_[1].x = 9e6;  // within range, but thousands of kilometres from the first
  ExpectFault("households", 1);
  households_[1].x = 1;
  stewards_[1].y = kNaN;
  ExpectFault("stewards", 1);
}

TEST_F(ValidateTest, DegreesHaveTheirOwnRange) {
  problem_.datum = Datum::kWgs84Degrees;
  EXPECT_TRUE(Validate(problem_).ok());
  households_[2] = {113, 91};
  ExpectFault("households", 2);
  households_[2] = {181, 28};
  ExpectFault("households", 2);
}

TEST_F(ValidateTest, UnitsGoTogetherAndAreNotNegative) {
  problem_.household_units = household_units_;
  ExpectFault("steward_units", -1);
  problem_.steward_units = steward_units_;
  household_units_[2] = -4;
  ExpectFault("household_units", 2);
}

TEST_F(ValidateTest, BoundsAreOrdered) {
  problem_.bounds = {.min = 6, .max = 5};
  ExpectFault("bounds", -1);
  problem_.bounds = {.min = -1, .max = 5};
  ExpectFault("bounds", -1);
  problem_.bounds = {.min = 2, .max = 5};
  problem_.steward_max = two_;
  ExpectFault("steward_max", 0);
  problem_.steward_max = absl::MakeConstSpan(two_).subspan(0, 1);
  ExpectFault("steward_max", -1);
}

TEST_F(ValidateTest, UnknownDatumIsRefused) {
  problem_.datum = static_cast<Datum>(7);
  ExpectFault("datum", -1);
}

}  // namespace
}  // namespace lianhu::assignment
