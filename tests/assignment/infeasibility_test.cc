#include "lianhu/assignment/infeasibility.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assignment/instances.h"

namespace lianhu::assignment {
namespace {

using ::testing::HasSubstr;

Problem Of(const std::vector<Point>& households, const std::vector<Point>& stewards, LoadBounds bounds) {
  return {.households = households, .stewards = stewards, .bounds = bounds};
}

// The founding street's merchants: 12,000 shops, 143 merchant stewards, "30 to 50 each".
TEST(InfeasibilityTest, MerchantsOfTheFoundingStreet) {
  const std::vector<Point> shops(12000);
  const std::vector<Point> stewards(143);
  const LoadBounds bounds{.min = 30, .max = 50};
  const auto found = FindInfeasibilities(Of(shops, stewards, bounds));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].capacity, 7150);
  EXPECT_EQ(found[0].shortage, 4850);
  EXPECT_EQ(found[0].stewards_needed, 240);
  EXPECT_EQ(found[0].bound_needed, 84);
  EXPECT_THAT(Describe(found[0], bounds, "", Language::kEnglish),
              ::testing::AllOf(HasSubstr("4850"), HasSubstr("240"), HasSubstr("97 more"), HasSubstr("84")));
  EXPECT_THAT(Describe(found[0], bounds, "集里街道", Language::kChinese),
              ::testing::AllOf(HasSubstr("集里街道：共12000户"), HasSubstr("还差97名"), HasSubstr("84户")));
}

TEST(InfeasibilityTest, TooManyStewardsForTheMinimum) {
  const std::vector<Point> households(95);
  const std::vector<Point> stewards(12);
  const LoadBounds bounds{.min = 10, .max = 20};
  const auto found = FindInfeasibilities(Of(households, stewards, bounds));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].shortage, 0);
  EXPECT_EQ(found[0].surplus, 25);
  EXPECT_EQ(found[0].stewards_needed, 9);
  EXPECT_EQ(found[0].bound_needed, 7);
  EXPECT_THAT(Describe(found[0], bounds, "Unit 7", Language::kEnglish),
              ::testing::AllOf(HasSubstr("Unit 7: "), HasSubstr("9 stewards, 3 fewer"), HasSubstr("minimum of 7")));
}

TEST(InfeasibilityTest, NoNumberOfStewardsMayDo) {
  // 25 households at 20..22: one steward is too few, two are too many.
  const std::vector<Point> households(25);
  const LoadBounds bounds{.min = 20, .max = 22};
  const std::vector<Point> one(1);
  const auto few = FindInfeasibilities(Of(households, one, bounds));
  ASSERT_EQ(few.size(), 1u);
  EXPECT_EQ(few[0].stewards_needed, -1);
  EXPECT_EQ(few[0].bound_needed, 25);
  const std::vector<Point> two(2);
  const auto many = FindInfeasibilities(Of(households, two, bounds));
  ASSERT_EQ(many.size(), 1u);
  EXPECT_EQ(many[0].stewards_needed, -1);
  EXPECT_EQ(many[0].bound_needed, 12);
}

TEST(InfeasibilityTest, OwnBoundsStayAndUnitsAreInOrder) {
  const std::vector<Point> households(50);
  const std::vector<Point> stewards(3);
  std::vector<int32_t> household_units(50, 9);
  household_units[0] = 2;
  const std::vector<int32_t> steward_units{9, 9, 9};
  const std::vector<int32_t> own_max{5, 20, 20};
  Problem problem = Of(households, stewards, {.min = 0, .max = 20});
  problem.household_units = household_units;
  problem.steward_units = steward_units;
  problem.steward_max = own_max;
  const auto found = FindInfeasibilities(problem);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].unit, 2);
  EXPECT_EQ(found[0].stewards, 0);
  EXPECT_EQ(found[0].stewards_needed, 1);
  EXPECT_EQ(found[0].bound_needed, -1);
  EXPECT_EQ(found[1].unit, 9);
  EXPECT_EQ(found[1].shortage, 4);
  EXPECT_EQ(found[1].bound_needed, 22);  // two stewards follow the common maximum: (49 - 5) / 2
}

TEST(InfeasibilityTest, FeasibleProblemsHaveNone) {
  const std::vector<Point> households(40);
  const std::vector<Point> stewards(3);
  EXPECT_TRUE(FindInfeasibilities(Of(households, stewards, {.min = 10, .max = 20})).empty());
  EXPECT_TRUE(FindInfeasibilities(Problem{}).empty());
}

}  // namespace
}  // namespace lianhu::assignment
