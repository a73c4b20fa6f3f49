// Random small problems against an exhaustive search.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "lianhu/assignment/verify.h"
#include "lianhu/base/random.h"
#include "lianhu/districting/steward_choice.h"

namespace lianhu::districting {
namespace {

constexpr int64_t kNoChoice = std::numeric_limits<int64_t>::max();

struct SmallChoice {
  std::vector<Point> households;
  std::vector<Point> candidates;
  std::vector<int32_t> household_units;
  std::vector<int32_t> candidate_units;
  std::vector<int32_t> least;
  std::vector<int32_t> most;
  std::vector<int64_t> suitability;
  std::vector<int32_t> requirement;
  CountRule rule = CountRule::kExactly;
  int64_t count = 0;
  int64_t price = 0;

  CandidateProblem View() const {
    return {.households = households,
            .candidates = candidates,
            .household_units = household_units,
            .candidate_units = candidate_units,
            .candidate_min = least,
            .candidate_max = most,
            .suitability_cm = suitability,
            .requirement = requirement,
            .rule = rule,
            .count = count,
            .cost_per_steward_cm = price};
  }
};

SmallChoice Draw(Random& random, int round) {
  SmallChoice instance;
  const auto place = [&] {
    const double x = static_cast<double>(random.Below(round % 4 == 0 ? 4 : 100));  // at times many at one place
    const double y = static_cast<double>(random.Below(round % 4 == 0 ? 4 : 100));
    return Point{x, y};
  };
  instance.households.resize(4 + random.Below(5));
  for (Point& p : instance.households) p = place();
  instance.candidates.resize(2 + random.Below(5));
  for (Point& p : instance.candidates) p = place();
  if (round % 2 == 0) {
    for (size_t h = 0; h < instance.households.size(); ++h)
      instance.household_units.push_back(random.Between(0, 1) * 7);
    for (size_t j = 0; j < instance.candidates.size(); ++j)
      instance.candidate_units.push_back(random.Between(0, 1) * 7);
  }
  for (size_t j = 0; j < instance.candidates.size(); ++j) {
    instance.least.push_back(random.Between(0, 2));
    instance.most.push_back(instance.least.back() + random.Between(0, 4));
    instance.suitability.push_back(random.Below(3) == 0 ? random.Between(-2000, 6000) : 0);
    const int64_t requirement = random.Below(10);
    instance.requirement.push_back(requirement < 2 ? static_cast<int32_t>(requirement) + 1 : 0);
  }
  instance.rule = static_cast<CountRule>(round % 3);
  instance.count = random.Between(1, static_cast<int32_t>(instance.candidates.size()));
  instance.price = random.Between(0, 9000);
  return instance;
}

// The least distance of households h.. to the chosen, everybody in bounds at the end.
int64_t LeastFrom(const SmallChoice& instance, uint32_t set, std::vector<int32_t>& load, size_t h) {
  const size_t m = instance.candidates.size();
  if (h == instance.households.size()) {
    for (size_t j = 0; j < m; ++j) {
      if ((set >> j & 1) != 0 && load[j] < instance.least[j]) return kNoChoice;
    }
    return 0;
  }
  int64_t best = kNoChoice;
  for (size_t j = 0; j < m; ++j) {
    if ((set >> j & 1) == 0 || load[j] == instance.most[j]) continue;
    if (!instance.household_units.empty() && instance.household_units[h] != instance.candidate_units[j]) continue;
    ++load[j];
    const int64_t rest = LeastFrom(instance, set, load, h + 1);
    --load[j];
    if (rest == kNoChoice) continue;
    best = std::min(best, rest + assignment::PairCost(instance.households[h], instance.candidates[j]));
  }
  return best;
}

struct Best {
  int64_t count = kNoChoice;
  int64_t cost = kNoChoice;
};

Best OptimalChoice(const SmallChoice& instance) {
  const size_t m = instance.candidates.size();
  Best best;
  for (uint32_t set = 0; set < (1U << m); ++set) {
    const int count = __builtin_popcount(set);
    if (instance.rule == CountRule::kExactly && count != instance.count) continue;
    int64_t cost = instance.rule == CountRule::kCostPerSteward ? count * instance.price : 0;
    bool allowed = true;
    for (size_t j = 0; j < m; ++j) {
      const bool in = (set >> j & 1) != 0;
      allowed = allowed && !(in && instance.requirement[j] == 2) && !(!in && instance.requirement[j] == 1);
      if (in) cost += instance.suitability[j];
    }
    if (!allowed) continue;
    std::vector<int32_t> load(m, 0);
    const int64_t distance = LeastFrom(instance, set, load, 0);
    if (distance == kNoChoice) continue;
    if (instance.rule == CountRule::kFewest && count > best.count) continue;
    if (instance.rule == CountRule::kFewest && count < best.count) best = {};
    if (cost + distance < best.cost || best.count == kNoChoice) best = {count, cost + distance};
  }
  return best;
}

void CheckPlan(const SmallChoice& instance, const StewardChoice& choice) {
  std::vector<Point> places;
  std::vector<int32_t> units;
  std::vector<int32_t> least;
  std::vector<int32_t> most;
  std::vector<int32_t> steward_of;
  int64_t suitability = 0;
  for (const int32_t j : choice.chosen) {
    EXPECT_NE(instance.requirement[j], 2);
    places.push_back(instance.candidates[j]);
    if (!instance.candidate_units.empty()) units.push_back(instance.candidate_units[j]);
    least.push_back(instance.least[j]);
    most.push_back(instance.most[j]);
    suitability += instance.suitability[j];
  }
  for (size_t j = 0; j < instance.requirement.size(); ++j) {
    if (instance.requirement[j] != 1) continue;
    EXPECT_TRUE(std::binary_search(choice.chosen.begin(), choice.chosen.end(), static_cast<int32_t>(j)));
  }
  for (const int32_t j : choice.candidate_of) {
    const auto at = std::lower_bound(choice.chosen.begin(), choice.chosen.end(), j);
    ASSERT_TRUE(at != choice.chosen.end() && *at == j);
    steward_of.push_back(static_cast<int32_t>(at - choice.chosen.begin()));
  }
  RunContext context;
  const auto verified = assignment::Verify({.households = instance.households,
                                            .stewards = places,
                                            .household_units = instance.household_units,
                                            .steward_units = units,
                                            .bounds = {},
                                            .steward_min = least,
                                            .steward_max = most},
                                           steward_of, choice.price_cm, {}, context);
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_TRUE(verified->feasible);
  EXPECT_TRUE(verified->proved);
  EXPECT_EQ(verified->total_cost_cm, choice.distance_cm);
  EXPECT_EQ(choice.suitability_cm, suitability);
  EXPECT_EQ(choice.objective_cm, choice.distance_cm + choice.suitability_cm + choice.stewards_cm);
}

TEST(StewardChoiceProperty, ChoicesHoldAndBoundsAreBelowTheOptimum) {
  constexpr uint64_t kSeed = 20200331;
  SCOPED_TRACE(kSeed);
  Random random(kSeed);
  int found[3] = {0, 0, 0};
  int optimal = 0;
  int impossible = 0;
  int missed = 0;
  for (int round = 0; round < 400; ++round) {
    SCOPED_TRACE(round);
    const SmallChoice instance = Draw(random, round);
    RunContext context;
    context.seed = static_cast<uint64_t>(round);
    context.threads = 1 + round % 2;
    const auto choice = ChooseStewards(instance.View(), {.seconds = 1e6, .work = 30000, .next = 2}, context);
    ASSERT_TRUE(choice.ok()) << choice.status();
    const Best optimum = OptimalChoice(instance);
    if (choice->outcome == ChoiceOutcome::kInfeasible) {
      EXPECT_EQ(optimum.cost, kNoChoice);
      ++impossible;
      continue;
    }
    if (choice->outcome == ChoiceOutcome::kNotFound) {
      missed += optimum.cost < kNoChoice ? 1 : 0;
      continue;
    }
    ASSERT_EQ(choice->outcome, ChoiceOutcome::kFeasible);
    ASSERT_NE(optimum.cost, kNoChoice);
    ++found[round % 3];
    CheckPlan(instance, *choice);
    if (instance.rule == CountRule::kExactly) {
      EXPECT_EQ(static_cast<int64_t>(choice->chosen.size()), instance.count);
    }
    EXPECT_LE(choice->bound_cm, choice->objective_cm);
    if (instance.rule == CountRule::kFewest && static_cast<int64_t>(choice->chosen.size()) > optimum.count) continue;
    EXPECT_GE(choice->objective_cm, optimum.cost);
    EXPECT_LE(choice->bound_cm, optimum.cost);
    optimal += choice->objective_cm == optimum.cost ? 1 : 0;
  }
  EXPECT_GT(std::min({found[0], found[1], found[2]}), 20);
  EXPECT_GT(impossible, 50);
  EXPECT_GE(optimal, (found[0] + found[1] + found[2]) * 95 / 100);
  EXPECT_LE(missed, 8);
}

}  // namespace
}  // namespace lianhu::districting
