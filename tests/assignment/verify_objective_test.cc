// The check of an objective's plan beside all plans there are.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <tuple>

#include "assignment/conditioned_instance.h"
#include "lianhu/assignment/objective.h"

namespace lianhu::assignment {
namespace {

using testing::ConditionedInstance;
using testing::CostOfPair;
using testing::LoadCostOf;
using testing::MakeInstance;
using testing::Spread;

struct Figures {
  int64_t first = 0;  // greatest distance, or spread of loads
  int64_t total = 0;
  friend auto operator<=>(const Figures&, const Figures&) = default;
};

ConditionedInstance RandomInstance(uint64_t seed) {
  Random random(seed);
  const int32_t m = random.Between(1, 4);
  const int32_t n = random.Between(m, 7);
  ConditionedInstance instance(MakeInstance(static_cast<Spread>(random.Below(3)), n, m, seed));
  if (random.Below(2) == 0) testing::AddConditions(instance, random);
  instance.bounds = {.min = 0, .max = random.Between(n / m, n)};
  return instance;
}

// Calls `take(plan, figures)` for every plan within bounds and conditions.
void ForEachPlan(const Problem& problem, Objective objective,
                 const std::function<void(const std::vector<int32_t>&, Figures)>& take) {
  const auto n = static_cast<int32_t>(problem.households.size());
  const auto m = static_cast<int32_t>(problem.stewards.size());
  Problem plain = problem;
  plain.preferences = {};
  plain.current = {};
  std::vector<int32_t> plan(n, 0);
  const std::function<void(int32_t, Figures)> place = [&](int32_t h, Figures so_far) {
    if (h == n) {
      std::vector<int32_t> load(m, 0);
      for (const int32_t j : plan) ++load[j];
      for (int32_t j = 0; j < m; ++j) {
        if (load[j] < problem.BoundsOf(j).min || load[j] > problem.BoundsOf(j).max) return;
        so_far.total += LoadCostOf(problem, load[j]);
      }
      const auto [least, most] = std::minmax_element(load.begin(), load.end());
      if (objective == Objective::kEven) so_far.first = *most - *least;
      take(plan, so_far);
      return;
    }
    for (int32_t j = 0; j < m; ++j) {
      const auto cost = CostOfPair(problem, h, j);
      if (!cost.has_value()) continue;
      plan[h] = j;
      const int64_t distance = CostOfPair(plain, h, j).value();
      place(h + 1, {objective == Objective::kBottleneck ? std::max(so_far.first, distance) : 0, so_far.total + *cost});
    }
  };
  place(0, {});
}

TEST(VerifyObjectiveTest, ProvesTheBestAndNothingElse) {
  int proved = 0;
  int refused_first = 0;
  int refused_total = 0;
  for (uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const ConditionedInstance instance = RandomInstance(seed);
    const Problem problem = instance.View();
    for (const Objective objective : {Objective::kBottleneck, Objective::kEven}) {
      RunContext context;
      const auto aimed = SolveObjective(problem, objective, context);
      ASSERT_TRUE(aimed.ok()) << aimed.status();
      if (aimed->plan.outcome != Outcome::kOptimal) continue;
      const auto checked = VerifyObjective(problem, objective, aimed->plan.steward_of, aimed->plan.price_cm, context);
      ASSERT_TRUE(checked.ok()) << checked.status();
      EXPECT_TRUE(checked->proved());
      EXPECT_EQ(checked->reasons.size(), aimed->reasons.size());
      EXPECT_EQ(checked->verification.total_cost_cm, aimed->plan.total_cost_cm);
      ++proved;

      std::optional<Figures> best;
      ForEachPlan(problem, objective, [&](const std::vector<int32_t>&, Figures figures) {
        if (!best.has_value() || figures < *best) best = figures;
      });
      ASSERT_TRUE(best.has_value());
      EXPECT_EQ(checked->verification.total_cost_cm, best->total);
      int looked_at = 0;
      ForEachPlan(problem, objective, [&](const std::vector<int32_t>& plan, Figures figures) {
        if (++looked_at % 7 != 0) return;
        const auto other = VerifyObjective(problem, objective, plan, aimed->plan.price_cm, context);
        ASSERT_TRUE(other.ok()) << other.status();
        EXPECT_TRUE(other->verification.feasible);
        EXPECT_EQ(other->first_proved, figures.first == best->first);
        EXPECT_EQ(other->proved(), figures == *best);
        refused_first += !other->first_proved;
        refused_total += other->first_proved && !other->proved();
      });
    }
  }
  EXPECT_GT(proved, 500);
  EXPECT_GT(refused_first, 500);
  EXPECT_GT(refused_total, 500);
}

TEST(VerifyObjectiveTest, BreaksAreSaidFirst) {
  const auto instance = MakeInstance(Spread::kTown, 30, 3, 3);
  RunContext context;
  const std::vector<int32_t> plan(30, 0);
  const auto checked = VerifyObjective(instance.View(), Objective::kEven, plan, {}, context);
  ASSERT_TRUE(checked.ok());
  EXPECT_FALSE(checked->verification.feasible);
  EXPECT_FALSE(checked->first_proved);
  EXPECT_GT(checked->verification.violation_count, 0);
  EXPECT_FALSE(VerifyObjective(instance.View(), Objective::kEven, {}, {}, context).ok());
}

}  // namespace
}  // namespace lianhu::assignment
