#include "lianhu/scoring/roll_up.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hierarchy/random_tree.h"
#include "lianhu/hierarchy/ancestry.h"
#include "scoring/totals.h"

namespace lianhu::scoring {
namespace {

using ::testing::ElementsAre;
using testing::Totals;

// A street with two grids.
TEST(RollUpScoresTest, MeansWeightedByHouseholds) {
  const Hierarchy tree = Hierarchy::FromParents({.parents = {-1, 0, 0}}).value();
  const Scores scores = Totals({90'000, 80'001, kNotApplicable, 70'000});
  const Unit units[] = {1, 1, 1, 2};
  const int64_t households[] = {10, 20, 15, 5};
  const UnitScores result = RollUpScores(tree, scores, {units, households}).value();
  EXPECT_THAT(result.stewards, ElementsAre(4, 3, 1));
  EXPECT_THAT(result.rated, ElementsAre(3, 2, 1));
  EXPECT_THAT(result.households, ElementsAre(35, 30, 5));
  // (900.000 + 1600.020) / 30 = 83.334; with 350 more, / 35 = 81.4291...
  EXPECT_THAT(result.mean, ElementsAre(81'429, 83'334, 70'000));
  EXPECT_THAT(result.rank, ElementsAre(1, 1, 2));
  // Two thirds of a thousandth go up, a half too.
  EXPECT_THAT(RollUpScores(tree, Totals({1, 2, 2}), {absl::Span<const Unit>({0, 0, 0}), {}})->mean,
              ElementsAre(2, kNotApplicable, kNotApplicable));
  EXPECT_THAT(RollUpScores(tree, Totals({1, 2}), {absl::Span<const Unit>({0, kNoUnit}), {}})->stewards,
              ElementsAre(1, 0, 0));
}

TEST(RollUpScoresTest, RandomTreesAgainstEverySubTree) {
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t size = random.Between(1, 60);
    const Hierarchy tree = Hierarchy::FromParents({.parents = lianhu::testing::RandomParents(random, size, 9)}).value();
    std::vector<Points> totals;
    std::vector<Unit> units;
    std::vector<int64_t> households;
    for (int s = 0; s < 100; ++s) {
      totals.push_back(random.Below(10) == 0 ? kNotApplicable : random.Between(0, 100'000));
      units.push_back(random.Between(0, size - 1));
      households.push_back(random.Between(0, 20));
    }
    const UnitScores result = RollUpScores(tree, Totals(totals), {units, households}).value();
    for (const Unit unit : tree.units()) {
      int64_t weight = 0;
      int64_t sum = 0;
      for (size_t s = 0; s < units.size(); ++s) {
        if (totals[s] < 0 || !IsAncestor(tree, unit, units[s])) continue;
        weight += households[s];
        sum += households[s] * totals[s];
      }
      ASSERT_EQ(result.mean[unit], weight == 0 ? kNotApplicable : (2 * sum + weight) / (2 * weight));
    }
  }
}

TEST(RollUpScoresTest, BadColumnsAreNamed) {
  const Hierarchy tree = Hierarchy::FromParents({.parents = {-1}}).value();
  const Scores scores = Totals({1});
  EXPECT_EQ(RollUpScores(tree, scores, {}).status().message(), "units: has 0 entries, expected 1");
  EXPECT_EQ(RollUpScores(tree, scores, {absl::Span<const Unit>({7}), {}}).status().message(),
            "units[0]: no such unit: 7");
  EXPECT_EQ(
      RollUpScores(tree, scores, {absl::Span<const Unit>({0}), absl::Span<const int64_t>({-1})}).status().message(),
      "households[0]: must not be negative: -1");
}

}  // namespace
}  // namespace lianhu::scoring
