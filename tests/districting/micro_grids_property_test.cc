// Random small problems against an exhaustive search, and what holds for any input.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "lianhu/base/random.h"
#include "lianhu/districting/micro_grids.h"

namespace lianhu::districting {
namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();

struct Instance {
  std::vector<Point> homes;
  std::vector<int32_t> units;
  std::vector<int32_t> weight;
  std::vector<int32_t> buildings;
  std::vector<int32_t> current;
  MicroGridProblem View() const {
    return {.households = homes, .units = units, .buildings = buildings, .weight = weight, .current = current};
  }
};

Instance Draw(Random& random, int64_t n, int round) {
  Instance instance;
  for (int64_t h = 0; h < n; ++h) {
    const int64_t side = round % 3 == 0 ? 4 : 100;  // at times many at one place
    const auto x = static_cast<double>(random.Below(side));
    const auto y = static_cast<double>(random.Below(side));
    instance.homes.push_back({x, y});
  }
  return instance;
}

// The best of all groupings of households h.. into `count` parts.
double BestFrom(const MicroGridProblem& problem, int32_t count, int32_t used, std::vector<int32_t>& part_of, size_t h) {
  const size_t n = problem.households.size();
  if (h == n) {
    if (used < count) return kNone;
    const auto plan = FiguresOf(problem, part_of);
    return plan.ok() && plan->outcome == PartitionOutcome::kFeasible ? plan->objective : kNone;
  }
  double best = kNone;
  for (int32_t p = 0; p < std::min(count, used + 1); ++p) {
    part_of[h] = p;
    best = std::min(best, BestFrom(problem, count, std::max(used, p + 1), part_of, h + 1));
  }
  return best;
}

TEST(MicroGridsProperty, ReachTheBestOfAllGroupings) {
  int compared = 0;
  int missed = 0;
  int bounded = 0;
  for (int round = 0; round < 60; ++round) {
    Random random(1000 + round);
    Instance instance = Draw(random, 6 + random.Below(3), round);
    const auto n = static_cast<int64_t>(instance.homes.size());
    MicroGridProblem problem = instance.View();
    problem.objective = round % 2 == 0 ? MicroGridObjective::kMeans : MicroGridObjective::kMedians;
    problem.count = 2 + random.Below(2);
    problem.bounds = {n / problem.count - random.Below(2), (n + problem.count - 1) / problem.count + random.Below(2)};
    if (round % 5 == 0) {
      for (int64_t h = 0; h < n; ++h) instance.current.push_back(random.Between(-1, 2));
      problem.current = instance.current;
      problem.move_price = problem.objective == MicroGridObjective::kMeans ? 50 : 500;
    }
    if (round % 4 == 3) {
      for (int64_t h = 0; h < n; ++h) instance.weight.push_back(random.Between(1, 2));
      problem.weight = instance.weight;
      problem.bounds = {n / problem.count - 1, 2 * n / problem.count + 1};
    }
    std::vector<int32_t> part_of(n, 0);
    const double best = BestFrom(problem, static_cast<int32_t>(problem.count), 0, part_of, 0);
    RunContext context;
    context.threads = 1;
    const auto plan = DrawMicroGrids(problem, {.seconds = 60, .work = 200000}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    ASSERT_EQ(plan->outcome == PartitionOutcome::kFeasible, best < kNone) << "round " << round;
    ASSERT_TRUE(VerifyMicroGrids(problem, *plan).ok()) << VerifyMicroGrids(problem, *plan) << " round " << round;
    if (best == kNone) continue;
    ++compared;
    EXPECT_GE(plan->objective, best * (1 - 1e-12)) << "round " << round;
    EXPECT_LE(plan->bound, best * (1 + 1e-9)) << "round " << round;
    bounded += plan->bound > 0.5 * best ? 1 : 0;
    missed += plan->objective > best * (1 + 1e-9) + 1e-9 ? 1 : 0;
    EXPECT_LE(plan->objective, best * 1.2 + 1e-9) << "round " << round;
  }
  EXPECT_GE(compared, 50);
  EXPECT_LE(missed, 2);
  EXPECT_GE(bounded, 25);
}

TEST(MicroGridsProperty, BoundsAndJurisdictionsHoldForAnyInput) {
  int feasible = 0;
  int infeasible = 0;
  for (int round = 0; round < 80; ++round) {
    Random random(2000 + round);
    Instance instance = Draw(random, 1 + random.Below(400), round);
    const auto n = static_cast<int64_t>(instance.homes.size());
    if (round % 2 == 0) {
      for (int64_t h = 0; h < n; ++h) instance.units.push_back(7 * random.Between(0, 3));
    }
    if (round % 5 == 0) {
      for (int64_t h = 0; h < n; ++h) instance.current.push_back(random.Between(-1, 30));
    }
    MicroGridProblem problem = instance.View();
    problem.objective = round % 4 < 2 ? MicroGridObjective::kMeans : MicroGridObjective::kMedians;
    problem.bounds.min = random.Below(20);
    problem.bounds.max = std::max<int64_t>(1, problem.bounds.min + random.Below(12));
    problem.move_price = 30;
    RunContext context;
    context.seed = round;
    const auto plan = DrawMicroGrids(problem, {.seconds = 60, .work = 300000}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    ASSERT_TRUE(VerifyMicroGrids(problem, *plan).ok()) << VerifyMicroGrids(problem, *plan) << " round " << round;
    // Without weights a plan is found wherever there is one.
    ASSERT_EQ(plan->outcome == PartitionOutcome::kFeasible, plan->faults.empty()) << "round " << round;
    ++(plan->faults.empty() ? feasible : infeasible);
  }
  EXPECT_GE(feasible, 20);
  EXPECT_GE(infeasible, 5);
}

TEST(MicroGridsProperty, ThreadsDoNotChangeThePlan) {
  Random random(3);
  Instance instance = Draw(random, 3000, 1);
  for (int i = 0; i < 3000; ++i) instance.units.push_back(random.Between(1, 3));
  for (const auto objective : {MicroGridObjective::kMedians, MicroGridObjective::kMeans}) {
    MicroGridProblem problem = instance.View();
    problem.objective = objective;
    std::vector<int32_t> first;
    for (const int threads : {1, 2, 3}) {
      RunContext context;
      context.threads = threads;
      context.seed = 5;
      const auto plan = DrawMicroGrids(problem, {.seconds = 100, .work = 3000000}, context);
      ASSERT_TRUE(plan.ok());
      ASSERT_FALSE(plan->by_clock);
      EXPECT_EQ(plan->outcome, PartitionOutcome::kFeasible);
      if (threads == 1) first = plan->part_of;
      EXPECT_EQ(plan->part_of, first);
    }
  }
}

TEST(MicroGridsProperty, BuildingsStayTogetherWhereTheyFit) {
  int whole = 0;
  for (int round = 0; round < 20; ++round) {
    Random random(4000 + round);
    Instance instance;
    for (int32_t b = 0; b < 40; ++b) {
      const Point door{100 * random.Real(), 100 * random.Real()};
      const int32_t size = b == 0 ? 47 : random.Between(1, 9);
      for (int32_t i = 0; i < size; ++i) {
        instance.homes.push_back(door);
        instance.buildings.push_back(b);
      }
    }
    MicroGridProblem problem = instance.View();
    problem.keep_buildings = true;
    RunContext context;
    const auto plan = DrawMicroGrids(problem, {.seconds = 60, .work = 3000000}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    ASSERT_TRUE(VerifyMicroGrids(problem, *plan).ok()) << VerifyMicroGrids(problem, *plan);
    EXPECT_EQ(plan->outcome, PartitionOutcome::kFeasible) << "round " << round;
    ASSERT_FALSE(plan->split_buildings.empty());
    EXPECT_EQ(plan->split_buildings[0].building, 0);
    EXPECT_TRUE(plan->split_buildings[0].too_large);
    EXPECT_EQ(plan->split_buildings[0].parts, 3);
    whole += plan->split_buildings.size() == 1 ? 1 : 0;
  }
  EXPECT_GE(whole, 15);
}

TEST(MicroGridsProperty, AHighPriceKeepsTodaysParts) {
  Random random(9);
  Instance instance = Draw(random, 400, 1);
  for (int i = 0; i < 400; ++i) {
    instance.current.push_back(static_cast<int32_t>(instance.homes[i].x / 20) * 5 +
                               static_cast<int32_t>(instance.homes[i].y / 20));
  }
  MicroGridProblem problem = instance.View();
  problem.bounds = {5, 25};
  problem.count = 25;
  double last_distance = kNone;
  int64_t last_moved = 401;
  for (const double price : {1e9, 200.0, 0.0}) {
    problem.move_price = price;
    RunContext context;
    const auto plan = DrawMicroGrids(problem, {.seconds = 60, .work = 10000000}, context);
    ASSERT_TRUE(plan.ok());
    EXPECT_EQ(plan->outcome, PartitionOutcome::kFeasible);
    const double distance = plan->objective - price * static_cast<double>(plan->moved);
    if (price < 1e9) {
      EXPECT_LT(distance, last_distance);
      EXPECT_GT(plan->moved, last_moved);
    }
    last_distance = distance;
    last_moved = plan->moved;
  }
}

}  // namespace
}  // namespace lianhu::districting
