// Bottleneck and even plans against exhaustive search; the reasons are checked, not believed.
#include "lianhu/assignment/objective.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <tuple>

#include "assignment/conditioned_instance.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"

namespace lianhu::assignment {
namespace {

using testing::AddConditions;
using testing::ConditionedInstance;
using testing::CostOfPair;
using testing::LoadCostOf;
using testing::MakeInstance;
using testing::Spread;

constexpr int64_t kNoPlan = std::numeric_limits<int64_t>::max();

// The lexicographically least (first figure, total) over all plans.
std::pair<int64_t, int64_t> BruteForce(const Problem& problem, Objective objective) {
  const auto n = static_cast<int32_t>(problem.households.size());
  const auto m = static_cast<int32_t>(problem.stewards.size());
  std::vector<int32_t> load(m, 0);
  std::pair<int64_t, int64_t> best(kNoPlan, kNoPlan);
  const std::function<void(int32_t, int64_t, int64_t)> place = [&](int32_t h, int64_t greatest, int64_t cost) {
    if (h == n) {
      int64_t low = kNoPlan;
      int64_t high = 0;
      for (int32_t j = 0; j < m; ++j) {
        if (load[j] < problem.BoundsOf(j).min) return;
        cost += LoadCostOf(problem, load[j]);
        low = std::min<int64_t>(low, load[j]);
        high = std::max<int64_t>(high, load[j]);
      }
      best = std::min(best, {objective == Objective::kEven ? high - low : greatest, cost});
      return;
    }
    for (int32_t j = 0; j < m; ++j) {
      const auto pair = CostOfPair(problem, h, j);
      if (!pair.has_value() || load[j] == problem.BoundsOf(j).max) continue;
      ++load[j];
      place(h + 1, std::max(greatest, PairCost(problem.households[h], problem.stewards[j])), cost + *pair);
      --load[j];
    }
  };
  place(0, 0, 0);
  return best;
}

TEST(ObjectiveTest, AgreesWithExhaustiveSearch) {
  int solved = 0;
  int reasons = 0;
  for (uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t n = random.Between(1, 6);
    const int32_t m = random.Between(1, 3);
    ConditionedInstance instance(MakeInstance(Spread::kTown, n, m, seed));
    if (random.Below(4) == 0) testing::AddUnits(instance, 2, random);
    AddConditions(instance, random);
    instance.cost_begin.clear();  // the reference knows planar distances only
    instance.cost_stewards.clear();
    instance.costs_cm.clear();
    instance.bounds = {.min = random.Between(0, 1), .max = random.Between(3, 6)};
    const Problem problem = instance.View();
    if (!Validate(problem).ok()) continue;
    for (const Objective objective : {Objective::kBottleneck, Objective::kEven}) {
      const auto [first, total] = BruteForce(problem, objective);
      RunContext context;
      const auto result = SolveObjective(problem, objective, context);
      ASSERT_TRUE(result.ok()) << result.status();
      if (first == kNoPlan) {
        EXPECT_EQ(result->plan.outcome, Outcome::kInfeasible);
        continue;
      }
      ++solved;
      ASSERT_EQ(result->plan.outcome, Outcome::kOptimal);
      EXPECT_EQ(result->plan.total_cost_cm, total);
      EXPECT_EQ(objective == Objective::kEven ? result->load_max - result->load_min : result->distance_cm, first);
      const auto verification =
          Verify(result->Restricted(problem), result->plan.steward_of, result->plan.price_cm, {}, context);
      ASSERT_TRUE(verification.ok());
      EXPECT_TRUE(verification->proved);
      // Every reason holds of the problem with a limit that is one less.
      for (const Infeasibility& reason : result->reasons) {
        ++reasons;
        ConditionedInstance less = instance;
        if (objective == Objective::kBottleneck) {
          less.max_distance = static_cast<double>(result->distance_cm - 1) / 100;
        } else {
          less.steward_min.clear();
          less.steward_max.clear();
          for (size_t j = 0; j < problem.stewards.size(); ++j) {
            const LoadBounds own = problem.BoundsOf(static_cast<int64_t>(j));
            const bool shortage = reason.shortage > 0;
            less.steward_max.push_back(shortage ? std::min(own.max, result->load_max - 1) : own.max);
            less.steward_min.push_back(shortage ? 0 : std::max(own.min, result->load_min + 1));
          }
        }
        EXPECT_TRUE(CheckInfeasibility(less.View(), reason).ok()) << CheckInfeasibility(less.View(), reason);
      }
    }
  }
  EXPECT_GT(solved, 300);
  EXPECT_GT(reasons, 300);
}

TEST(ObjectiveTest, TotalIsThePlainSolve) {
  const auto instance = MakeInstance(Spread::kTown, 300, 20, 3);
  RunContext context;
  const auto result = SolveObjective(instance.View(), Objective::kTotal, context);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->plan.total_cost_cm, Solve(instance.View(), {}, context)->total_cost_cm);
}

}  // namespace
}  // namespace lianhu::assignment
