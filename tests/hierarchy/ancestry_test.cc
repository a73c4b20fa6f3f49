#include "lianhu/hierarchy/ancestry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hierarchy/random_tree.h"

namespace lianhu {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(AncestryTest, LevelsThatAreLeftOut) {
  // A micro-grid right below a community.
  const Hierarchy tree =
      Hierarchy::FromParents({.parents = {-1, 0, 1}, .levels = {kStreet, kCommunity, kMicroGrid}}).value();
  EXPECT_EQ(AncestorAtLevel(tree, 2, kMicroGrid), 2);
  EXPECT_EQ(AncestorAtLevel(tree, 2, kGrid), kNoUnit);
  EXPECT_EQ(AncestorAtLevel(tree, 2, kCommunity), 1);
  EXPECT_EQ(AncestorAtLevel(tree, 2, kCounty), kNoUnit);
  EXPECT_EQ(AncestorAtLevel(tree, 0, kCommunity), kNoUnit);
  EXPECT_THAT(Ancestors(tree, 2), ElementsAre(1, 0));
  EXPECT_THAT(Ancestors(tree, 0), IsEmpty());
}

// Against lists of ancestors, unit by unit.
TEST(AncestryTest, RandomTreesAgainstLists) {
  int64_t proper = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t size = random.Between(1, 90);
    const Hierarchy tree =
        Hierarchy::FromParents({.parents = testing::RandomParents(random, size, random.Between(1, 20))}).value();
    std::vector<std::vector<Unit>> lines(size);  // a unit and its ancestors, upwards
    for (const Unit unit : tree.units()) {
      for (Unit up = unit; up != kNoUnit; up = tree.parent(up)) lines[unit].push_back(up);
    }
    for (const Unit a : tree.units()) {
      std::vector<Unit> below;
      for (const Unit b : tree.units()) {
        const bool is_above = std::find(lines[b].begin(), lines[b].end(), a) != lines[b].end();
        ASSERT_EQ(IsAncestor(tree, a, b), is_above);
        if (is_above) below.push_back(b);
        const auto common = std::find_if(lines[a].begin(), lines[a].end(), [&](Unit unit) {
          return std::find(lines[b].begin(), lines[b].end(), unit) != lines[b].end();
        });
        ASSERT_EQ(LowestCommonAncestor(tree, a, b), *common);
        proper += *common != a && *common != b;
        ASSERT_EQ(AncestorAtLevel(tree, b, tree.level(a)) == a, is_above);
      }
      ASSERT_EQ(SubtreeSize(tree, a), static_cast<int32_t>(below.size()));
      std::vector<Unit> in_runs;
      for (const UnitRange run : SubtreeRuns(tree, a)) in_runs.insert(in_runs.end(), run.begin(), run.end());
      ASSERT_EQ(in_runs, below);
    }
  }
  EXPECT_GT(proper, 10000);
}

}  // namespace
}  // namespace lianhu
