#include "lianhu/io/candidates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "io/temporary_directory.h"

namespace lianhu::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kHouseholds[] = "id,x,y,unit\nH1,0,0,north\nH2,1,0,south\n";

struct Files {
  TemporaryDirectory directory;

  absl::StatusOr<CandidatePool> Read(const std::string& candidates, const std::string& kind_cost = "") {
    CandidateFiles files{.households = directory.File("h.csv"),
                         .candidates = directory.File("c.csv"),
                         .within = "unit",
                         .bounds = {},
                         .kind_cost = kind_cost};
    WriteFile(files.households, kHouseholds);
    WriteFile(files.candidates, candidates);
    return ReadCandidates(files);
  }

  std::string Complaint(const std::string& candidates, const std::string& kind_cost = "") {
    return std::string(Read(candidates, kind_cost).status().message());
  }
};

TEST(Candidates, ReadsEveryColumn) {
  Files files;
  const auto pool = files.Read(
      "id,x,y,unit,kind,cost_m,must,min,max\n"
      "A,0,0,north,volunteer,,have,,\n"
      "B,1,0,south,appointed,2.5,not,1,7\n"
      "C,2,0,south,volunteer,-1,,,\n"
      "D,3,0,south,,4,必选,,\n",
      "appointed:10,volunteer:0.25");
  ASSERT_TRUE(pool.ok()) << pool.status();
  EXPECT_THAT(pool->suitability_cm, ElementsAre(25, 1250, -75, 400));
  EXPECT_THAT(pool->requirement, ElementsAre(1, 2, 0, 1));
  EXPECT_THAT(pool->kinds, ElementsAre(0, 1, 0, -1));
  EXPECT_THAT(pool->kind_names, ElementsAre("volunteer", "appointed"));
  const districting::CandidateProblem problem = pool->View();
  EXPECT_EQ(problem.candidates.size(), 4u);
  EXPECT_EQ(problem.BoundsOf(1).max, 7);
  EXPECT_EQ(problem.BoundsOf(0).max, 20);
  EXPECT_EQ(problem.RequirementOf(1), districting::Requirement::kMustNot);
}

TEST(Candidates, FlagsAndOtherNames) {
  Files files;
  const auto pool = files.Read(
      "id,x,y,unit,suitability,must_have,must_not\n"
      "A,0,0,north,3,yes,no\n"
      "B,1,0,south,,否,是\n"
      "C,1,0,south,0,,\n");
  ASSERT_TRUE(pool.ok()) << pool.status();
  EXPECT_THAT(pool->suitability_cm, ElementsAre(300, 0, 0));
  EXPECT_THAT(pool->requirement, ElementsAre(1, 2, 0));
  EXPECT_TRUE(pool->kinds.empty());
}

TEST(Candidates, NamesEveryFault) {
  Files files;
  EXPECT_THAT(files.Complaint("id,x,y,unit\nA,0,0,north\nB,0,0,north\nA,1,0,south\n"),
              HasSubstr("c.csv: row 4, column id: "));
  EXPECT_THAT(files.Complaint("id,x,y,unit,must\nA,0,0,north,maybe\n"),
              HasSubstr("c.csv: row 2, column must: not 'have', 'not' or empty: 'maybe'"));
  EXPECT_THAT(files.Complaint("id,x,y,unit,must_have\nA,0,0,north,maybe\n"),
              HasSubstr("c.csv: row 2, column must_have: not yes or no: 'maybe'"));
  EXPECT_THAT(files.Complaint("id,x,y,unit,must_have,must_not\nA,0,0,north,1,1\n"),
              HasSubstr("c.csv: row 2, column must_not: the candidate both must be chosen and must not: '1'"));
  EXPECT_THAT(files.Complaint("id,x,y,unit,must,must_not\nA,0,0,north,have,1\n"), HasSubstr("both must be chosen"));
  EXPECT_THAT(files.Complaint("id,x,y,unit,cost_m\nA,0,0,north,far\n"), HasSubstr("c.csv: row 2, column cost_m: "));
  EXPECT_THAT(files.Complaint("id,x,y,unit,cost_m,kind\nA,0,0,north,2999999,k\n", "k:9"),
              HasSubstr("with the cost of its kind out of range +-3e+06: '2999999'"));
  EXPECT_THAT(files.Complaint("id,x,y,unit,kind\nA,0,0,north,k\n", "k"), HasSubstr("need KIND:METRES"));
  EXPECT_THAT(files.Complaint("id,x,y,unit,kind\nA,0,0,north,k\n", "l:3"), HasSubstr("no candidate is of kind 'l'"));
  EXPECT_THAT(files.Complaint("id,x,y,unit\n"), HasSubstr("c.csv: there is no candidate"));
}

}  // namespace
}  // namespace lianhu::io
