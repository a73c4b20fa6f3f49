// All 620,573 communities and villages of China in one tree under one root.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "absl/strings/numbers.h"
#include "data/shared_data.h"
#include "lianhu/hierarchy/ancestry.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/roll_up.h"
#include "lianhu/hierarchy/unit_code.h"

namespace lianhu {
namespace {

std::vector<int64_t> ReadCodes(const std::string& path) {
  std::vector<int64_t> codes;
  FILE* pipe = popen(("xz -dc '" + path + "'").c_str(), "r");
  char line[64];
  while (std::fgets(line, sizeof(line), pipe) != nullptr) {
    int64_t code = 0;
    if (absl::SimpleAtoi(line, &code)) codes.push_back(code);
  }
  EXPECT_EQ(pclose(pipe), 0);
  return codes;
}

TEST(NationTest, LoadsAndRollsUp) {
  LIANHU_SHARED_DATA_OR_RETURN(path, "hierarchy/china_village_codes.txt.xz");
  const std::vector<int64_t> codes = ReadCodes(path.string());
  ASSERT_EQ(codes.size(), 620573u);
  const absl::StatusOr<Hierarchy> nation = Hierarchy::FromCodes(codes);
  ASSERT_TRUE(nation.ok()) << nation.status();

  std::vector<int64_t> per_level(8, 0);
  for (const Unit unit : nation->units()) ++per_level[nation->level(unit)];
  EXPECT_EQ(per_level, (std::vector<int64_t>{1, 31, 342, 2978, 41352, 620573, 0, 0}));
  EXPECT_EQ(nation->row_count(), 620573);

  const std::vector<int64_t> ones(codes.size(), 1);
  const auto communities = RollUpSum<int64_t>(*nation, ValuesByUnit<int64_t>(*nation, ones, 0).value());
  ASSERT_TRUE(communities.ok());
  EXPECT_EQ((*communities)[Hierarchy::kRoot], 620573);
  const Unit street = nation->Find(430181002);
  ASSERT_NE(street, kNoUnit);
  EXPECT_EQ((*communities)[street], 15);
  EXPECT_EQ((*communities)[AncestorAtLevel(*nation, street, kCounty)], 326);
  EXPECT_EQ(SubtreeSize(*nation, street), 16);
  for (const int64_t code : codes) {
    ASSERT_EQ(nation->code(AncestorAtLevel(*nation, nation->Find(code), kCounty)), code / 1000000);
  }
  EXPECT_LE(nation->MemoryBytes(), 33u * nation->size());
}

}  // namespace
}  // namespace lianhu
