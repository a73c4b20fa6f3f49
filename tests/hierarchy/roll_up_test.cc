#include "lianhu/hierarchy/roll_up.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "hierarchy/random_tree.h"
#include "lianhu/hierarchy/ancestry.h"

namespace lianhu {
namespace {

using ::testing::ElementsAre;

TEST(RollUpTest, RandomTreesAgainstEverySubTree) {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t size = random.Between(1, 120);
    const Hierarchy tree =
        Hierarchy::FromParents({.parents = testing::RandomParents(random, size, random.Between(1, 30))}).value();
    std::vector<int64_t> values(size);
    for (int64_t& value : values) value = random.Between(-1000000, 1000000);
    const std::vector<double> doubles(values.begin(), values.end());
    const auto sums = RollUpSum<int64_t>(tree, values).value();
    const auto minima = RollUpMin<int64_t>(tree, values).value();
    const auto maxima = RollUpMax<int64_t>(tree, values).value();
    const auto double_sums = RollUpSum<double>(tree, doubles).value();
    for (const Unit unit : tree.units()) {
      int64_t sum = 0;
      int64_t least = std::numeric_limits<int64_t>::max();
      int64_t greatest = std::numeric_limits<int64_t>::min();
      for (const Unit below : tree.units()) {
        if (!IsAncestor(tree, unit, below)) continue;
        sum += values[below];
        least = std::min(least, values[below]);
        greatest = std::max(greatest, values[below]);
      }
      ASSERT_EQ(sums[unit], sum);
      ASSERT_EQ(minima[unit], least);
      ASSERT_EQ(maxima[unit], greatest);
      ASSERT_EQ(double_sums[unit], static_cast<double>(sum));
    }
  }
}

TEST(RollUpTest, AnySumThatLeavesTheRangeNamesItsUnit) {
  const Hierarchy tree = Hierarchy::FromParents({.parents = {-1, 0, 1}}).value();
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(RollUpSum<int64_t>(tree, {0, 1, kMost}).status().message(),
            "values[1]: the sum over the sub-tree leaves the range of the type");
  EXPECT_EQ(RollUpSum<int64_t>(tree, {-1, kMost, 1}).status().message(),
            "values[1]: the sum over the sub-tree leaves the range of the type");
  EXPECT_THAT(RollUpSum<int64_t>(tree, {0, kMost, 0}).value(), ElementsAre(kMost, kMost, 0));
  EXPECT_EQ(RollUpSum<int8_t>(tree, {1, 127, 1}).status().message(),
            "values[1]: the sum over the sub-tree leaves the range of the type");
}

TEST(RollUpTest, NotANumberNamesItsUnit) {
  const Hierarchy tree = Hierarchy::FromParents({.parents = {-1, 0, 1}}).value();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const auto roll_up : {RollUpSum<double>, RollUpMin<double>, RollUpMax<double>}) {
    EXPECT_EQ(roll_up(tree, {0, 1, nan}).status().message(), "values[2]: is not a number");
    EXPECT_EQ(roll_up(tree, {0, 1}).status().message(), "values: has 2 entries, expected 3");
  }
  EXPECT_THAT(RollUpMin<double>(tree, {0, -0.5, 3}).value(), ElementsAre(-0.5, -0.5, 3));
}

TEST(RollUpTest, RowsBecomeUnits) {
  const Hierarchy tree = Hierarchy::FromCodes({430181002216, 430181002204}, {.root = 430181002}).value();
  const auto values = ValuesByUnit<int64_t>(tree, {216, 204}, 0);
  EXPECT_THAT(values.value(), ElementsAre(0, 204, 216));
  EXPECT_THAT(RollUpSum<int64_t>(tree, *values).value(), ElementsAre(420, 204, 216));
  EXPECT_EQ(ValuesByUnit<int64_t>(tree, {1}, 0).status().message(), "values: has 1 entries, expected 2");
}

}  // namespace
}  // namespace lianhu
