#include "lianhu/scoring/sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "lianhu/base/random.h"
#include "lianhu/base/status.h"

namespace lianhu::scoring {
namespace {

TEST(SamplePropertyTest, EachStewardHasHisNumberAndEachStratumItsShare) {
  int strata_seen = 0;
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t stewards = random.Between(1, 12);
    std::vector<int32_t> steward_of;
    std::vector<int32_t> strata;
    for (int h = 0; h < 150; ++h) {
      steward_of.push_back(random.Between(-1, stewards - 1));
      strata.push_back(random.Between(0, 2));
    }
    const std::vector<uint64_t> streams(stewards, 9);
    const int32_t wanted = random.Between(1, 20);
    const auto sample = SampleHouseholds({steward_of, strata, streams}, {.per_steward = wanted, .seed = seed}).value();
    std::map<int32_t, std::map<int32_t, int32_t>> all;
    std::map<int32_t, int32_t> load;
    for (size_t h = 0; h < steward_of.size(); ++h) {
      ++all[steward_of[h]][strata[h]];
      ++load[steward_of[h]];
    }
    std::map<int32_t, std::map<int32_t, int32_t>> drawn;
    std::map<int32_t, int32_t> count;
    std::set<int32_t> once;
    for (const SampledHousehold& one : sample) {
      ASSERT_TRUE(once.insert(one.household).second);
      ASSERT_EQ(steward_of[one.household], one.steward);
      ASSERT_EQ(strata[one.household], one.stratum);
      ASSERT_EQ(one.draw, ++count[one.steward]);
      ++drawn[one.steward][one.stratum];
    }
    for (int32_t s = 0; s < stewards; ++s) {
      const int32_t n = std::min(wanted, load[s]);
      ASSERT_EQ(count[s], n);
      for (const auto& [stratum, size] : all[s]) {
        const int32_t quota = size * n / load[s];
        ASSERT_GE(drawn[s][stratum], quota);
        ASSERT_LE(drawn[s][stratum], quota + 1);
        ++strata_seen;
      }
    }
  }
  EXPECT_GT(strata_seen, 500);
}

TEST(SampleTest, OtherStewardsChangeNothingAndTheSeedDoes) {
  std::vector<int32_t> steward_of(60, 0);
  for (int h = 30; h < 60; ++h) steward_of[h] = 1;
  const uint64_t streams[] = {11, 12};
  const auto both = SampleHouseholds({steward_of, {}, streams}, {.seed = 5}).value();
  for (int h = 30; h < 60; ++h) steward_of[h] = -1;
  const auto alone = SampleHouseholds({steward_of, {}, streams}, {.seed = 5}).value();
  EXPECT_EQ(std::vector(both.begin(), both.begin() + 5), alone);
  EXPECT_NE(SampleHouseholds({steward_of, {}, streams}, {.seed = 6}).value(), alone);
}

// 20 households, 5 places: each household in a quarter of the samples, within five standard deviations.
TEST(SampleTest, EveryHouseholdIsAsLikely) {
  const std::vector<int32_t> steward_of(20, 0);
  std::vector<int> drawn(20, 0);
  constexpr int kRounds = 4000;
  for (uint64_t seed = 0; seed < kRounds; ++seed) {
    const uint64_t streams[] = {seed * 7919};
    const auto sample = SampleHouseholds({steward_of, {}, streams}, {.seed = 3}).value();
    for (const SampledHousehold& one : sample) {
      ++drawn[one.household];
    }
  }
  for (const int count : drawn) EXPECT_NEAR(count, kRounds / 4, 5 * 27.4);
}

TEST(SampleTest, BadInputIsNamed) {
  const int32_t steward_of[] = {0, 2};
  const uint64_t streams[] = {1};
  EXPECT_EQ(SampleHouseholds({steward_of, {}, streams}, {}).status().message(), "steward_of[1]: no such steward: 2");
  EXPECT_EQ(SampleHouseholds({{}, {}, streams}, {.per_steward = 0}).status().message(),
            "per_steward: must be at least 1");
}

}  // namespace
}  // namespace lianhu::scoring
