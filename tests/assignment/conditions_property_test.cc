// Pair conditions of every kind, mixed, against exhaustive search and against LEMON.
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "assignment/conditioned_instance.h"
#include "assignment/lemon_reference.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"

namespace lianhu::assignment {
namespace {

using testing::AddConditions;
using testing::ArcProblem;
using testing::ConditionedInstance;
using testing::CostOfPair;
using testing::LemonResult;
using testing::LoadCostOf;
using testing::MakeInstance;
using testing::SolveWithLemon;
using testing::Spread;

constexpr int64_t kNone = std::numeric_limits<int64_t>::max();

struct Best {
  int64_t served = -1;    // most that any choice serves
  int64_t cost = kNone;   // the least at which that many are served
  bool fillable = false;  // some choice, whoever it leaves out, fills all minima
};

// Tries everything; `minima` says whether a plan has to fill them.
Best BruteForce(const Problem& problem, bool minima) {
  const auto n = static_cast<int32_t>(problem.households.size());
  const auto m = static_cast<int32_t>(problem.stewards.size());
  std::vector<int32_t> load(m, 0);
  Best best;
  const std::function<void(int32_t, int64_t, int64_t)> place = [&](int32_t h, int64_t served, int64_t cost) {
    if (h == n) {
      bool filled = true;
      for (int32_t j = 0; j < m; ++j) {
        filled &= load[j] >= problem.BoundsOf(j).min;
        cost += LoadCostOf(problem, load[j]);
      }
      best.fillable |= filled;
      if (minima && !filled) return;
      if (served > best.served || (served == best.served && cost < best.cost)) {
        best.served = served;
        best.cost = cost;
      }
      return;
    }
    for (int32_t j = 0; j < m; ++j) {
      const auto pair = CostOfPair(problem, h, j);
      if (!pair.has_value() || load[j] == problem.BoundsOf(j).max) continue;
      ++load[j];
      place(h + 1, served + 1, cost + *pair);
      --load[j];
    }
    place(h + 1, served, cost);
  };
  place(0, 0, 0);
  return best;
}

void RandomBounds(ConditionedInstance& instance, Random& random) {
  const auto n = static_cast<int32_t>(instance.households.size());
  const auto m = static_cast<int32_t>(instance.stewards.size());
  const int32_t mean = n / std::max(1, m);
  instance.bounds = {.min = random.Between(0, mean / 2), .max = random.Between(mean + 1, 2 * mean + 2)};
  if (random.Below(3) > 0) return;
  for (int32_t j = 0; j < m; ++j) {
    instance.steward_min.push_back(random.Between(0, mean));
    instance.steward_max.push_back(instance.steward_min.back() + random.Between(0, 2 * mean + 1));
  }
}

Spread RandomSpread(Random& random) {
  return static_cast<Spread>(random.Below(static_cast<int64_t>(Spread::kPoints) + 1));
}

TEST(ConditionsPropertyTest, AgreesWithExhaustiveSearch) {
  int solved = 0;
  int infeasible = 0;
  int left_over = 0;
  int unfillable = 0;
  for (uint64_t seed = 1; seed <= 1500; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const Spread spread = RandomSpread(random);
    const int32_t n = random.Between(1, 6);
    const int32_t m = random.Between(1, 4);
    ConditionedInstance instance(MakeInstance(spread, n, m, seed));
    if (random.Below(2) == 0) {  // ties
      for (auto* points : {&instance.households, &instance.stewards}) {
        for (Point& p : *points) p = {static_cast<double>(random.Below(3)), static_cast<double>(random.Below(3))};
      }
    }
    if (random.Below(4) == 0) testing::AddUnits(instance, 2, random);
    AddConditions(instance, random);
    RandomBounds(instance, random);
    const Problem problem = instance.View();
    const Best strict = BruteForce(problem, true);

    RunContext context;
    const auto plan = Solve(problem, {}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    if (strict.served == n) {
      ++solved;
      ASSERT_EQ(plan->outcome, Outcome::kOptimal);
      EXPECT_EQ(plan->total_cost_cm, strict.cost);
      EXPECT_EQ(plan->dual_bound_cm, strict.cost);
      const auto verification = Verify(problem, plan->steward_of, plan->price_cm, {}, context);
      ASSERT_TRUE(verification.ok()) << verification.status();
      EXPECT_TRUE(verification->proved);
      EXPECT_EQ(verification->total_cost_cm, strict.cost);
      EXPECT_EQ(verification->dual_bound_cm, strict.cost);
      EXPECT_EQ(verification->distance_cm, plan->distance_cm);
      EXPECT_EQ(verification->switches, plan->switches);
    } else {
      ++infeasible;
      ASSERT_EQ(plan->outcome, Outcome::kInfeasible);
      ASSERT_FALSE(plan->infeasibilities.empty());
      for (const Infeasibility& reason : plan->infeasibilities) {
        EXPECT_TRUE(CheckInfeasibility(problem, reason).ok()) << CheckInfeasibility(problem, reason);
      }
    }

    const auto effort = Solve(problem, {.best_effort = true}, context);
    ASSERT_TRUE(effort.ok()) << effort.status();
    const auto verification = Verify(problem, effort->steward_of, effort->price_cm, {.best_effort = true}, context);
    ASSERT_TRUE(verification.ok());
    EXPECT_TRUE(verification->proved) << verification->total_cost_cm << " " << verification->dual_bound_cm << " "
                                      << verification->violation_count;
    int64_t shortage = 0;
    int64_t surplus = 0;
    for (const Infeasibility& reason : effort->infeasibilities) {
      shortage += reason.shortage;
      surplus += reason.surplus;
    }
    const Best loose = BruteForce(problem, false);
    EXPECT_EQ(n - effort->unserved, loose.served);
    EXPECT_EQ(surplus > 0, !strict.fillable);
    // One jurisdiction: the minimum is set aside as a whole or not at all.
    if (problem.household_units.empty() && problem.household_kinds.empty()) {
      EXPECT_EQ(shortage, n - loose.served);
      EXPECT_EQ(effort->total_cost_cm, strict.fillable ? strict.cost : loose.cost);
    }
    left_over += effort->unserved > 0;
    unfillable += surplus > 0;
  }
  EXPECT_GT(solved, 300);
  EXPECT_GT(infeasible, 300);
  EXPECT_GT(left_over, 200);
  EXPECT_GT(unfillable, 50);
}

// All allowed pairs; a load cost as parallel arcs would need more of the peer, so it is left out.
ArcProblem ArcsOf(const Problem& problem) {
  ArcProblem arcs;
  arcs.households = static_cast<int32_t>(problem.households.size());
  for (size_t j = 0; j < problem.stewards.size(); ++j) {
    arcs.min.push_back(problem.BoundsOf(static_cast<int64_t>(j)).min);
    arcs.max.push_back(problem.BoundsOf(static_cast<int64_t>(j)).max);
  }
  for (int32_t h = 0; h < arcs.households; ++h) {
    for (int32_t j = 0; j < static_cast<int32_t>(problem.stewards.size()); ++j) {
      const auto cost = CostOfPair(problem, h, j);
      if (!cost.has_value()) continue;
      arcs.household.push_back(h);
      arcs.steward.push_back(j);
      arcs.cost.push_back(*cost);
    }
  }
  return arcs;
}

TEST(ConditionsPropertyTest, AgreesWithLemon) {
  int solved = 0;
  int infeasible = 0;
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed * 7919);
    const int32_t n = random.Between(20, 700);
    const Spread spread = RandomSpread(random);
    const int32_t m = random.Between(1, n / 8 + 1);
    ConditionedInstance instance(MakeInstance(spread, n, m, seed));
    AddConditions(instance, random);
    RandomBounds(instance, random);
    // Seldom so strict that nothing is feasible.
    if (instance.forbidden.size() > 200) instance.forbidden.resize(200);
    if (random.Below(3) > 0) {
      instance.max_distance *= 2;
      instance.household_kinds.clear();
      instance.steward_kinds.clear();
      instance.fixed.resize(std::min<size_t>(instance.fixed.size(), 5));
      instance.steward_min.clear();
      instance.steward_max.clear();
    }
    instance.load_cost.clear();
    const Problem problem = instance.View();
    const LemonResult lemon = SolveWithLemon(ArcsOf(problem));
    RunContext context;
    const auto plan = Solve(problem, {}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    if (!lemon.feasible) {
      ++infeasible;
      ASSERT_EQ(plan->outcome, Outcome::kInfeasible);
      for (const Infeasibility& reason : plan->infeasibilities) {
        EXPECT_TRUE(CheckInfeasibility(problem, reason).ok()) << CheckInfeasibility(problem, reason);
      }
      const auto effort = Solve(problem, {.best_effort = true}, context);
      ASSERT_TRUE(effort.ok());
      const auto judged = Verify(problem, effort->steward_of, effort->price_cm, {.best_effort = true}, context);
      ASSERT_TRUE(judged.ok());
      EXPECT_TRUE(judged->proved);
      continue;
    }
    ++solved;
    ASSERT_EQ(plan->outcome, Outcome::kOptimal);
    EXPECT_EQ(plan->total_cost_cm, lemon.total_cost_cm);
    const auto verification = Verify(problem, plan->steward_of, plan->price_cm, {}, context);
    ASSERT_TRUE(verification.ok());
    EXPECT_TRUE(verification->proved);
  }
  EXPECT_GT(solved, 25);
  EXPECT_GT(infeasible, 10);
}

}  // namespace
}  // namespace lianhu::assignment
