// Random instances against what we did not write (LEMON) and against exhaustive search.
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "assignment/instances.h"
#include "assignment/peer_arcs.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"

namespace lianhu::assignment {
namespace {

using testing::Instance;
using testing::LemonResult;
using testing::MakeInstance;
using testing::PeerArcs;
using testing::SolveWithLemon;
using testing::Spread;

constexpr int64_t kNoOptimum = std::numeric_limits<int64_t>::max();

// The cheapest feasible plan that serves exactly `served` households, by trying everything; kNoOptimum when there is
// none.
int64_t CheapestPlan(const Problem& problem, int64_t served) {
  const auto n = static_cast<int64_t>(problem.households.size());
  const auto m = static_cast<int64_t>(problem.stewards.size());
  std::vector<int32_t> load(m, 0);
  int64_t best = kNoOptimum;
  const std::function<void(int64_t, int64_t, int64_t)> place = [&](int64_t h, int64_t count, int64_t cost) {
    if (count + (n - h) < served || count > served) return;
    if (h == n) {
      for (int64_t j = 0; j < m; ++j) {
        if (load[j] < problem.BoundsOf(j).min) return;
      }
      best = std::min(best, cost);
      return;
    }
    for (int64_t j = 0; j < m; ++j) {
      if (!problem.household_units.empty() && problem.household_units[h] != problem.steward_units[j]) continue;
      if (load[j] == problem.BoundsOf(j).max) continue;
      ++load[j];
      place(h + 1, count + 1, cost + PairCost(problem.households[h], problem.stewards[j]));
      --load[j];
    }
    place(h + 1, count, cost);
  };
  place(0, 0, 0);
  return best;
}

Spread AnySpread(Random& random) {
  return static_cast<Spread>(random.Below(static_cast<int64_t>(testing::kLastSpread) + 1));
}

// Bounds of every kind: common or each steward's own, tight or loose, min = max, min 0.
void RandomBounds(Instance& instance, Random& random) {
  const auto n = static_cast<int32_t>(instance.households.size());
  const auto m = static_cast<int32_t>(instance.stewards.size());
  const int32_t mean = n / std::max(1, m);
  switch (random.Below(5)) {
    case 0:
      instance.bounds = {.min = 0, .max = n};
      break;
    case 1:
      instance.bounds = {.min = mean, .max = mean + (n % std::max(1, m) != 0)};
      break;
    case 2:
      instance.bounds = {.min = random.Between(0, mean), .max = random.Between(mean, 2 * mean + 2)};
      break;
    case 3:
      for (int32_t j = 0; j < m; ++j) {
        instance.steward_min.push_back(random.Between(0, mean));
        instance.steward_max.push_back(instance.steward_min.back() + random.Between(0, 2 * mean + 1));
      }
      break;
    default:
      instance.steward_max.assign(m, mean + 2);
      instance.bounds = {.min = 0, .max = mean + 2};
      if (m > 0) instance.steward_max[random.Below(m)] = n;
  }
}

TEST(SolvePropertyTest, AgreesWithExhaustiveSearch) {
  int solved = 0;
  int infeasible = 0;
  int left_over = 0;
  for (uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const Spread spread = AnySpread(random);
    const int32_t n = random.Between(1, 8);
    const int32_t m = random.Between(1, 4);
    Instance instance = MakeInstance(spread, n, m, seed);
    // Small coordinates make many ties.
    if (random.Below(2) == 0) {
      for (auto* points : {&instance.households, &instance.stewards}) {
        for (Point& p : *points) p = {static_cast<double>(random.Below(3)), static_cast<double>(random.Below(3))};
      }
    }
    RandomBounds(instance, random);
    if (random.Below(3) == 0) testing::AddUnits(instance, 2, random);
    const Problem problem = instance.View();
    const int64_t optimum = CheapestPlan(problem, n);

    RunContext context;
    const auto plan = Solve(problem, {}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    if (optimum == kNoOptimum) {
      ++infeasible;
      EXPECT_EQ(plan->outcome, Outcome::kInfeasible);
      EXPECT_FALSE(plan->infeasibilities.empty());
    } else {
      ++solved;
      ASSERT_EQ(plan->outcome, Outcome::kOptimal);
      EXPECT_EQ(plan->total_cost_cm, optimum);
      const auto verification = Verify(problem, plan->steward_of, plan->price_cm, {}, context);
      ASSERT_TRUE(verification.ok());
      EXPECT_TRUE(verification->proved);
      EXPECT_EQ(verification->dual_bound_cm, optimum);
    }

    // Best effort with too few places: as many as there are, at the least distance.
    const auto effort = Solve(problem, {.best_effort = true}, context);
    ASSERT_TRUE(effort.ok());
    const auto verification = Verify(problem, effort->steward_of, effort->price_cm, {.best_effort = true}, context);
    ASSERT_TRUE(verification.ok());
    EXPECT_TRUE(verification->proved);
    if (effort->unserved > 0 && problem.household_units.empty()) {
      ++left_over;
      EXPECT_EQ(effort->total_cost_cm, CheapestPlan(problem, n - effort->unserved));
    }
  }
  EXPECT_GT(solved, 200);
  EXPECT_GT(infeasible, 50);
  EXPECT_GT(left_over, 20);
}

TEST(SolvePropertyTest, AgreesWithLemon) {
  int solved = 0;
  int infeasible = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed * 7919);
    const int32_t n = random.Between(20, 1200);
    Instance instance = MakeInstance(AnySpread(random), n, random.Between(1, n / 8 + 1), seed);
    RandomBounds(instance, random);
    if (random.Below(3) == 0) testing::AddUnits(instance, random.Between(1, 3), random);
    const LemonResult lemon = SolveWithLemon(PeerArcs(instance.View()));
    RunContext context;
    const auto plan = Solve(instance.View(), {}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    if (!lemon.feasible) {
      ++infeasible;
      EXPECT_EQ(plan->outcome, Outcome::kInfeasible);
      continue;
    }
    ++solved;
    ASSERT_EQ(plan->outcome, Outcome::kOptimal);
    EXPECT_EQ(plan->total_cost_cm, lemon.total_cost_cm);
    EXPECT_EQ(plan->dual_bound_cm, lemon.total_cost_cm);
  }
  EXPECT_GT(solved, 30);
  EXPECT_GT(infeasible, 5);
}

TEST(SolvePropertyTest, AgreesWithLemonAtFiveThousand) {
  for (const Spread spread : {Spread::kUniform, Spread::kTown, Spread::kTowers, Spread::kOneEnd, Spread::kPoints}) {
    for (const LoadBounds bounds : {LoadBounds{.min = 10, .max = 20}, LoadBounds{.min = 16, .max = 17}}) {
      SCOPED_TRACE(::testing::Message() << "spread " << static_cast<int>(spread) << " max " << bounds.max);
      Instance instance = MakeInstance(spread, 5000, 300, 11);
      instance.bounds = bounds;
      const LemonResult lemon = SolveWithLemon(PeerArcs(instance.View()));
      ASSERT_TRUE(lemon.feasible);
      RunContext context;
      const auto plan = Solve(instance.View(), {}, context);
      ASSERT_TRUE(plan.ok());
      EXPECT_EQ(plan->total_cost_cm, lemon.total_cost_cm);
      EXPECT_EQ(plan->dual_bound_cm, lemon.total_cost_cm);
    }
  }
}

// Large enough for the coarse start and for sites that need many stewards; the proof is checked, not the solver
// believed.
TEST(SolvePropertyTest, HardCasesAreProved) {
  int optimal = 0;
  int left_over = 0;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed * 104729);
    const int32_t n = random.Between(1500, 3000);
    const int32_t m = random.Between(100, 200);
    Instance instance = MakeInstance(AnySpread(random), n, m, seed);
    RandomBounds(instance, random);
    if (random.Below(3) == 0) instance.bounds = {.min = random.Between(0, 5), .max = n / m};  // too few places
    RunContext context;
    const auto plan = Solve(instance.View(), {.best_effort = true}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    const auto result = Verify(instance.View(), plan->steward_of, plan->price_cm, {.best_effort = true}, context);
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_TRUE(result->proved);
    optimal += plan->outcome == Outcome::kOptimal;
    left_over += plan->unserved > 0;
  }
  EXPECT_GT(optimal, 15);
  EXPECT_GT(left_over, 2);
}

}  // namespace
}  // namespace lianhu::assignment
