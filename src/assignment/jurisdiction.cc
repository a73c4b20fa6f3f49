#include "assignment/jurisdiction.h"

#include <numeric>

#include "assignment/augmentation.h"
#include "assignment/candidates.h"
#include "assignment/dual_ascent.h"
#include "assignment/network.h"
#include "assignment/spatial_order.h"

namespace lianhu::assignment::internal {
namespace {

// Candidates a site while prices are still far off, and later, when they point well.
constexpr int32_t kFirstCandidates = 9;
constexpr int32_t kLaterCandidates = 6;

// Steps of dual ascent a steward.
constexpr int64_t kAscentSteps = 8;

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

}  // namespace

bool SolveJurisdiction(const JurisdictionInput& input, int threads, RunContext& context,
                       const std::function<void(double)>& progress, JurisdictionPlan& plan) {
  Layout layout = MakeLayout(input);
  Network& network = layout.network;
  CandidateFinder finder(network, threads, context);
  finder.RebuildLists(kFirstCandidates);
  if (context.cancelled()) return false;
  progress(0.3);

  AscendDual(network, kAscentSteps * network.stewards(), context);
  progress(0.6);
  finder.RebuildLists(kLaterCandidates);
  if (context.cancelled()) return false;
  for (int32_t s = 0; s < network.sites(); ++s) network.Restore(s);

  AugmentingSearch search(network, finder, context);
  double fraction = 0.7;
  do {
    if (!search.Run()) return false;
    progress(fraction);
    fraction += (1 - fraction) / 2;
  } while (finder.PriceOut() > 0);
  if (context.cancelled()) return false;
  ReadPlan(layout, plan);
  return true;
}

}  // namespace lianhu::assignment::internal
