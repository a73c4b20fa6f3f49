// Random small problems against an exhaustive search.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "lianhu/base/random.h"
#include "lianhu/districting/selection.h"

namespace lianhu::districting {
namespace {

struct SmallSelection {
  std::vector<Point> households;
  std::vector<int32_t> demand;
  std::vector<Point> candidates;
  std::vector<int32_t> capacity;
  int32_t count = 1;
  DistanceRule rule = DistanceRule::kCentimetre;

  SelectionProblem View() const {
    return {.households = households,
            .demand = demand,
            .candidates = candidates,
            .capacity = capacity,
            .count = count,
            .rule = rule};
  }
};

SmallSelection Draw(Random& random) {
  SmallSelection instance;
  const auto place = [&] { return Point{random.Real() * 100, random.Real() * 100}; };
  instance.households.resize(3 + random.Below(5));
  std::generate(instance.households.begin(), instance.households.end(), place);
  if (random.Below(3) > 0) {
    for (size_t h = 0; h < instance.households.size(); ++h) instance.demand.push_back(random.Between(1, 5));
  }
  if (random.Below(2) == 0) {
    instance.candidates = instance.households;
  } else {
    instance.candidates.resize(2 + random.Below(4));
    std::generate(instance.candidates.begin(), instance.candidates.end(), place);
  }
  for (size_t j = 0; j < instance.candidates.size(); ++j) instance.capacity.push_back(random.Between(0, 9));
  instance.count = random.Between(1, std::min<int32_t>(3, static_cast<int32_t>(instance.candidates.size())));
  instance.rule = static_cast<DistanceRule>(random.Below(3));
  return instance;
}

constexpr double kNoPlan = std::numeric_limits<double>::infinity();

// The least cost of giving households h.. to the chosen within what room they have left.
double BestFrom(const SmallSelection& instance, const std::vector<int32_t>& chosen, std::vector<int64_t>& room,
                size_t h) {
  if (h == instance.households.size()) return 0;
  double best = kNoPlan;
  const int32_t demand = instance.demand.empty() ? 1 : instance.demand[h];
  for (size_t k = 0; k < chosen.size(); ++k) {
    if (room[k] < demand) continue;
    room[k] -= demand;
    const double rest = BestFrom(instance, chosen, room, h + 1);
    room[k] += demand;
    best = std::min(best, rest + Distance(instance.households[h], instance.candidates[chosen[k]], instance.rule));
  }
  return best;
}

double Optimum(const SmallSelection& instance) {
  const auto m = static_cast<int32_t>(instance.candidates.size());
  double best = kNoPlan;
  for (uint32_t set = 0; set < (1U << m); ++set) {
    if (__builtin_popcount(set) != instance.count) continue;
    std::vector<int32_t> chosen;
    std::vector<int64_t> room;
    for (int32_t j = 0; j < m; ++j) {
      if ((set >> j & 1) == 0) continue;
      chosen.push_back(j);
      room.push_back(instance.capacity[j]);
    }
    best = std::min(best, BestFrom(instance, chosen, room, 0));
  }
  return best;
}

TEST(SelectionProperty, PlansHoldAndBoundsAreBelowTheOptimum) {
  constexpr uint64_t kSeed = 20200331;
  SCOPED_TRACE(kSeed);
  Random random(kSeed);
  int planned = 0;
  int optimal = 0;
  int impossible = 0;
  int missed = 0;
  for (int round = 0; round < 400; ++round) {
    SCOPED_TRACE(round);
    const SmallSelection instance = Draw(random);
    RunContext context;
    context.seed = static_cast<uint64_t>(round);
    const auto selection = Select(instance.View(), {.seconds = 1e6, .work = 20000}, context);
    ASSERT_TRUE(selection.ok()) << selection.status();
    const double optimum = Optimum(instance);
    if (selection->outcome == SelectionOutcome::kInfeasible) {
      EXPECT_EQ(optimum, kNoPlan);
      ++impossible;
      continue;
    }
    if (selection->outcome == SelectionOutcome::kNotFound) {
      missed += optimum < kNoPlan ? 1 : 0;
      continue;
    }
    ++planned;
    const auto checked = VerifySelection(instance.View(), selection->candidate_of);
    ASSERT_TRUE(checked.ok()) << checked.status();
    EXPECT_DOUBLE_EQ(*checked, selection->objective);
    EXPECT_EQ(static_cast<int32_t>(selection->chosen.size()), instance.count);
    EXPECT_GE(selection->objective, optimum - 1e-9 * optimum);
    EXPECT_LE(selection->bound, optimum + 1e-9 * optimum);
    optimal += selection->objective <= optimum + 1e-9 * optimum ? 1 : 0;
  }
  // What a heuristic may miss it must not miss often on problems of this size.
  EXPECT_GT(planned, 100);
  EXPECT_GT(impossible, 50);
  EXPECT_GE(optimal, planned * 95 / 100);
  EXPECT_LE(missed, 8);
}

}  // namespace
}  // namespace lianhu::districting
