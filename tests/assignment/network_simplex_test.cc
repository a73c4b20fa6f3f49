// The network simplex by itself, from any start, on every spread: LEMON's optimum, and nothing left to price out.
#include "assignment/network_simplex.h"

#include <gtest/gtest.h>

#include "assignment/dual_ascent.h"
#include "assignment/instances.h"
#include "assignment/layout.h"
#include "assignment/peer_arcs.h"

namespace lianhu::assignment {
namespace {

using testing::Instance;
using testing::LemonResult;
using testing::MakeInstance;
using testing::Spread;

// Bounds without, with little, or with one-sided room.
void SetBounds(Instance& instance, Random& random) {
  const auto n = static_cast<int32_t>(instance.households.size());
  const auto m = static_cast<int32_t>(instance.stewards.size());
  const int32_t mean = n / m;
  switch (random.Below(4)) {
    case 0:
      instance.bounds = {.min = mean, .max = mean + 1};
      break;
    case 1:
      instance.bounds = {.min = mean / 2, .max = mean + 2};
      break;
    case 2:
      instance.bounds = {.min = 0, .max = mean};
      instance.steward_max.assign(m, mean);
      instance.steward_max[random.Below(m)] = n;
      break;
    default:
      for (int32_t j = 0; j < m; ++j) {
        instance.steward_min.push_back(random.Between(0, mean));
        instance.steward_max.push_back(instance.steward_min.back() + random.Between(0, 2 * mean + 3));
      }
  }
}

TEST(NetworkSimplexTest, AgreesWithLemonFromAnyStart) {
  int solved = 0;
  for (uint64_t seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed * 104729);
    const auto spread = static_cast<Spread>(random.Below(static_cast<int64_t>(testing::kLastSpread) + 1));
    const int32_t n = random.Between(10, 700);
    Instance instance = MakeInstance(spread, n, random.Between(1, n / 6 + 1), seed);
    if (random.Below(4) == 0) {  // many ties
      for (auto* points : {&instance.households, &instance.stewards}) {
        for (Point& p : *points) p = {static_cast<double>(random.Below(12)), static_cast<double>(random.Below(12))};
      }
    }
    SetBounds(instance, random);
    const LemonResult lemon = SolveWithLemon(testing::PeerArcs(instance.View()));
    if (!lemon.feasible) continue;
    ++solved;

    internal::JurisdictionInput input;
    input.households = instance.households;
    input.stewards = instance.stewards;
    for (size_t j = 0; j < instance.stewards.size(); ++j) {
      input.bounds.push_back(instance.View().BoundsOf(static_cast<int64_t>(j)));
    }
    internal::Layout layout = MakeLayout(input);
    internal::Network& network = layout.network;
    RunContext context;
    const internal::StopSignal stop(context, nullptr);
    internal::CandidateFinder finder(network, 1, context);
    finder.RebuildLists(random.Between(1, 9));
    if (random.Below(2) == 0) AscendDual(network, random.Between(0, 4) * network.stewards(), /*threads=*/1, stop);
    ASSERT_TRUE(internal::NetworkSimplex(network, finder, stop).Run());
    EXPECT_EQ(network.TotalCost(), lemon.total_cost_cm);
    EXPECT_EQ(network.DualValue(), lemon.total_cost_cm);
    EXPECT_EQ(finder.PriceOut(), 0);
    for (int32_t j = 0; j < network.stewards(); ++j) ASSERT_EQ(network.Excess(j), 0) << "steward " << j;
  }
  EXPECT_GT(solved, 60);
}

}  // namespace
}  // namespace lianhu::assignment
