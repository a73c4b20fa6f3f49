#include "assignment/primal_dual.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace lianhu::assignment::internal {
namespace {

constexpr int64_t kInfinity = std::numeric_limits<int64_t>::max();

}  // namespace

PrimalDualSearch::PrimalDualSearch(Network& network, CandidateFinder& finder, RunContext& context)
    : network_(network),
      finder_(finder),
      context_(context),
      distance_(network.stewards()),
      reached_(network.stewards(), 0),
      site_seen_(network.sites(), 0) {}

bool PrimalDualSearch::Run() {
  const auto balanced = [&] {
    for (int32_t j = 0; j < network_.stewards(); ++j) {
      if (network_.Excess(j) != 0) return false;
    }
    return true;
  };
  do {
    if (!Resolve<Direction::kForward>() || !Resolve<Direction::kBackward>()) return false;
  } while (!balanced());
  return true;
}

template <PrimalDualSearch::Direction direction>
bool PrimalDualSearch::Resolve() {
  std::vector<int32_t> sources;
  for (;;) {
    if (context_.cancelled()) return false;
    sources.clear();
    for (int32_t j = 0; j < network_.stewards(); ++j) {
      if (Imbalance<direction>(j) > 0) sources.push_back(j);
    }
    if (sources.empty()) return true;
    if (!MovePrices<direction>()) {
      if constexpr (direction == Direction::kForward) {
        finder_.AddArcsOutOf(settled_);
      } else {
        finder_.AddArcsInto(settled_);
      }
      continue;
    }
    ++search_;
    for (const int32_t source : sources) SendFrom<direction>(source);
  }
}

void PrimalDualSearch::Reach(int32_t j, int64_t distance) {
  if (reached_[j] == search_ && distance_[j] <= distance) return;
  reached_[j] = search_;
  distance_[j] = distance;
  heap_.push_back({distance, j});
  std::push_heap(heap_.begin(), heap_.end(), [](const Node& a, const Node& b) { return a.distance > b.distance; });
}

template <PrimalDualSearch::Direction direction>
void PrimalDualSearch::Scan(const Node& node, int64_t limit) {
  const int64_t price = network_.price[node.steward];
  if constexpr (direction == Direction::kForward) {
    for (const Network::Link& link : network_.holdings(node.steward)) {
      // All holders of a site serve it at the same value: the first one settled is the nearest.
      if (site_seen_[link.site] == search_) continue;
      site_seen_[link.site] = search_;
      const int64_t base = node.distance - (link.cost + price);
      const Network::List& list = network_.list(link.site);
      for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
        const int64_t distance = base + network_.Value(a);
        if (distance < limit) Reach(network_.arc(a).steward, distance);
      }
    }
  } else {
    for (const Network::Link& link : network_.links(node.steward)) {
      const int64_t distance = node.distance + link.cost + price - network_.SiteValue(link.site);
      if (distance >= limit) continue;
      const Network::List& list = network_.list(link.site);
      const int32_t held = list.begin + list.held;
      if (network_.flow(held) == network_.supply[link.site]) {
        Reach(network_.arc(held).steward, distance);
        continue;
      }
      for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
        if (network_.flow(a) > 0) Reach(network_.arc(a).steward, distance);
      }
    }
  }
}

template <PrimalDualSearch::Direction direction>
bool PrimalDualSearch::MovePrices() {
  constexpr bool kForward = direction == Direction::kForward;
  constexpr int64_t kSign = kForward ? 1 : -1;
  ++search_;
  heap_.clear();
  settled_.clear();
  for (int32_t j = 0; j < network_.stewards(); ++j) {
    if (Imbalance<direction>(j) > 0) Reach(j, 0);
  }
  int64_t length = kInfinity;
  while (!heap_.empty()) {
    const Node node = heap_.front();
    if (node.distance >= length) break;
    std::pop_heap(heap_.begin(), heap_.end(), [](const Node& a, const Node& b) { return a.distance > b.distance; });
    heap_.pop_back();
    const int32_t j = node.steward;
    if (node.distance != distance_[j]) continue;
    settled_.push_back(j);
    if (Imbalance<direction>(j) < 0) {
      length = node.distance;
      break;
    }
    const int32_t required = network_.RequiredLoad(j);
    if (kForward ? required < network_.bounds[j].max : required > network_.bounds[j].min) {
      length = std::min(length, node.distance - kSign * network_.price[j]);
    }
    Scan<direction>(node, length);
  }
  if (length == kInfinity) return false;
  for (const int32_t j : settled_) {
    if (distance_[j] < length) network_.price[j] += kSign * (length - distance_[j]);
  }
  return true;
}

template <PrimalDualSearch::Direction direction>
int32_t PrimalDualSearch::Room(int32_t j) const {
  if (const int32_t wanted = -Imbalance<direction>(j); wanted > 0) return wanted;
  if (network_.price[j] != 0) return 0;
  const int32_t load = network_.load(j);
  const LoadBounds bounds = network_.bounds[j];
  return std::max(0, direction == Direction::kForward ? bounds.max - load : load - bounds.min);
}

template <PrimalDualSearch::Direction direction>
void PrimalDualSearch::SendFrom(int32_t source) {
  while (Imbalance<direction>(source) > 0) {
    reached_[source] = search_;
    path_.assign(1, {.steward = source, .site = -1, .next = 0, .arc = 0});
    while (!path_.empty() && !Advance<direction>()) {
    }
    if (path_.empty()) return;
    Augment<direction>();
  }
}

// Steps to j, unless it has been tried in this phase.
template <PrimalDualSearch::Direction direction>
bool PrimalDualSearch::TryEnter(int32_t j, int32_t site) {
  if (reached_[j] == search_) return false;
  reached_[j] = search_;
  path_.push_back({.steward = j, .site = site, .next = 0, .arc = 0});
  return true;
}

// One step forwards or back; true when the path has reached a place for its units.
template <PrimalDualSearch::Direction direction>
bool PrimalDualSearch::Advance() {
  constexpr bool kForward = direction == Direction::kForward;
  Step& step = path_.back();
  if (path_.size() > 1 && Room<direction>(step.steward) > 0) return true;
  const std::vector<Network::Link>& ways = kForward ? network_.holdings(step.steward) : network_.links(step.steward);
  const int64_t price = network_.price[step.steward];
  for (; step.next < ways.size(); ++step.next, step.arc = 0) {
    const Network::Link& link = ways[step.next];
    const Network::List& list = network_.list(link.site);
    if constexpr (kForward) {
      const int64_t value = link.cost + price;
      if (step.arc == 0 && site_seen_[link.site] == search_) continue;
      while (step.arc < list.size) {
        const int32_t a = list.begin + step.arc++;
        if (network_.Value(a) == value && TryEnter<direction>(network_.arc(a).steward, link.site)) return false;
      }
      site_seen_[link.site] = search_;
    } else {
      if (link.cost + price != network_.SiteValue(link.site)) continue;
      while (step.arc < list.size) {
        const int32_t a = list.begin + step.arc++;
        if (network_.flow(a) > 0 && TryEnter<direction>(network_.arc(a).steward, link.site)) return false;
      }
    }
  }
  path_.pop_back();
  return false;
}

// Sends as many units as all edges of the path carry.
template <PrimalDualSearch::Direction direction>
void PrimalDualSearch::Augment() {
  constexpr bool kForward = direction == Direction::kForward;
  int32_t units = std::min(Imbalance<direction>(path_.front().steward), Room<direction>(path_.back().steward));
  for (size_t k = 1; k < path_.size(); ++k) {
    const int32_t giver = path_[kForward ? k - 1 : k].steward;
    units = std::min(units, network_.flow(network_.FindArc(path_[k].site, giver)));
  }
  for (size_t k = path_.size() - 1; k > 0; --k) {
    const int32_t s = path_[k].site;
    const int32_t giver = path_[kForward ? k - 1 : k].steward;
    const int32_t taker = path_[kForward ? k : k - 1].steward;
    network_.Move(s, network_.FindArc(s, giver), network_.FindArc(s, taker), units);
  }
  for (const Step& step : path_) reached_[step.steward] = search_ - 1;
}

}  // namespace lianhu::assignment::internal
