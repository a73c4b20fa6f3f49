#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hierarchy/random_tree.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/hierarchy.h"

namespace lianhu {
namespace {

using ::testing::ElementsAre;

TEST(FromParentsTest, LevelOrderKeepsTheOrderOfRowsAmongSiblings) {
  const absl::StatusOr<Hierarchy> tree =
      Hierarchy::FromParents({.parents = {2, 2, -1, 0, 2}, .codes = {7, 9, 1, 8, 3}});
  ASSERT_TRUE(tree.ok()) << tree.status();
  EXPECT_THAT(tree->view().parents, ElementsAre(-1, 0, 0, 0, 1));
  EXPECT_THAT(tree->view().codes, ElementsAre(1, 7, 9, 3, 8));
  EXPECT_THAT(tree->view().levels, ElementsAre(0, 1, 1, 1, 2));
  EXPECT_THAT(tree->view().rows, ElementsAre(2, 0, 1, 4, 3));
  EXPECT_THAT(tree->units_of_rows(), ElementsAre(1, 2, 0, 4, 3));
  EXPECT_THAT(tree->view().first_children, ElementsAre(1, 4, 5, 5, 5, 5));
  EXPECT_EQ(tree->height(), 2);
  EXPECT_EQ(tree->Find(8), 4);
  EXPECT_EQ(tree->Find(2), kNoUnit);
  EXPECT_TRUE(tree->is_leaf(2));
  EXPECT_FALSE(tree->is_leaf(1));
}

TEST(FromParentsTest, OneUnit) {
  const Hierarchy tree = Hierarchy::FromParents({.parents = {-1}}).value();
  EXPECT_EQ(tree.size(), 1);
  EXPECT_EQ(tree.height(), 0);
  EXPECT_TRUE(tree.children(0).empty());
  EXPECT_EQ(tree.code(0), kNoCode);
  EXPECT_EQ(tree.Find(0), kNoUnit);
}

struct Fault {
  const char* name;
  std::vector<int32_t> parents;
  std::vector<int64_t> codes;
  std::vector<int32_t> levels;
  const char* field;
  int64_t row;
  const char* message;
  friend void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }
};

class FromParentsFaultTest : public ::testing::TestWithParam<Fault> {};

TEST_P(FromParentsFaultTest, NamesTheUnit) {
  const Fault& fault = GetParam();
  const absl::StatusOr<Hierarchy> tree =
      Hierarchy::FromParents({.parents = fault.parents, .codes = fault.codes, .levels = fault.levels});
  ASSERT_EQ(tree.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(tree.status().message(), fault.message);
  EXPECT_EQ(GetErrorDetail(tree.status()).field, fault.field);
  EXPECT_EQ(GetErrorDetail(tree.status()).row, fault.row);
}

INSTANTIATE_TEST_SUITE_P(
    All, FromParentsFaultTest,
    ::testing::Values(
        Fault{"Empty", {}, {}, {}, "parents", -1, "parents: no root: there are no units"},
        Fault{"TwoRoots",
              {-1, 0, -1},
              {10, 11, 12},
              {},
              "parents",
              2,
              "parents[2]: two roots: unit 0 (code 10) and unit 2 (code 12) have no parent"},
        Fault{"NoRoot",
              {1, 0},
              {},
              {},
              "parents",
              0,
              "parents[0]: no root, every unit has a parent: unit 0 and unit 1 are on a cycle of 2 units"},
        Fault{"Cycle",
              {-1, 3, 1, 2, 3},
              {},
              {},
              "parents",
              1,
              "parents[1]: cycle: unit 1 and unit 3 are on a cycle of 3 units"},
        Fault{"OwnParent",
              {-1, 0, 2},
              {5, 6, 7},
              {},
              "parents",
              2,
              "parents[2]: cycle: unit 2 (code 7) is its own parent"},
        Fault{"Orphan",
              {-1, 9},
              {},
              {},
              "parents",
              1,
              "parents[1]: orphan: the parent of unit 1 is 9, which is no row of 0..1"},
        Fault{"NegativeParent",
              {-1, -2},
              {},
              {},
              "parents",
              1,
              "parents[1]: orphan: the parent of unit 1 is -2, which is no row of 0..1"},
        Fault{"Duplicate", {-1, 0, 0}, {5, 6, 5}, {}, "codes", 2, "codes[2]: duplicate code 5: units 0 and 2"},
        Fault{"NegativeCode", {-1, 0}, {5, -7}, {}, "codes", 1, "codes[1]: malformed code -7: negative"},
        Fault{"ShortCodes", {-1, 0}, {5}, {}, "codes", -1, "codes: has 1 entries, expected 2"},
        Fault{"ShortLevels", {-1, 0}, {}, {4}, "levels", -1, "levels: has 1 entries, expected 2"},
        Fault{"ChildAboveParent",
              {-1, 0},
              {430181002, 430181},
              {4, 3},
              "levels",
              1,
              "levels[1]: child above its parent: unit 1 (code 430181) of level 3 is below unit 0 (code 430181002) of "
              "level 4"},
        Fault{"ChildBesideParent",
              {-1, 0},
              {},
              {4, 4},
              "levels",
              1,
              "levels[1]: child above its parent: unit 1 of level 4 is below unit 0 of level 4"},
        Fault{"NegativeLevel", {-1}, {}, {-4}, "levels", 0, "levels[0]: unit 0 has the negative level -4"}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST(FromParentCodesTest, FindsParentsByCode) {
  const absl::StatusOr<Hierarchy> tree = Hierarchy::FromParentCodes({30, 10, 20}, {10, kNoCode, 10}, {6, 4, 5});
  ASSERT_TRUE(tree.ok()) << tree.status();
  EXPECT_THAT(tree->view().codes, ElementsAre(10, 30, 20));
  EXPECT_THAT(tree->view().levels, ElementsAre(4, 6, 5));
}

TEST(FromParentCodesTest, Faults) {
  EXPECT_EQ(Hierarchy::FromParentCodes({30, 10}, {11, kNoCode}).status().message(),
            "parent_codes[0]: orphan: the parent of unit 0 (code 30) is 11, which is no unit's code");
  EXPECT_EQ(Hierarchy::FromParentCodes({30, 10}, {10}).status().message(), "parent_codes: has 1 entries, expected 2");
  EXPECT_EQ(Hierarchy::FromParentCodes({30, kNoCode}, {10, kNoCode}).status().message(),
            "codes[1]: malformed code -1: negative");
  EXPECT_EQ(Hierarchy::FromParentCodes({30, 30}, {10, kNoCode}).status().message(),
            "codes[1]: duplicate code 30: units 0 and 1");
}

// The guarantees of hierarchy.h on random trees, and the way through view() and back.
TEST(HierarchyPropertyTest, LevelOrder) {
  int deepest = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t size = random.Between(1, 200);
    const std::vector<int32_t> parents = testing::RandomParents(random, size, random.Between(1, size));
    const Hierarchy tree = Hierarchy::FromParents({.parents = parents}).value();
    ASSERT_EQ(tree.size(), size);
    ASSERT_EQ(tree.row_count(), size);
    deepest = std::max(deepest, tree.height());
    int32_t children = 0;
    for (const Unit unit : tree.units()) {
      const int64_t row = tree.row_of_unit(unit);
      ASSERT_EQ(tree.unit_of_row(row), unit);
      ASSERT_EQ(tree.parent(unit), parents[row] < 0 ? kNoUnit : tree.unit_of_row(parents[row]));
      ASSERT_LT(tree.parent(unit), unit);
      ASSERT_EQ(tree.depth(unit), unit == 0 ? 0 : tree.depth(tree.parent(unit)) + 1);
      ASSERT_EQ(tree.level(unit), tree.depth(unit));
      ASSERT_TRUE(unit == 0 || tree.depth(unit - 1) <= tree.depth(unit));
      for (const Unit child : tree.children(unit)) ASSERT_EQ(tree.parent(child), unit);
      children += static_cast<int32_t>(tree.children(unit).size());
    }
    ASSERT_EQ(children, size - 1);
    for (int32_t depth = 0; depth <= tree.height(); ++depth) {
      for (const Unit unit : tree.units_at_depth(depth)) ASSERT_EQ(tree.depth(unit), depth);
    }
    const absl::StatusOr<Hierarchy> again = Hierarchy::FromView(tree.view());
    ASSERT_TRUE(again.ok()) << again.status();
    ASSERT_EQ(again->view().parents, tree.view().parents);
    ASSERT_EQ(again->view().rows, tree.view().rows);
    ASSERT_EQ(again->view().first_children, tree.view().first_children);
  }
  EXPECT_GT(deepest, 100);
}

TEST(FromViewTest, RefusesWhatIsNotInLevelOrder) {
  const std::vector<int32_t> levels{0, 1, 2};
  const std::vector<int32_t> rows{0, 1, 2};
  const auto build = [&](std::vector<int32_t> parents, std::vector<int32_t> with_levels,
                         std::vector<int32_t> with_rows) {
    return Hierarchy::FromView({.parents = parents, .levels = with_levels, .rows = with_rows}).status();
  };
  EXPECT_TRUE(build({-1, 0, 1}, levels, rows).ok());
  EXPECT_TRUE(build({-1, 0, 1}, levels, {-1, 0, 1}).ok());
  EXPECT_EQ(build({0, 0, 1}, levels, rows).message(), "parents[0]: unit 0 must be the root, but has a parent");
  EXPECT_EQ(build({-1, 1, 1}, levels, rows).message(), "parents[1]: unit 1 with parent 1 is not in level order");
  EXPECT_EQ(build({-1, 0, -1}, levels, rows).message(), "parents[2]: unit 2 with parent -1 is not in level order");
  EXPECT_EQ(build({}, {}, {}).message(), "parents: no root: there are no units");
  EXPECT_EQ(build({-1, 0, 1}, {0, 1}, rows).message(), "levels: has 2 entries, expected 3");
  EXPECT_EQ(build({-1, 0, 1}, {0, 1, 1}, rows).message(),
            "levels[2]: child above its parent: unit 2 of level 1 is below unit 1 of level 1");
  EXPECT_EQ(build({-1, 0, 1}, levels, {0, 0, 1}).message(), "rows[1]: row 0 is not one of 0..2, each once");
  EXPECT_EQ(build({-1, 0, 1}, levels, {0, -1, 2}).message(), "rows[2]: row 2 is not one of 0..1, each once");
  EXPECT_EQ(build({-1, 0, 1}, levels, {0, 1}).message(), "rows: has 2 entries, expected 3");
}

}  // namespace
}  // namespace lianhu
