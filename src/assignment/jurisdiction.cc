#include "assignment/jurisdiction.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "assignment/augmentation.h"
#include "assignment/candidates.h"
#include "assignment/coarse_network.h"
#include "assignment/dual_ascent.h"
#include "assignment/layout.h"
#include "assignment/network.h"
#include "assignment/network_simplex.h"

namespace lianhu::assignment::internal {
namespace {

// Candidates a site while prices are still far off, and later, when they point well.
constexpr int32_t kFirstCandidates = 9;
constexpr int32_t kLaterCandidates = 6;

// Steps of dual ascent a steward.
constexpr int64_t kAscentSteps = 8;

// Stewards settled by augmenting paths, for each there is, before they count as not local: prices must then travel far,
// with little capacity to spare, or households and stewards in different parts of town. The coarse network shows where,
// and the network simplex takes the place of single paths.
constexpr int64_t kLocalSearch = 32;
constexpr int32_t kFewStewards = 100;
constexpr int kRoundsAfterCoarse = 2;

// What the households' bases come to, which the network leaves out.
int64_t SumOfBases(const JurisdictionInput& input) {
  return std::accumulate(input.rules.base.begin(), input.rules.base.end(), int64_t{0});
}

// Hands the flow of each site to its households, in increasing order of household and of arc.
void ReadPlan(const JurisdictionInput& input, const Layout& layout, JurisdictionPlan& plan) {
  const Network& network = layout.network;
  plan.steward_of.assign(layout.households.size(), -1);
  plan.price_cm.assign(input.stewards.size(), std::numeric_limits<int64_t>::max());
  size_t next = 0;
  for (int32_t s = 0; s < network.sites(); ++s) {
    const Network::List& list = network.list(s);
    for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
      const int32_t j = network.arc(a).steward;
      const int32_t steward = j == network.left_over ? -1 : layout.stewards[j];
      for (int32_t unit = 0; unit < network.flow(a); ++unit) plan.steward_of[layout.households[next++]] = steward;
    }
  }
  // A household at a steward takes the cheapest of his parts.
  for (size_t k = 0; k < layout.stewards.size(); ++k) {
    int64_t& price = plan.price_cm[layout.stewards[k]];
    price = std::min(price, network.price[k] + network.Offset(static_cast<int32_t>(k)));
  }
  plan.total_cost_cm = network.TotalCost() + SumOfBases(input);
  plan.dual_bound_cm = network.DualValue() + SumOfBases(input);
}

void RelistAndRestore(CandidateFinder& finder, int32_t per_site, Network& network) {
  finder.RebuildLists(per_site);
  for (int32_t s = 0; s < network.sites(); ++s) network.Restore(s);
}

// Whether sites need several stewards each, so that they are crossed by many paths at once.
bool HasCrowdedSites(const Network& network) {
  double capacity = 0;
  for (const LoadBounds& bounds : network.bounds) capacity += bounds.max;
  const double households = std::accumulate(network.supply.begin(), network.supply.end(), 0.0);
  return households * network.stewards() > 2 * capacity * network.sites();
}

// To an optimal flow and the prices that prove it; false when cancelled.
bool SolveNetwork(Network& network, int threads, RunContext& context, const std::function<void(double)>& progress) {
  CandidateFinder finder(network, threads, context);
  finder.RebuildLists(kFirstCandidates);
  if (context.cancelled()) return false;
  progress(0.3);
  AscendDual(network, kAscentSteps * network.stewards(), context);
  progress(0.6);
  RelistAndRestore(finder, kLaterCandidates, network);
  if (context.cancelled()) return false;

  const bool crowded = HasCrowdedSites(network);
  const bool small = network.stewards() < kFewStewards || network.sites() < kFewStewards;
  if (!crowded) {
    AugmentingSearch search(network, finder, context);
    int64_t budget = kLocalSearch * network.stewards();
    double fraction = 0.7;
    while (search.Run(budget)) {
      progress(fraction);
      fraction += (1 - fraction) / 2;
      if (finder.PriceOut() == 0) return !context.cancelled();
    }
    if (context.cancelled()) return false;
  }
  if (!crowded && !small && network.HasUnlistedPairs()) {
    Network coarse = Coarsen(network);
    if (!SolveNetwork(coarse, threads, context, [](double) {})) return false;
    PricesFromCoarse(coarse, network);
    for (int round = 0; round < kRoundsAfterCoarse; ++round) {
      RelistAndRestore(finder, kFirstCandidates, network);
      AscendDual(network, kAscentSteps * network.stewards(), context);
    }
    RelistAndRestore(finder, kFirstCandidates, network);
    if (context.cancelled()) return false;
  }
  return NetworkSimplex(network, finder, context).Run();
}

}  // namespace

bool SolveJurisdiction(const JurisdictionInput& input, int threads, RunContext& context,
                       const std::function<void(double)>& progress, JurisdictionPlan& plan) {
  Layout layout = MakeLayout(input);
  if (!SolveNetwork(layout.network, threads, context, progress)) return false;
  if (context.cancelled()) return false;
  ReadPlan(input, layout, plan);
  return true;
}

}  // namespace lianhu::assignment::internal
