#include "lianhu/scoring/strata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "lianhu/base/random.h"
#include "scoring/totals.h"

namespace lianhu::scoring {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using testing::Totals;

TEST(StrataTest, TheHardestStratumIsRaisedAndNobodyByMoreThanTheCap) {
  const std::vector<int64_t> dispersion = {100, 200, 300, 400, 500, 600, 0};
  const std::vector<int64_t> households = {10, 11, 12, 13, 14, 15, 99};
  const std::vector<int64_t> hardship = {0, 1, 2, 3, 4, 5, 99};
  const Strata result = Stratify(Totals({90'000, 94'000, 88'000, 90'000, 70'000, 60'000, kNotApplicable}),
                                 {dispersion, households, hardship}, {})
                            .value();
  EXPECT_THAT(result.stratum, ElementsAre(0, 0, 1, 1, 2, 2, kNoIndex));
  EXPECT_THAT(result.stratum_mean, ElementsAre(92'000, 89'000, 65'000));
  EXPECT_THAT(result.stratum_rank, ElementsAre(2, 1, 2, 1, 1, 2, 0));
  // The mean of all is 82: 82 - 92 and 82 - 65 are beyond the cap, 82 - 89 too.
  EXPECT_THAT(result.adjustment, ElementsAre(-5000, -5000, -5000, -5000, 5000, 5000, 0));
  EXPECT_THAT(result.adjusted, ElementsAre(85'000, 89'000, 83'000, 85'000, 75'000, 65'000, kNotApplicable));
  EXPECT_THAT(result.adjusted_rank, ElementsAre(2, 1, 4, 2, 5, 6, 0));
  // Percentiles 1/12, 3/12 ... 11/12.
  EXPECT_THAT(result.difficulty, ElementsAre(83'333, 250'000, 416'667, 583'333, 750'000, 916'667, 0));
}

TEST(StrataTest, EqualDifficultiesAreNeverParted) {
  const std::vector<int64_t> same(9, 7);
  const Strata result = Stratify(Totals(std::vector<Points>(9, 80'000)), {same, same, same}, {}).value();
  EXPECT_THAT(result.stratum, Each(1));
  EXPECT_THAT(result.adjustment, Each(0));
}

TEST(StrataPropertyTest, HarderIsNeverInAnEasierStratum) {
  int adjusted = 0;
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t n = random.Between(1, 60);
    std::vector<Points> totals;
    std::vector<int64_t> dispersion;
    std::vector<int64_t> households;
    std::vector<int64_t> hardship;
    for (int32_t s = 0; s < n; ++s) {
      totals.push_back(random.Below(8) == 0 ? kNotApplicable : random.Between(60'000, 100'000));
      dispersion.push_back(random.Between(0, 20));
      households.push_back(random.Between(0, 20));
      hardship.push_back(random.Below(households.back() + 1));
    }
    const Strata result =
        Stratify(Totals(totals), {dispersion, households, hardship}, {.strata = random.Between(1, 5)}).value();
    for (int32_t s = 0; s < n; ++s) {
      if (totals[s] < 0) continue;
      ASSERT_LE(std::abs(result.adjustment[s]), 5000);
      ASSERT_EQ(result.adjusted[s], std::clamp<Points>(totals[s] + result.adjustment[s], 0, 100'000));
      adjusted += result.adjustment[s] != 0 ? 1 : 0;
      for (int32_t t = 0; t < n; ++t) {
        if (totals[t] < 0) continue;
        const bool harder = result.difficulty[s] < result.difficulty[t];
        ASSERT_TRUE(!harder || result.stratum[s] <= result.stratum[t]);
        if (dispersion[s] >= dispersion[t] && households[s] >= households[t] &&
            hardship[s] * std::max<int64_t>(households[t], 1) >= hardship[t] * std::max<int64_t>(households[s], 1)) {
          ASSERT_GE(result.stratum[s], result.stratum[t]);
        }
      }
    }
  }
  EXPECT_GT(adjusted, 500);
}

TEST(StrataTest, BadInputIsNamed) {
  const std::vector<int64_t> one = {1};
  const std::vector<int64_t> two = {2};
  const std::vector<int64_t> none;
  EXPECT_EQ(Stratify(Totals({1}), {none, one, one}, {}).status().message(), "dispersion_cm: has 0 entries, expected 1");
  EXPECT_EQ(Stratify(Totals({1}), {one, one, two}, {}).status().message(),
            "hardship[0]: the ratio is above 1: 2 of 1 households");
  EXPECT_EQ(Stratify(Totals({1}), {one, one, one}, {.cap = 6000}).status().message(), "cap: 6.000, need 0 to 5 points");
  EXPECT_EQ(Stratify(Totals({1}), {one, one, one}, {.strata = 0}).status().message(), "strata: 0, need 1 to 100");
}

}  // namespace
}  // namespace lianhu::scoring
