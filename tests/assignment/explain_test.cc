// Every figure of an explanation against the problem so changed: exhaustively on tiny instances, solved anew on others.
#include "lianhu/assignment/explain.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <optional>

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

// The least total of any plan that serves all within bounds, by trying everything.
std::optional<int64_t> BruteForce(const Problem& problem) {
  const auto n = static_cast<int32_t>(problem.households.size());
  const auto m = static_cast<int32_t>(problem.stewards.size());
  std::vector<std::optional<int64_t>> cost(static_cast<size_t>(n) * m);
  for (int32_t h = 0; h < n; ++h) {
    for (int32_t j = 0; j < m; ++j) cost[h * m + j] = CostOfPair(problem, h, j);
  }
  std::vector<int32_t> load(m, 0);
  std::optional<int64_t> best;
  const std::function<void(int32_t, int64_t)> place = [&](int32_t h, int64_t total) {
    if (h == n) {
      for (int32_t j = 0; j < m; ++j) {
        if (load[j] < problem.BoundsOf(j).min) return;
        total += LoadCostOf(problem, load[j]);
      }
      if (!best.has_value() || total < *best) best = total;
      return;
    }
    for (int32_t j = 0; j < m; ++j) {
      if (!cost[h * m + j].has_value() || load[j] == problem.BoundsOf(j).max) continue;
      ++load[j];
      place(h + 1, total + *cost[h * m + j]);
      --load[j];
    }
  };
  place(0, 0);
  return best;
}

// The instance in which household h must be served by j, whatever forbade it.
ConditionedInstance Forced(ConditionedInstance instance, int32_t h, int32_t j) {
  if (!instance.household_units.empty()) instance.household_units[h] = instance.steward_units[j];
  if (!instance.household_kinds.empty()) instance.household_kinds[h] = instance.steward_kinds[j];
  std::erase_if(instance.fixed, [&](const Pair& p) { return p.household == h; });
  std::erase_if(instance.forbidden, [&](const Pair& p) { return p.household == h && p.steward == j; });
  instance.fixed.push_back({h, j});
  return instance;
}

// Adds so much to what the pair costs that best effort, too, keeps it whenever it can.
constexpr int64_t kPull = -200'000'000;
void Pull(ConditionedInstance& instance, int32_t h, int32_t j) {
  for (PairPreference& p : instance.preferences) {
    if (p.household != h || p.steward != j) continue;
    p.cost_cm += kPull;
    return;
  }
  instance.preferences.push_back({h, j, kPull});
}

ConditionedInstance WithBounds(ConditionedInstance instance, int32_t j, int32_t min_change, int32_t max_change) {
  const Problem problem = instance.View();
  std::vector<int32_t> min;
  std::vector<int32_t> max;
  for (int64_t i = 0; i < static_cast<int64_t>(problem.stewards.size()); ++i) {
    min.push_back(problem.BoundsOf(i).min);
    max.push_back(problem.BoundsOf(i).max);
  }
  min[j] += min_change;
  max[j] += max_change;
  instance.steward_min = min;
  instance.steward_max = max;
  return instance;
}

// Carries out moves, each of which must start where the household is.
std::vector<int32_t> Moved(std::vector<int32_t> plan, const std::vector<Transfer>& transfers) {
  for (const Transfer& t : transfers) {
    EXPECT_EQ(plan[t.household], t.from);
    EXPECT_NE(t.from, t.to);
    plan[t.household] = t.to;
  }
  return plan;
}

// A plan's total by Verify, with the violations that matter.
int64_t TotalOf(const Problem& problem, const std::vector<int32_t>& plan, bool best_effort) {
  RunContext context;
  const auto verification = Verify(problem, plan, {}, {.best_effort = best_effort}, context);
  EXPECT_TRUE(verification.ok()) << verification.status();
  EXPECT_TRUE(verification->feasible);
  return verification->total_cost_cm;
}

ConditionedInstance RandomInstance(uint64_t seed, int32_t most_households, int32_t most_stewards) {
  Random random(seed);
  const auto spread = static_cast<Spread>(random.Below(static_cast<int64_t>(testing::kLastSpread) + 1));
  const int32_t n = random.Between(1, most_households);
  const int32_t m = random.Between(1, most_stewards);
  ConditionedInstance instance(MakeInstance(spread, n, m, seed));
  if (random.Below(2) == 0) {  // ties
    for (auto* points : {&instance.households, &instance.stewards}) {
      for (Point& p : *points) {
        const auto x = static_cast<double>(random.Below(3));
        const auto y = static_cast<double>(random.Below(3));
        p = {x, y};
      }
    }
  }
  if (random.Below(3) == 0) testing::AddUnits(instance, 2, random);
  if (random.Below(3) > 0) AddConditions(instance, random);
  const int32_t mean = n / m;
  const int32_t least = random.Between(0, mean);
  instance.bounds = {.min = least, .max = random.Between(std::max(least, mean), 2 * mean + 2)};
  return instance;
}

struct Seen {
  int forced = 0;
  int impossible = 0;
  int lifted = 0;
  int chains = 0;
  int reasons[12] = {};
  int changes = 0;
  int savings = 0;
  int left_over = 0;
};

void CheckHousehold(const ConditionedInstance& instance, const Plan& plan, int32_t h, Explainer& explainer,
                    Seen& seen) {
  const Problem problem = instance.View();
  const auto m = static_cast<int32_t>(problem.stewards.size());
  RunContext context;
  const auto why = explainer.ExplainHousehold(h, {.count = m, .stewards = {}}, context);
  ASSERT_TRUE(why.ok()) << why.status();
  EXPECT_EQ(why->steward, plan.steward_of[h]);
  int64_t before = -1;
  for (const Alternative& a : why->alternatives) {
    SCOPED_TRACE(::testing::Message() << "household " << h << " steward " << a.steward);
    ASSERT_NE(a.steward, plan.steward_of[h]);
    EXPECT_GE(a.distance_cm, before);
    before = a.distance_cm;
    const auto allowed = CostOfPair(problem, h, a.steward);
    EXPECT_EQ(allowed.has_value(), !a.lifted);
    EXPECT_EQ(a.lifted, a.reason < WhyNot::kImpossible);
    ++seen.reasons[static_cast<int>(a.reason)];
    const ConditionedInstance forced = Forced(instance, h, a.steward);
    const auto total = BruteForce(forced.View());
    ASSERT_EQ(a.possible, total.has_value());
    if (!a.possible) {
      ++seen.impossible;
      continue;
    }
    ++seen.forced;
    seen.lifted += a.lifted;
    seen.chains += a.knock_ons.size() > 1;
    EXPECT_EQ(a.cost_cm, *total - plan.total_cost_cm);
    EXPECT_EQ(a.cost_cm, a.own_cm + a.knock_on_cm);
    EXPECT_TRUE(a.lifted || a.cost_cm >= 0);
    EXPECT_EQ(a.served_change, 0);
    std::vector<Transfer> all = a.knock_ons;
    all.push_back({h, plan.steward_of[h], a.steward});
    EXPECT_EQ(TotalOf(forced.View(), Moved(plan.steward_of, all), false), *total);
  }
}

void CheckChange(const ConditionedInstance& changed, const Plan& plan, const BoundChange& change, Seen& seen) {
  const auto total = BruteForce(changed.View());
  ASSERT_EQ(change.possible, total.has_value());
  if (!change.possible) return;
  ++seen.changes;
  seen.savings += change.cost_change_cm < 0;
  EXPECT_EQ(change.cost_change_cm, *total - plan.total_cost_cm);
  EXPECT_EQ(change.unserved_change, 0);
  EXPECT_EQ(TotalOf(changed.View(), Moved(plan.steward_of, change.transfers), false), *total);
}

void CheckSteward(const ConditionedInstance& instance, const Plan& plan, int32_t j, Explainer& explainer, Seen& seen) {
  RunContext context;
  const auto worth = explainer.ExplainSteward(j, context);
  ASSERT_TRUE(worth.ok()) << worth.status();
  EXPECT_EQ(worth->load, plan.load[j]);
  const LoadBounds bounds = worth->bounds;
  EXPECT_TRUE(worth->max_more.applies);
  EXPECT_EQ(worth->max_less.applies, bounds.max > bounds.min);
  EXPECT_EQ(worth->min_more.applies, bounds.max > bounds.min);
  EXPECT_EQ(worth->min_less.applies, bounds.min > 0);
  CheckChange(WithBounds(instance, j, 0, 1), plan, worth->max_more, seen);
  if (worth->max_less.applies) CheckChange(WithBounds(instance, j, 0, -1), plan, worth->max_less, seen);
  if (worth->min_more.applies) CheckChange(WithBounds(instance, j, 1, 0), plan, worth->min_more, seen);
  if (worth->min_less.applies) CheckChange(WithBounds(instance, j, -1, 0), plan, worth->min_less, seen);
  // The price bounds what a place is worth from either side; with a load cost it counts that too.
  if (instance.load_cost.empty() && worth->load == bounds.max && worth->max_more.possible && worth->max_less.possible &&
      worth->max_less.applies) {
    EXPECT_LE(-worth->max_more.cost_change_cm, std::max<int64_t>(0, worth->price_cm));
    EXPECT_GE(worth->max_less.cost_change_cm, worth->price_cm);
  }
}

TEST(ExplainTest, AgreesWithExhaustiveSearch) {
  Seen seen;
  int solved = 0;
  for (uint64_t seed = 1; seed <= 4000; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const ConditionedInstance instance = RandomInstance(seed, 6, 4);
    RunContext context;
    const auto plan = Solve(instance.View(), {}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    if (plan->outcome != Outcome::kOptimal) continue;
    ++solved;
    const auto explainer = Explainer::Create(instance.View(), plan->steward_of, plan->price_cm, {}, context);
    ASSERT_TRUE(explainer.ok()) << explainer.status();
    for (size_t h = 0; h < instance.households.size(); ++h) {
      CheckHousehold(instance, *plan, static_cast<int32_t>(h), **explainer, seen);
    }
    for (size_t j = 0; j < instance.stewards.size(); ++j) {
      CheckSteward(instance, *plan, static_cast<int32_t>(j), **explainer, seen);
    }
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(solved, 1500);
  EXPECT_GT(seen.forced, 5000);
  EXPECT_GT(seen.impossible, 300);
  EXPECT_GT(seen.lifted, 1000);
  EXPECT_GT(seen.chains, 200);
  EXPECT_GT(seen.changes, 5000);
  EXPECT_GT(seen.savings, 300);
  for (const WhyNot reason : {WhyNot::kOtherJurisdiction, WhyNot::kOtherKind, WhyNot::kFixedElsewhere,
                              WhyNot::kForbidden, WhyNot::kTooFar, WhyNot::kImpossible, WhyNot::kEquallyGood,
                              WhyNot::kDearer, WhyNot::kFull, WhyNot::kNeededByOwn, WhyNot::kLoadCost}) {
    EXPECT_GT(seen.reasons[static_cast<int>(reason)], 20) << static_cast<int>(reason);
  }
}

// The best-effort plan of an instance; nothing when a jurisdiction must set its minima aside.
std::optional<Plan> BestEffort(const ConditionedInstance& instance) {
  RunContext context;
  absl::StatusOr<Plan> plan = Solve(instance.View(), {.best_effort = true}, context);
  EXPECT_TRUE(plan.ok()) << plan.status();
  for (const Infeasibility& reason : plan->infeasibilities) {
    if (reason.surplus > 0) return std::nullopt;
  }
  return *std::move(plan);
}

// Where not all can be served: the most are served, then the total is least.
void CheckBestEffort(const ConditionedInstance& instance, const Plan& plan, Explainer& explainer, Seen& seen) {
  const auto n = static_cast<int32_t>(instance.households.size());
  const auto m = static_cast<int32_t>(instance.stewards.size());
  RunContext context;
  for (int32_t h = 0; h < n; ++h) {
    const auto why = explainer.ExplainHousehold(h, {.count = m, .stewards = {}}, context);
    ASSERT_TRUE(why.ok()) << why.status();
    for (const Alternative& a : why->alternatives) {
      SCOPED_TRACE(::testing::Message() << "household " << h << " steward " << a.steward);
      ConditionedInstance forced = Forced(instance, h, a.steward);
      Pull(forced, h, a.steward);
      const auto best = BestEffort(forced);
      if (!a.possible) {
        ++seen.impossible;
        // It would go unserved, leave somebody else so, or empty a minimum.
        EXPECT_TRUE(!best.has_value() || best->unserved > plan.unserved || best->steward_of[h] != a.steward ||
                    a.lifted);
        continue;
      }
      ASSERT_TRUE(best.has_value());
      ++seen.forced;
      seen.lifted += a.lifted;
      seen.left_over += plan.steward_of[h] < 0;
      EXPECT_EQ(best->unserved, plan.unserved - a.served_change);
      EXPECT_EQ(best->steward_of[h], a.steward);
      EXPECT_EQ(a.cost_cm, best->total_cost_cm - kPull - plan.total_cost_cm);
      std::vector<Transfer> all = a.knock_ons;
      all.push_back({h, plan.steward_of[h], a.steward});
      EXPECT_EQ(TotalOf(forced.View(), Moved(plan.steward_of, all), true), best->total_cost_cm);
    }
  }
  for (int32_t j = 0; j < m; ++j) {
    SCOPED_TRACE(::testing::Message() << "steward " << j);
    const auto worth = explainer.ExplainSteward(j, context);
    ASSERT_TRUE(worth.ok()) << worth.status();
    const auto check = [&](const BoundChange& change, int32_t min_change, int32_t max_change) {
      if (!change.applies) return;
      const ConditionedInstance changed = WithBounds(instance, j, min_change, max_change);
      const auto best = BestEffort(changed);
      if (!change.possible && change.unserved_change == 0) {
        EXPECT_FALSE(best.has_value());
        return;
      }
      ASSERT_TRUE(best.has_value());
      ++seen.changes;
      seen.savings += change.unserved_change < 0;
      EXPECT_EQ(change.unserved_change, best->unserved - plan.unserved);
      EXPECT_EQ(change.cost_change_cm, best->total_cost_cm - plan.total_cost_cm);
      EXPECT_EQ(TotalOf(changed.View(), Moved(plan.steward_of, change.transfers), true), best->total_cost_cm);
    };
    check(worth->max_more, 0, 1);
    check(worth->max_less, 0, -1);
    check(worth->min_more, 1, 0);
    check(worth->min_less, -1, 0);
  }
}

TEST(ExplainTest, BestEffortAgreesWithSolvingAnew) {
  Seen seen;
  int solved = 0;
  for (uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    ConditionedInstance instance = RandomInstance(seed, 9, 4);
    Random random(seed);
    if (random.Below(2) == 0) instance.bounds.max = std::max(instance.bounds.min, instance.bounds.max / 2);
    const std::optional<Plan> plan = BestEffort(instance);
    if (!plan.has_value()) continue;
    RunContext context;
    const auto explainer =
        Explainer::Create(instance.View(), plan->steward_of, plan->price_cm, {.best_effort = true}, context);
    ASSERT_TRUE(explainer.ok()) << explainer.status();
    solved += plan->unserved > 0;
    CheckBestEffort(instance, *plan, **explainer, seen);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(solved, 100);
  EXPECT_GT(seen.forced, 500);
  EXPECT_GT(seen.left_over, 200);
  EXPECT_GT(seen.lifted, 100);
  EXPECT_GT(seen.impossible, 50);
  EXPECT_GT(seen.changes, 500);
  EXPECT_GT(seen.savings, 100);
}

TEST(ExplainTest, AgreesWithSolvingAnewInATown) {
  Seen seen;
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed * 104729);
    const auto spread = static_cast<Spread>(random.Below(static_cast<int64_t>(testing::kLastSpread) + 1));
    const int32_t n = random.Between(200, 900);
    const int32_t m = random.Between(n / 20 + 1, n / 8);
    ConditionedInstance instance(MakeInstance(spread, n, m, seed));
    if (random.Below(2) == 0) {
      for (int32_t h = 0; h < n; ++h) instance.current.push_back(random.Between(-1, m - 1));
      instance.switch_cost_cm = random.Between(0, 20000);
    }
    if (random.Below(3) == 0) instance.load_cost = {{.above = n / m, .cost_cm = 1500}};
    instance.bounds = {.min = n / m / 2, .max = n / m + static_cast<int32_t>(random.Between(1, 5))};
    RunContext context;
    const auto plan = Solve(instance.View(), {}, context);
    ASSERT_TRUE(plan.ok());
    ASSERT_EQ(plan->outcome, Outcome::kOptimal);
    const auto explainer = Explainer::Create(instance.View(), plan->steward_of, plan->price_cm, {}, context);
    ASSERT_TRUE(explainer.ok()) << explainer.status();
    const auto total = [&](const ConditionedInstance& changed) -> std::optional<int64_t> {
      const auto again = Solve(changed.View(), {}, context);
      EXPECT_TRUE(again.ok());
      if (again->outcome != Outcome::kOptimal) return std::nullopt;
      return again->total_cost_cm;
    };
    for (int k = 0; k < 4; ++k) {
      const auto h = static_cast<int32_t>(random.Below(n));
      const auto why = (*explainer)->ExplainHousehold(h, {.count = 5, .stewards = {}}, context);
      ASSERT_TRUE(why.ok());
      ASSERT_EQ(why->alternatives.size(), 5U);
      for (const Alternative& a : why->alternatives) {
        ++seen.forced;
        seen.chains += a.knock_ons.size() > 1;
        const auto forced = total(Forced(instance, h, a.steward));
        ASSERT_EQ(a.possible, forced.has_value());
        EXPECT_EQ(a.cost_cm, *forced - plan->total_cost_cm);
      }
      const auto j = static_cast<int32_t>(random.Below(m));
      const auto worth = (*explainer)->ExplainSteward(j, context);
      ASSERT_TRUE(worth.ok());
      EXPECT_EQ(worth->max_more.cost_change_cm, *total(WithBounds(instance, j, 0, 1)) - plan->total_cost_cm);
      EXPECT_EQ(worth->max_less.cost_change_cm, *total(WithBounds(instance, j, 0, -1)) - plan->total_cost_cm);
      EXPECT_EQ(worth->min_more.cost_change_cm, *total(WithBounds(instance, j, 1, 0)) - plan->total_cost_cm);
      EXPECT_EQ(worth->min_less.cost_change_cm, *total(WithBounds(instance, j, -1, 0)) - plan->total_cost_cm);
      seen.savings += worth->max_more.cost_change_cm < 0;
    }
  }
  EXPECT_GT(seen.chains, 50);
  EXPECT_GT(seen.savings, 10);
}

TEST(ExplainTest, TakesOnlyProvedPlans) {
  const auto instance = MakeInstance(Spread::kTown, 200, 15, 5);
  RunContext context;
  const auto plan = Solve(instance.View(), {}, context);
  ASSERT_TRUE(plan.ok());
  // Without prices the optimum is found anew; the given plan stands.
  const auto kept = Explainer::Create(instance.View(), plan->steward_of, {}, {}, context);
  ASSERT_TRUE(kept.ok()) << kept.status();
  std::vector<int64_t> wrong = plan->price_cm;
  wrong[0] += 100000;
  EXPECT_EQ(Explainer::Create(instance.View(), plan->steward_of, wrong, {}, context).status().code(),
            absl::StatusCode::kFailedPrecondition);
  std::vector<int32_t> worse = plan->steward_of;
  for (size_t h = 1; h < worse.size(); ++h) {
    if (worse[h] == worse[0]) continue;
    std::swap(worse[0], worse[h]);
    break;
  }
  for (const std::vector<int64_t>& prices : {std::vector<int64_t>{}, plan->price_cm}) {
    EXPECT_EQ(Explainer::Create(instance.View(), worse, prices, {}, context).status().code(),
              absl::StatusCode::kFailedPrecondition);
  }
  worse.assign(worse.size(), 0);
  EXPECT_EQ(Explainer::Create(instance.View(), worse, {}, {}, context).status().code(),
            absl::StatusCode::kFailedPrecondition);

  Explainer& explainer = **kept;
  EXPECT_FALSE(explainer.ExplainHousehold(-1, {}, context).ok());
  EXPECT_FALSE(explainer.ExplainHousehold(200, {}, context).ok());
  EXPECT_FALSE(explainer.ExplainHousehold(0, {.count = -1, .stewards = {}}, context).ok());
  const std::vector<int32_t> unknown = {3, 15};
  const auto status = explainer.ExplainHousehold(0, {.count = 1, .stewards = unknown}, context).status();
  EXPECT_EQ(status.message(), "stewards[1]: no such steward: 15");
  const std::vector<int32_t> twice = {3, 3};
  EXPECT_FALSE(explainer.ExplainHousehold(0, {.count = 1, .stewards = twice}, context).ok());
  EXPECT_FALSE(explainer.ExplainSteward(15, context).ok());
  context.Cancel();
  EXPECT_EQ(Explainer::Create(instance.View(), plan->steward_of, plan->price_cm, {}, context).status().code(),
            absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace lianhu::assignment
