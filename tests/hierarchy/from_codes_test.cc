#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lianhu/base/random.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/unit_code.h"

namespace lianhu {
namespace {

using ::testing::ElementsAre;

TEST(FromCodesTest, CommunitiesGridsAndMicroGridsOfAStreetNest) {
  const absl::StatusOr<Hierarchy> tree =
      Hierarchy::FromCodes({430181002216, 430181002204001002, 430181002204, 430181002204001}, {.root = 430181002});
  ASSERT_TRUE(tree.ok()) << tree.status();
  EXPECT_THAT(tree->view().codes,
              ElementsAre(430181002, 430181002204, 430181002216, 430181002204001, 430181002204001002));
  EXPECT_THAT(tree->view().levels, ElementsAre(kStreet, kCommunity, kCommunity, kGrid, kMicroGrid));
  EXPECT_THAT(tree->view().rows, ElementsAre(-1, 2, 0, 3, 1));
  EXPECT_EQ(tree->row_count(), 4);
}

TEST(FromCodesTest, AncestorsUpToTheCountryAreMade) {
  const Hierarchy tree = Hierarchy::FromCodes({430181002204001002, 110101001001}).value();
  EXPECT_THAT(tree.view().codes, ElementsAre(0, 11, 43, 1101, 4301, 110101, 430181, 110101001, 430181002, 110101001001,
                                             430181002204, 430181002204001, 430181002204001002));
  EXPECT_EQ(tree.Find(0), Hierarchy::kRoot);
  EXPECT_EQ(tree.level(Hierarchy::kRoot), kCountry);
  EXPECT_EQ(tree.height(), 7);
}

TEST(FromCodesTest, TheRootMayBeListed) {
  const Hierarchy tree = Hierarchy::FromCodes({430181002, 430181002216}, {.root = 430181002}).value();
  EXPECT_THAT(tree.view().rows, ElementsAre(0, 1));
}

TEST(FromCodesTest, NoCodesAreTheRootAlone) {
  const Hierarchy tree = Hierarchy::FromCodes({}, {.root = 430181002}).value();
  EXPECT_EQ(tree.size(), 1);
  EXPECT_EQ(tree.row_count(), 0);
}

void ExpectFault(const absl::Status& status, absl::string_view field, int64_t row, absl::string_view message) {
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), message);
  EXPECT_EQ(GetErrorDetail(status).field, field);
  EXPECT_EQ(GetErrorDetail(status).row, row);
}

TEST(FromCodesTest, FaultsNameTheUnit) {
  ExpectFault(Hierarchy::FromCodes({430181002216, 4301810}).status(), "codes", 1,
              "codes[1]: malformed code 4301810: need 2, 4, 6, 9, 12, 15 or 18 digits");
  ExpectFault(Hierarchy::FromCodes({-3}).status(), "codes", 0,
              "codes[0]: malformed code -3: need 2, 4, 6, 9, 12, 15 or 18 digits");
  ExpectFault(Hierarchy::FromCodes({430181002216, 110101001001}, {.root = 43}).status(), "codes", 1,
              "codes[1]: orphan: code 110101001001 does not lie below the root 43");
  ExpectFault(Hierarchy::FromCodes({4301}, {.root = 430181002}).status(), "codes", 0,
              "codes[0]: orphan: code 4301 does not lie below the root 430181002");
  ExpectFault(Hierarchy::FromCodes({430181002216, 430181002204, 430181002216}).status(), "codes", 2,
              "codes[2]: duplicate code 430181002216: units 0 and 2");
  ExpectFault(Hierarchy::FromCodes({}, {.root = 7}).status(), "root", -1,
              "root: malformed code 7: need 0, or 2, 4, 6, 9, 12, 15 or 18 digits");
}

// Whatever the mixture and order, every listed code is found, on its level, below the prefix of its digits.
TEST(FromCodesTest, RandomMixtures) {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    std::vector<int64_t> codes;
    for (int i = random.Between(1, 60); i > 0; --i) {
      int64_t code = random.Between(11, 15);
      for (const int digits : {2, 2, 3, 3, 3, 3}) {
        if (random.Below(4) == 0) break;
        code = code * (digits == 2 ? 100 : 1000) + random.Between(0, 3);
      }
      if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
    }
    const absl::StatusOr<Hierarchy> tree = Hierarchy::FromCodes(codes);
    ASSERT_TRUE(tree.ok()) << tree.status();
    for (size_t row = 0; row < codes.size(); ++row) {
      const Unit unit = tree->Find(codes[row]);
      ASSERT_EQ(tree->unit_of_row(static_cast<int64_t>(row)), unit);
      ASSERT_EQ(tree->level(unit), LevelOfCode(codes[row]));
    }
    for (const Unit unit : tree->units()) {
      if (unit == Hierarchy::kRoot) continue;
      ASSERT_EQ(tree->code(tree->parent(unit)), ParentCode(tree->code(unit)));
    }
  }
}

}  // namespace
}  // namespace lianhu
