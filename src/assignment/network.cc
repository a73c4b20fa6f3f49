#include "assignment/network.h"

#include <limits>
#include <utility>

#include "lianhu/base/parallel.h"

namespace lianhu::assignment::internal {
namespace {

// Parts that long loops are shared out in, the same for any number of threads.
constexpr int64_t kShares = 16;

constexpr Network::Flow kNoFlow = {.units = 0, .slot = -1};

int32_t ShareBegin(int64_t share, int32_t count) {
  return static_cast<int32_t>(share * count / kShares);
}

}  // namespace

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
  flows_[list.begin + list.size] = kNoFlow;
  ++list.size;
  links_[arc.steward].push_back({s, arc.cost});
}

bool Network::IsBest(int32_t s) const {
  const List& list = lists_[s];
  int64_t least = std::numeric_limits<int64_t>::max();
  int64_t greatest = std::numeric_limits<int64_t>::min();  // of those with flow
  for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
    const int64_t value = Value(a);
    least = std::min(least, value);
    if (flows_[a].units > 0) greatest = std::max(greatest, value);
  }
  return greatest <= least;
}

void Network::RestoreAll(int threads, const RunContext& context) {
  std::vector<std::vector<int32_t>> worse(kShares);
  ParallelFor(threads, kShares, [&](int64_t k) {
    if (context.cancelled()) return;
    for (int32_t s = ShareBegin(k, sites()); s < ShareBegin(k + 1, sites()); ++s) {
      if (!IsBest(s)) worse[k].push_back(s);
    }
  });
  for (const std::vector<int32_t>& share : worse) {
    if (context.cancelled()) return;
    for (const int32_t s : share) Restore(s);
  }
}

void Network::ReplaceLists(std::vector<Candidates> parts, int threads, const RunContext& context) {
  // Of the old lists only what is held is wanted; the rest goes before new lists take room.
  struct Held {
    int32_t steward;
    int32_t units;
  };
  std::vector<Held> held;
  std::vector<int32_t> held_end;  // of each site; empty when there were no lists
  links_ = {};
  for (const List& list : lists_) {
    for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
      if (flows_[a].units != 0) held.push_back({arcs_[a].steward, flows_[a].units});
    }
    held_end.push_back(static_cast<int32_t>(held.size()));
  }
  arcs_ = {};
  flows_ = {};
  lists_ = std::vector<List>(sites());
  std::vector<int32_t> first_arc = {0};
  std::vector<int32_t> first_site = {0};
  for (const Candidates& part : parts) {
    first_arc.push_back(first_arc.back() + static_cast<int32_t>(part.arcs.size()));
    first_site.push_back(first_site.back() + static_cast<int32_t>(part.sizes.size()));
  }
  arcs_.resize(first_arc.back());
  flows_.resize(first_arc.back());

  ParallelFor(threads, static_cast<int64_t>(parts.size()), [&](int64_t k) {
    if (context.cancelled()) return;
    Candidates& part = parts[k];
    std::copy(part.arcs.begin(), part.arcs.end(), arcs_.begin() + first_arc[k]);
    std::fill(flows_.begin() + first_arc[k], flows_.begin() + first_arc[k + 1], kNoFlow);
    int32_t begin = first_arc[k];
    for (int32_t s = first_site[k]; s < first_site[k + 1]; ++s) {
      const int32_t size = part.sizes[s - first_site[k]];
      List& list = lists_[s];
      list = {.begin = begin, .size = size, .capacity = size, .held = -1};
      begin += size;
      if (held_end.empty()) {
        const int32_t best = BestArc(s);
        list.held = best - list.begin;
        flows_[best].units = supply[s];
        continue;
      }
      for (int32_t i = s == 0 ? 0 : held_end[s - 1]; i < held_end[s]; ++i) {
        const int32_t now = FindArc(s, held[i].steward);
        if (list.held < 0) list.held = now - list.begin;
        flows_[now].units = held[i].units;
      }
    }
    part = {};
  });
  if (!context.cancelled()) LinkStewards(threads);
  if (!context.cancelled()) HoldFlows(threads);
}

// Fills `ends` of each steward with the site's end of his arcs, those of share k being what each_arc(k, use) hands to
// use(site, arc), share after share; placed(k, arc, place) learns where.
template <typename EachArc, typename Placed>
void Network::HandOut(int threads, const EachArc& each_arc, std::vector<std::vector<Link>>& ends,
                      const Placed& placed) {
  // Before the sum: how many ends a share gives each steward; after it: where they begin.
  std::vector<std::vector<int32_t>> place(kShares);
  ParallelFor(threads, kShares, [&](int64_t k) {
    place[k].assign(stewards(), 0);
    each_arc(k, [&](int32_t, int32_t a) { ++place[k][arcs_[a].steward]; });
  });
  ends.resize(stewards());
  ParallelFor(threads, kShares, [&](int64_t k) {
    for (int32_t j = ShareBegin(k, stewards()); j < ShareBegin(k + 1, stewards()); ++j) {
      int32_t total = 0;
      for (std::vector<int32_t>& share : place) total += std::exchange(share[j], total);
      ends[j].resize(total);
    }
  });
  ParallelFor(threads, kShares, [&](int64_t k) {
    each_arc(k, [&](int32_t s, int32_t a) {
      const Arc arc = arcs_[a];
      const int32_t at = place[k][arc.steward]++;
      ends[arc.steward][at] = {s, arc.cost};
      placed(k, a, at);
    });
  });
}

// links_ from the lists: every steward's in the order of the sites.
void Network::LinkStewards(int threads) {
  const auto each_arc = [&](int64_t k, const auto& use) {
    for (int32_t s = ShareBegin(k, sites()); s < ShareBegin(k + 1, sites()); ++s) {
      for (int32_t a = lists_[s].begin; a < lists_[s].begin + lists_[s].size; ++a) use(s, a);
    }
  };
  HandOut(threads, each_arc, links_, [](int64_t, int32_t, int32_t) {});
}

// Holdings and loads from the units that the arcs carry.
void Network::HoldFlows(int threads) {
  const auto each_arc = [&](int64_t k, const auto& use) {
    for (int32_t s = ShareBegin(k, sites()); s < ShareBegin(k + 1, sites()); ++s) {
      const List& list = lists_[s];
      int32_t left = supply[s];
      const int32_t held = list.begin + list.held;
      for (int32_t a = flows_[held].units == left ? held : list.begin; left > 0; ++a) {
        if (flows_[a].units > 0) use(s, a);
        left -= flows_[a].units;
      }
    }
  };
  std::vector<std::vector<int32_t>> load(kShares, std::vector<int32_t>(stewards()));
  HandOut(threads, each_arc, holdings_, [&](int64_t k, int32_t a, int32_t at) {
    flows_[a].slot = at;
    load[k][arcs_[a].steward] += flows_[a].units;
  });
  load_.assign(stewards(), 0);
  for (const std::vector<int32_t>& share : load) {
    for (int32_t j = 0; j < stewards(); ++j) load_[j] += share[j];
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
