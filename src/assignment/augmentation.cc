#include "assignment/augmentation.h"

#include <algorithm>
#include <limits>

namespace lianhu::assignment::internal {
namespace {

constexpr int64_t kInfinity = std::numeric_limits<int64_t>::max();

}  // namespace

AugmentingSearch::AugmentingSearch(Network& network, CandidateFinder& finder, const StopSignal& stop)
    : network_(network),
      finder_(finder),
      stop_(stop),
      distance_(network.stewards()),
      via_site_(network.stewards()),
      via_steward_(network.stewards()),
      reached_in_(network.stewards(), 0) {}

bool AugmentingSearch::Run(int64_t budget) {
  for (bool changed = true; changed;) {
    changed = false;
    for (int32_t j = 0; j < network_.stewards(); ++j) {
      for (int32_t excess = network_.Excess(j); excess != 0; excess = network_.Excess(j)) {
        if (budget < 0 || stop_.stopped()) return false;
        changed = true;
        if (excess > 0) {
          if (!Augment<Direction::kForward>(j)) finder_.AddArcsOutOf(settled_);
        } else {
          if (!Augment<Direction::kBackward>(j)) finder_.AddArcsInto(settled_);
        }
        budget -= static_cast<int64_t>(settled_.size());
      }
    }
  }
  return true;
}

void AugmentingSearch::Reach(int32_t j, int64_t distance, int32_t site, int32_t from) {
  if (reached_in_[j] == search_ && distance_[j] <= distance) return;
  reached_in_[j] = search_;
  distance_[j] = distance;
  via_site_[j] = site;
  via_steward_[j] = from;
  heap_.push_back({distance, j});
  std::push_heap(heap_.begin(), heap_.end(), [](const Node& a, const Node& b) {
    return a.distance != b.distance ? a.distance > b.distance : a.steward > b.steward;
  });
}

AugmentingSearch::Node AugmentingSearch::Pop() {
  const Node top = heap_.front();
  std::pop_heap(heap_.begin(), heap_.end(), [](const Node& a, const Node& b) {
    return a.distance != b.distance ? a.distance > b.distance : a.steward > b.steward;
  });
  heap_.pop_back();
  return top;
}

// Relaxes the edges of a settled steward that end nearer than `limit`.
template <AugmentingSearch::Direction direction>
void AugmentingSearch::Scan(const Node& node, int64_t limit) {
  if constexpr (direction == Direction::kForward) {
    for (const Network::Link& link : network_.holdings(node.steward)) {
      const int64_t base = node.distance - (link.cost + network_.price[node.steward]);
      const Network::List& list = network_.list(link.site);
      for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
        const int64_t distance = base + network_.Value(a);
        if (distance < limit) Reach(network_.arc(a).steward, distance, link.site, node.steward);
      }
    }
  } else {
    for (const Network::Link& link : network_.links(node.steward)) {
      const int64_t distance = node.distance + link.cost + network_.price[node.steward] - network_.SiteValue(link.site);
      if (distance >= limit) continue;
      const Network::List& list = network_.list(link.site);
      const int32_t held = list.begin + list.held;
      if (network_.flow(held) == network_.supply[link.site]) {
        Reach(network_.arc(held).steward, distance, link.site, node.steward);
        continue;
      }
      for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
        if (network_.flow(a) > 0) Reach(network_.arc(a).steward, distance, link.site, node.steward);
      }
    }
  }
}

template <AugmentingSearch::Direction direction>
bool AugmentingSearch::Augment(int32_t source) {
  constexpr bool kForward = direction == Direction::kForward;
  constexpr int64_t kSign = kForward ? 1 : -1;
  ++search_;
  heap_.clear();
  settled_.clear();
  int64_t length = kInfinity;
  int32_t target = -1;
  bool elsewhere = false;
  Reach(source, 0, -1, -1);
  while (!heap_.empty()) {
    const Node node = Pop();
    if (node.distance >= length) break;
    const int32_t j = node.steward;
    if (node.distance != distance_[j]) continue;
    settled_.push_back(j);
    if (kSign * network_.Excess(j) < 0) {
      length = node.distance;
      target = j;
      elsewhere = false;
      break;
    }
    const int32_t required = network_.RequiredLoad(j);
    if (kForward ? required < network_.bounds[j].max : required > network_.bounds[j].min) {
      if (const int64_t through = node.distance - kSign * network_.price[j]; through < length) {
        length = through;
        target = j;
        elsewhere = true;
      }
    }
    Scan<direction>(node, length);
  }
  if (target < 0) return false;
  for (const int32_t j : settled_) {
    if (distance_[j] < length) network_.price[j] += kSign * (length - distance_[j]);
  }
  Push<direction>(source, target, elsewhere);
  return true;
}

// Sends as many units as all edges of the path carry, at least one; none when the path is only source -> T.
template <AugmentingSearch::Direction direction>
void AugmentingSearch::Push(int32_t source, int32_t target, bool elsewhere) {
  constexpr bool kForward = direction == Direction::kForward;
  if (source == target) return;
  const LoadBounds bounds = network_.bounds[target];
  const int32_t load = network_.load(target);
  int32_t units = std::abs(network_.Excess(source));
  if (!elsewhere) {
    units = std::min(units, std::abs(network_.Excess(target)));
  } else if (network_.price[target] == 0) {
    units = std::min(units, std::max(1, kForward ? bounds.max - load : load - bounds.min));
  }
  for (int32_t j = target; j != source; j = via_steward_[j]) {
    const int32_t giver = kForward ? via_steward_[j] : j;
    units = std::min(units, network_.flow(network_.FindArc(via_site_[j], giver)));
  }
  for (int32_t j = target; j != source; j = via_steward_[j]) {
    const int32_t s = via_site_[j];
    const int32_t giver = kForward ? via_steward_[j] : j;
    const int32_t taker = kForward ? j : via_steward_[j];
    network_.Move(s, network_.FindArc(s, giver), network_.FindArc(s, taker), units);
  }
}

}  // namespace lianhu::assignment::internal
