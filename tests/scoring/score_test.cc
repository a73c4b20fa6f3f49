#include "lianhu/scoring/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "lianhu/base/status.h"
#include "scoring/founding_facts.h"

namespace lianhu::scoring {
namespace {

using ::testing::ElementsAre;
using testing::NamedFacts;
using testing::PerfectRow;
using testing::RandomRow;

Scores ScoreOne(const Checklist& checklist, const std::vector<int64_t>& row) {
  RunContext context;
  absl::StatusOr<Scores> scores = Score(checklist, {.stewards = 1, .values = row}, context);
  EXPECT_TRUE(scores.ok()) << scores.status();
  return scores.ok() ? *scores : Scores{};
}

Scores ScoreOne(NamedFacts changes) {
  const Checklist checklist = FoundingChecklist();
  return ScoreOne(checklist, PerfectRow(checklist, changes));
}

std::string GradeOf(const Scores& scores) {
  return scores.grade[0] == kNoIndex ? "" : FoundingChecklist().bands[scores.grade[0]].grade;
}

TEST(ScoreTest, EverythingDoneIsFullMarks) {
  const Scores scores = ScoreOne({});
  EXPECT_THAT(scores.points, ElementsAre(8000, 8000, 8000, 10000, 10000, 10000, 10000, 6000, 8000, 8000, 6000, 8000));
  EXPECT_THAT(scores.group_points, ElementsAre(24000, 40000, 36000));
  EXPECT_EQ(scores.total[0], 100000);
  EXPECT_EQ(GradeOf(scores), "excellent");
  EXPECT_EQ(scores.status[0], ScoreStatus::kRated);
  EXPECT_EQ(scores.rank[0], 1);
}

TEST(ScoreTest, WeightedSumsOfRatios) {
  const Scores scores = ScoreOne({{"requests_received", 7},
                                  {"requests_in_time", 5},
                                  {"requests_resolved", 3},
                                  {"requests_rated", 3},
                                  {"requests_satisfied", 2}});
  // 10 x (0.3 x 5/7 + 0.4 x 3/7 + 0.3 x 2/3) = 5.857142...
  EXPECT_EQ(scores.points[6], 5857);
  EXPECT_EQ(scores.total[0], 95857);
  // Nobody rated: 10 x (0.3 x 5/7 + 0.4 x 3/7) / 0.7
  EXPECT_EQ(ScoreOne({{"requests_received", 7},
                      {"requests_in_time", 5},
                      {"requests_resolved", 3},
                      {"requests_rated", 0},
                      {"requests_satisfied", 0}})
                .points[6],
            5510);
}

// 8/1600 x 2500 = 12.5 points short of nothing: built so that the exact total is 87.4995.
TEST(ScoreTest, RoundsOnceHalfUp) {
  const auto total = [](int64_t lost_of_8_x_16000) {
    // A1 carries 8 points over 16,000 households: each is worth 0.0005 points.
    return ScoreOne({{"households_assigned", 16000},
                     {"households_verified", 16000 - lost_of_8_x_16000},
                     {"livelihood_current", 16000},
                     {"sessions_held", 0},
                     {"tasks_on_time", 2}})
        .total[0];
  };
  // 100 - 6 - 6.4 = 87.6; 201 x 0.0005 = 0.1005 less is 87.4995.
  EXPECT_EQ(total(0), 87600);
  EXPECT_EQ(total(201), 87500);
  EXPECT_EQ(total(202), 87499);
  EXPECT_EQ(total(200), 87500);
}

// 1/3 + 1/3 + 1/3 of a point is one point, and grades are read off the published total.
TEST(ScoreTest, ThirdsAddUp) {
  const Scores scores =
      ScoreOne({{"sessions_planned", 3}, {"sessions_held", 1}, {"patrols_due", 3}, {"patrols_done", 2}});
  EXPECT_THAT((std::vector<Points>{scores.points[7], scores.points[10]}), ElementsAre(2000, 4000));
  const Scores thirds = ScoreOne({{"reports_made", 3},
                                  {"reports_valid", 1},
                                  {"help_accepted", 3},
                                  {"help_in_time", 1},
                                  {"tasks_assigned", 3},
                                  {"tasks_on_time", 1}});
  EXPECT_EQ(thirds.points[8], 2667);
  EXPECT_EQ(thirds.group_points[2], 20000);
  EXPECT_EQ(thirds.total[0], 84000);
}

TEST(ScoreTest, NothingDueHandsItsWeightOnWithinTheGroup) {
  const Scores scores = ScoreOne({{"disputes_received", 0}, {"disputes_settled", 0}, {"deliveries_acknowledged", 5}});
  EXPECT_EQ(scores.points[4], kNotApplicable);
  EXPECT_EQ(scores.points[3], 6667);  // 40/3 x 1/2
  EXPECT_EQ(scores.points[5], 13333);
  EXPECT_EQ(scores.total[0], 93333);
  EXPECT_EQ(scores.covered[0], Decimal::Of(90));
}

TEST(ScoreTest, AGroupWithNothingDueHandsItsWeightToTheOthers) {
  const Scores scores = ScoreOne({{"households_assigned", 0},
                                  {"households_verified", 0},
                                  {"livelihood_current", 0},
                                  {"households_sampled", 0},
                                  {"households_heard", 0},
                                  {"tasks_on_time", 0}});
  EXPECT_EQ(scores.group_points[0], kNotApplicable);
  EXPECT_EQ(scores.group_points[1], 52632);  // 40/76 of 100
  EXPECT_EQ(scores.total[0], 89474);         // (76 - 8) / 76 of 100
}

TEST(ScoreTest, LessThanTwoThirdsCoveredIsNotRated) {
  // 24 of group A and 10 of group B are missing: 66 of 100 is less than two thirds.
  const Scores below = ScoreOne({{"households_assigned", 0},
                                 {"households_verified", 0},
                                 {"livelihood_current", 0},
                                 {"households_sampled", 0},
                                 {"households_heard", 0},
                                 {"hardship_listed", 0},
                                 {"hardship_contacted", 0}});
  EXPECT_EQ(below.covered[0], Decimal::Of(66));
  EXPECT_EQ(below.status[0], ScoreStatus::kNotRated);
  EXPECT_EQ(below.total[0], kNotApplicable);
  EXPECT_EQ(below.grade[0], kNoIndex);
  EXPECT_EQ(below.rank[0], 0);
  const Scores above = ScoreOne({{"households_assigned", 0},
                                 {"households_verified", 0},
                                 {"livelihood_current", 0},
                                 {"households_sampled", 0},
                                 {"households_heard", 0},
                                 {"tasks_assigned", 0},
                                 {"tasks_on_time", 0}});
  EXPECT_EQ(above.covered[0], Decimal::Of(68));
  EXPECT_EQ(above.total[0], 100000);

  Checklist exact = FoundingChecklist();
  exact.groups[2].indicators[0].weight = {5'666'667};
  exact.groups[2].indicators[1].weight = {8'333'333};
  exact.coverage_numerator = 66;
  exact.coverage_denominator = 100;
  std::vector<int64_t> row = PerfectRow(exact, {{"households_assigned", 0},
                                                {"households_verified", 0},
                                                {"livelihood_current", 0},
                                                {"households_sampled", 0},
                                                {"households_heard", 0},
                                                {"hardship_listed", 0},
                                                {"hardship_contacted", 0}});
  EXPECT_EQ(ScoreOne(exact, row).status[0], ScoreStatus::kRated) << "a limit that is just reached";
}

TEST(ScoreTest, NothingAtAllIsNotRated) {
  const Checklist checklist = FoundingChecklist();
  EXPECT_EQ(ScoreOne(checklist, std::vector<int64_t>(checklist.facts.size(), 0)).status[0], ScoreStatus::kNotRated);
  Checklist lenient = checklist;
  lenient.coverage_numerator = 0;
  EXPECT_EQ(ScoreOne(lenient, std::vector<int64_t>(checklist.facts.size(), 0)).status[0], ScoreStatus::kNotRated);
}

TEST(ScoreTest, BonusDeductionAndClipping) {
  EXPECT_EQ(ScoreOne({{"commendations", 25}, {"tasks_on_time", 0}}).bonus[0], 10000);
  EXPECT_EQ(ScoreOne({{"commendations", 25}, {"tasks_on_time", 0}}).total[0], 100000);
  EXPECT_EQ(ScoreOne({{"late_reports", 1}, {"concealed_reports", 2}}).deduction[0], 30000);
  EXPECT_EQ(ScoreOne({{"late_reports", 1}, {"concealed_reports", 2}}).total[0], 70000);
  // Clipped at the end, not between: the bonus counts before the deduction is taken.
  EXPECT_EQ(ScoreOne({{"late_reports", 1}, {"commendations", 10}}).total[0], 100000);
  EXPECT_EQ(ScoreOne({{"late_reports", 11}}).total[0], 0);
}

TEST(ScoreTest, AVetoCapsTheGradeAndNothingElse) {
  const Scores scores = ScoreOne({{"fabrications", 1}});
  EXPECT_EQ(scores.total[0], 100000);
  EXPECT_EQ(GradeOf(scores), "fail");
  EXPECT_EQ(scores.veto[0], 0);
  EXPECT_EQ(ScoreOne({{"fabrications", 1}, {"late_reports", 9}}).veto[0], kNoIndex) << "a cap that changes nothing";
}

TEST(ScoreTest, GoalpostsDirectionsAndCaps) {
  Checklist checklist = FoundingChecklist();
  Indicator& a1 = checklist.groups[0].indicators[0];
  const auto points = [&](int64_t verified) {
    return ScoreOne(checklist, PerfectRow(checklist, {{"households_verified", verified}})).points[0];
  };
  a1.low = {500'000};
  a1.high = {900'000};
  EXPECT_THAT((std::vector<Points>{points(4), points(5), points(6), points(9), points(10)}),
              ElementsAre(0, 0, 2000, 8000, 8000));
  a1.cap = Decimal::Of(5);
  EXPECT_THAT((std::vector<Points>{points(6), points(9)}), ElementsAre(2000, 5000));
  a1.cap = {};
  a1.direction = Direction::kLowerIsBetter;
  EXPECT_THAT((std::vector<Points>{points(4), points(6), points(9)}), ElementsAre(8000, 6000, 0));
}

TEST(ScoreTest, DerivedFacts) {
  Checklist checklist = FoundingChecklist();
  checklist.derived = {{.name = "heard_or_verified", .terms = {{1, "households_heard"}, {1, "other"}}},
                       {.name = "other", .terms = {{2, "households_verified"}, {-1, "livelihood_current"}}}};
  checklist.groups[0].indicators[2].terms[0].numerator = "heard_or_verified";
  checklist.groups[0].indicators[2].terms[0].denominator = "households_assigned";
  checklist.facts.erase(checklist.facts.begin() + 3);  // households_sampled
  const auto row = [&](int64_t heard, int64_t verified, int64_t current) {
    return PerfectRow(
        checklist, {{"households_heard", heard}, {"households_verified", verified}, {"livelihood_current", current}});
  };
  EXPECT_EQ(ScoreOne(checklist, row(3, 4, 5)).points[2], 8000 * (3 + 2 * 4 - 5) / 10);
  RunContext context;
  EXPECT_EQ(Score(checklist, {1, row(1, 2, 5)}, context).status().message(), "other[0]: the derived fact is negative");
  EXPECT_EQ(Score(checklist, {1, row(3, std::numeric_limits<int64_t>::max(), 5)}, context).status().message(),
            "other[0]: the derived fact leaves 64 bits");
}

TEST(ScoreTest, BadFactsAreNamed) {
  const Checklist checklist = FoundingChecklist();
  RunContext context;
  const auto said = [&](NamedFacts changes) {
    std::vector<int64_t> rows = PerfectRow(checklist);
    const std::vector<int64_t> second = PerfectRow(checklist, changes);
    rows.insert(rows.end(), second.begin(), second.end());
    const absl::Status status = Score(checklist, {2, rows}, context).status();
    EXPECT_EQ(GetErrorDetail(status).row, 1);
    return std::string(status.message());
  };
  EXPECT_EQ(said({{"patrols_done", 11}}), "patrols_done[1]: the ratio is above 1: 11 of 10 patrols_due");
  EXPECT_EQ(said({{"disputes_received", 0}}), "disputes_settled[1]: the ratio is above 1: 10 of 0 disputes_received");
  EXPECT_EQ(said({{"late_reports", -1}}), "late_reports[1]: must not be negative: -1");
  EXPECT_EQ(Score(checklist, {2, PerfectRow(checklist)}, context).status().message(),
            "values: has 31 entries, expected 2 stewards x 31 facts");
}

// Numbers so large that products of denominators fill hundreds of bits.
TEST(ScoreTest, HugeCountsStayExact) {
  const Checklist checklist = FoundingChecklist();
  std::vector<int64_t> row = PerfectRow(checklist);
  const int64_t huge = std::numeric_limits<int64_t>::max();
  int64_t less = 0;
  for (const Group& group : checklist.groups) {
    for (const Indicator& indicator : group.indicators) {
      for (const Term& term : indicator.terms) {
        row[testing::FactIndex(checklist, term.denominator)] = huge - less++;
        row[testing::FactIndex(checklist, term.numerator)] = huge - 40;
      }
    }
  }
  EXPECT_EQ(ScoreOne(checklist, row).total[0], 100000);
}

TEST(ScoreTest, TiesShareTheBetterRank) {
  EXPECT_THAT(RanksOf({5, 9, 5, -1, 7, 9, 0}), ElementsAre(4, 1, 4, 0, 3, 1, 6));
  EXPECT_THAT(RanksOf({}), ElementsAre());
}

TEST(ScorePropertyTest, ABetterFactNeverLowersATotal) {
  const Checklist checklist = FoundingChecklist();
  int raised = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const std::vector<int64_t> row = RandomRow(checklist, random);
    const Scores before = ScoreOne(checklist, row);
    for (const Group& group : checklist.groups) {
      for (const Indicator& indicator : group.indicators) {
        for (const Term& term : indicator.terms) {
          std::vector<int64_t> better = row;
          int64_t& done = better[testing::FactIndex(checklist, term.numerator)];
          if (done == better[testing::FactIndex(checklist, term.denominator)]) continue;
          ++done;
          const Scores after = ScoreOne(checklist, better);
          ASSERT_GE(after.total[0], before.total[0]) << term.numerator;
          ASSERT_EQ(after.status[0], before.status[0]);
          raised += after.total[0] > before.total[0] ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(raised, 1000);
}

TEST(ScorePropertyTest, NeitherOrderNorColleaguesNorThreadsMatter) {
  const Checklist checklist = FoundingChecklist();
  Random random(7);
  constexpr int32_t kStewards = 500;
  std::vector<std::vector<int64_t>> rows;
  for (int32_t s = 0; s < kStewards; ++s) rows.push_back(RandomRow(checklist, random));
  const auto score = [&](const std::vector<int32_t>& order, int threads) {
    std::vector<int64_t> values;
    for (const int32_t s : order) values.insert(values.end(), rows[s].begin(), rows[s].end());
    RunContext context;
    context.threads = threads;
    return Score(checklist, {static_cast<int32_t>(order.size()), values}, context).value();
  };
  std::vector<int32_t> order(kStewards);
  for (int32_t s = 0; s < kStewards; ++s) order[s] = s;
  const Scores straight = score(order, 1);
  EXPECT_GT(std::count(straight.status.begin(), straight.status.end(), ScoreStatus::kNotRated), 0);
  for (int32_t s = kStewards - 1; s > 0; --s) std::swap(order[s], order[random.Below(s + 1)]);
  const Scores shuffled = score(order, 4);
  for (int32_t s = 0; s < kStewards; ++s) {
    ASSERT_EQ(shuffled.total[s], straight.total[order[s]]);
    ASSERT_EQ(shuffled.rank[s], straight.rank[order[s]]);
    ASSERT_EQ(ScoreOne(checklist, rows[s]).total[0], straight.total[s]);
  }
}

TEST(ScoreTest, Cancelling) {
  const Checklist checklist = FoundingChecklist();
  RunContext context;
  context.Cancel();
  EXPECT_TRUE(Score(checklist, {1, PerfectRow(checklist)}, context)->cancelled);
}

}  // namespace
}  // namespace lianhu::scoring
