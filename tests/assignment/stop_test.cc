// Stopped searches: whatever the moment, a plan within bounds and a bound that holds.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <limits>
#include <numeric>
#include <thread>

#include "assignment/conditioned_instance.h"
#include "assignment/jurisdiction.h"
#include "assignment/members.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

using testing::ConditionedInstance;
using testing::Instance;
using testing::MakeInstance;
using testing::Spread;

// Bounds that leave little or no room, of each kind.
Instance Bounded(Spread spread, int32_t kind) {
  Instance instance = MakeInstance(spread, 1000, 58, 3);
  switch (kind) {
    case 0:
      instance.bounds = {.min = 10, .max = 20};
      break;
    case 1:
      instance.bounds = {.min = 17, .max = 18};
      break;
    case 2:
      instance.bounds = {.min = 0, .max = 15};
      instance.steward_max.assign(58, 15);
      instance.steward_max[7] = 1000;
      break;
    default:
      instance.bounds = {.min = 0, .max = 0};
      for (int32_t j = 0; j < 58; ++j) {
        instance.steward_min.push_back(j % 3 == 0 ? 40 : 0);
        instance.steward_max.push_back(j % 3 == 0 ? 50 : 10);
      }
  }
  return instance;
}

TEST(StopTest, AtAnyPollAFeasiblePlanAndATrueBound) {
  int between = 0;  // plans that were neither the first nor the optimum
  for (int spread = 0; spread <= static_cast<int>(testing::kLastSpread); ++spread) {
    for (int32_t kind = 0; kind < 4; ++kind) {
      const Instance instance = Bounded(static_cast<Spread>(spread), kind);
      const Problem problem = instance.View();
      RunContext context;
      const Plan optimal = Solve(problem, {}, context).value();
      ASSERT_EQ(optimal.outcome, Outcome::kOptimal);
      internal::JurisdictionInput input;
      input.households = instance.households;
      input.stewards = instance.stewards;
      for (int64_t j = 0; j < 58; ++j) input.bounds.push_back(problem.BoundsOf(j));

      int64_t first_total = -1;
      bool finished = false;
      for (int64_t polls = 0; !finished; polls = polls * 3 / 2 + 1) {
        SCOPED_TRACE(::testing::Message() << "spread " << spread << " bounds " << kind << " polls " << polls);
        std::atomic<int64_t> left = polls;
        const internal::StopSignal stop(context, [&] { return left-- <= 0; });
        internal::JurisdictionPlan plan;
        ASSERT_TRUE(SolveJurisdiction(
            input, 1, context, stop, [](double) {}, plan));
        finished = left > 0;
        EXPECT_LE(plan.dual_bound_cm, optimal.total_cost_cm);
        EXPECT_GE(plan.total_cost_cm, optimal.total_cost_cm);
        if (finished) {
          EXPECT_EQ(plan.dual_bound_cm, plan.total_cost_cm);
        }
        if (first_total < 0) first_total = plan.total_cost_cm;
        between += plan.total_cost_cm != first_total && plan.total_cost_cm != optimal.total_cost_cm;
        const auto verification = Verify(problem, plan.steward_of, plan.price_cm, {}, context);
        ASSERT_TRUE(verification.ok()) << verification.status();
        EXPECT_TRUE(verification->feasible) << verification->violation_count;
        EXPECT_EQ(verification->total_cost_cm, plan.total_cost_cm);
        EXPECT_EQ(verification->dual_bound_cm, plan.dual_bound_cm);
      }
    }
  }
  EXPECT_GT(between, 20);
}

// A town of one jurisdiction under conditions of each kind, without a cost of load.
ConditionedInstance Conditioned(uint64_t seed) {
  Random random(seed);
  const auto spread = static_cast<Spread>(random.Below(static_cast<int64_t>(testing::kLastSpread) + 1));
  const int32_t n = random.Between(30, 400);
  const int32_t m = random.Between(2, n / 10);
  ConditionedInstance instance(MakeInstance(spread, n, m, seed));
  while (!instance.View().HasPairConditions()) testing::AddConditions(instance, random);
  instance.household_kinds.clear();
  instance.steward_kinds.clear();
  instance.load_cost.clear();
  const int32_t least = random.Between(0, n / m);
  instance.bounds = {.min = least, .max = n / m + random.Between(0, 4)};
  return instance;
}

TEST(StopTest, AtAnyPollUnderConditionsToo) {
  int stopped = 0;
  int left_over = 0;
  int between = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    const ConditionedInstance instance = Conditioned(seed);
    const Problem problem = instance.View();
    RunContext context;
    const Plan optimal = Solve(problem, {.best_effort = true}, context).value();
    const std::vector<internal::Members> members = internal::SplitByJurisdiction(problem);
    const internal::Common common(problem, members);
    internal::JurisdictionInput input = common.InputOf(members[0]);
    for (const Infeasibility& reason : optimal.infeasibilities) {
      input.left_over += reason.shortage;
      if (reason.surplus == 0) continue;
      for (LoadBounds& bounds : input.bounds) bounds.min = 0;
    }
    bool finished = false;
    for (int64_t polls = 0; !finished; polls = polls * 2 + 1) {
      SCOPED_TRACE(::testing::Message() << "seed " << seed << " polls " << polls);
      std::atomic<int64_t> left = polls;
      const internal::StopSignal stop(context, [&] { return left-- <= 0; });
      internal::JurisdictionPlan plan;
      ASSERT_TRUE(SolveJurisdiction(
          input, 1, context, stop, [](double) {}, plan));
      finished = left > 0;
      EXPECT_LE(plan.dual_bound_cm, optimal.total_cost_cm);
      EXPECT_GE(plan.total_cost_cm, optimal.total_cost_cm);
      if (finished) {
        EXPECT_EQ(plan.dual_bound_cm, plan.total_cost_cm);
      }
      stopped += !finished;
      between += plan.total_cost_cm != optimal.total_cost_cm;
      const auto verification = Verify(problem, plan.steward_of, plan.price_cm, {.best_effort = true}, context);
      ASSERT_TRUE(verification.ok()) << verification.status();
      EXPECT_TRUE(verification->feasible) << verification->violation_count;
      EXPECT_EQ(verification->unserved, input.left_over);
      EXPECT_EQ(verification->total_cost_cm, plan.total_cost_cm);
      if (input.left_over == 0) {
        EXPECT_EQ(verification->dual_bound_cm, plan.dual_bound_cm);
      }
      left_over += input.left_over > 0;
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(stopped, 1000);
  EXPECT_GT(between, 500);
  EXPECT_GT(left_over, 200);
}

TEST(StopTest, ATimeLimitThatHasPassedUnderConditions) {
  ConditionedInstance instance(MakeInstance(Spread::kTown, 5000, 320, 4));
  instance.bounds = {.min = 5, .max = 17};
  instance.max_distance = 2000;
  for (int32_t h = 0; h < 5000; h += 3) instance.forbidden.push_back({h, h % 320});
  RunContext context;
  const Plan optimal = Solve(instance.View(), {}, context).value();
  ASSERT_EQ(optimal.outcome, Outcome::kOptimal);
  const auto plan = Solve(instance.View(), {.time_limit_seconds = 1e-9}, context);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->outcome, Outcome::kTimeLimit);
  EXPECT_LT(plan->dual_bound_cm, optimal.total_cost_cm);
  EXPECT_GT(plan->total_cost_cm, optimal.total_cost_cm);
  const auto verification = Verify(instance.View(), plan->steward_of, plan->price_cm, {}, context);
  ASSERT_TRUE(verification.ok());
  EXPECT_TRUE(verification->feasible);
  EXPECT_EQ(verification->total_cost_cm, plan->total_cost_cm);
  EXPECT_EQ(verification->dual_bound_cm, plan->dual_bound_cm);
}

TEST(StopTest, ATimeLimitThatHasPassedStillPlans) {
  Instance instance = MakeInstance(Spread::kTown, 5000, 320, 4);
  Random random(4);
  testing::AddUnits(instance, 3, random);
  instance.bounds = {.min = 5, .max = 40};
  RunContext context;
  const auto plan = Solve(instance.View(), {.time_limit_seconds = 1e-9}, context);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->outcome, Outcome::kTimeLimit);
  const Plan optimal = Solve(instance.View(), {}, context).value();
  EXPECT_LT(plan->dual_bound_cm, optimal.total_cost_cm);
  EXPECT_GT(plan->total_cost_cm, optimal.total_cost_cm);
  const auto verification = Verify(instance.View(), plan->steward_of, plan->price_cm, {}, context);
  ASSERT_TRUE(verification.ok());
  EXPECT_TRUE(verification->feasible);
  EXPECT_FALSE(verification->proved);
  EXPECT_EQ(verification->total_cost_cm, plan->total_cost_cm);
  EXPECT_EQ(verification->dual_bound_cm, plan->dual_bound_cm);
}

TEST(StopTest, ATimeLimitWithTooFewPlacesLeavesExactlyTheShortage) {
  const Instance instance = MakeInstance(Spread::kTowers, 3000, 100, 6);
  RunContext context;
  const auto plan = Solve(instance.View(), {.best_effort = true, .time_limit_seconds = 1e-9}, context);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->outcome, Outcome::kTimeLimit);
  EXPECT_EQ(plan->unserved, 1000);
  const auto verification = Verify(instance.View(), plan->steward_of, plan->price_cm, {.best_effort = true}, context);
  ASSERT_TRUE(verification.ok());
  EXPECT_TRUE(verification->feasible);
  EXPECT_LE(verification->dual_bound_cm, Solve(instance.View(), {.best_effort = true}, context)->total_cost_cm);
}

TEST(StopTest, CancelledAtAnyMomentNobodyIsAssigned) {
  ConditionedInstance instance(MakeInstance(Spread::kTown, 4000, 250, 9));
  instance.bounds = {.min = 5, .max = 17};
  int cancelled = 0;
  Plan whole;
  std::chrono::steady_clock::duration duration{};
  for (int k = 0; k < 60; ++k) {
    RunContext context;
    if (k % 30 == 0) {
      if (k > 0) instance.max_distance = 3000;
      const auto before = std::chrono::steady_clock::now();
      whole = Solve(instance.View(), {}, context).value();
      ASSERT_EQ(whole.outcome, Outcome::kOptimal);
      duration = std::chrono::steady_clock::now() - before;
    }
    std::thread canceller([&] {
      std::this_thread::sleep_for(duration * (k % 30) / 40);
      context.Cancel();
    });
    const auto plan = Solve(instance.View(), {}, context);
    canceller.join();
    ASSERT_TRUE(plan.ok()) << plan.status();
    if (plan->outcome == Outcome::kCancelled) {
      ++cancelled;
      EXPECT_EQ(std::count(plan->steward_of.begin(), plan->steward_of.end(), kUnassigned), 4000);
    } else {
      EXPECT_EQ(plan->outcome, Outcome::kOptimal);
      EXPECT_EQ(plan->steward_of, whole.steward_of);
    }
  }
  EXPECT_GT(cancelled, 10);
}

TEST(StopTest, AGenerousLimitChangesNothing) {
  const Instance instance = MakeInstance(Spread::kTown, 2000, 120, 8);
  RunContext context;
  const Plan limited = Solve(instance.View(), {.time_limit_seconds = 1e6}, context).value();
  const Plan free = Solve(instance.View(), {}, context).value();
  EXPECT_EQ(limited.outcome, Outcome::kOptimal);
  EXPECT_EQ(limited.steward_of, free.steward_of);
  EXPECT_EQ(limited.price_cm, free.price_cm);
}

TEST(StopTest, NegativeAndUndefinedLimitsAreErrors) {
  const Instance instance = MakeInstance(Spread::kTown, 20, 2, 8);
  RunContext context;
  for (const double limit : {-1.0, std::numeric_limits<double>::quiet_NaN()}) {
    const auto plan = Solve(instance.View(), {.time_limit_seconds = limit}, context);
    ASSERT_FALSE(plan.ok());
    EXPECT_EQ(GetErrorDetail(plan.status()).field, "time_limit_seconds");
  }
}

}  // namespace
}  // namespace lianhu::assignment
