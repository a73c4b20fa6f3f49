#include "lianhu/scoring/sensitivity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "scoring/founding_facts.h"

namespace lianhu::scoring {
namespace {

using testing::FactIndex;
using testing::PerfectRow;

// Three indicators of one ratio each; facts d, n1, n2, n3.
Checklist Small(int64_t w1, int64_t w2, int64_t w3) {
  Checklist checklist;
  checklist.id = "small";
  checklist.facts = {{.name = "d"}, {.name = "n1"}, {.name = "n2"}, {.name = "n3"}};
  const int64_t weights[] = {w1, w2, w3};
  Group group{.id = "G"};
  for (int i = 0; i < 3; ++i) {
    Indicator indicator{.id = absl::StrCat("I", i), .weight = Decimal::Of(weights[i])};
    indicator.terms.push_back({.numerator = checklist.facts[i + 1].name, .denominator = "d"});
    group.indicators.push_back(indicator);
  }
  checklist.groups = {group};
  checklist.bands = {{.grade = "any", .from = Decimal::Of(0), .to = Decimal::Of(100), .to_included = true}};
  return checklist;
}

// Ranks under given weights by the scorer itself: the checklist with other weights, in ten-thousandths.
std::vector<int32_t> RanksUnder(Checklist checklist, const FactTable& facts, const std::vector<int64_t>& parts) {
  int64_t sum = 0;
  for (const int64_t part : parts) sum += part;
  int64_t left = checklist.full_marks.millionths;
  size_t k = 0;
  for (Group& group : checklist.groups) {
    for (Indicator& indicator : group.indicators) {
      const auto share =
          static_cast<int64_t>(static_cast<long double>(checklist.full_marks.millionths) * parts[k] / sum);
      indicator.weight.millionths = k + 1 == parts.size() ? left : share;
      left -= indicator.weight.millionths;
      ++k;
    }
  }
  RunContext context;
  return Score(checklist, facts, context).value().rank;
}

struct Street {
  Checklist checklist = FoundingChecklist();
  std::vector<int64_t> values;
  int32_t stewards = 0;

  explicit Street(int32_t n, uint64_t seed) : stewards(n) {
    Random random(seed);
    for (int32_t s = 0; s < n; ++s) {
      const std::vector<int64_t> row = testing::RandomRow(checklist, random);
      values.insert(values.end(), row.begin(), row.end());
    }
  }
  FactTable View() const { return {stewards, values}; }
};

// Every corner, edge and many inner points of the box, scored anew: nothing leaves the proved interval, which is the
// attained one.
TEST(SensitivityPropertyTest, SmallCasesAgainstAGridOfWeights) {
  int moved = 0;
  int known = 0;
  int all = 0;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int64_t w1 = random.Between(10, 60);
    const int64_t w2 = random.Between(10, 30);
    const Checklist checklist = Small(w1, w2, 100 - w1 - w2);
    const int32_t n = random.Between(2, 7);
    std::vector<int64_t> values;
    for (int32_t s = 0; s < n; ++s) {
      values.push_back(1000);
      for (int i = 0; i < 3; ++i) values.push_back(random.Between(400, 900));
    }
    const FactTable facts{n, values};
    RunContext context;
    context.seed = seed;
    const Sensitivity result =
        AnalyseSensitivity(checklist, facts, {.range = {200'000}, .samples = 200}, context).value();
    std::vector<int32_t> best(n, n);
    std::vector<int32_t> worst(n, 1);
    const int64_t steps = 6;
    for (int64_t a = 0; a <= steps; ++a) {
      for (int64_t b = 0; b <= steps; ++b) {
        for (int64_t c = 0; c <= steps; ++c) {
          const auto at = [&](int64_t w, int64_t step) { return w * (800 * steps + 400 * step); };
          const auto ranks = RanksUnder(checklist, facts, {at(w1, a), at(w2, b), at(100 - w1 - w2, c)});
          for (int32_t s = 0; s < n; ++s) {
            best[s] = std::min(best[s], ranks[s]);
            worst[s] = std::max(worst[s], ranks[s]);
          }
        }
      }
    }
    for (int32_t s = 0; s < n; ++s) {
      SCOPED_TRACE(::testing::Message() << "steward " << s);
      ASSERT_LE(result.best_rank[s], best[s]);
      ASSERT_GE(result.worst_rank[s], worst[s]);
      ASSERT_LE(result.best_rank[s], result.attained_best[s]);
      ASSERT_GE(result.worst_rank[s], result.attained_worst[s]);
      ASSERT_LE(result.attained_best[s], result.sampled_best[s]);
      ASSERT_GE(result.attained_worst[s], result.sampled_worst[s]);
      // The grid meets every corner; the search must not be behind it.
      EXPECT_LE(result.attained_best[s], best[s]);
      EXPECT_GE(result.attained_worst[s], worst[s]);
      ++all;
      known +=
          result.best_rank[s] == result.attained_best[s] && result.worst_rank[s] == result.attained_worst[s] ? 1 : 0;
      moved += best[s] < worst[s] ? 1 : 0;
    }
  }
  EXPECT_GT(moved, 60);
  EXPECT_EQ(known, all);
}

// Something not due, so that weights are handed on as they change: what the scorer gives under other weights is never
// outside the proved interval, and the interval is attained for nearly all.
TEST(SensitivityPropertyTest, WeightsHandedOnAreThoseThatChanged) {
  int moved = 0;
  int exact = 0;
  int all = 0;
  int incomplete = 0;
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Street street(9, seed);
    Random random(seed + 100);
    RunContext context;
    const Sensitivity result = AnalyseSensitivity(street.checklist, street.View(), {}, context).value();
    const Scores scores = Score(street.checklist, street.View(), context).value();
    // Under other weights he may be rated who is not: then the ranks are of others.
    std::vector<int64_t> rated_values;
    std::vector<int32_t> rated;
    for (int32_t s = 0; s < street.stewards; ++s) {
      if (scores.status[s] != ScoreStatus::kRated) continue;
      rated.push_back(s);
      const auto facts = static_cast<int64_t>(street.checklist.facts.size());
      rated_values.insert(rated_values.end(), street.values.begin() + s * facts,
                          street.values.begin() + (s + 1) * facts);
      ++all;
      exact += result.Exact(s) ? 1 : 0;
      for (int32_t i = 0; i < scores.indicators; ++i) {
        incomplete += scores.points[s * scores.indicators + i] == kNotApplicable ? 1 : 0;
      }
    }
    Checklist lenient = street.checklist;
    lenient.coverage_numerator = 0;
    for (int round = 0; round < 100; ++round) {
      std::vector<int64_t> weights;
      for (const Group& group : street.checklist.groups) {
        for (const Indicator& indicator : group.indicators) {
          const auto w = static_cast<int32_t>(indicator.weight.millionths / 1000);
          const bool corner = random.Below(2) == 0;
          const int64_t inner = random.Between(w * 8 / 10, w * 12 / 10);
          weights.push_back(!corner ? inner : w * (random.Below(2) == 0 ? 8 : 12) / 10);
        }
      }
      const std::vector<int32_t> ranks =
          RanksUnder(lenient, {static_cast<int32_t>(rated.size()), rated_values}, weights);
      for (size_t r = 0; r < rated.size(); ++r) {
        ASSERT_GE(ranks[r], result.best_rank[rated[r]]) << rated[r];
        ASSERT_LE(ranks[r], result.worst_rank[rated[r]]) << rated[r];
        // The search must not be behind what chance finds.
        EXPECT_GE(ranks[r], result.attained_best[rated[r]]) << rated[r];
        EXPECT_LE(ranks[r], result.attained_worst[rated[r]]) << rated[r];
        moved += ranks[r] != result.rank[rated[r]] ? 1 : 0;
      }
    }
  }
  EXPECT_GT(moved, 500);
  EXPECT_GT(incomplete, 50);
  EXPECT_GT(exact * 10, all * 9) << exact << " of " << all;
}

TEST(SensitivityPropertyTest, TheSmallestSwapSwapsAndLessDoesNot) {
  int swaps = 0;
  int single = 0;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const Checklist checklist = Small(50, 30, 20);
    const int64_t weights[] = {50, 30, 20};
    std::vector<int64_t> values;
    for (int32_t s = 0; s < 2; ++s) {
      values.push_back(1000);
      for (int i = 0; i < 3; ++i) values.push_back(random.Between(0, 1000));
    }
    const WeightSwap swap = SmallestSwap(checklist, {2, values}, 0, 1).value();
    long double lead = 0;
    for (int k = 0; k < 3; ++k)
      lead += static_cast<long double>(weights[k]) * static_cast<long double>(values[1 + k] - values[5 + k]);
    const auto lead_with = [&](long double change) {  // the weights that help the one behind most
      long double sum = 0;
      for (int k = 0; k < 3; ++k) {
        const auto part =
            static_cast<long double>(weights[k]) * static_cast<long double>(values[1 + k] - values[5 + k]);
        sum += part * (1 + ((part > 0) == (lead > 0) ? -change : change));
      }
      return lead > 0 ? sum : -sum;
    };
    const bool dominated = lead_with(0.999999L) > 0;
    if (swap.with == kNoIndex) {
      ASSERT_TRUE(dominated);
      ASSERT_EQ(swap.indicator, kNoIndex);
      continue;
    }
    ++swaps;
    const long double change = swap.change.millionths / 1e6L;
    ASSERT_LE(lead_with(change), 1e-9L);
    ASSERT_GT(lead_with(change - 2e-6L), 0);
    if (swap.indicator == kNoIndex) continue;
    ++single;
    const int k = swap.indicator;
    const auto part = static_cast<long double>(weights[k]) * static_cast<long double>(values[1 + k] - values[5 + k]);
    const auto with = [&](long double c) { return (lead + part * c) * (lead > 0 ? 1 : -1); };
    const long double alone = swap.indicator_change.millionths / 1e6L;
    ASSERT_LE(with(alone), 1e-3L);
    ASSERT_GT(with(alone - (alone > 0 ? 2e-6L : -2e-6L)), 0);
    for (int other = 0; other < 3; ++other) {  // no other weight does it by less
      const auto its =
          static_cast<long double>(weights[other]) * static_cast<long double>(values[1 + other] - values[5 + other]);
      if (its == 0) continue;
      const long double needed = -lead / its;
      ASSERT_TRUE(needed <= -1 || std::fabs(needed) >= std::fabs(alone) - 2e-6L);
    }
  }
  EXPECT_GT(swaps, 100);
  EXPECT_GT(single, 50);
}

// With bonuses, deductions and clipping, against the scorer under the same weights.
TEST(SensitivityPropertyTest, FoundingChecklistAgainstRandomWeights) {
  Street street(40, 11);
  // Everything due, so that the scorer hands nothing on.
  for (int32_t s = 0; s < street.stewards; ++s) {
    for (const Group& group : street.checklist.groups) {
      for (const Indicator& indicator : group.indicators) {
        for (const Term& term : indicator.terms) {
          int64_t& whole =
              street.values[s * street.checklist.facts.size() + FactIndex(street.checklist, term.denominator)];
          if (whole == 0) whole = 5;
        }
      }
    }
  }
  RunContext context;
  const Sensitivity result = AnalyseSensitivity(street.checklist, street.View(), {}, context).value();
  Random random(12);
  int differing = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<int64_t> weights;
    for (const Group& group : street.checklist.groups) {
      for (const Indicator& indicator : group.indicators) {
        const int64_t w = indicator.weight.millionths / 1000;
        weights.push_back(round % 2 == 0
                              ? random.Between(static_cast<int32_t>(w * 8 / 10), static_cast<int32_t>(w * 12 / 10))
                              : w * (random.Below(2) == 0 ? 8 : 12) / 10);
      }
    }
    const std::vector<int32_t> ranks = RanksUnder(street.checklist, street.View(), weights);
    for (int32_t s = 0; s < street.stewards; ++s) {
      ASSERT_GE(ranks[s], result.best_rank[s]) << s;
      ASSERT_LE(ranks[s], result.worst_rank[s]) << s;
      differing += ranks[s] != result.rank[s] ? 1 : 0;
    }
  }
  EXPECT_GT(differing, 1000);
}

TEST(SensitivityTest, NoRangeIsNoChange) {
  const Street street(60, 3);
  RunContext context;
  const Sensitivity result =
      AnalyseSensitivity(street.checklist, street.View(), {.range = {}, .samples = 5}, context).value();
  EXPECT_EQ(result.attained_best, result.rank);
  EXPECT_EQ(result.attained_worst, result.rank);
  EXPECT_EQ(result.sampled_best, result.rank);
  // The proved interval allows for rounding: within a thousandth of a point an order is not sure.
  EXPECT_GT(std::count(result.rank.begin(), result.rank.end(), 0), 0);
}

TEST(SensitivityTest, EqualFactsShareTheirInterval) {
  const Checklist checklist = FoundingChecklist();
  std::vector<int64_t> values;
  for (const int64_t done : {5, 5, 8}) {
    const std::vector<int64_t> row = PerfectRow(checklist, {{"tasks_on_time", done}});
    values.insert(values.end(), row.begin(), row.end());
  }
  RunContext context;
  const Sensitivity result = AnalyseSensitivity(checklist, {3, values}, {}, context).value();
  EXPECT_EQ(result.best_rank, (std::vector<int32_t>{2, 2, 1}));
  EXPECT_EQ(result.worst_rank, (std::vector<int32_t>{2, 2, 1}));
  EXPECT_EQ(result.swap[0].with, kNoIndex) << "he who is behind in one and equal in all others stays behind";
  EXPECT_EQ(result.correlation[11], 1'000'000);
  EXPECT_EQ(result.correlation[0], 0);
}

// The one who is asked for, among many: his interval is exact, that of the others stays as it is.
TEST(SensitivityTest, TheIntervalOfOneIsSearchedToTheEnd) {
  const Street street(300, 6);
  RunContext context;
  const Sensitivity all =
      AnalyseSensitivity(street.checklist, street.View(), {.samples = 20, .boxes = 6}, context).value();
  int narrowed = 0;
  for (const int32_t s : {10, 150, 290}) {
    ASSERT_GT(all.rank[s], 0);
    const Sensitivity one =
        AnalyseSensitivity(street.checklist, street.View(), {.samples = 20, .boxes = 6, .steward = s}, context).value();
    EXPECT_TRUE(one.Exact(s)) << s;
    EXPECT_GE(one.best_rank[s], all.best_rank[s]);
    EXPECT_LE(one.worst_rank[s], all.worst_rank[s]);
    EXPECT_LE(one.attained_best[s], all.attained_best[s]);
    EXPECT_GE(one.attained_worst[s], all.attained_worst[s]);
    narrowed += all.Exact(s) ? 0 : 1;
    for (int32_t other = 0; other < street.stewards; ++other) {
      if (other == s) continue;
      ASSERT_EQ(one.best_rank[other], all.best_rank[other]);
      ASSERT_EQ(one.attained_worst[other], all.attained_worst[other]);
    }
  }
  EXPECT_GT(narrowed, 1);
}

TEST(SensitivityTest, TheSameForAnyNumberOfThreads) {
  const Street street(300, 5);
  RunContext one;
  one.threads = 1;
  RunContext four;
  four.threads = 4;
  const Sensitivity a = AnalyseSensitivity(street.checklist, street.View(), {.samples = 50, .boxes = 6}, one).value();
  const Sensitivity b = AnalyseSensitivity(street.checklist, street.View(), {.samples = 50, .boxes = 6}, four).value();
  EXPECT_EQ(a.best_rank, b.best_rank);
  EXPECT_EQ(a.attained_best, b.attained_best);
  EXPECT_EQ(a.sampled_worst, b.sampled_worst);
  EXPECT_EQ(a.mean_shift, b.mean_shift);
}

TEST(SensitivityTest, OptionsAreChecked) {
  const Street street(2, 1);
  RunContext context;
  EXPECT_EQ(AnalyseSensitivity(street.checklist, street.View(), {.range = Decimal::Of(1)}, context).status().message(),
            "range: 1, need 0 <= range < 1");
  EXPECT_EQ(AnalyseSensitivity(street.checklist, street.View(), {.samples = -1}, context).status().message(),
            "samples: -1, need 0 to 1000000");
  EXPECT_EQ(AnalyseSensitivity(street.checklist, street.View(), {.boxes = -2}, context).status().message(),
            "boxes: -2, need 0 to 10000000, or -1");
  EXPECT_EQ(AnalyseSensitivity(street.checklist, street.View(), {.steward = 2}, context).status().message(),
            "steward: 2, need -1 to 1");
  EXPECT_EQ(SmallestSwap(street.checklist, street.View(), 0, 7).status().message(),
            "stewards[7]: is not there or not rated");
}

}  // namespace
}  // namespace lianhu::scoring
