// Who should take this new one? The plan in which steward j serves it costs (least) more than the present optimum by
//
//   c_hj + p_j + D_j,   D_j = length of the shortest augmenting path from j to a place,
//
// since forcing one more unit through j is one augmentation of an optimal flow. D_j >= 0, so stewards are tried in the
// order of c_hj + p_j, and the walk ends when that alone exceeds the worst total still wanted. Where every place is
// taken the path ends in the pool, at whose price p_0 somebody goes without: D_j >= -p_0.
#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "assignment/rebalancer_state.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {

using internal::LiveNetwork;
using internal::LiveSearch;
using internal::NearestWalk;

absl::StatusOr<std::vector<Offer>> Rebalancer::Offers(Point position, int32_t unit, int32_t count,
                                                      RunContext& context) {
  if (std::isnan(position.x) && std::isnan(position.y)) return InvalidField("position", -1, "a household needs one");
  if (auto status = state_->check.CheckPosition("position", -1, position); !status.ok()) return status;
  if (auto status = state_->check.CheckUnit("unit", -1, unit); !status.ok()) return status;
  if (count < 1) return InvalidField("count", -1, absl::StrCat("must be at least 1, got ", count));

  LiveNetwork& network = state_->network;
  std::vector<Offer> offers;  // the best so far, in order
  if (!state_->search.Repair(context)) return absl::CancelledError("cancelled");
  const int32_t u = network.FindUnit(unit);
  if (u < 0) return offers;
  const auto better = [](const Offer& a, const Offer& b) {
    return a.total_cm != b.total_cm ? a.total_cm < b.total_cm : a.steward < b.steward;
  };
  const bool full_unit = network.unit(u).count >= network.unit(u).capacity;
  if (full_unit) network.OpenPool(u);
  const int64_t credit = full_unit ? network.unit(u).pool.price : 0;
  const Point at = state_->check.Planar(position);
  NearestWalk walk(network.unit(u).stewards, at, 1);
  for (auto next = walk.Next(); next.id >= 0; next = walk.Next()) {
    if (context.cancelled()) break;
    const bool full = static_cast<int32_t>(offers.size()) == count;
    if (full && next.value - credit > offers.back().total_cm) break;
    const LiveNetwork::Holder& steward = network.holder(next.id);
    if (steward.own.max == 0) continue;
    const LiveSearch::Chain chain = state_->search.CheapestRoom(next.id, full_unit);
    if (!chain.found) continue;
    Offer offer{.steward = next.id, .distance_cm = next.value - steward.price, .knock_ons = {}};
    offer.knock_on_cm = steward.price + chain.length;
    offer.total_cm = offer.distance_cm + offer.knock_on_cm;
    if (full && !better(offer, offers.back())) continue;
    for (const LiveSearch::Step& step : chain.steps) {
      offer.knock_ons.push_back({step.household, std::max(step.from, -1), std::max(step.to, -1)});
    }
    if (full) offers.pop_back();
    offers.insert(std::upper_bound(offers.begin(), offers.end(), offer, better), std::move(offer));
  }
  network.RetirePool(u);
  if (context.cancelled()) return absl::CancelledError("cancelled");
  return offers;
}

}  // namespace lianhu::assignment
