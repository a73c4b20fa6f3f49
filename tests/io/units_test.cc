#include "lianhu/io/units.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "io/temporary_directory.h"
#include "lianhu/base/random.h"
#include "lianhu/base/status.h"

namespace lianhu::io {
namespace {

using ::testing::ElementsAre;

class UnitsTest : public ::testing::Test {
 protected:
  absl::StatusOr<UnitTable> Read(const std::string& units, const std::string& households = "") {
    WriteFile(directory_.File("u.csv"), units);
    UnitFiles files{.units = directory_.File("u.csv")};
    if (!households.empty()) {
      WriteFile(directory_.File("h.csv"), households);
      files.households = directory_.File("h.csv");
    }
    return ReadUnits(files);
  }
  // The message without the folder.
  std::string Fault(const std::string& units, const std::string& households = "") {
    std::string message(Read(units, households).status().message());
    const std::string folder = directory_.path().string() + "/";
    for (size_t at = message.find(folder); at != std::string::npos; at = message.find(folder)) {
      message.erase(at, folder.size());
    }
    return message;
  }
  static std::string Parent(const UnitTable& units, const std::string& id) {
    const Unit parent = units.hierarchy.parent(units.Find(id));
    return parent == kNoUnit ? "" : units.ids[parent];
  }

  TemporaryDirectory directory_;
};

TEST_F(UnitsTest, ParentsLevelsAndNames) {
  const UnitTable units = Read(
                              "name,level,parent,code\n"
                              "甲,街道,,S\n"
                              "乙,community,S,C1\n"
                              "丙,片区,C1,G1\n"
                              ",Micro-Grid,G1,M1\n"
                              ",8,M1,H1\n"
                              ",household,G1,H2\n")
                              .value();
  EXPECT_EQ(units.hierarchy.size(), 6);
  EXPECT_THAT(units.ids, ElementsAre("S", "C1", "G1", "M1", "H2", "H1"));
  EXPECT_THAT(units.names, ElementsAre("甲", "乙", "丙", "", "", ""));
  EXPECT_THAT(units.row_numbers, ElementsAre(2, 3, 4, 5, 7, 6));
  std::vector<std::string> levels;
  for (const Unit unit : units.hierarchy.units()) levels.push_back(units.LevelName(unit));
  EXPECT_THAT(levels, ElementsAre("street", "community", "grid", "micro-grid", "household", "household"));
  EXPECT_EQ(units.Find("H3"), kNoUnit);
  EXPECT_EQ(Parent(units, "H2"), "G1");
}

TEST_F(UnitsTest, LevelsOfCodesAndBelowThem) {
  const UnitTable units = Read(
                              "code,parent\n430181002,\n430181002001,430181002\n430181002001003,430181002\n"
                              "430181002001003017,430181002001003\nH1,430181002001003017\n")
                              .value();
  const auto level = [&](const char* id) { return units.hierarchy.level(units.Find(id)); };
  EXPECT_EQ(level("430181002"), kStreet);
  EXPECT_EQ(level("430181002001"), kCommunity);
  EXPECT_EQ(level("430181002001003"), kGrid);  // directly below the street
  EXPECT_EQ(level("430181002001003017"), kMicroGrid);
  EXPECT_EQ(level("H1"), kHousehold);
  EXPECT_EQ(units.hierarchy.Find(430181002001003), units.Find("430181002001003"));
}

// Whole numbers that are no codes of this tree say nothing about levels.
TEST_F(UnitsTest, NumbersWithParentsAreNoCodes) {
  const UnitTable units = Read("id,parent\n1,\n10,1\n11,1\n1234,10\n").value();
  EXPECT_EQ(units.hierarchy.level(0), kStreet);
  EXPECT_EQ(units.hierarchy.level(units.Find("10")), kCommunity);
  EXPECT_EQ(units.hierarchy.level(units.Find("1234")), 6);
}

TEST_F(UnitsTest, CodesNestByThemselves) {
  const UnitTable units = Read("code\n430181002001003\n430181002004\n").value();
  EXPECT_EQ(units.hierarchy.size(), 4);  // the street and a community are made
  EXPECT_EQ(units.ids[Hierarchy::kRoot], "430181002");
  EXPECT_EQ(units.row_numbers[Hierarchy::kRoot], 0);
  EXPECT_EQ(Parent(units, "430181002001003"), "430181002001");
  EXPECT_EQ(units.hierarchy.level(units.Find("430181002001003")), kGrid);
  EXPECT_EQ(Read("code\n43\n11\n").value().ids[Hierarchy::kRoot], "0");
  // A column of parents may leave to the digits what they say.
  EXPECT_EQ(Parent(Read("code,parent\n430181002,\n430181002001003,\nH,430181002001003\n").value(), "430181002001003"),
            "430181002");
}

TEST_F(UnitsTest, Households) {
  const UnitTable units = Read("code\n430181002001\n430181002001003\n",
                               "id,unit,x\nH1,430181002001003,4\n"
                               "H2,430181002001,5\n")
                              .value();
  EXPECT_EQ(Parent(units, "H1"), "430181002001003");
  EXPECT_EQ(units.hierarchy.level(units.Find("H2")), kHousehold);
  EXPECT_EQ(units.row_numbers[units.Find("H2")], 3);
}

TEST_F(UnitsTest, Gb18030) {
  // 街道 in GB18030.
  const UnitTable units = Read("code,name\n430181002,\xBD\xD6\xB5\xC0\n").value();
  EXPECT_THAT(units.names, ElementsAre("街道"));
}

TEST_F(UnitsTest, EveryFaultHasItsPlace) {
  EXPECT_EQ(Fault("code,parent\n"), "u.csv: lists no unit");
  EXPECT_EQ(Fault("kode\nx\n"), "u.csv: row 1, column code: is missing; the columns are 'kode'");
  EXPECT_EQ(Fault("code,parent\nS,\n,S\n"), "u.csv: row 3, column code: value missing: ''");
  EXPECT_EQ(Fault("code,parent\nS,\n\nS,S\n"), "u.csv: row 4, column code: is there already, in row 2: 'S'");
  EXPECT_EQ(Fault("code,parent\nS,\nC,T\n"),
            "u.csv: row 3, column parent: names no unit of the file (leave it empty for the root): 'T'");
  EXPECT_EQ(Fault("code,parent\nS,\nC,C\n"), "u.csv: row 3, column parent: a unit cannot be its own parent: 'C'");
  EXPECT_EQ(Fault("code,parent\nS,\nT,\n"),
            "u.csv: row 3, column parent: unit 'T' has no parent, nor has 'S' in row 2: a tree has one root: ''");
  EXPECT_EQ(Fault("code,parent\nA,B\nB,A\n"),
            "u.csv: row 2, column parent: every unit has a parent: there is no root: 'B'");
  EXPECT_EQ(Fault("code,parent\nS,\nX,B\nA,B\nB,A\n"),
            "u.csv: row 5, column parent: unit 'B' lies below itself: the parents form a cycle: 'A'");
  EXPECT_EQ(Fault("code\n430181002\n4301810020\n"),
            "u.csv: row 3, column code: not a statistical code of 2, 4, 6, 9, 12, 15 or 18 digits, and there is no "
            "column parent: '4301810020'");
  EXPECT_EQ(Fault("code\n4.30181E+17\n"),
            "u.csv: row 2, column code: a spreadsheet has rounded this code; enter it as text: '4.30181E+17'");
  EXPECT_EQ(Fault("code,parent,level\nS,,street\nC,S,hamlet\n"), "u.csv: row 3, column level: not a level: 'hamlet'");
  EXPECT_EQ(Fault("code,parent,level\nS,,grid\nC,S,community\n"),
            "u.csv: row 3, column level: level 5 is not below that of its parent 'S', 6: 'community'");
}

TEST_F(UnitsTest, FaultsOfHouseholds) {
  const std::string units = "code\n430181002\n430181002001\n";
  EXPECT_EQ(Fault(units, "id\nH1\n"), "h.csv: row 1, column unit: is missing; the columns are 'id'");
  EXPECT_EQ(Fault(units, "id,unit\n,430181002001\n"), "h.csv: row 2, column id: value missing: ''");
  EXPECT_EQ(Fault(units, "id,unit\nH1,\n"), "h.csv: row 2, column unit: value missing: ''");
  EXPECT_EQ(Fault(units, "id,unit\nH1,430181002002\n"), "h.csv: row 2, column unit: not in u.csv: '430181002002'");
  EXPECT_EQ(Fault(units, "id,unit\nH1,430181002001\nH1,430181002001\n"),
            "h.csv: row 3, column id: is there already, in row 2: 'H1'");
  EXPECT_EQ(Fault(units, "id,unit\n430181002,430181002001\n"),
            "h.csv: row 2, column id: is there already, in row 2 of u.csv: '430181002'");
  EXPECT_EQ(Fault("code,parent,level\nS,,\nH,S,household\n", "id,unit\nX,H\n"),
            "h.csv: row 2, column unit: no unit that can have households, it is one itself: 'H'");
}

TEST(LevelOfNameTest, Words) {
  EXPECT_EQ(LevelOfName("Street"), kStreet);
  EXPECT_EQ(LevelOfName("微网格"), kMicroGrid);
  EXPECT_EQ(LevelOfName("村"), kCommunity);
  EXPECT_EQ(LevelOfName("42"), 42);
  for (const char* wrong : {"", "-1", "100", "street ", "streets"}) EXPECT_EQ(LevelOfName(wrong), -1) << wrong;
}

// The order of rows does not matter to who is whose parent.
TEST_F(UnitsTest, RandomTreesInAnyOrder) {
  constexpr uint64_t kSeed = 11;
  Random random(kSeed);
  int32_t deepest = 0;
  for (int round = 0; round < 30; ++round) {
    const int32_t n = random.Between(1, 60);
    std::vector<std::string> lines;
    std::vector<int32_t> parents{-1};
    for (int32_t k = 1; k < n; ++k) parents.push_back(random.Between(0, k - 1));
    for (int32_t k = 0; k < n; ++k) {
      lines.push_back(absl::StrCat("u", k, ",", k == 0 ? "" : absl::StrCat("u", parents[k]), "\n"));
    }
    for (int32_t k = n - 1; k > 0; --k) std::swap(lines[k], lines[random.Between(0, k)]);
    std::string csv = "id,parent\n";
    for (const std::string& line : lines) csv += line;
    const absl::StatusOr<UnitTable> units = Read(csv);
    ASSERT_TRUE(units.ok()) << units.status() << " seed " << kSeed;
    for (int32_t k = 1; k < n; ++k) {
      ASSERT_EQ(Parent(*units, absl::StrCat("u", k)), absl::StrCat("u", parents[k]));
    }
    deepest = std::max(deepest, units->hierarchy.height());
  }
  EXPECT_GT(deepest, 4);
}

}  // namespace
}  // namespace lianhu::io
