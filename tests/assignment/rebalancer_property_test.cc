// Random sequences of events: after each the plan must be that of a fresh solve and its prices must prove it.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "assignment/instances.h"
#include "lianhu/assignment/rebalancer.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"

namespace lianhu::assignment {
namespace {

using testing::Instance;
using testing::MakeInstance;
using testing::Spread;

// What the library has been told, kept by the test on its own.
struct World {
  struct Household {
    Point point;
    int32_t unit = -1;
    int32_t current = -1;
  };
  struct Steward {
    Point point;
    int32_t unit = -1;
    LoadBounds bounds;
  };
  std::vector<std::pair<int32_t, Household>> households;  // by number
  std::vector<std::pair<int32_t, Steward>> stewards;
  LoadBounds bounds;
  int32_t units = 0;
};

template <typename T>
auto Find(std::vector<std::pair<int32_t, T>>& rows, int32_t id) {
  return std::find_if(rows.begin(), rows.end(), [id](const auto& row) { return row.first == id; });
}

// The world as columns.
struct Columns {
  Instance instance;
  std::vector<int32_t> household_ids;
  std::vector<int32_t> steward_ids;
};

Columns ColumnsOf(const World& world) {
  Columns columns;
  for (const auto& [id, household] : world.households) {
    columns.household_ids.push_back(id);
    columns.instance.households.push_back(household.point);
    if (world.units > 0) columns.instance.household_units.push_back(household.unit);
  }
  for (const auto& [id, steward] : world.stewards) {
    columns.steward_ids.push_back(id);
    columns.instance.stewards.push_back(steward.point);
    columns.instance.steward_min.push_back(steward.bounds.min);
    columns.instance.steward_max.push_back(steward.bounds.max);
    if (world.units > 0) columns.instance.steward_units.push_back(steward.unit);
  }
  return columns;
}

Point Somewhere(Random& random, double side, bool ties) {
  if (ties) return {static_cast<double>(random.Below(4)), static_cast<double>(random.Below(4))};
  return {testing::ToCentimetre(random.Real() * side), testing::ToCentimetre(random.Real() * side)};
}

template <typename T>
int32_t AnyOf(const std::vector<std::pair<int32_t, T>>& rows, Random& random) {
  return rows[random.Below(static_cast<int64_t>(rows.size()))].first;
}

// A random event that the world takes up as well.
Event RandomEvent(World& world, int32_t& next_household, int32_t& next_steward, Random& random, double side,
                  bool ties) {
  const auto unit = [&] { return world.units == 0 ? -1 : random.Between(0, world.units - 1); };
  while (true) {
    switch (random.Below(9)) {
      case 0:
      case 1: {
        const Event event{
            .type = EventType::kHouseholdArrives, .position = Somewhere(random, side, ties), .unit = unit()};
        world.households.push_back({next_household++, {event.position, event.unit, -1}});
        return event;
      }
      case 2:
      case 3: {
        if (world.households.empty()) break;
        const int32_t id = AnyOf(world.households, random);
        world.households.erase(Find(world.households, id));
        return {.type = EventType::kHouseholdLeaves, .id = id};
      }
      case 4: {
        if (world.households.empty()) break;
        const int32_t id = AnyOf(world.households, random);
        World::Household& household = Find(world.households, id)->second;
        household.point = Somewhere(random, side, ties);
        Event event{.type = EventType::kHouseholdMoves, .id = id, .position = household.point};
        if (const int32_t to = unit(); world.units > 0 && random.Below(3) == 0) {
          if (to != household.unit) household.current = -1;
          household.unit = event.unit = to;
        }
        return event;
      }
      case 5: {
        Event event{.type = EventType::kStewardJoins, .position = Somewhere(random, side, ties), .unit = unit()};
        LoadBounds bounds = world.bounds;
        if (random.Below(2) == 0) {
          bounds.min = event.min = random.Between(0, 3);
          bounds.max = event.max = bounds.min + random.Between(0, 8);
        }
        world.stewards.push_back({next_steward++, {event.position, event.unit, bounds}});
        return event;
      }
      case 6: {
        if (world.stewards.empty()) break;
        const int32_t id = AnyOf(world.stewards, random);
        world.stewards.erase(Find(world.stewards, id));
        for (auto& [h, household] : world.households) {
          if (household.current == id) household.current = -1;
        }
        return {.type = EventType::kStewardLeaves, .id = id};
      }
      default: {
        if (world.stewards.empty()) break;
        const int32_t id = AnyOf(world.stewards, random);
        World::Steward& steward = Find(world.stewards, id)->second;
        Event event{.type = EventType::kStewardChanges, .id = id};
        if (random.Below(2) == 0) steward.point = event.position = Somewhere(random, side, ties);
        if (random.Below(2) == 0) {
          steward.bounds.min = event.min = random.Between(0, 4);
          steward.bounds.max = event.max = steward.bounds.min + random.Between(0, 9);
        }
        if (const int32_t to = unit(); world.units > 0 && random.Below(3) == 0) {
          if (to != steward.unit) {
            for (auto& [h, household] : world.households) {
              if (household.current == id) household.current = -1;
            }
          }
          steward.unit = event.unit = to;
        }
        return event;
      }
    }
  }
}

struct Tally {
  int optimal = 0;
  int unserved = 0;
  int minima = 0;
  int moved = 0;
  int switched = 0;
};

// One random life of a small street; `batch` events an Apply.
void Live(uint64_t seed, int32_t n, int32_t m, int events, int batch, int64_t switch_cost_cm, Tally& tally) {
  SCOPED_TRACE(::testing::Message() << "seed " << seed << " n " << n << " m " << m << " batch " << batch
                                    << " switch cost " << switch_cost_cm);
  Random random(seed);
  Instance instance = MakeInstance(static_cast<Spread>(random.Below(5)), n, m, seed);
  const bool ties = random.Below(3) == 0;
  const double side = testing::TownSide(n);
  if (ties) {
    for (auto* points : {&instance.households, &instance.stewards}) {
      for (Point& p : *points) p = Somewhere(random, side, true);
    }
  }
  const int32_t mean = n / std::max(1, m);
  instance.bounds = {.min = random.Between(0, mean), .max = random.Between(mean, 2 * mean + 1)};
  World world;
  world.bounds = instance.bounds;
  if (random.Below(3) == 0) {
    world.units = random.Between(1, 3);
    testing::AddUnits(instance, world.units, random);
  }
  for (int32_t h = 0; h < n; ++h) {
    world.households.push_back({h, {instance.households[h], world.units > 0 ? instance.household_units[h] : -1, -1}});
  }
  for (int32_t j = 0; j < m; ++j) {
    world.stewards.push_back(
        {j, {instance.stewards[j], world.units > 0 ? instance.steward_units[j] : -1, instance.bounds}});
  }

  RunContext context;
  Problem first = instance.View();
  first.switch_cost_cm = n > 0 && m > 0 ? switch_cost_cm : 0;
  std::vector<int32_t> current;
  if (switch_cost_cm > 0 && m > 0) {
    for (int32_t h = 0; h < n; ++h) {
      const int32_t j = random.Between(-1, m - 1);
      current.push_back(j);
      if (j >= 0 && world.stewards[j].second.unit == world.households[h].second.unit) {
        world.households[h].second.current = j;
      }
    }
    first.current = current;
  }
  auto created = Rebalancer::Create(first, {}, context);
  ASSERT_TRUE(created.ok()) << created.status();
  Rebalancer& rebalancer = **created;
  int32_t next_household = n;
  int32_t next_steward = m;
  std::vector<int32_t> before(n);
  for (int32_t h = 0; h < n; ++h) before[h] = rebalancer.StewardOf(h);

  for (int step = 0; step <= events; step += batch) {
    SCOPED_TRACE(::testing::Message() << "step " << step);
    std::vector<Event> list;
    for (int k = 0; k < batch && step > 0; ++k) {
      list.push_back(RandomEvent(world, next_household, next_steward, random, side, ties));
    }
    const auto change = rebalancer.Apply(list, context);
    ASSERT_TRUE(change.ok()) << change.status();
    const Columns columns = ColumnsOf(world);
    Problem problem = columns.instance.View();
    std::vector<int32_t> current_rows;
    for (const auto& [id, household] : world.households) {
      const auto found = std::find(columns.steward_ids.begin(), columns.steward_ids.end(), household.current);
      current_rows.push_back(
          found == columns.steward_ids.end() ? -1 : static_cast<int32_t>(found - columns.steward_ids.begin()));
    }
    if (!world.households.empty()) {
      problem.current = current_rows;
      problem.switch_cost_cm = first.switch_cost_cm;
    }

    // The library's idea of the street is ours.
    const Snapshot snapshot = rebalancer.TakeSnapshot();
    ASSERT_EQ(snapshot.household_ids, columns.household_ids);
    ASSERT_EQ(snapshot.steward_ids, columns.steward_ids);
    ASSERT_EQ(snapshot.households, columns.instance.households);
    ASSERT_EQ(snapshot.stewards, columns.instance.stewards);
    ASSERT_EQ(snapshot.steward_min, columns.instance.steward_min);
    ASSERT_EQ(snapshot.steward_max, columns.instance.steward_max);

    const auto fresh = Solve(problem, {.best_effort = true}, context);
    ASSERT_TRUE(fresh.ok());
    const auto check = Verify(problem, snapshot.steward_of, snapshot.price_cm, {.best_effort = true}, context);
    ASSERT_TRUE(check.ok()) << check.status();
    ASSERT_TRUE(check->feasible);
    ASSERT_EQ(change->outcome, fresh->outcome);
    ASSERT_EQ(change->unserved, fresh->unserved);
    ASSERT_EQ(change->total_cost_cm, check->total_cost_cm);
    ASSERT_EQ(change->total_cost_cm, fresh->total_cost_cm);
    ASSERT_EQ(change->dual_bound_cm, change->total_cost_cm);
    ASSERT_EQ(change->distance_cm, check->distance_cm);
    ASSERT_EQ(change->switched, check->switches);
    ASSERT_TRUE(check->proved || world.stewards.empty());  // to Verify no prices are none given
    tally.switched += change->switched > 0;

    // The transfers are exactly the difference.
    before.resize(next_household, -1);
    std::vector<int32_t> after(next_household, -1);
    for (size_t h = 0; h < snapshot.household_ids.size(); ++h) {
      if (snapshot.steward_of[h] >= 0) after[snapshot.household_ids[h]] = snapshot.steward_ids[snapshot.steward_of[h]];
    }
    size_t differences = 0;
    for (int32_t h = 0; h < next_household; ++h) differences += before[h] != after[h];
    ASSERT_EQ(change->transfers.size(), differences);
    for (const Transfer& transfer : change->transfers) {
      ASSERT_EQ(transfer.from, before[transfer.household]);
      ASSERT_EQ(transfer.to, after[transfer.household]);
    }
    before = after;
    tally.optimal += change->outcome == Outcome::kOptimal;
    tally.unserved += change->unserved > 0;
    tally.minima += change->outcome == Outcome::kBestEffort && change->unserved == 0;
    tally.moved += differences > 0;
  }
}

TEST(RebalancerPropertyTest, EveryEventEndsInTheOptimumOfAFreshSolve) {
  Tally tally;
  for (uint64_t seed = 1; seed <= 150; ++seed) {
    Random random(seed * 31);
    Live(seed, random.Between(0, 60), random.Between(0, 8), 60, 1, 0, tally);
    if (::testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(tally.optimal, 1000);
  EXPECT_GT(tally.unserved, 500);
  EXPECT_GT(tally.minima, 100);
  EXPECT_GT(tally.moved, 2000);
}

TEST(RebalancerPropertyTest, Batches) {
  Tally tally;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Random random(seed * 77);
    Live(seed + 1000, random.Between(0, 200), random.Between(1, 20), 60, random.Between(2, 20), 0, tally);
    if (::testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(tally.optimal, 100);
  EXPECT_GT(tally.unserved, 50);
}

TEST(RebalancerPropertyTest, SwitchCosts) {
  Tally tally;
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    Random random(seed * 91);
    Live(seed + 2000, random.Between(1, 80), random.Between(1, 10), 40, random.Between(1, 3), random.Between(1, 60000),
         tally);
    if (::testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(tally.optimal, 400);
  EXPECT_GT(tally.switched, 400);
}

TEST(RebalancerPropertyTest, AThousandHouseholds) {
  Tally tally;
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    Live(seed + 3000, 1500, 120, 30, 1, 0, tally);
    if (::testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(tally.moved, 60);
}

}  // namespace
}  // namespace lianhu::assignment
