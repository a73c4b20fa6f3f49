#include "assignment/jurisdiction.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "assignment/augmentation.h"
#include "assignment/candidates.h"
#include "assignment/coarse_network.h"
#include "assignment/dual_ascent.h"
#include "assignment/network.h"
#include "assignment/network_simplex.h"
#include "assignment/spatial_order.h"

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

// The network of a jurisdiction, and the way back to the caller's indices.
struct Layout {
  Network network;
  std::vector<int32_t> households;  // in spatial order: those of one site are adjacent
  std::vector<int32_t> stewards;    // in spatial order
};

Layout MakeLayout(const JurisdictionInput& input) {
  const Frame frame = FrameOf(input.households, input.stewards);
  Layout layout{.network = {},
                .households = SpatialOrder(input.households, frame),
                .stewards = SpatialOrder(input.stewards, frame)};
  Network& network = layout.network;
  for (const int32_t h : layout.households) {
    const Point p = input.households[h];
    if (network.site.empty() || !(network.site.back() == p)) {
      network.site.push_back(p);
      network.supply.push_back(0);
    }
    ++network.supply.back();
  }
  int64_t capacity = 0;
  for (const int32_t j : layout.stewards) {
    network.steward.push_back(input.stewards[j]);
    network.bounds.push_back(input.bounds[j]);
    capacity += input.bounds[j].max;
  }
  const int64_t shortage = static_cast<int64_t>(input.households.size()) - capacity;
  if (shortage > 0) {
    network.left_over = network.stewards();
    network.bounds.push_back({.min = static_cast<int32_t>(shortage), .max = static_cast<int32_t>(shortage)});
  }
  network.price.assign(network.bounds.size(), 0);
  return layout;
}

// Hands the flow of each site to its households, in increasing order of household and of arc.
void ReadPlan(const Layout& layout, JurisdictionPlan& plan) {
  const Network& network = layout.network;
  plan.steward_of.assign(layout.households.size(), -1);
  plan.price_cm.assign(layout.stewards.size(), 0);
  size_t next = 0;
  for (int32_t s = 0; s < network.sites(); ++s) {
    const Network::List& list = network.list(s);
    for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
      const int32_t j = network.arc(a).steward;
      const int32_t steward = j == network.left_over ? -1 : layout.stewards[j];
      for (int32_t unit = 0; unit < network.flow(a); ++unit) plan.steward_of[layout.households[next++]] = steward;
    }
  }
  for (size_t j = 0; j < layout.stewards.size(); ++j) plan.price_cm[layout.stewards[j]] = network.price[j];
  plan.total_cost_cm = network.TotalCost();
  plan.dual_bound_cm = network.DualValue();
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
  if (!crowded && !small) {
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
  ReadPlan(layout, plan);
  return true;
}

}  // namespace lianhu::assignment::internal
