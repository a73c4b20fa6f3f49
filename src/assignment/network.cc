#include "assignment/network.h"

#include <limits>
#include <utility>

namespace lianhu::assignment::internal {

bool Network::HasArc(int32_t s, int32_t j) const {
  const List& list = lists_[s];
  for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
    if (arcs_[a].steward == j) return true;
  }
  return false;
}

int32_t Network::BestArc(int32_t s) const {
  const List& list = lists_[s];
  int32_t best = list.begin;
  int64_t least = Value(best);
  for (int32_t a = list.begin + 1; a < list.begin + list.size; ++a) {
    const int64_t value = Value(a);
    if (value < least) {
      least = value;
      best = a;
    }
  }
  return best;
}

void Network::AddFlow(int32_t s, int32_t a, int32_t units) {
  const int32_t j = arcs_[a].steward;
  Flow& flow = flows_[a];
  if (flow.units == 0) {
    flow.slot = static_cast<int32_t>(holdings_[j].size());
    holdings_[j].push_back({s, arcs_[a].cost});
  }
  flow.units += units;
  load_[j] += units;
}

void Network::RemoveFlow(int32_t s, int32_t a, int32_t units) {
  const int32_t j = arcs_[a].steward;
  Flow& flow = flows_[a];
  flow.units -= units;
  load_[j] -= units;
  if (flow.units > 0) return;

  std::vector<Link>& holdings = holdings_[j];
  const int32_t slot = std::exchange(flow.slot, -1);
  if (slot + 1 < static_cast<int32_t>(holdings.size())) {
    holdings[slot] = holdings.back();
    flows_[FindArc(holdings[slot].site, j)].slot = slot;
  }
  holdings.pop_back();

  List& list = lists_[s];
  if (list.held == a - list.begin) {
    list.held = 0;
    while (flows_[list.begin + list.held].units == 0) ++list.held;
  }
}

void Network::Restore(int32_t s) {
  const List& list = lists_[s];
  const int32_t best = BestArc(s);
  const int64_t least = Value(best);
  for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
    if (flows_[a].units > 0 && Value(a) > least) Move(s, a, best, flows_[a].units);
  }
}

void Network::AddArc(int32_t s, Arc arc) {
  List& list = lists_[s];
  if (list.size == list.capacity) {
    const auto begin = static_cast<int32_t>(arcs_.size());
    list.capacity = std::max(4, list.capacity + list.capacity / 2);
    arcs_.resize(arcs_.size() + list.capacity);
    flows_.resize(arcs_.size());
    std::copy_n(arcs_.begin() + list.begin, list.size, arcs_.begin() + begin);
    std::copy_n(flows_.begin() + list.begin, list.size, flows_.begin() + begin);
    list.begin = begin;
  }
  arcs_[list.begin + list.size] = arc;
  flows_[list.begin + list.size] = {};
  ++list.size;
  links_[arc.steward].push_back({s, arc.cost});
}

void Network::ReplaceLists(std::vector<Arc> arcs, const std::vector<int32_t>& sizes) {
  const std::vector<Arc> old_arcs = std::exchange(arcs_, std::move(arcs));
  const std::vector<Flow> old_flows = std::exchange(flows_, std::vector<Flow>(arcs_.size()));
  const std::vector<List> old_lists = std::exchange(lists_, std::vector<List>(sizes.size()));
  load_.assign(bounds.size(), 0);
  holdings_.resize(bounds.size());
  links_.resize(bounds.size());

  std::vector<int32_t> degree(bounds.size(), 0);
  for (const Arc& arc : arcs_) ++degree[arc.steward];
  for (size_t j = 0; j < bounds.size(); ++j) {
    holdings_[j].clear();
    links_[j].clear();
    links_[j].reserve(degree[j]);
  }

  int32_t begin = 0;
  for (int32_t s = 0; s < sites(); ++s) {
    List& list = lists_[s];
    list = {.begin = begin, .size = sizes[s], .capacity = sizes[s], .held = -1};
    begin += sizes[s];
    for (int32_t a = list.begin; a < begin; ++a) links_[arcs_[a].steward].push_back({s, arcs_[a].cost});
    if (old_lists.empty()) {
      const int32_t best = BestArc(s);
      list.held = best - list.begin;
      AddFlow(s, best, supply[s]);
      continue;
    }
    const List& old = old_lists[s];
    for (int32_t a = old.begin; a < old.begin + old.size; ++a) {
      if (old_flows[a].units == 0) continue;
      const int32_t now = FindArc(s, old_arcs[a].steward);
      if (list.held < 0) list.held = now - list.begin;
      AddFlow(s, now, old_flows[a].units);
    }
  }
}

int64_t Network::TotalCost() const {
  int64_t total = 0;
  for (const List& list : lists_) {  // not over all arcs: a list that has moved leaves its old copy behind
    for (int32_t a = list.begin; a < list.begin + list.size; ++a) total += int64_t{flows_[a].units} * arcs_[a].cost;
  }
  return total;
}

int64_t Network::DualValue() const {
  int64_t value = 0;
  for (int32_t s = 0; s < sites(); ++s) value += Value(BestArc(s)) * supply[s];
  for (int32_t j = 0; j < stewards(); ++j) value -= price[j] * (price[j] > 0 ? bounds[j].max : bounds[j].min);
  return value;
}

}  // namespace lianhu::assignment::internal
