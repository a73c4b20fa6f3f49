#include "assignment/live_search.h"

#include <algorithm>
#include <cstdlib>

#include "assignment/pair_costs.h"
#include "base/infinity.h"

namespace lianhu::assignment::internal {
inline bool LiveSearch::Later::operator()(const Entry& a, const Entry& b) const {
  if (a.key != b.key) return a.key > b.key;
  if (a.household != b.household) return a.household < b.household;  // items before nodes
  if (a.to != b.to) return a.to > b.to;
  return a.scanned > b.scanned;
}

void LiveSearch::Push(const Entry& entry) {
  heap_.push_back(entry);
  std::push_heap(heap_.begin(), heap_.end(), Later());
}

void LiveSearch::Reach(int32_t to, int64_t key, int32_t household, int32_t scanned) {
  if (key >= limit_) return;
  LiveNetwork::Holder& holder = network_.holder(to);
  if (holder.reached_in == search_ && holder.distance <= key) return;
  holder.reached_in = search_;
  holder.distance = key;
  holder.via_household = household;
  holder.via_holder = scanned < 0 ? to : scanned_[scanned].holder;
  Push({key, household, to, scanned});
}

template <>
void LiveSearch::Expand<LiveSearch::Direction::kForward>(const Entry& entry) {
  const Scanned& from = scanned_[entry.scanned];
  const LiveTree& tree = network_.unit(network_.holder(from.holder).unit).stewards;
  const int64_t base = from.distance - from.greatest_value;
  if (!tree.IsLeaf(entry.to)) {
    for (const int32_t child : tree.node(entry.to).child) {
      const LiveTree::Node& node = tree.node(child);
      if (node.count == 0) continue;
      const int64_t key = base + network_.Floor(SquaredDistance(from.box, node.box)) + node.least_key;
      if (key < limit_) Push({key, kNode, child, entry.scanned});
    }
    return;
  }
  const auto count = static_cast<int>(from.end - from.begin);
  cost_.resize(count);
  for (const LiveTree::Item& item : tree.items(entry.to)) {
    const LiveNetwork::Holder& taker = network_.holder(item.id);
    if (taker.settled_in == search_) continue;
    const int64_t known = taker.reached_in == search_ ? std::min(taker.distance, limit_) : limit_;
    if (base + network_.Floor(SquaredDistance(from.box, {item.point, item.point})) + item.key >= known) continue;
    PairCosts(item.point, &x_[from.begin], &y_[from.begin], count, cost_.data());
    int64_t least = kInfiniteCost;
    int best = 0;
    for (int k = 0; k < count; ++k) {
      const int64_t length = network_.scale() * cost_[k] - value_[from.begin + k];
      if (length < least) {
        least = length;
        best = k;
      }
    }
    Reach(item.id, from.distance + item.key + least, household_[from.begin + best], entry.scanned);
  }
}

template <>
void LiveSearch::Expand<LiveSearch::Direction::kBackward>(const Entry& entry) {
  const Scanned& from = scanned_[entry.scanned];
  const LiveNetwork::Holder& taker = network_.holder(from.holder);
  const LiveTree& tree = network_.unit(taker.unit).households;
  const bool pool = from.holder < 0;
  const int64_t base = from.distance + taker.price;
  const Box at{taker.point, taker.point};
  if (!tree.IsLeaf(entry.to)) {
    for (const int32_t child : tree.node(entry.to).child) {
      const LiveTree::Node& node = tree.node(child);
      if (node.count == 0) continue;
      const int64_t floor = pool ? -network_.charge() : network_.Floor(SquaredDistance(at, node.box));
      const int64_t key = base + floor + node.least_key;
      if (key < limit_) Push({key, kNode, child, entry.scanned});
    }
    return;
  }
  for (const LiveTree::Item& item : tree.items(entry.to)) {
    const int64_t cost = pool ? -network_.ChargeOf(item.id) : network_.scale() * FastPairCost(item.point, taker.point);
    const int64_t key = base + cost + item.key;
    if (key < limit_) Reach(network_.household(item.id).holder, key, item.id, entry.scanned);
  }
}

// Starts the walk over everything that a settled holder could give (forward) or get (backward).
template <LiveSearch::Direction direction>
void LiveSearch::Scan(int32_t index) {
  Scanned& from = scanned_[index];
  const LiveNetwork::Holder& holder = network_.holder(from.holder);
  const LiveNetwork::Unit& unit = network_.unit(holder.unit);
  if constexpr (direction == Direction::kForward) {
    if (holder.held.empty()) return;
    from.begin = x_.size();
    from.greatest_value = -kInfiniteCost;
    int64_t dearest = -kInfiniteCost;
    int32_t dearest_household = -1;
    for (const int32_t h : holder.held) {
      const LiveNetwork::Household& household = network_.household(h);
      const int64_t value = household.value - network_.ChargeOf(h);
      x_.push_back(household.point.x);
      y_.push_back(household.point.y);
      value_.push_back(value);
      household_.push_back(h);
      from.box.Add(household.point);
      from.greatest_value = std::max(from.greatest_value, value);
      if (household.value > dearest) {
        dearest = household.value;
        dearest_household = h;
      }
      if (const int32_t j = household.current; j >= 0 && j != from.holder && network_.holder(j).present) {
        Reach(j, from.distance + network_.Cost(h, j) + network_.holder(j).price - household.value, h, index);
      }
    }
    from.end = x_.size();
    if (unit.pool.present && from.holder >= 0) {
      Reach(~holder.unit, from.distance + unit.pool.price - dearest, dearest_household, index);
    }
    if (unit.stewards.size() > 0) Expand<direction>({0, kNode, unit.stewards.root(), index});
  } else {
    for (const int32_t h : holder.named) {
      const LiveNetwork::Household& household = network_.household(h);
      if (household.holder == from.holder) continue;
      Reach(household.holder, from.distance + holder.price + network_.Cost(h, from.holder) - household.value, h, index);
    }
    if (unit.households.size() > 0) Expand<direction>({0, kNode, unit.households.root(), index});
  }
}

template <LiveSearch::Direction direction>
LiveSearch::Target LiveSearch::FindTarget(int32_t source, bool pool_has_room) {
  constexpr bool kForward = direction == Direction::kForward;
  constexpr int64_t kSign = kForward ? 1 : -1;
  ++search_;
  heap_.clear();
  scanned_.clear();
  x_.clear();
  y_.clear();
  value_.clear();
  household_.clear();
  limit_ = kInfiniteCost;
  Target target;
  Reach(source, 0, -1, -1);
  while (!heap_.empty()) {
    const Entry entry = heap_.front();
    if (entry.key >= limit_) break;
    std::pop_heap(heap_.begin(), heap_.end(), Later());
    heap_.pop_back();
    if (entry.household == kNode) {
      Expand<direction>(entry);
      continue;
    }
    LiveNetwork::Holder& holder = network_.holder(entry.to);
    if (holder.settled_in == search_ || holder.distance != entry.key) continue;
    holder.settled_in = search_;
    scanned_.push_back({.holder = entry.to, .distance = entry.key, .box = {}});
    ++settled_total_;
    if (entry.to != source && kSign * network_.Excess(holder) < 0) {
      target = {.length = entry.key, .holder = entry.to, .found = true, .elsewhere = false};
      break;
    }
    const int32_t required = network_.RequiredLoad(holder);
    const bool room = kForward ? required < holder.bounds.max : required > holder.bounds.min;
    if (room || (pool_has_room && entry.to < 0)) {
      if (const int64_t through = entry.key - kSign * holder.price; through < limit_) {
        limit_ = through;
        target = {.length = through, .holder = entry.to, .found = true, .elsewhere = true};
      }
    }
    if (entry.key < limit_) Scan<direction>(static_cast<int32_t>(scanned_.size()) - 1);
  }
  return target;
}

template <LiveSearch::Direction direction>
void LiveSearch::Augment(int32_t source) {
  constexpr bool kForward = direction == Direction::kForward;
  const Target target = FindTarget<direction>(source);
  for (const Scanned& scanned : scanned_) {
    if (scanned.distance >= target.length) continue;
    const int64_t change = target.length - scanned.distance;
    network_.SetPrice(scanned.holder, network_.holder(scanned.holder).price + (kForward ? change : -change));
  }
  for (int32_t i = target.holder; i != source;) {
    const LiveNetwork::Holder& reached = network_.holder(i);
    const int32_t next = reached.via_holder;
    network_.Move(reached.via_household, kForward ? i : next);
    i = next;
  }
  network_.MarkDirty(target.holder);
}

bool LiveSearch::Repair(RunContext& context) {
  std::vector<int32_t>& dirty = network_.dirty();
  for (bool changed = true; changed;) {
    changed = false;
    // Stewards who hold too many first: their searches end where households are lacking, if that is near.
    for (const bool only_stewards_excess : {true, false}) {
      for (size_t k = 0; k < dirty.size(); ++k) {
        const int32_t i = dirty[k];
        while (network_.holder(i).present) {
          const int32_t excess = network_.Excess(network_.holder(i));
          if (excess == 0 || (only_stewards_excess && (excess < 0 || i < 0))) break;
          if (context.cancelled()) return false;
          changed = true;
          excess > 0 ? Augment<Direction::kForward>(i) : Augment<Direction::kBackward>(i);
        }
      }
    }
  }
  for (const int32_t i : dirty) {
    network_.holder(i).dirty = false;
    if (i < 0) network_.RetirePool(~i);
  }
  dirty.clear();
  return true;
}

LiveSearch::Chain LiveSearch::CheapestRoom(int32_t i, bool or_pool) {
  const Target target = FindTarget<Direction::kForward>(i, or_pool);
  Chain chain{.found = target.found, .length = target.length, .steps = {}};
  if (!target.found) return chain;
  for (int32_t k = target.holder; k != i; k = network_.holder(k).via_holder) {
    chain.steps.push_back({network_.holder(k).via_household, network_.holder(k).via_holder, k});
  }
  std::reverse(chain.steps.begin(), chain.steps.end());
  return chain;
}

}  // namespace lianhu::assignment::internal
