// The frontier between moves and distance, against all plans of small streets and by its own duals on larger ones.
#include "lianhu/assignment/frontier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <map>

#include "assignment/exchange.h"
#include "assignment/instances.h"
#include "lianhu/assignment/rebalancer.h"
#include "lianhu/assignment/solve.h"

namespace lianhu::assignment {
namespace {

using testing::Instance;
using testing::MakeInstance;
using testing::Spread;

// For each number of moves the least distance of any plan, by trying everything.
std::map<int64_t, int64_t> EveryPlan(const Problem& problem, const std::vector<int32_t>& current) {
  const auto n = static_cast<int64_t>(problem.households.size());
  const auto m = static_cast<int64_t>(problem.stewards.size());
  std::vector<int32_t> load(m, 0);
  std::map<int64_t, int64_t> least;
  const std::function<void(int64_t, int64_t, int64_t)> place = [&](int64_t h, int64_t moves, int64_t cost) {
    if (h == n) {
      for (int64_t j = 0; j < m; ++j) {
        if (load[j] < problem.BoundsOf(j).min) return;
      }
      const auto [at, fresh] = least.try_emplace(moves, cost);
      at->second = std::min(at->second, cost);
      return;
    }
    for (int64_t j = 0; j < m; ++j) {
      if (problem.HouseholdUnit(h) != problem.StewardUnit(j)) continue;
      if (problem.HouseholdKind(h) != problem.StewardKind(j)) continue;
      if (load[j] == problem.BoundsOf(j).max) continue;
      ++load[j];
      place(h + 1, moves + (current[h] >= 0 && current[h] != j),
            cost + PairCost(problem.households[h], problem.stewards[j]));
      --load[j];
    }
  };
  place(0, 0, 0);
  return least;
}

// The corners of the lower convex hull from the fewest moves to the least distance.
std::vector<std::pair<int64_t, int64_t>> Hull(const std::map<int64_t, int64_t>& least) {
  std::vector<std::pair<int64_t, int64_t>> hull;
  int64_t floor = std::numeric_limits<int64_t>::max();
  for (const auto& [moves, cost] : least) {
    if (cost >= floor) continue;
    floor = cost;
    while (hull.size() >= 2) {
      const auto& [x1, y1] = hull[hull.size() - 2];
      const auto& [x2, y2] = hull.back();
      if ((y2 - y1) * (moves - x1) < (cost - y1) * (x2 - x1)) break;
      hull.pop_back();
    }
    hull.emplace_back(moves, cost);
  }
  return hull;
}

TEST(FrontierTest, AgreesWithEveryPlanOfSmallStreets) {
  int corners = 0;
  int within = 0;
  int gaps = 0;
  int infeasible = 0;
  int with_kinds = 0;
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t n = random.Between(1, 8);
    const int32_t m = random.Between(1, 4);
    Instance instance = MakeInstance(Spread::kUniform, n, m, seed);
    const bool ties = random.Below(2) == 0;
    const int32_t grid = random.Between(2, 4);
    for (auto* points : {&instance.households, &instance.stewards}) {
      for (Point& p : *points) {
        if (ties) p = {static_cast<double>(random.Below(grid)), static_cast<double>(random.Below(4 - grid / 2))};
      }
    }
    if (random.Below(4) == 0) std::fill(instance.households.begin(), instance.households.end(), Point{1, 1});
    instance.bounds = {.min = random.Between(0, n / m), .max = random.Between((n + m - 1) / m, n / m + 2)};
    if (random.Below(2) == 0) instance.bounds.max = n;
    if (random.Below(4) == 0) testing::AddUnits(instance, 2, random);
    std::vector<int32_t> current;
    for (int32_t h = 0; h < n; ++h) current.push_back(random.Between(random.Below(3) == 0 ? -1 : 0, m - 1));
    Problem problem = instance.View();
    std::vector<int32_t> kinds[2];
    if (random.Below(3) == 0) {
      for (int32_t h = 0; h < n; ++h) kinds[0].push_back(random.Below(3) == 0 ? 5 : 2);
      for (int32_t j = 0; j < m; ++j) kinds[1].push_back(random.Below(3) == 0 ? 5 : 2);
      problem.household_kinds = kinds[0];
      problem.steward_kinds = kinds[1];
    }
    const auto least = EveryPlan(problem, current);
    with_kinds += !kinds[0].empty() && !least.empty();
    RunContext context;
    const auto frontier = ComputeFrontier(problem, current, {}, context);
    ASSERT_TRUE(frontier.ok()) << frontier.status();
    if (least.empty()) {
      ++infeasible;
      EXPECT_EQ(frontier->outcome, Outcome::kInfeasible);
      EXPECT_FALSE(frontier->infeasibilities.empty());
      continue;
    }
    ASSERT_EQ(frontier->outcome, Outcome::kOptimal);
    std::vector<std::pair<int64_t, int64_t>> found;
    for (const FrontierPoint& point : frontier->points) {
      if (point.vertex) found.emplace_back(point.moves, point.total_cost_cm);
      // Within an edge, too, no plan with as many moves is shorter.
      ASSERT_EQ(least.at(point.moves), point.total_cost_cm);
      within += !point.vertex;
    }
    const auto hull = Hull(least);
    ASSERT_EQ(found, hull);
    corners += static_cast<int>(hull.size());

    for (int64_t limit = 0; limit <= n; ++limit) {
      SCOPED_TRACE(::testing::Message() << "limit " << limit);
      const auto plan = SolveWithMaxMoves(problem, current, limit, {}, context);
      ASSERT_TRUE(plan.ok());
      ASSERT_EQ(plan->fewest_moves, hull.front().first);
      ASSERT_EQ(plan->within_limit, limit >= hull.front().first);
      if (!plan->within_limit) {
        ASSERT_EQ(plan->moves, hull.front().first);
        continue;
      }
      ASSERT_LE(plan->moves, limit);
      int64_t best = std::numeric_limits<int64_t>::max();
      for (const auto& [moves, cost] : least) {
        if (moves <= limit) best = std::min(best, cost);
      }
      ASSERT_LE(plan->bound_cm, best);
      ASSERT_GE(plan->total_cost_cm, best);
      ASSERT_EQ(plan->total_cost_cm == plan->bound_cm, plan->gap_percent == 0);
      gaps += plan->total_cost_cm > plan->bound_cm;
      // The plan is what it says it is.
      int64_t cost = 0;
      int64_t moves = 0;
      std::vector<int32_t> load(m, 0);
      for (int32_t h = 0; h < n; ++h) {
        const int32_t j = plan->steward_of[h];
        ASSERT_GE(j, 0);
        cost += PairCost(problem.households[h], problem.stewards[j]);
        moves += current[h] >= 0 && j != current[h];
        ++load[j];
      }
      ASSERT_EQ(cost, plan->total_cost_cm);
      ASSERT_EQ(moves, plan->moves);
      ASSERT_EQ(load, plan->load);
      for (int32_t j = 0; j < m; ++j) {
        ASSERT_GE(load[j], problem.bounds.min);
        ASSERT_LE(load[j], problem.bounds.max);
      }
    }
  }
  EXPECT_GT(corners, 400);
  EXPECT_GT(within, 20);
  EXPECT_GT(gaps, 20);
  EXPECT_GT(infeasible, 10);
  EXPECT_GT(with_kinds, 40);
}

// A street after a year of changes, and the plan of the year before.
TEST(FrontierTest, ALargerStreetIsConvexAndEndsInTheTwoOptima) {
  Instance instance = MakeInstance(Spread::kTown, 2000, 120, 9);
  RunContext context;
  const auto before = Solve(instance.View(), {}, context);
  ASSERT_TRUE(before.ok());
  ASSERT_EQ(before->outcome, Outcome::kOptimal);
  Random random(4);
  for (int k = 0; k < 30; ++k) {
    Point& p = instance.stewards[random.Below(120)];
    p = {p.x + random.Normal() * 150, p.y + random.Normal() * 150};
  }
  const auto frontier = ComputeFrontier(instance.View(), before->steward_of, {}, context);
  ASSERT_TRUE(frontier.ok());
  const auto after = Solve(instance.View(), {}, context);
  ASSERT_TRUE(after.ok());
  ASSERT_GT(frontier->points.size(), 20U);
  EXPECT_EQ(frontier->points.front().moves, 0);
  EXPECT_EQ(frontier->points.back().total_cost_cm, after->total_cost_cm);
  for (size_t k = 1; k < frontier->points.size(); ++k) {
    const FrontierPoint& a = frontier->points[k - 1];
    const FrontierPoint& b = frontier->points[k];
    ASSERT_LT(a.moves, b.moves);
    ASSERT_GT(a.total_cost_cm, b.total_cost_cm);
    ASSERT_EQ((a.total_cost_cm - b.total_cost_cm) * a.switch_cost.denominator,
              (b.moves - a.moves) * a.switch_cost.numerator);
    ASSERT_GE(a.switch_cost.numerator * b.switch_cost.denominator, b.switch_cost.numerator * a.switch_cost.denominator);
  }
  // At a whole switch cost the rebalancer, started from the plan, finds the value of the frontier.
  for (const int64_t switch_cost : {1000, 5000, 20000}) {
    Problem problem = instance.View();
    problem.current = before->steward_of;
    problem.switch_cost_cm = switch_cost;
    const auto rebalancer = Rebalancer::Create(problem, {}, context);
    ASSERT_TRUE(rebalancer.ok());
    int64_t least = std::numeric_limits<int64_t>::max();
    for (const FrontierPoint& p : frontier->points) least = std::min(least, p.total_cost_cm + switch_cost * p.moves);
    EXPECT_EQ((*rebalancer)->start().change.total_cost_cm, least);
    EXPECT_EQ((*rebalancer)->start().change.dual_bound_cm, least);
  }
  // Every number of moves is hit, or the gap is said.
  for (const int64_t limit : {1, 7, 50, 111}) {
    const auto plan = SolveWithMaxMoves(instance.View(), before->steward_of, limit, {}, context);
    ASSERT_TRUE(plan.ok());
    EXPECT_LE(plan->moves, limit);
    EXPECT_LE(plan->bound_cm, plan->total_cost_cm);
    EXPECT_LT(plan->gap_percent, 1);
  }
}

TEST(FrontierTest, BadInputIsNamed) {
  const Instance instance = MakeInstance(Spread::kUniform, 20, 2, 1);
  RunContext context;
  std::vector<int32_t> current(20, 0);
  EXPECT_EQ(SolveWithMaxMoves(instance.View(), current, -1, {}, context).status().message(),
            "max_moves: must not be negative: -1");
  current[3] = 2;
  EXPECT_EQ(ComputeFrontier(instance.View(), current, {}, context).status().message(),
            "current[3]: no such steward: 2");
  current.pop_back();
  EXPECT_EQ(ComputeFrontier(instance.View(), current, {}, context).status().message(),
            "current: has 19 entries, expected 20");
}

TEST(FrontierTest, ACancelledFrontierHasNoPoints) {
  const Instance instance = MakeInstance(Spread::kUniform, 200, 12, 1);
  RunContext context;
  context.Cancel();
  const auto frontier = ComputeFrontier(instance.View(), std::vector<int32_t>(200, 0), {}, context);
  ASSERT_TRUE(frontier.ok());
  EXPECT_EQ(frontier->outcome, Outcome::kCancelled);
  EXPECT_TRUE(frontier->points.empty());
}

TEST(ExchangeTest, PiecesMakeUpTheDifferenceAndKeepLoadsBetween) {
  int rings = 0;
  int chains = 0;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const int32_t holders = random.Between(1, 7);
    std::vector<int32_t> from;
    std::vector<int32_t> to;
    for (int32_t h = random.Between(0, 30); h > 0; --h) {
      from.push_back(random.Between(0, holders - 1));
      to.push_back(random.Between(0, holders - 1));
    }
    std::vector<int32_t> net(holders, 0);
    std::vector<int32_t> lost(holders, 0);
    std::vector<int32_t> seen(from.size(), 0);
    for (const internal::Exchange& exchange : internal::SplitDifference(from, to, holders)) {
      ASSERT_FALSE(exchange.empty());
      for (size_t k = 0; k < exchange.size(); ++k) {
        ++seen[exchange[k]];
        ASSERT_TRUE(k == 0 || from[exchange[k]] == to[exchange[k - 1]]);
      }
      const int32_t first = from[exchange.front()];
      const int32_t last = to[exchange.back()];
      (first == last ? rings : chains)++;
      if (first != last) {
        ++lost[first];
        --lost[last];
      }
    }
    for (size_t h = 0; h < from.size(); ++h) {
      ASSERT_EQ(seen[h], from[h] != to[h]);
      ++net[from[h]];
      --net[to[h]];
    }
    ASSERT_EQ(lost, net);
  }
  EXPECT_GT(rings, 100);
  EXPECT_GT(chains, 100);
}

TEST(ExchangeTest, LargestSubset) {
  EXPECT_EQ(internal::LargestSubset({3, 5, 7}, 20), (std::vector<int32_t>{0, 1, 2}));
  EXPECT_EQ(internal::LargestSubset({3, 5, 7}, 11), (std::vector<int32_t>{0, 2}));
  EXPECT_EQ(internal::LargestSubset({4, 4}, 3), (std::vector<int32_t>{}));
  // Too large for the table: still within the limit, and close to it.
  const std::vector<int64_t> many(20000, 3);
  EXPECT_EQ(internal::LargestSubset(many, 40001).size(), 13333U);
}

}  // namespace
}  // namespace lianhu::assignment
