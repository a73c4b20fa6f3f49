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
#include "assignment/repair.h"
#include "assignment/repair_ruled.h"

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
constexpr int64_t kBlockSearch = 8;  // of them within blocks, side by side, beforehand
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
}

// Not to be relied on when cancelled.
void RelistAndRestore(CandidateFinder& finder, int32_t per_site, int threads, RunContext& context, Network& network) {
  if (context.cancelled()) return;
  finder.RebuildLists(per_site);
  if (context.cancelled()) return;
  network.RestoreAll(threads, context);
}

// Whether sites need several stewards each, so that they are crossed by many paths at once.
bool HasCrowdedSites(const Network& network) {
  double capacity = 0;
  for (const LoadBounds& bounds : network.bounds) capacity += bounds.max;
  const double households = std::accumulate(network.supply.begin(), network.supply.end(), 0.0);
  return households * network.stewards() > 2 * capacity * network.sites();
}

// Whether any plan within the bounds is a plan: no pair is forbidden or has a cost of its own.
bool IsPlain(const Network& network) {
  return !network.rules.HasLists() && network.rules.max_cost == PairRules::kNoLimit;
}

// To an optimal flow and the prices that prove it; false when stopped, with what there is by then.
bool SolveNetwork(Network& network, CandidateFinder& finder, int threads, RunContext& context, const StopSignal& stop,
                  const std::function<void(double)>& progress) {
  finder.RebuildLists(kFirstCandidates);
  if (stop.stopped()) return false;
  progress(0.3);
  AscendDual(network, kAscentSteps * network.stewards(), threads, stop);
  progress(0.6);
  RelistAndRestore(finder, kLaterCandidates, threads, context, network);
  if (stop.stopped()) return false;

  const bool crowded = HasCrowdedSites(network);
  const bool small = network.stewards() < kFewStewards || network.sites() < kFewStewards;
  if (!crowded) {
    AugmentingSearch search(network, finder, stop);
    search.RunInBlocks(Blocks::Cut::kFirst, kBlockSearch, threads);
    search.RunInBlocks(Blocks::Cut::kSecond, kBlockSearch, threads);
    int64_t budget = kLocalSearch * network.stewards();
    double fraction = 0.7;
    while (search.Run(budget)) {
      progress(fraction);
      fraction += (1 - fraction) / 2;
      if (finder.PriceOut() == 0) return !stop.cancelled();
    }
    if (stop.stopped()) return false;
  }
  if (!crowded && !small && network.HasUnlistedPairs()) {
    Network coarse = Coarsen(network);
    CandidateFinder coarse_finder(coarse, threads, context);
    if (!SolveNetwork(coarse, coarse_finder, threads, context, stop, [](double) {})) return false;
    PricesFromCoarse(coarse, network);
    for (int round = 0; round < kRoundsAfterCoarse; ++round) {
      RelistAndRestore(finder, kFirstCandidates, threads, context, network);
      if (context.cancelled()) return false;
      AscendDual(network, kAscentSteps * network.stewards(), threads, stop);
    }
    RelistAndRestore(finder, kFirstCandidates, threads, context, network);
    if (stop.stopped()) return false;
  }
  return NetworkSimplex(network, finder, stop).Run();
}

}  // namespace

bool SolveJurisdiction(const JurisdictionInput& input, int threads, RunContext& context, const StopSignal& stop,
                       const std::function<void(double)>& progress, JurisdictionPlan& plan) {
  Layout layout = MakeLayout(input);
  CandidateFinder finder(layout.network, threads, context);
  const StopSignal only_cancel(context, nullptr);
  // Parts of stewards out of their order would cost more than the plan that is made of them.
  const StopSignal& signal = layout.network.offset.empty() ? stop : only_cancel;
  if (SolveNetwork(layout.network, finder, threads, context, signal, progress)) {
    plan.dual_bound_cm = layout.network.DualValue() + SumOfBases(input);
  } else {
    if (context.cancelled()) return false;
    plan.dual_bound_cm = finder.DualBound() + SumOfBases(input);
    if (IsPlain(layout.network)) {
      RepairLoads(layout.network);
    } else if (!RepairRuledLoads(layout.network, context)) {
      return false;
    }
  }
  if (context.cancelled()) return false;
  ReadPlan(input, layout, plan);
  return true;
}

}  // namespace lianhu::assignment::internal
