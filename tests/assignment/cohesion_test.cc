// Cohesion against exhaustive search on small towns; bounds, jurisdictions and the stated bound on larger ones.
#include "lianhu/assignment/cohesion.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "assignment/instances.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

using testing::Instance;
using testing::MakeInstance;
using testing::Spread;

constexpr int64_t kNoPartition = std::numeric_limits<int64_t>::max();

// Households in order, one to `most` a building; some in none.
std::vector<int32_t> Buildings(Random& random, size_t n, int32_t most) {
  std::vector<int32_t> buildings;
  for (int32_t b = 0; buildings.size() < n; ++b) {
    const int32_t label = random.Below(6) == 0 ? -1 : b;
    for (int32_t k = random.Between(1, most); k > 0 && buildings.size() < n; --k) buildings.push_back(label);
  }
  return buildings;
}

int64_t SharedObjective(const Problem& problem, const std::vector<int32_t>& buildings,
                        const std::vector<int32_t>& steward_of, int64_t price) {
  std::vector<int64_t> costs;
  for (size_t h = 0; h < steward_of.size(); ++h) {
    costs.push_back(PairCost(problem.households[h], problem.stewards[steward_of[h]]));
  }
  const BuildingFigures figures = CountBuildings(buildings, steward_of, costs);
  return figures.distance_cm + price * figures.further;
}

int64_t BruteForce(const Problem& problem, const std::vector<int32_t>& buildings, int64_t price) {
  const auto n = static_cast<int64_t>(problem.households.size());
  const auto m = static_cast<int32_t>(problem.stewards.size());
  std::vector<int32_t> load(m, 0);
  std::vector<int32_t> steward_of(n, -1);
  int64_t best = kNoPartition;
  const std::function<void(int64_t)> place = [&](int64_t h) {
    if (h == n) {
      for (int32_t j = 0; j < m; ++j) {
        if (load[j] < problem.BoundsOf(j).min) return;
      }
      best = std::min(best, SharedObjective(problem, buildings, steward_of, price));
      return;
    }
    for (int32_t j = 0; j < m; ++j) {
      if (problem.HouseholdUnit(h) != problem.StewardUnit(j) || load[j] == problem.BoundsOf(j).max) continue;
      ++load[j];
      steward_of[h] = j;
      place(h + 1);
      --load[j];
    }
  };
  place(0);
  return best;
}

TEST(Cohesion, NeverBelowTheOptimumNorAboveTheExactPlan) {
  int feasible = 0;
  int better = 0;
  int optimal = 0;
  for (uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t n = random.Between(4, 9);
    const int32_t m = random.Between(2, 3);
    Instance instance = MakeInstance(Spread::kTowers, n, m, seed);
    if (seed % 3 == 0) testing::AddUnits(instance, 2, random);
    instance.bounds = {.min = random.Between(0, n / m), .max = n / m + random.Between(1, 3)};
    const std::vector<int32_t> buildings = Buildings(random, instance.households.size(), 4);
    const int64_t price = random.Between(0, 3000);
    RunContext context;
    const auto plan = SolveCohesive(instance.View(), buildings, {.price_cm = price}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    const int64_t optimum = BruteForce(instance.View(), buildings, price);
    ASSERT_EQ(plan->exact.outcome == Outcome::kOptimal, optimum != kNoPartition);
    if (optimum == kNoPartition) continue;
    ++feasible;
    EXPECT_EQ(plan->objective_cm, SharedObjective(instance.View(), buildings, plan->steward_of, price));
    EXPECT_GE(plan->objective_cm, optimum);
    EXPECT_LE(plan->bound_cm, optimum);
    const int64_t exact = plan->before.distance_cm + price * plan->before.further;
    EXPECT_LE(plan->objective_cm, exact);
    better += plan->objective_cm < exact ? 1 : 0;
    optimal += plan->objective_cm == optimum ? 1 : 0;
    RunContext other;
    const auto check = Verify(instance.View(), plan->steward_of, {}, {}, other);
    ASSERT_TRUE(check.ok());
    EXPECT_TRUE(check->feasible);
  }
  EXPECT_GT(feasible, 60);
  EXPECT_GT(better, 10);
  EXPECT_GT(optimal, feasible * 3 / 4);
}

TEST(Cohesion, TownKeepsBoundsAndSharesLess) {
  Random random(5);
  Instance instance = MakeInstance(Spread::kTowers, 4000, 240, 7);
  testing::AddUnits(instance, 3, random);
  instance.bounds = {.min = 8, .max = 24};
  std::vector<int32_t> buildings;
  for (size_t h = 0; h < instance.households.size(); ++h) {
    const bool same = h > 0 && instance.households[h] == instance.households[h - 1];
    buildings.push_back(h == 0 ? 0 : buildings.back() + (same ? 0 : 1));
  }
  RunContext context;
  const auto plan = SolveCohesive(instance.View(), buildings, {.price_cm = 5000}, context);
  ASSERT_TRUE(plan.ok()) << plan.status();
  ASSERT_EQ(plan->exact.outcome, Outcome::kOptimal);
  EXPECT_LT(plan->after.further, plan->before.further);
  EXPECT_GE(plan->after.distance_cm, plan->before.distance_cm);
  EXPECT_GE(plan->objective_cm, plan->bound_cm);
  const auto check = Verify(instance.View(), plan->steward_of, {}, {}, context);
  ASSERT_TRUE(check.ok());
  EXPECT_TRUE(check->feasible);
  EXPECT_EQ(check->total_cost_cm, plan->after.distance_cm);
  RunContext one;
  one.threads = 1;
  EXPECT_EQ(SolveCohesive(instance.View(), buildings, {.price_cm = 5000}, one)->steward_of, plan->steward_of);
}

TEST(Cohesion, PriceZeroIsTheExactPlan) {
  const Instance instance = MakeInstance(Spread::kTowers, 300, 18, 2);
  const std::vector<int32_t> buildings(300, 0);
  RunContext context;
  const auto plan = SolveCohesive(instance.View(), buildings, {.price_cm = 0}, context);
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->steward_of, plan->exact.steward_of);
  EXPECT_EQ(plan->objective_cm, plan->bound_cm);
}

TEST(Cohesion, NamesBadInputAndCancels) {
  const Instance instance = MakeInstance(Spread::kTowers, 30, 2, 2);
  std::vector<int32_t> buildings(30, 0);
  RunContext context;
  EXPECT_EQ(GetErrorDetail(SolveCohesive(instance.View(), buildings, {.price_cm = -1}, context).status()).field,
            "price_cm");
  buildings[4] = 30;
  EXPECT_EQ(GetErrorDetail(SolveCohesive(instance.View(), buildings, {}, context).status()).row, 4);
  buildings.pop_back();
  EXPECT_FALSE(SolveCohesive(instance.View(), buildings, {}, context).ok());
  buildings.assign(30, 1);
  context.Cancel();
  EXPECT_EQ(SolveCohesive(instance.View(), buildings, {}, context)->exact.outcome, Outcome::kCancelled);
}

}  // namespace
}  // namespace lianhu::assignment
