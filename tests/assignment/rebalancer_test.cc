// The rebalancer's promises one by one; random lives are in rebalancer_property_test.cc.
#include "lianhu/assignment/rebalancer.h"

#include <gtest/gtest.h>

#include "assignment/instances.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"

namespace lianhu::assignment {
namespace {

using testing::Instance;
using testing::MakeInstance;
using testing::Spread;

std::unique_ptr<Rebalancer> Begin(const Problem& problem, const RebalancerOptions& options = {}) {
  RunContext context;
  auto created = Rebalancer::Create(problem, options, context);
  EXPECT_TRUE(created.ok()) << created.status();
  return *std::move(created);
}

TEST(RebalancerTest, ACancelledBatchGoesOnWithTheNextCall) {
  const Instance instance = MakeInstance(Spread::kTown, 800, 45, 3);
  const auto rebalancer = Begin(instance.View());
  RunContext context;
  context.Cancel();
  const std::vector<Event> events{{.type = EventType::kStewardLeaves, .id = 7},
                                  {.type = EventType::kStewardLeaves, .id = 8}};
  const auto cancelled = rebalancer->Apply(events, context);
  ASSERT_TRUE(cancelled.ok());
  ASSERT_EQ(cancelled->outcome, Outcome::kCancelled);
  context.Reset();
  const auto resumed = rebalancer->Apply({}, context);
  ASSERT_TRUE(resumed.ok());
  EXPECT_EQ(resumed->outcome, Outcome::kOptimal);
  EXPECT_EQ(resumed->total_cost_cm, resumed->dual_bound_cm);
  const Snapshot now = rebalancer->TakeSnapshot();
  EXPECT_EQ(now.steward_ids.size(), 43U);
  const auto check = Verify(now.View(), now.steward_of, now.price_cm, {}, context);
  ASSERT_TRUE(check.ok());
  EXPECT_TRUE(check->proved);
}

TEST(RebalancerTest, AFullStreetOffersWhatItWouldLeaveOut) {
  Instance instance;
  instance.households = {{0, 0}, {10, 0}, {100, 0}};
  instance.stewards = {{0, 0}, {100, 0}};
  instance.bounds = {.min = 0, .max = 2};
  const auto rebalancer = Begin(instance.View());
  RunContext context;
  // One place is left, at the far steward.
  auto offers = rebalancer->Offers({5, 0}, -1, 9, context);
  ASSERT_TRUE(offers.ok());
  ASSERT_EQ(offers->size(), 2U);
  EXPECT_EQ((*offers)[0].steward, 0);
  EXPECT_EQ((*offers)[0].total_cm, 500 + 9000 - 1000);
  ASSERT_EQ((*offers)[0].knock_ons.size(), 1U);
  EXPECT_EQ((*offers)[0].knock_ons[0].household, 1);
  EXPECT_EQ((*offers)[0].knock_ons[0].to, 1);
  EXPECT_EQ((*offers)[1].total_cm, 9500);
  // Taken: now somebody goes without, and the offer says who.
  ASSERT_TRUE(rebalancer->Apply({{{.type = EventType::kHouseholdArrives, .position = {90, 0}}}}, context).ok());
  offers = rebalancer->Offers({5, 0}, -1, 1, context);
  ASSERT_TRUE(offers.ok());
  ASSERT_EQ(offers->size(), 1U);
  ASSERT_FALSE((*offers)[0].knock_ons.empty());
  EXPECT_EQ((*offers)[0].knock_ons.back().to, -1);
  const auto change = rebalancer->Apply({}, context);
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change->outcome, Outcome::kOptimal) << "offers changed the plan";
}

TEST(RebalancerTest, WhoIsUnservedIsServedWhenAPlaceAppears) {
  Instance instance;
  instance.households = {{0, 0}, {1, 0}};
  instance.stewards = {{0, 0}};
  instance.bounds = {.min = 0, .max = 2};
  const auto rebalancer = Begin(instance.View());
  RunContext context;
  auto change = rebalancer->Apply({{{.type = EventType::kStewardLeaves, .id = 0}}}, context);
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change->outcome, Outcome::kBestEffort);
  EXPECT_EQ(change->unserved, 2);
  ASSERT_EQ(rebalancer->Infeasibilities().size(), 1U);
  EXPECT_EQ(rebalancer->Infeasibilities()[0].shortage, 2);
  change = rebalancer->Apply({{{.type = EventType::kStewardJoins, .position = {1, 0}}}}, context);
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change->outcome, Outcome::kOptimal);
  EXPECT_EQ(change->first_steward, 1);
  EXPECT_EQ(rebalancer->StewardOf(0), 1);
  EXPECT_FALSE(rebalancer->HasSteward(0));
}

TEST(RebalancerTest, BadEventsAreNamedAndNothingHappens) {
  const Instance instance = MakeInstance(Spread::kUniform, 40, 3, 1);
  const auto rebalancer = Begin(instance.View());
  RunContext context;
  const auto message = [&](const Event& bad) {
    return std::string(
        rebalancer->Apply({{{.type = EventType::kHouseholdLeaves, .id = 0}, bad}}, context).status().message());
  };
  EXPECT_EQ(message({.type = EventType::kHouseholdLeaves, .id = 0}), "id[1]: no such household: 0");
  EXPECT_EQ(message({.type = EventType::kStewardLeaves, .id = 3}), "id[1]: no such steward: 3");
  EXPECT_EQ(message({.type = EventType::kHouseholdArrives}), "position[1]: a new household needs one");
  EXPECT_EQ(message({.type = EventType::kHouseholdArrives, .id = 7, .position = {0, 0}}),
            "id[1]: the next household is 40, not 7");
  EXPECT_EQ(message({.type = EventType::kHouseholdArrives, .position = {0, 0}, .unit = 2}),
            "unit[1]: the problem has no jurisdictions");
  EXPECT_EQ(message({.type = EventType::kStewardChanges, .id = 1, .min = 30}), "min[1]: need min <= max, got 30..20");
  EXPECT_TRUE(rebalancer->HasHousehold(0));
}

TEST(RebalancerTest, ConditionsThatItCannotKeepAreRefused) {
  const Instance instance = MakeInstance(Spread::kUniform, 40, 3, 1);
  Problem problem = instance.View();
  problem.max_distance = 50;
  RunContext context;
  EXPECT_EQ(Rebalancer::Create(problem, {}, context).status().message(),
            "max_distance: cannot be kept while the plan changes; solve anew instead");
}

}  // namespace
}  // namespace lianhu::assignment
