// Weighted households against exhaustive search, the exact unit problem and the certificate recomputed.
#include "lianhu/assignment/weighted.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "assignment/instances.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

using testing::Instance;
using testing::MakeInstance;
using testing::Spread;

constexpr int64_t kNoWeightedPlan = std::numeric_limits<int64_t>::max();

std::vector<int32_t> RandomWeights(Random& random, size_t n, int32_t most) {
  std::vector<int32_t> weights(n);
  for (int32_t& w : weights) w = random.Below(2) == 0 ? 1 : random.Between(1, most);
  return weights;
}

int64_t BruteForce(const Problem& problem, const std::vector<int32_t>& weights) {
  const auto n = static_cast<int64_t>(problem.households.size());
  const auto m = static_cast<int64_t>(problem.stewards.size());
  std::vector<int64_t> load(m, 0);
  int64_t best = kNoWeightedPlan;
  const std::function<void(int64_t, int64_t)> place = [&](int64_t h, int64_t cost) {
    if (cost >= best) return;
    if (h == n) {
      for (int64_t j = 0; j < m; ++j) {
        if (load[j] < problem.BoundsOf(j).min) return;
      }
      best = cost;
      return;
    }
    for (int64_t j = 0; j < m; ++j) {
      if (!problem.household_units.empty() && problem.household_units[h] != problem.steward_units[j]) continue;
      if (load[j] + weights[h] > problem.BoundsOf(j).max) continue;
      load[j] += weights[h];
      place(h + 1, cost + weights[h] * PairCost(problem.households[h], problem.stewards[j]));
      load[j] -= weights[h];
    }
  };
  place(0, 0);
  return best;
}

TEST(Weighted, AgreesWithExhaustiveSearch) {
  int feasible = 0;
  int without = 0;
  int exact = 0;
  for (uint64_t seed = 1; seed <= 250; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t n = random.Between(1, 9);
    const int32_t m = random.Between(1, 4);
    Instance instance = MakeInstance(static_cast<Spread>(random.Below(5)), n, m, seed);
    if (random.Below(3) == 0) testing::AddUnits(instance, 2, random);
    const std::vector<int32_t> weights = RandomWeights(random, instance.households.size(), 5);
    for (int32_t j = 0; j < m; ++j) {
      instance.steward_max.push_back(random.Between(3, 6 * n / m + 4));
      instance.steward_min.push_back(random.Between(0, instance.steward_max.back() / 3));
    }
    const int64_t optimum = BruteForce(instance.View(), weights);
    RunContext context;
    context.seed = seed;
    const auto plan = SolveWeighted(instance.View(), weights, {.evaluations = 20'000}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    if (optimum == kNoWeightedPlan) {
      ++without;
      EXPECT_TRUE(plan->outcome == WeightedOutcome::kInfeasible || plan->outcome == WeightedOutcome::kNotFound);
      EXPECT_FALSE(plan->shortages.empty());
      for (const WeightShortage& s : plan->shortages) {
        EXPECT_EQ(s.proved, plan->outcome == WeightedOutcome::kInfeasible);
        EXPECT_FALSE(Describe(s, "east", "H1", Language::kEnglish).empty());
        EXPECT_FALSE(Describe(s, "东", "H1", Language::kChinese).empty());
      }
      continue;
    }
    ++feasible;
    ASSERT_TRUE(plan->outcome == WeightedOutcome::kOptimal || plan->outcome == WeightedOutcome::kFeasible);
    EXPECT_LE(plan->bound_cm, optimum);
    EXPECT_GE(plan->total_cost_cm, optimum);
    exact += plan->total_cost_cm == optimum ? 1 : 0;
    const auto check = VerifyWeighted(instance.View(), weights, plan->steward_of, plan->multiplier_cm);
    ASSERT_TRUE(check.ok()) << check.status();
    EXPECT_TRUE(check->feasible);
    EXPECT_EQ(check->total_cost_cm, plan->total_cost_cm);
    EXPECT_TRUE(check->bound_held);
    // The solver may bound what lies outside its lists from below; it never claims more than the multipliers prove.
    EXPECT_GE(check->bound_cm, plan->bound_cm);
  }
  EXPECT_GT(feasible, 100);
  EXPECT_GT(without, 20);
  EXPECT_EQ(exact, feasible);
}

// With all weights 1 and every household whole, the shared plan is the exact optimum.
TEST(Weighted, UnitWeightsAreTheExactProblem) {
  for (const Spread spread : {Spread::kUniform, Spread::kTown, Spread::kTowers}) {
    Instance instance = MakeInstance(spread, 2000, 120, 11);
    RunContext context;
    const auto exact = Solve(instance.View(), {}, context);
    ASSERT_TRUE(exact.ok());
    ASSERT_EQ(exact->outcome, Outcome::kOptimal);
    const std::vector<int32_t> weights(instance.households.size(), 1);
    const auto plan = SolveWeighted(instance.View(), weights, {.evaluations = 100}, context);
    ASSERT_TRUE(plan.ok());
    EXPECT_EQ(plan->outcome, WeightedOutcome::kOptimal);
    EXPECT_EQ(plan->total_cost_cm, exact->total_cost_cm);
    EXPECT_EQ(plan->bound_cm, exact->total_cost_cm);
  }
}

// A town: bounds and jurisdictions hold, the bound is that of its multipliers over all pairs, the gap is small, and the
// bytes do not depend on threads.
TEST(Weighted, TownWithinTwoPercentOfItsBound) {
  for (const Spread spread : {Spread::kUniform, Spread::kTown, Spread::kTowers}) {
    SCOPED_TRACE(static_cast<int>(spread));
    Random random(17);
    Instance instance = MakeInstance(spread, 1500, 90, 23);
    testing::AddUnits(instance, 2, random);
    instance.bounds = {.min = 8, .max = 40};
    const std::vector<int32_t> weights = RandomWeights(random, instance.households.size(), 4);
    RunContext context;
    const auto plan = SolveWeighted(instance.View(), weights, {.evaluations = 5'000}, context);
    ASSERT_TRUE(plan.ok());
    ASSERT_EQ(plan->outcome, WeightedOutcome::kFeasible);
    const auto check = VerifyWeighted(instance.View(), weights, plan->steward_of, plan->multiplier_cm);
    ASSERT_TRUE(check.ok());
    EXPECT_TRUE(check->feasible);
    EXPECT_EQ(check->total_cost_cm, plan->total_cost_cm);
    EXPECT_GE(check->bound_cm, plan->bound_cm);
    EXPECT_LE(static_cast<double>(plan->total_cost_cm), 1.02 * static_cast<double>(plan->bound_cm));
    RunContext one;
    one.threads = 1;
    EXPECT_EQ(SolveWeighted(instance.View(), weights, {.evaluations = 5'000}, one)->steward_of, plan->steward_of);
  }
}

TEST(Weighted, LargeWeightsAndDegrees) {
  Random random(3);
  Instance instance = MakeInstance(Spread::kUniform, 60, 5, 3);
  for (Point& p : instance.households) p = {113 + p.x * 1e-5, 28 + p.y * 1e-5};
  for (Point& p : instance.stewards) p = {113 + p.x * 1e-5, 28 + p.y * 1e-5};
  Problem problem = instance.View();
  problem.datum = Datum::kWgs84Degrees;
  problem.bounds = {.min = 20'000, .max = 100'000};
  std::vector<int32_t> weights(60);
  for (int32_t& w : weights) w = random.Between(1, 10'000);
  RunContext context;
  const auto plan = SolveWeighted(problem, weights, {}, context);
  ASSERT_TRUE(plan.ok()) << plan.status();
  ASSERT_FALSE(plan->shortages.size() > 0);
  const auto check = VerifyWeighted(problem, weights, plan->steward_of, plan->multiplier_cm);
  ASSERT_TRUE(check.ok());
  EXPECT_TRUE(check->feasible);
  EXPECT_EQ(check->total_cost_cm, plan->total_cost_cm);
  EXPECT_GE(check->bound_cm, plan->bound_cm);
  EXPECT_LE(static_cast<double>(plan->total_cost_cm), 1.02 * static_cast<double>(plan->bound_cm));
}

TEST(Weighted, NamesBadInputAndCancels) {
  const Instance instance = MakeInstance(Spread::kUniform, 30, 2, 1);
  RunContext context;
  std::vector<int32_t> weights(30, 1);
  weights[7] = 0;
  const auto bad = SolveWeighted(instance.View(), weights, {}, context);
  EXPECT_EQ(GetErrorDetail(bad.status()).field, "weights");
  EXPECT_EQ(GetErrorDetail(bad.status()).row, 7);
  weights.pop_back();
  EXPECT_FALSE(SolveWeighted(instance.View(), weights, {}, context).ok());
  weights.assign(30, 1);
  context.Cancel();
  EXPECT_EQ(SolveWeighted(instance.View(), weights, {}, context)->outcome, WeightedOutcome::kCancelled);
}

}  // namespace
}  // namespace lianhu::assignment
