#include "lianhu/scoring/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scoring/founding_facts.h"

namespace lianhu::scoring {
namespace {

using ::testing::ElementsAre;
using testing::FactIndex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::NamedFacts;
using testing::PerfectRow;

Explanation ExplainRow(NamedFacts changes) {
  const Checklist checklist = FoundingChecklist();
  return Explain(checklist, PerfectRow(checklist, changes)).value();
}

TEST(ExplainTest, TheNumbersBehindThePoints) {
  const Explanation explanation = ExplainRow({{"households_assigned", 17},
                                              {"households_verified", 12},
                                              {"requests_received", 7},
                                              {"requests_in_time", 5},
                                              {"requests_resolved", 3},
                                              {"requests_rated", 3},
                                              {"requests_satisfied", 2},
                                              {"disputes_received", 0},
                                              {"disputes_settled", 0},
                                              {"late_reports", 2},
                                              {"commendations", 1}});
  const IndicatorExplanation& a1 = explanation.indicators[0];
  EXPECT_EQ(a1.value, "12/17");
  EXPECT_EQ(a1.points, 5647);
  EXPECT_EQ(a1.terms[0].numerator, 12);
  EXPECT_EQ(a1.terms[0].denominator, 17);
  EXPECT_EQ(a1.terms[0].value, "0.706");
  const IndicatorExplanation& b4 = explanation.indicators[6];
  EXPECT_EQ(b4.value, "41/70");
  EXPECT_EQ(b4.weight, "40/3");
  EXPECT_EQ(b4.points, 7810);
  EXPECT_FALSE(explanation.indicators[4].applies);
  ASSERT_EQ(explanation.deductions.size(), 1U);
  EXPECT_EQ(explanation.deductions[0].points, 20000);
  EXPECT_EQ(explanation.bonus, 1000);
}

// The published figures are those of Score.
TEST(ExplainPropertyTest, AgreesWithTheScores) {
  const Checklist checklist = FoundingChecklist();
  int not_rated = 0;
  for (uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const std::vector<int64_t> row = testing::RandomRow(checklist, random);
    RunContext context;
    const Scores scores = Score(checklist, {1, row}, context).value();
    const Explanation explanation = Explain(checklist, row).value();
    ASSERT_EQ(explanation.total, scores.total[0]);
    ASSERT_EQ(explanation.grade, scores.grade[0]);
    ASSERT_EQ(explanation.status, scores.status[0]);
    ASSERT_EQ(explanation.bonus, scores.bonus[0]);
    ASSERT_EQ(explanation.deduction, scores.deduction[0]);
    ASSERT_EQ(explanation.covered, scores.covered[0]);
    for (size_t i = 0; i < explanation.indicators.size(); ++i) {
      ASSERT_EQ(explanation.indicators[i].points, scores.points[i]);
      ASSERT_EQ(explanation.indicators[i].applies ? explanation.indicators[i].weight_points : kNotApplicable,
                scores.weights[i]);
    }
    ASSERT_EQ(explanation.group_points, scores.group_points);
    not_rated += explanation.status == ScoreStatus::kNotRated ? 1 : 0;
  }
  EXPECT_GT(not_rated, 0);
}

// Each step does what it says, and one unit less does not bring the point.
TEST(ExplainPropertyTest, StepsAreTheLeastThatBringAPoint) {
  const Checklist checklist = FoundingChecklist();
  int whole = 0;
  int parts = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const std::vector<int64_t> row = testing::RandomRow(checklist, random, 200);
    const Explanation explanation = Explain(checklist, row).value();
    const auto total_with = [&](const Step& step, int64_t more) {
      std::vector<int64_t> changed = row;
      changed[FactIndex(checklist, step.fact)] += more;
      RunContext context;
      return Score(checklist, {1, changed}, context).value().total[0];
    };
    for (const Step& step : explanation.steps) {
      ASSERT_EQ(total_with(step, step.more), explanation.total + step.gain) << step.fact;
      ASSERT_EQ(step.whole_point, step.gain >= 1000);
      if (step.whole_point) {
        ASSERT_LT(total_with(step, step.more - 1), explanation.total + 1000) << step.fact;
        ++whole;
      } else {
        ASSERT_LT(total_with(step, step.more - 1), explanation.total + step.gain) << step.fact;
        ++parts;
      }
    }
  }
  EXPECT_GT(whole, 100);
  EXPECT_GT(parts, 20);
}

// Contacts are visits, calls counted twice, less complaints; minutes are better when fewer.
Checklist WithDerivedFacts() {
  Checklist checklist;
  checklist.id = "own";
  for (const char* name : {"visits", "calls", "complaints", "houses", "minutes", "cases"}) {
    checklist.facts.push_back({.name = name});
  }
  checklist.derived = {{"contacts", {"contacts"}, {{1, "visits"}, {1, "both"}}},
                       {"both", {}, {{2, "calls"}, {-1, "complaints"}}},
                       {"due", {"due"}, {{3, "houses"}}}};
  checklist.groups = {{.id = "G", .indicators = {}}};
  checklist.groups[0].indicators = {
      {.id = "contact", .weight = Decimal::Of(60), .terms = {{.numerator = "contacts", .denominator = "due"}}},
      {.id = "speed",
       .weight = Decimal::Of(40),
       .terms = {{.weight = Decimal::Of(2), .numerator = "minutes", .denominator = "cases", .proportion = false}},
       .low = Decimal::Of(10),
       .high = Decimal::Of(60),
       .direction = Direction::kLowerIsBetter,
       .cap = Decimal::Of(30)}};
  checklist.bands = {{.grade = "good", .from = Decimal::Of(50), .to = Decimal::Of(100), .to_included = true},
                     {.grade = "poor", .from = Decimal::Of(0), .to = Decimal::Of(50)}};
  return checklist;
}

// By brute force: of every fact either way the first change that brings a point, as long as it can be scored.
TEST(ExplainPropertyTest, FactsThatCountThroughOthersAreAskedForToo) {
  const Checklist checklist = WithDerivedFacts();
  ASSERT_TRUE(Validate(checklist).ok()) << Validate(checklist);
  std::vector<int> seen(checklist.facts.size(), 0);
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int64_t complaints = random.Between(0, 3);
    const std::vector<int64_t> row = {random.Between(0, 20),
                                      complaints + random.Between(0, 15),
                                      complaints,
                                      random.Between(20, 25),
                                      random.Between(0, 2500),
                                      random.Below(5) == 0 ? 0 : random.Between(1, 40)};
    const absl::StatusOr<Explanation> explanation = Explain(checklist, row);
    ASSERT_TRUE(explanation.ok()) << explanation.status();
    if (explanation->status == ScoreStatus::kNotRated) continue;
    const auto total_with = [&](size_t fact, int64_t more) -> Points {
      std::vector<int64_t> changed = row;
      changed[fact] += more;
      RunContext context;
      const absl::StatusOr<Scores> scores = Score(checklist, {1, changed}, context);
      return scores.ok() ? scores->total[0] : kNotApplicable;
    };
    for (const char* name : {"visits", "calls", "complaints", "minutes"}) {
      const auto fact = static_cast<size_t>(FactIndex(checklist, name));
      const int sign = fact < 2 ? 1 : -1;
      int64_t least = 0;
      for (int64_t more = 1; more <= 2500 && least == 0; ++more) {
        const Points total = total_with(fact, sign * more);
        if (total == kNotApplicable) break;
        if (total >= explanation->total + 1000) least = sign * more;
      }
      const auto step = std::find_if(explanation->steps.begin(), explanation->steps.end(),
                                     [&](const Step& s) { return s.fact == name && s.whole_point; });
      ASSERT_EQ(step == explanation->steps.end() ? 0 : step->more, least) << name;
      seen[fact] += least != 0 ? 1 : 0;
    }
  }
  EXPECT_THAT(seen, ElementsAre(::testing::Gt(50), ::testing::Gt(50), ::testing::Gt(10), 0, ::testing::Gt(50), 0));
}

TEST(ExplainTest, GoalpostsCapsAndWeightsAreShown) {
  const Checklist checklist = WithDerivedFacts();
  const Explanation explanation = Explain(checklist, std::vector<int64_t>{6, 3, 0, 20, 350, 35}).value();
  EXPECT_THAT(
      Describe(checklist, explanation, "S1", Language::kEnglish),
      HasSubstr("  speed: 2 x 350/35 = 20, between 10 and 60 (lower is better), at most 30 of 40 points a share of "
                "3/4; 40 x 3/4 = 30.000 points\n"));
  EXPECT_THAT(
      Describe(checklist, explanation, "S1", Language::kChinese),
      HasSubstr("  speed：2 x 350/35 = 20，按10至60（越低越好）、40分中最多30分折算为3/4；40 x 3/4 = 30.000分\n"));
}

TEST(ExplainTest, WhatDoesNotApplyIsOutOfTheSum) {
  const Checklist checklist = FoundingChecklist();
  const Explanation explanation = ExplainRow({{"requests_received", 10},
                                              {"requests_in_time", 5},
                                              {"requests_resolved", 10},
                                              {"requests_rated", 0},
                                              {"requests_satisfied", 0}});
  EXPECT_THAT(
      Describe(checklist, explanation, "S1", Language::kEnglish),
      HasSubstr("(0.3 x 5/10 (in time) + 0.4 x 10/10 (resolved)) / 0.7 [satisfied: not applicable] = 11/14; 10 x "
                "11/14 = 7.857 points\n"));
}

// Half a point is left below the full marks: one commendation brings it, and more bring no more.
TEST(ExplainTest, WhatBringsTheRestIsAskedForAndNoMore) {
  const Explanation explanation = ExplainRow({{"tasks_assigned", 16}, {"tasks_on_time", 15}});
  ASSERT_EQ(explanation.total, 99500);
  ASSERT_EQ(explanation.steps.size(), 2U);
  for (const Step& step : explanation.steps) {
    EXPECT_EQ(step.more, 1) << step.fact;
    EXPECT_EQ(step.gain, 500);
    EXPECT_FALSE(step.whole_point);
  }
}

TEST(ExplainTest, TheWayToTheNextGradeBeginsBelowZeroWhereDeductionsLed) {
  EXPECT_EQ(ExplainRow({{"late_reports", 12}}).total, 0);
  EXPECT_EQ(ExplainRow({{"late_reports", 12}}).to_next_grade, 80000);
}

TEST(ExplainTest, NothingIsLeftToDoAtFullMarks) {
  EXPECT_THAT(ExplainRow({}).steps, IsEmpty());
  EXPECT_EQ(ExplainRow({}).next_grade, kNoIndex);
  EXPECT_EQ(ExplainRow({{"late_reports", 2}}).to_next_grade, 10000);
}

TEST(ExplainTest, BothLanguages) {
  const Checklist checklist = FoundingChecklist();
  const Explanation explanation = ExplainRow({{"households_assigned", 17},
                                              {"households_verified", 12},
                                              {"livelihood_current", 17},
                                              {"disputes_received", 0},
                                              {"disputes_settled", 0},
                                              {"fabrications", 1},
                                              {"late_reports", 1}});
  const std::string english = Describe(checklist, explanation, "S1", Language::kEnglish);
  EXPECT_THAT(english, HasSubstr("S1: 87.647 of 100 points, grade fail.\n"));
  EXPECT_THAT(english, HasSubstr("  A1 living conditions known: 12/17; 8 x 12/17 = 5.647 points\n"
                                 "       households with a verified update this period: 12; households linked: 17\n"));
  EXPECT_THAT(
      english,
      HasSubstr(
          "  B2 neighbours at peace: not applicable, nothing was due; its 10 points are carried by the others\n"));
  EXPECT_THAT(english, HasSubstr("  B1 policy passed on: 10/10; 40/3 x 1 = 13.333 points\n"));
  EXPECT_THAT(english, HasSubstr("deduction: late report 1 x 10 = 10.000 points\n"));
  EXPECT_THAT(english, HasSubstr("total: 97.647 + 0.000 - 10.000, exactly 1490/17, rounded once, half up: 87.647\n"));
  EXPECT_THAT(english, HasSubstr("veto: fabrication; the grade is fail at best, the points stay\n"));
  EXPECT_THAT(english, HasSubstr("\nby points alone, to the next grade, excellent: 2.353 points\n"));
  EXPECT_THAT(Describe(checklist, ExplainRow({{"late_reports", 2}}), "S1", Language::kEnglish),
              HasSubstr("\nto the next grade, excellent: 10.000 points\n"))
      << "no veto";
  EXPECT_THAT(english, HasSubstr("one more point would take one of:\n  1 more: commendations: +1.000\n"
                                 "  3 more: households with a verified update this period: +1.412\n"));
  const std::string chinese = Describe(checklist, explanation, "S1", Language::kChinese);
  EXPECT_THAT(chinese, HasSubstr("S1：满分100，得87.647分，等次：不合格。\n"));
  EXPECT_THAT(chinese, HasSubstr("  A1 掌握生活状况：12/17；8 x 12/17 = 5.647分\n"));
  EXPECT_THAT(chinese, HasSubstr("一票否决：弄虚作假，等次最高为不合格，分数不变\n"));
  EXPECT_THAT(chinese, HasSubstr("再得一分，做到其中一项即可：\n  表彰加分项增加1：+1.000\n"));

  const std::vector<int64_t> nothing(checklist.facts.size(), 0);
  const std::string none = Describe(checklist, Explain(checklist, nothing).value(), "S1", Language::kEnglish);
  EXPECT_EQ(none.substr(0, 96),
            "S1: not rated. The indicators that apply carry 0 of 100 points of weight, less than 2/3.\nA three");
  EXPECT_THAT(none, HasSubstr("  A1 living conditions known: not applicable, nothing was due\n"));
}

TEST(ExplainTest, WithoutTitlesTheIdsStand) {
  Checklist checklist = FoundingChecklist();
  for (Group& group : checklist.groups) {
    group.title = {};
    for (Indicator& indicator : group.indicators) indicator.title = {};
  }
  const std::vector<int64_t> row = PerfectRow(checklist, {});
  const std::string text = Describe(checklist, Explain(checklist, row).value(), "S1", Language::kEnglish);
  EXPECT_THAT(text, HasSubstr("\nA: 24.000 points\n  A1: 10/10; 8 x 1 = 8.000 points\n"));
}

TEST(ExplainTest, BadFactsAreNamed) {
  const Checklist checklist = FoundingChecklist();
  EXPECT_EQ(Explain(checklist, PerfectRow(checklist, {{"patrols_done", 11}})).status().message(),
            "patrols_done[0]: the ratio is above 1: 11 of 10 patrols_due");
}

}  // namespace
}  // namespace lianhu::scoring
