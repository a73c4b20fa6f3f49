// Plans along roads against LEMON on the explicit costs of all pairs.
#include "lianhu/assignment/road_network.h"

#include <gtest/gtest.h>

#include "assignment/lemon_reference.h"
#include "assignment/road_town.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

using testing::AllRoadCosts;
using testing::ArcProblem;
using testing::LemonResult;
using testing::MakeRoadTown;
using testing::RoadTown;

ArcProblem ExplicitArcs(const RoadTown& town, const Problem& problem) {
  const std::vector<int64_t> costs = AllRoadCosts(town);
  const size_t m = problem.stewards.size();
  ArcProblem arcs;
  arcs.households = static_cast<int32_t>(problem.households.size());
  for (size_t j = 0; j < m; ++j) {
    arcs.min.push_back(problem.BoundsOf(static_cast<int64_t>(j)).min);
    arcs.max.push_back(problem.BoundsOf(static_cast<int64_t>(j)).max);
  }
  for (size_t k = 0; k < costs.size(); ++k) {
    const auto h = static_cast<int64_t>(k / m);
    const auto j = static_cast<int64_t>(k % m);
    if (costs[k] < 0 || problem.HouseholdUnit(h) != problem.StewardUnit(j)) continue;
    if (static_cast<double>(costs[k]) > 100 * problem.max_distance) continue;
    arcs.household.push_back(static_cast<int32_t>(h));
    arcs.steward.push_back(static_cast<int32_t>(j));
    arcs.cost.push_back(costs[k]);
  }
  return arcs;
}

TEST(RoadNetwork, AgreesWithLemonOnAllPairs) {
  int optimal = 0;
  int infeasible = 0;
  int unreachable = 0;
  int several_rounds = 0;
  for (uint64_t seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t n = random.Between(20, 400);
    const int32_t m = random.Between(2, 90);
    RoadTown town = MakeRoadTown(random.Between(3, 11), 90, random.Below(3) == 0 ? 500 : 100, n, m, seed);
    if (random.Below(3) == 0) testing::AddUnits(town.people, 2, random);
    town.people.bounds = {.min = random.Between(0, n / m / 2), .max = n / m + random.Between(1, 6)};
    if (seed % 4 == 0) {  // stewards at one end and hardly a place to spare: the nearest are not enough
      for (Point& p : town.people.stewards) p.x *= 0.1;
      town.people.bounds.max = (n + m - 1) / m;
    }
    Problem problem = town.people.View();
    if (seed % 4 != 0 && random.Below(3) == 0) problem.max_distance = random.Between(200, 1500);
    RunContext context;
    const auto road = SolveOnRoads(problem, town.Network(), false, context);
    ASSERT_TRUE(road.ok()) << road.status();
    const LemonResult lemon = SolveWithLemon(ExplicitArcs(town, problem));
    unreachable += road->unreachable.empty() ? 0 : 1;
    if (!lemon.feasible) {
      ++infeasible;
      EXPECT_EQ(road->plan.outcome, Outcome::kInfeasible);
      EXPECT_TRUE(!road->unreachable.empty() || !road->plan.infeasibilities.empty());
      continue;
    }
    ++optimal;
    several_rounds += road->rounds > 1 ? 1 : 0;
    ASSERT_EQ(road->plan.outcome, Outcome::kOptimal);
    EXPECT_TRUE(road->unreachable.empty());
    EXPECT_EQ(road->plan.total_cost_cm, lemon.total_cost_cm);
    EXPECT_EQ(road->plan.dual_bound_cm, lemon.total_cost_cm);
    const auto check = VerifyOnRoads(problem, town.Network(), road->plan.steward_of, road->plan.price_cm);
    ASSERT_TRUE(check.ok()) << check.status();
    EXPECT_TRUE(check->feasible);
    EXPECT_TRUE(check->proved);
    EXPECT_EQ(check->total_cost_cm, lemon.total_cost_cm);
    const std::vector<int64_t> costs = AllRoadCosts(town);
    for (int32_t h = 0; h < n; ++h) EXPECT_EQ(road->distance_cm[h], costs[h * m + road->plan.steward_of[h]]);
  }
  EXPECT_GT(optimal, 40);
  EXPECT_GT(infeasible, 10);
  EXPECT_GT(unreachable, 5);
  EXPECT_GT(several_rounds, 3);
}

TEST(RoadNetwork, BestEffortLeavesTheUnreachableOver) {
  RoadTown town = MakeRoadTown(4, 100, 0, 40, 4, 3);
  town.nodes.push_back({5000, 5000});  // an island
  town.people.households.push_back({5001, 5000});
  Problem problem = town.people.View();
  problem.bounds = {.min = 0, .max = 20};
  RunContext context;
  const auto strict = SolveOnRoads(problem, town.Network(), false, context);
  ASSERT_TRUE(strict.ok());
  EXPECT_EQ(strict->plan.outcome, Outcome::kInfeasible);
  EXPECT_EQ(strict->unreachable, (std::vector<int32_t>{40}));
  const auto effort = SolveOnRoads(problem, town.Network(), true, context);
  ASSERT_TRUE(effort.ok());
  EXPECT_EQ(effort->plan.outcome, Outcome::kBestEffort);
  EXPECT_EQ(effort->plan.unserved, 1);
  EXPECT_EQ(effort->plan.steward_of[40], kUnassigned);
  EXPECT_EQ(effort->distance_cm[40], -1);
}

TEST(RoadNetwork, SameBytesForAnyNumberOfThreads) {
  RoadTown town = MakeRoadTown(12, 90, 80, 800, 50, 9);
  Random random(9);
  testing::AddUnits(town.people, 3, random);
  town.people.bounds = {.min = 2, .max = 40};
  RunContext one;
  one.threads = 1;
  RunContext four;
  four.threads = 4;
  const auto a = SolveOnRoads(town.people.View(), town.Network(), true, one);
  const auto b = SolveOnRoads(town.people.View(), town.Network(), true, four);
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_EQ(a->plan.steward_of, b->plan.steward_of);
  EXPECT_EQ(a->plan.price_cm, b->plan.price_cm);
}

TEST(RoadNetwork, NamesBadInput) {
  const RoadTown town = MakeRoadTown(3, 100, 0, 10, 2, 1);
  const auto detail = [](const RoadTown& bad) { return GetErrorDetail(Validate(bad.Network())); };
  RoadTown bad = town;
  bad.to[3] = 9;
  EXPECT_EQ(detail(bad).field, "road_to");
  EXPECT_EQ(detail(bad).row, 3);
  bad = town;
  bad.length_cm[2] = -1;
  EXPECT_EQ(detail(bad).field, "road_length_cm");
  bad = town;
  bad.nodes[1].x = NAN;
  EXPECT_EQ(detail(bad).field, "road_nodes");
  bad = town;
  bad.from.pop_back();
  EXPECT_EQ(detail(bad).field, "road_to");
  RunContext context;
  RoadNetwork degrees = town.Network();
  degrees.datum = Datum::kWgs84Degrees;
  degrees.nodes = {};
  degrees.from = degrees.to = {};
  degrees.length_cm = {};
  EXPECT_FALSE(SolveOnRoads(town.people.View(), degrees, false, context).ok());
  context.Cancel();
  EXPECT_EQ(SolveOnRoads(town.people.View(), town.Network(), false, context)->plan.outcome, Outcome::kCancelled);
}

TEST(RoadNetwork, WithoutNodesNobodyIsReachable) {
  const RoadTown town = MakeRoadTown(3, 100, 0, 10, 2, 1);
  RunContext context;
  const auto road = SolveOnRoads(town.people.View(), RoadNetwork{}, false, context);
  ASSERT_TRUE(road.ok());
  EXPECT_EQ(road->plan.outcome, Outcome::kInfeasible);
  EXPECT_EQ(road->unreachable.size(), 10u);
}

}  // namespace
}  // namespace lianhu::assignment
