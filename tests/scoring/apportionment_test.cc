#include "lianhu/scoring/apportionment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "lianhu/base/random.h"
#include "lianhu/base/status.h"

namespace lianhu::scoring {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Method = ApportionmentMethod;
using Numbers = std::vector<absl::int128>;

constexpr Method kAll[] = {Method::kLargestRemainder, Method::kAdams, Method::kHuntingtonHill, Method::kSainteLague,
                           Method::kDHondt};
constexpr Method kDivisor[] = {Method::kAdams, Method::kHuntingtonHill, Method::kSainteLague, Method::kDHondt};

Apportionment Divide(absl::int128 amount, const Numbers& weights, Method method, const Numbers& floors = {},
                     const Numbers& ceilings = {}) {
  const auto result =
      Apportion({.amount = amount, .weights = weights, .floors = floors, .ceilings = ceilings}, {.method = method});
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *result : Apportionment{};
}

std::vector<int64_t> Shares(absl::int128 amount, const Numbers& weights, Method method) {
  std::vector<int64_t> shares;
  for (const absl::int128 share : Divide(amount, weights, method).shares) shares.push_back(static_cast<int64_t>(share));
  return shares;
}

// Balinski and Young; Pukelsheim.
TEST(ApportionmentTest, PublishedCases) {
  const Numbers five = {5117, 4400, 162, 161, 160};
  EXPECT_THAT(Shares(100, five, Method::kLargestRemainder), ElementsAre(51, 44, 2, 2, 1));
  EXPECT_THAT(Shares(100, five, Method::kSainteLague), ElementsAre(51, 43, 2, 2, 2));
  const Numbers other = {9061, 7179, 5259, 3319, 1182};
  EXPECT_THAT(Shares(26, other, Method::kLargestRemainder), ElementsAre(9, 7, 5, 4, 1));
  EXPECT_THAT(Shares(26, other, Method::kSainteLague), ElementsAre(9, 8, 5, 3, 1));
  // The same example by the other divisor methods.
  EXPECT_THAT(Shares(26, other, Method::kAdams), ElementsAre(9, 7, 5, 3, 2));
  EXPECT_THAT(Shares(26, other, Method::kHuntingtonHill), ElementsAre(9, 7, 6, 3, 1));
  EXPECT_THAT(Shares(26, other, Method::kDHondt), ElementsAre(10, 7, 5, 3, 1));
}

TEST(ApportionmentTest, TheAlabamaParadox) {
  const Numbers votes = {21878, 9713, 4167, 3252, 1065};
  EXPECT_THAT(Shares(43, votes, Method::kLargestRemainder), ElementsAre(24, 10, 4, 4, 1));
  EXPECT_THAT(Shares(44, votes, Method::kLargestRemainder), ElementsAre(24, 11, 5, 3, 1));
}

TEST(ApportionmentTest, TheFoundingFund) {
  const Numbers equal(2887, 1);
  const Apportionment fund = Divide(100'000'000, equal, Method::kLargestRemainder);
  EXPECT_EQ(std::count(fund.shares.begin(), fund.shares.end(), 34639), 94);
  EXPECT_EQ(std::count(fund.shares.begin(), fund.shares.end(), 34638), 2887 - 94);
  EXPECT_EQ(fund.tied.size(), 2887U);
  EXPECT_EQ(fund.tied_served, 94);
  EXPECT_EQ(fund.shares[93], 34639) << "the first by index";
  EXPECT_EQ(fund.shares[94], 34638);
}

TEST(ApportionmentTest, TiesFollowTheOrderGiven) {
  const int32_t order[] = {3, 1, 2, 0};
  const Numbers weights = {5, 5, 5, 5};
  for (const Method method : kAll) {
    SCOPED_TRACE(MethodName(method));
    const auto result = Apportion({.amount = 6, .weights = weights, .tie_order = order}, {.method = method}).value();
    EXPECT_THAT(result.shares, ElementsAre(1, 2, 1, 2));
    EXPECT_THAT(result.tied, ElementsAre(0, 1, 2, 3));
    EXPECT_EQ(result.tied_served, 2);
    EXPECT_THAT(Divide(8, weights, method).tied, IsEmpty());
  }
}

TEST(ApportionmentTest, FewerFenThanClaimants) {
  // Adams and Huntington-Hill give everyone the first; when there are too few, the greater weights have them.
  const Numbers weights = {1, 9, 3, 0, 9, 5};
  for (const Method method : {Method::kAdams, Method::kHuntingtonHill}) {
    EXPECT_THAT(Shares(3, weights, method), ElementsAre(0, 1, 0, 0, 1, 1));
    EXPECT_THAT(Divide(1, weights, method).tied, ElementsAre(1, 4));
    EXPECT_THAT(Shares(5, weights, method), ElementsAre(1, 1, 1, 0, 1, 1));
  }
  for (const Method method : kAll) EXPECT_THAT(Shares(0, weights, method), ElementsAre(0, 0, 0, 0, 0, 0));
}

TEST(ApportionmentTest, WhatCannotBeDividedIsAnOutcome) {
  Apportionment result = Divide(10, {1, 1}, Method::kAdams, {6, 5});
  EXPECT_EQ(result.outcome, ApportionmentOutcome::kFloorsExceedAmount);
  EXPECT_EQ(result.bound_sum, 11);
  result = Divide(10, {1, 1}, Method::kLargestRemainder, {}, {4, 5});
  EXPECT_EQ(result.outcome, ApportionmentOutcome::kCeilingsBelowAmount);
  EXPECT_EQ(result.bound_sum, 9);
  EXPECT_THAT(result.shares, IsEmpty());
  EXPECT_EQ(Divide(10, {0, 0}, Method::kDHondt).outcome, ApportionmentOutcome::kCeilingsBelowAmount);
  EXPECT_EQ(Divide(1, {}, Method::kDHondt).outcome, ApportionmentOutcome::kCeilingsBelowAmount);
  EXPECT_EQ(Divide(0, {}, Method::kDHondt).outcome, ApportionmentOutcome::kDivided);
}

TEST(ApportionmentTest, BadInputIsNamed) {
  const auto said = [](const ApportionmentInput& input, Method method = Method::kAdams) {
    return std::string(Apportion(input, {.method = method}).status().message());
  };
  const Numbers two = {1, 2};
  const Numbers negative = {1, -2};
  const Numbers large = {kMaxAmount, 1};
  const Numbers three = {1, 2, 3};
  const int32_t doubled[] = {4, 4};
  EXPECT_EQ(said({.amount = -1, .weights = two}), "amount: must not be negative");
  EXPECT_EQ(said({.amount = 1, .weights = negative}), "weights[1]: must not be negative");
  EXPECT_EQ(said({.amount = 1, .weights = large}), "weights: their sum is out of range, below 2^127");
  EXPECT_EQ(said({.amount = 1, .weights = two, .floors = three}), "floors: has 3 entries, expected 2");
  EXPECT_EQ(said({.amount = 1, .weights = two, .floors = two, .ceilings = negative}),
            "ceilings[1]: must not be negative");
  const Numbers ones = {1, 1};
  EXPECT_EQ(said({.amount = 1, .weights = two, .floors = two, .ceilings = ones}), "ceilings[1]: is below the floor");
  EXPECT_EQ(said({.amount = 1, .weights = two, .tie_order = doubled}), "tie_order[1]: 4 is there twice");
  EXPECT_EQ(said({.amount = 1, .weights = two}, static_cast<Method>(9)), "method: unknown value 9");
}

// One fen at a time to the greatest claim, as the definition says; small numbers, so that int64 is exact.
std::vector<int64_t> OneByOne(int64_t amount, const std::vector<int64_t>& weights, Method method,
                              const std::vector<int64_t>& floors, const std::vector<int64_t>& ceilings) {
  std::vector<int64_t> shares = floors;
  const auto signpost = [&](int64_t s) -> int64_t {
    if (method == Method::kAdams) return s;
    if (method == Method::kSainteLague) return 2 * s + 1;
    if (method == Method::kHuntingtonHill) return s * (s + 1);
    return s + 1;
  };
  const auto before = [&](size_t i, size_t j) {  // i has the greater claim
    const int64_t a = signpost(shares[i]);
    const int64_t b = signpost(shares[j]);
    if (a == 0 || b == 0) return a == 0 && b == 0 ? weights[i] > weights[j] : a == 0;
    if (method == Method::kHuntingtonHill) return weights[i] * weights[i] * b > weights[j] * weights[j] * a;
    return weights[i] * b > weights[j] * a;
  };
  for (int64_t given = std::accumulate(shares.begin(), shares.end(), int64_t{0}); given < amount; ++given) {
    size_t best = weights.size();
    for (size_t i = 0; i < weights.size(); ++i) {
      if (weights[i] == 0 || shares[i] >= ceilings[i]) continue;
      if (best == weights.size() || before(i, best)) best = i;
    }
    ++shares[best];
  }
  return shares;
}

TEST(ApportionmentPropertyTest, DivisorMethodsAgainstOneFenAtATime) {
  int tied = 0;
  int bound = 0;
  for (uint64_t seed = 1; seed <= 2000; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t n = random.Between(1, 9);
    const int32_t greatest = random.Between(1, 50);
    std::vector<int64_t> weights(n);
    std::vector<int64_t> floors(n, 0);
    std::vector<int64_t> ceilings(n);
    const bool bounded = random.Below(2) == 0;
    for (int32_t i = 0; i < n; ++i) {
      weights[i] = random.Between(0, greatest);
      if (bounded) floors[i] = random.Between(0, 8);
      ceilings[i] = bounded ? floors[i] + random.Between(0, 30) : 1000;
    }
    int64_t least = 0;
    int64_t most = 0;
    for (int32_t i = 0; i < n; ++i) {
      least += floors[i];
      most += weights[i] == 0 ? floors[i] : ceilings[i];
    }
    const int64_t amount = std::min<int64_t>(most, least + random.Between(0, 100));
    const Numbers w(weights.begin(), weights.end());
    const Numbers f(floors.begin(), floors.end());
    const Numbers c(ceilings.begin(), ceilings.end());
    for (const Method method : kDivisor) {
      const Apportionment result = bounded ? Divide(amount, w, method, f, c) : Divide(amount, w, method);
      const std::vector<int64_t> expected = OneByOne(amount, weights, method, floors, ceilings);
      ASSERT_EQ(result.shares, Numbers(expected.begin(), expected.end())) << MethodName(method);
      tied += result.tied.empty() ? 0 : 1;
      for (int32_t i = 0; i < n; ++i) bound += bounded && weights[i] > 0 && expected[i] == ceilings[i] ? 1 : 0;
    }
  }
  EXPECT_GT(tied, 300);
  EXPECT_GT(bound, 300);
}

TEST(ApportionmentPropertyTest, LargestRemainderStaysWithinItsQuotaAndItsBounds) {
  int bound = 0;
  for (uint64_t seed = 1; seed <= 2000; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t n = random.Between(1, 12);
    Numbers weights(n);
    Numbers floors(n);
    Numbers ceilings(n);
    absl::int128 sum = 0;
    absl::int128 least = 0;
    absl::int128 most = 0;
    for (int32_t i = 0; i < n; ++i) {
      sum += weights[i] = random.Between(1, 1000);
      least += floors[i] = random.Between(0, 30);
      most += ceilings[i] = floors[i] + random.Between(0, 100);
    }
    const absl::int128 amount = least + random.Below(static_cast<int64_t>(most - least) + 1);
    const Numbers free = Divide(amount, weights, Method::kLargestRemainder).shares;
    absl::int128 total = 0;
    for (int32_t i = 0; i < n; ++i) {
      const absl::int128 quota = weights[i] * amount / sum;
      ASSERT_GE(free[i], quota);
      ASSERT_LE(free[i], quota + (weights[i] * amount % sum == 0 ? 0 : 1));
      total += free[i];
    }
    ASSERT_EQ(total, amount);
    const Numbers held = Divide(amount, weights, Method::kLargestRemainder, floors, ceilings).shares;
    total = 0;
    for (int32_t i = 0; i < n; ++i) {
      ASSERT_GE(held[i], floors[i]);
      ASSERT_LE(held[i], ceilings[i]);
      total += held[i];
      // Of two who are both free of their bounds, the greater weight has no less.
      for (int32_t j = 0; j < n; ++j) {
        const bool compared = weights[i] > weights[j] && held[i] < ceilings[i] && held[j] > floors[j];
        ASSERT_TRUE(!compared || held[i] + 1 >= held[j]);
      }
      bound += held[i] == floors[i] || held[i] == ceilings[i] ? 1 : 0;
    }
    ASSERT_EQ(total, amount);
  }
  EXPECT_GT(bound, 1000);
}

TEST(ApportionmentPropertyTest, DivisorMethodsAreHouseMonotone) {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    Random random(seed);
    Numbers weights(random.Between(2, 8));
    for (absl::int128& weight : weights) weight = random.Between(1, 10000);
    for (const Method method : kDivisor) {
      Numbers before = Divide(0, weights, method).shares;
      for (int64_t amount = 1; amount <= 60; ++amount) {
        const Numbers after = Divide(amount, weights, method).shares;
        for (size_t i = 0; i < weights.size(); ++i)
          ASSERT_GE(after[i], before[i]) << "seed " << seed << " " << MethodName(method);
        before = after;
      }
    }
  }
}

// When i grows faster than j, i does not lose to j's gain.
TEST(ApportionmentPropertyTest, DivisorMethodsArePopulationMonotone) {
  int changed = 0;
  int paradoxes = 0;  // of largest remainder, which is not
  for (uint64_t seed = 1; seed <= 1500; ++seed) {
    Random random(seed);
    Numbers before(random.Between(3, 6));
    for (absl::int128& weight : before) weight = random.Between(1, 2000);
    Numbers after = before;
    for (absl::int128& weight : after) weight += weight * random.Between(0, 12) / 100;
    const int64_t amount = random.Between(5, 40);
    for (const Method method : kAll) {
      const Numbers was = Divide(amount, before, method).shares;
      const Numbers is = Divide(amount, after, method).shares;
      changed += was != is ? 1 : 0;
      for (size_t i = 0; i < before.size(); ++i) {
        for (size_t j = 0; j < before.size(); ++j) {
          const bool faster = after[i] * before[j] > after[j] * before[i];
          const bool paradox = faster && is[i] < was[i] && is[j] > was[j];
          if (method == Method::kLargestRemainder) {
            paradoxes += paradox ? 1 : 0;
          } else {
            ASSERT_FALSE(paradox) << "seed " << seed << " " << MethodName(method);
          }
        }
      }
    }
  }
  EXPECT_GT(changed, 1000);
  EXPECT_GT(paradoxes, 0);
}

TEST(ApportionmentTest, HugeAmountsAreExactAndQuick) {
  Random random(3);
  Numbers weights(2887);
  for (absl::int128& weight : weights) weight = absl::MakeInt128(random.Below(int64_t{1} << 51), random.Next());
  for (const Method method : kAll) {
    const Apportionment result = Divide(kMaxAmount - 12345, weights, method);
    absl::int128 sum = 0;
    for (const absl::int128 share : result.shares) sum += share;
    EXPECT_EQ(sum, kMaxAmount - 12345) << MethodName(method);
  }
}

}  // namespace
}  // namespace lianhu::scoring
