#include "lianhu/districting/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "data/shared_data.h"
#include "lianhu/io/p_median_file.h"

namespace lianhu::districting {
namespace {

using ::testing::HasSubstr;

const std::vector<Point> kLine = {{0, 0}, {1, 0}, {2, 0}, {10, 0}, {11, 0}, {12, 0}};
const std::vector<int32_t> kRoomy(6, 3);

SelectionProblem Line() {
  return {.households = kLine, .candidates = kLine, .capacity = kRoomy, .count = 2};
}

// Enough to settle what these tests ask for; the clock plays no part.
constexpr SelectionOptions kOptions{.seconds = 1e6, .work = 1000000};

TEST(Selection, ProvesTheObvious) {
  RunContext context;
  const auto selection = Select(Line(), kOptions, context);
  ASSERT_TRUE(selection.ok()) << selection.status();
  EXPECT_EQ(selection->chosen, (std::vector<int32_t>{1, 4}));
  EXPECT_EQ(selection->objective, 400);
  EXPECT_EQ(selection->bound, 400);
  EXPECT_EQ(selection->gap_percent, 0);
}

// Two hundred households, sixteen to be chosen: nothing is proved in a hurry.
const std::vector<Point> kScattered = [] {
  std::vector<Point> nodes;
  for (int i = 0; i < 200; ++i) nodes.push_back({std::fmod(i * 37.3, 101), std::fmod(i * 53.9, 97)});
  return nodes;
}();
const std::vector<int32_t> kFifteen(200, 15);

SelectionProblem Scattered() {
  return {.households = kScattered, .candidates = kScattered, .capacity = kFifteen, .count = 16};
}

TEST(Selection, StopsWhenTheBoundIsMet) {
  RunContext context;
  const auto selection = Select(Line(), {.seconds = 1e6, .work = 100'000'000'000}, context);
  ASSERT_TRUE(selection.ok()) << selection.status();
  EXPECT_EQ(selection->gap_percent, 0);
  EXPECT_FALSE(selection->by_clock);
}

TEST(Selection, TheClockHurriesTheSearchToAPlanAndABound) {
  RunContext context;
  const auto selection = Select(Scattered(), {.seconds = 0.3, .work = int64_t{1} << 60}, context);
  ASSERT_TRUE(selection.ok()) << selection.status();
  EXPECT_TRUE(selection->by_clock);
  EXPECT_LT(selection->seconds, 5);
  EXPECT_TRUE(VerifySelection(Scattered(), selection->candidate_of).ok());
  EXPECT_GT(selection->bound, 0);
}

TEST(Selection, EveryCandidateChosen) {
  SelectionProblem problem = Scattered();
  problem.count = 200;
  RunContext context;
  const auto selection = Select(problem, kOptions, context);
  ASSERT_TRUE(selection.ok()) << selection.status();
  EXPECT_EQ(selection->objective, 0);
  EXPECT_EQ(selection->gap_percent, 0);
  EXPECT_EQ(selection->chosen.size(), 200u);
}

TEST(Selection, SameSeedAndWorkSamePlan) {
  const SelectionProblem problem = Scattered();
  std::vector<Selection> found;
  for (const uint64_t seed : {1, 1, 2}) {
    RunContext context;
    context.seed = seed;
    found.push_back(*Select(problem, kOptions, context));
    EXPECT_FALSE(found.back().by_clock);
  }
  EXPECT_EQ(found[0].candidate_of, found[1].candidate_of);
  EXPECT_EQ(found[0].bound, found[1].bound);
  EXPECT_EQ(found[0].regions, found[1].regions);
  EXPECT_NE(found[0].regions, found[2].regions);
}

TEST(Selection, SaysWhyThereIsNoPlan) {
  RunContext context;
  SelectionProblem problem = Line();
  problem.count = 1;
  auto selection = Select(problem, kOptions, context);
  ASSERT_TRUE(selection.ok());
  EXPECT_EQ(selection->outcome, SelectionOutcome::kInfeasible);
  EXPECT_THAT(Describe(*selection, problem, Language::kEnglish),
              HasSubstr("the demand is 6, the 1 largest capacities together are 3: 3 short"));
  EXPECT_THAT(Describe(*selection, problem, Language::kChinese), HasSubstr("还差3"));

  // Two threes cannot take three twos.
  const std::vector<int32_t> demand{2, 2, 2};
  problem = {.households = absl::MakeConstSpan(kLine).subspan(0, 3),
             .demand = demand,
             .candidates = absl::MakeConstSpan(kLine).subspan(0, 2),
             .capacity = absl::MakeConstSpan(kRoomy).subspan(0, 2),
             .count = 2};
  selection = Select(problem, kOptions, context);
  ASSERT_TRUE(selection.ok());
  EXPECT_EQ(selection->outcome, SelectionOutcome::kNotFound);
  EXPECT_THAT(Describe(*selection, problem, Language::kEnglish), HasSubstr("enough in sum (6 of 6"));
}

TEST(Selection, NamesBadInput) {
  RunContext context;
  const auto complaint = [&](const SelectionProblem& problem) {
    return std::string(Select(problem, kOptions, context).status().message());
  };
  SelectionProblem problem = Line();
  problem.count = 7;
  EXPECT_THAT(complaint(problem), HasSubstr("count: is 7: need 1 to 6"));
  problem = Line();
  problem.capacity = absl::MakeConstSpan(kRoomy).subspan(1);
  EXPECT_THAT(complaint(problem), HasSubstr("capacity: has 5 entries, expected 6"));
  problem = Line();
  const std::vector<int32_t> demand{1, 1, 0, 1, 1, 1};
  problem.demand = demand;
  EXPECT_THAT(complaint(problem), HasSubstr("demand[2]: is 0: need at least 1"));
  problem = Line();
  std::vector<Point> nowhere = kLine;
  nowhere[4].y = std::numeric_limits<double>::quiet_NaN();
  problem.households = nowhere;
  EXPECT_THAT(complaint(problem), HasSubstr("households[4]"));
  problem.households = {};
  EXPECT_THAT(complaint(problem), HasSubstr("households: has no entries"));
  EXPECT_FALSE(Select(Line(), {.seconds = 0}, context).ok());
}

TEST(Selection, CancelledReturnsTheBestSoFar) {
  RunContext context;
  context.set_progress([](double fraction) { return fraction < 1e-12; });
  const auto selection = Select(Scattered(), {.seconds = 1e6, .work = int64_t{1} << 60}, context);
  ASSERT_TRUE(selection.ok());
  EXPECT_TRUE(selection->cancelled);
  EXPECT_TRUE(VerifySelection(Scattered(), selection->candidate_of).ok());
}

TEST(Selection, VerifyNamesTheFault) {
  EXPECT_EQ(*VerifySelection(Line(), {1, 1, 1, 4, 4, 4}), 400);
  const auto complaint = [](const std::vector<int32_t>& plan) {
    return std::string(VerifySelection(Line(), plan).status().message());
  };
  EXPECT_THAT(complaint({1, 1, 1, 1, 4, 4}), HasSubstr("capacity[1]: is 3, but the plan gives it 4"));
  EXPECT_THAT(complaint({0, 1, 1, 4, 4, 4}), HasSubstr("the plan uses 3 candidates"));
  EXPECT_THAT(complaint({1, 1, 9, 4, 4, 4}), HasSubstr("candidate_of[2]: 9 is no candidate"));
}

// Optima proved in the literature (Lorena; Osman and Christofides).
TEST(Selection, ReachesPublishedOptima) {
  LIANHU_SHARED_DATA_OR_RETURN(folder, "cpmp");
  const struct {
    const char* file;
    DistanceRule rule;
    double optimum;
  } kInstances[] = {
      {"sjc/SJC1.dat", DistanceRule::kEuclidean, 17288.99},
      {"sjc/SJC2.dat", DistanceRule::kEuclidean, 33270.94},
      {"pmedcap/cpmp01.txt", DistanceRule::kWhole, 713},
      {"pmedcap/cpmp11.txt", DistanceRule::kWhole, 1006},
  };
  for (const auto& each : kInstances) {
    SCOPED_TRACE(each.file);
    const auto instance = io::ReadPMedianFile(folder / each.file);
    ASSERT_TRUE(instance.ok()) << instance.status();
    RunContext context;
    context.seed = 1;
    const auto selection = Select(instance->View(each.rule), {.seconds = 1e6, .work = 8000000}, context);
    ASSERT_TRUE(selection.ok()) << selection.status();
    EXPECT_NEAR(selection->objective, each.optimum, 0.01);
    EXPECT_LE(selection->bound, each.optimum + 0.01);
    EXPECT_GT(selection->bound, 0.98 * each.optimum);
  }
}

}  // namespace
}  // namespace lianhu::districting
