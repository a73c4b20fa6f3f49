// One steward more, against the problem solved anew with him at every door.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "assignment/conditioned_instance.h"
#include "lianhu/assignment/explain.h"
#include "lianhu/assignment/solve.h"

namespace lianhu::assignment {
namespace {

using testing::AddConditions;
using testing::ConditionedInstance;
using testing::MakeInstance;
using testing::Spread;

ConditionedInstance RandomTown(uint64_t seed, int32_t n, int32_t m) {
  Random random(seed);
  const auto spread = static_cast<Spread>(random.Below(static_cast<int64_t>(testing::kLastSpread) + 1));
  ConditionedInstance instance(MakeInstance(spread, n, m, seed));
  if (random.Below(2) == 0) testing::AddUnits(instance, 2, random);
  if (random.Below(3) > 0) AddConditions(instance, random);
  const int32_t mean = n / m;
  const int32_t least = random.Between(0, mean / 2);
  instance.bounds = {.min = least, .max = random.Between(std::max(least, mean - 1), mean + 2)};
  return instance;
}

ConditionedInstance WithOneMore(ConditionedInstance instance, int32_t h, LoadBounds bounds) {
  const Problem before = instance.View();
  std::vector<int32_t> min;
  std::vector<int32_t> max;
  for (int64_t j = 0; j < std::ssize(before.stewards); ++j) {
    min.push_back(before.BoundsOf(j).min);
    max.push_back(before.BoundsOf(j).max);
  }
  min.push_back(bounds.min);
  max.push_back(bounds.max);
  instance.steward_min = min;
  instance.steward_max = max;
  if (!instance.steward_units.empty()) instance.steward_units.push_back(instance.household_units[h]);
  if (!instance.steward_kinds.empty()) instance.steward_kinds.push_back(instance.household_kinds[h]);
  instance.stewards.push_back(instance.households[h]);
  return instance;
}

bool MinimaAside(const Plan& plan) {
  return std::any_of(plan.infeasibilities.begin(), plan.infeasibilities.end(),
                     [](const Infeasibility& reason) { return reason.surplus > 0; });
}

struct SeenTowns {
  int towns = 0;
  int sites = 0;
  int savings = 0;
  int more = 0;     // with more served
  int settled = 0;  // the greatest saving is known
  int kept_out = 0;
};

// Every door, solved anew: the sites reported agree, none saves more than the bound.
void CheckEveryDoor(const ConditionedInstance& instance, const Plan& plan, const TownExplanation& town,
                    LoadBounds bounds, SeenTowns& seen) {
  RunContext context;
  std::map<int32_t, NewSteward> reported;
  for (const NewSteward& site : town.sites) reported[site.household] = site;
  EXPECT_EQ(reported.size(), town.sites.size());
  for (int32_t h = 0; h < std::ssize(instance.households); ++h) {
    SCOPED_TRACE(::testing::Message() << "at household " << h);
    const ConditionedInstance more = WithOneMore(instance, h, bounds);
    const auto best = Solve(more.View(), {.best_effort = true}, context);
    ASSERT_TRUE(best.ok()) << best.status();
    const auto found = reported.find(h);
    if (MinimaAside(*best)) {  // his minimum cannot be filled
      EXPECT_EQ(found, reported.end());
      ++seen.kept_out;
      continue;
    }
    const int64_t served_more = plan.unserved - best->unserved;
    const int64_t saving = plan.total_cost_cm - best->total_cost_cm;
    const auto where =
        std::find_if(town.jurisdictions.begin(), town.jurisdictions.end(), [&](const JurisdictionState& j) {
          return j.unit == instance.View().HouseholdUnit(h) && j.kind == instance.View().HouseholdKind(h);
        });
    ASSERT_NE(where, town.jurisdictions.end());
    if (where->left_over == 0) {
      EXPECT_LE(saving, where->bound_cm);
      EXPECT_LE(saving, town.bound_cm);
    }
    if (found == reported.end()) continue;
    ++seen.sites;
    seen.savings += saving > 0;
    seen.more += served_more > 0;
    EXPECT_EQ(found->second.served_more, served_more);
    EXPECT_EQ(found->second.saving_cm, saving);
    EXPECT_EQ(found->second.unit, where->unit);
    EXPECT_EQ(found->second.kind, where->kind);
    EXPECT_LE(found->second.load, bounds.max);
    EXPECT_GE(found->second.load, bounds.min);
    if (where->left_over == 0) {
      EXPECT_LE(saving, found->second.bound_cm);
      seen.settled += saving == town.bound_cm;
    }
  }
}

void CheckStates(const ConditionedInstance& instance, const Plan& plan, const TownExplanation& town) {
  int64_t cost = 0;
  int64_t households = 0;
  int64_t left_over = 0;
  for (const JurisdictionState& where : town.jurisdictions) {
    cost += where.cost_cm;
    households += where.households;
    left_over += where.left_over;
    EXPECT_LE(where.households - where.left_over, where.capacity);
  }
  EXPECT_EQ(cost, plan.total_cost_cm);
  EXPECT_EQ(households, std::ssize(instance.households));
  EXPECT_EQ(left_over, plan.unserved);
  EXPECT_EQ(town.infeasibilities.size(), plan.infeasibilities.size());
}

TEST(ExplainTownTest, AgreesWithSolvingAnewAtEveryDoor) {
  SeenTowns seen;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed * 7919);
    const int32_t m = random.Between(1, 5);
    const ConditionedInstance instance = RandomTown(seed, random.Between(m, 40), m);
    RunContext context;
    const auto plan = Solve(instance.View(), {.best_effort = true}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    const auto explainer =
        Explainer::Create(instance.View(), plan->steward_of, plan->price_cm, {.best_effort = true}, context);
    ASSERT_TRUE(explainer.ok()) << explainer.status();
    const LoadBounds bounds{.min = random.Between(0, 3), .max = random.Between(3, 9)};
    const TownQuestion question{.count = random.Between(0, 6), .bounds = bounds};
    const auto town = (*explainer)->ExplainTown(question, context);
    if (!instance.cost_begin.empty()) {
      EXPECT_EQ(town.status().code(), absl::StatusCode::kFailedPrecondition);
      continue;
    }
    ASSERT_TRUE(town.ok()) << town.status();
    EXPECT_LE(std::ssize(town->sites), question.count);
    CheckStates(instance, *plan, *town);
    if (MinimaAside(*plan)) continue;  // one jurisdiction's bounds say nothing of the others
    ++seen.towns;
    CheckEveryDoor(instance, *plan, *town, bounds, seen);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(seen.towns, 100);
  EXPECT_GT(seen.sites, 300);
  EXPECT_GT(seen.savings, 100);
  EXPECT_GT(seen.more, 50);
  EXPECT_GT(seen.settled, 20);
  EXPECT_GT(seen.kept_out, 20);
}

TEST(ExplainTownTest, SitesAreOneOfEachNeighbourhood) {
  // Two clusters of forty households, 10 km apart; the steward of each stands at its edge.
  ConditionedInstance instance{testing::Instance{}};
  for (int32_t h = 0; h < 80; ++h) {
    instance.households.push_back({static_cast<double>(h % 40) * 5 + (h < 40 ? 0 : 10000), 0});
  }
  instance.stewards = {{0, 0}, {0, 10}, {10000, 0}, {10000, 10}};
  instance.bounds = {.min = 0, .max = 20};
  RunContext context;
  const auto plan = Solve(instance.View(), {}, context);
  ASSERT_TRUE(plan.ok());
  const auto explainer = Explainer::Create(instance.View(), plan->steward_of, plan->price_cm, {}, context);
  ASSERT_TRUE(explainer.ok());
  const auto town = (*explainer)->ExplainTown({.count = 2, .bounds = std::nullopt}, context);
  ASSERT_TRUE(town.ok());
  ASSERT_EQ(town->sites.size(), 2U);
  EXPECT_NE(town->sites[0].household < 40, town->sites[1].household < 40);
  EXPECT_EQ(town->sites[0].saving_cm, town->sites[1].saving_cm);
  EXPECT_GT(town->sites[0].saving_cm, 0);
  EXPECT_FALSE((*explainer)->ExplainTown({.count = -1, .bounds = std::nullopt}, context).ok());
  EXPECT_EQ(
      (*explainer)->ExplainTown({.count = 1, .bounds = LoadBounds{.min = 3, .max = 2}}, context).status().message(),
      "bounds: need 0 <= min <= max, got 3 to 2");
  context.Cancel();
  EXPECT_EQ((*explainer)->ExplainTown({}, context).status().code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace lianhu::assignment
