#include "assignment/network_simplex.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace lianhu::assignment::internal {
namespace {

constexpr int32_t kNoNode = -1;
constexpr int32_t kUnbounded = std::numeric_limits<int32_t>::max();

constexpr int64_t kFirstPenalty = 100;  // cm
constexpr int64_t kPenaltyGrowth = 4;

// New arcs after which pivots take up again: prices that few sites have found wanting soon look different to the rest.
constexpr int64_t kEnoughArcs = 1000;

// Sites that are looked through for the best arc to enter.
constexpr int32_t kBlock = 16;

}  // namespace

NetworkSimplex::NetworkSimplex(Network& network, CandidateFinder& finder, const StopSignal& stop)
    : network_(network), finder_(finder), stop_(stop) {}

int32_t NetworkSimplex::Penalised(int32_t j) const {
  if (load_arc_[j] == LoadArc::kBasic) return 0;
  const LoadBounds bounds = network_.bounds[j];
  return network_.load(j) - (load_arc_[j] == LoadArc::kAtMax ? bounds.max : bounds.min);
}

bool NetworkSimplex::Run() {
  std::vector<int64_t> proved = network_.price;
  BuildTree();
  int32_t priced = 0;  // where pricing goes on
  for (int64_t penalty = kFirstPenalty;; penalty *= kPenaltyGrowth) {
    RaisePenalty(penalty);
    do {
      if (!PivotToOptimum()) {
        std::copy(proved.begin(), proved.end(), network_.price.begin());  // where the finder looks for them
        return false;
      }
    } while (finder_.AddBestArcs(priced, kEnoughArcs) > 0);
    if (stop_.cancelled()) return false;
    proved = network_.price;
    bool balanced = true;
    for (int32_t j = 0; j < network_.stewards() && balanced; ++j) balanced = Penalised(j) == 0;
    if (balanced) return true;
  }
}

void NetworkSimplex::BuildTree() {
  const int32_t nodes = NodeOf(network_.sites());
  load_arc_.assign(network_.stewards(), LoadArc::kBasic);
  parent_.assign(nodes, kNoNode);
  place_.assign(nodes, kByLoadArc);
  depth_.assign(nodes, 0);
  first_child_.assign(nodes, kNoNode);
  next_.assign(nodes, kNoNode);
  previous_.assign(nodes, kNoNode);
  for (int32_t j = 0; j < network_.stewards(); ++j) {
    const int64_t price = network_.price[j];
    const int32_t load = network_.load(j);
    const LoadBounds bounds = network_.bounds[j];
    depth_[j] = 1;
    Link(j, Root());
    if (price == 0 && load >= bounds.min && load < bounds.max) continue;
    place_[j] = kByPenalty;
    load_arc_[j] = price > 0 || (price == 0 && load >= bounds.max) ? LoadArc::kAtMax : LoadArc::kAtMin;
  }
  for (int32_t s = 0; s < network_.sites(); ++s) {
    place_[NodeOf(s)] = network_.list(s).held;
    parent_[NodeOf(s)] = network_.arc(Arc(s, network_.list(s).held)).steward;
  }
  // Flow on a second arc of a site, of equal value: the arc enters the basis.
  for (int32_t s = 0; s < network_.sites(); ++s) {
    for (int32_t place = 0; place < network_.list(s).size; ++place) {
      const int32_t a = Arc(s, place);
      const int32_t j = network_.arc(a).steward;
      const bool basic = place == place_[NodeOf(s)] || parent_[j] == NodeOf(s);
      if (network_.flow(a) > 0 && !basic) Pivot({.gain = 0, .site = s, .place = place, .steward = j});
    }
  }
}

void NetworkSimplex::RaisePenalty(int64_t penalty) {
  const int64_t rise = penalty - penalty_;
  penalty_ = penalty;
  for (int32_t j = first_child_[Root()]; j != kNoNode; j = next_[j]) {
    if (place_[j] != kByPenalty) continue;
    const int32_t units = Penalised(j);
    if (units != 0) Shift(j, units > 0 ? rise : -rise);
  }
}

NetworkSimplex::Entering NetworkSimplex::BestOf(int32_t begin, int32_t end) const {
  Entering best;
  for (int32_t s = begin; s < std::min(end, network_.sites()); ++s) {
    const Network::List& list = network_.list(s);
    int64_t least = network_.SiteValue(s) - best.gain;
    for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
      const int64_t value = network_.Value(a);
      if (value >= least) continue;
      best = {
          .gain = best.gain + least - value, .site = s, .place = a - list.begin, .steward = network_.arc(a).steward};
      least = value;
    }
  }
  for (int32_t j = std::max(begin, network_.sites()) - network_.sites(); j < end - network_.sites(); ++j) {
    if (load_arc_[j] == LoadArc::kBasic || network_.bounds[j].min == network_.bounds[j].max) continue;
    const int64_t gain = load_arc_[j] == LoadArc::kAtMin ? network_.price[j] : -network_.price[j];
    if (gain > best.gain) best = {.gain = gain, .site = kNoNode, .place = kNoNode, .steward = j};
  }
  return best;
}

bool NetworkSimplex::PivotToOptimum() {
  const int32_t arcs = network_.sites() + network_.stewards();
  cursor_ = 0;
  for (int32_t passed = 0; passed < arcs;) {
    if (stop_.stopped()) return false;
    const int32_t end = std::min(cursor_ + kBlock, arcs);
    const Entering entering = BestOf(cursor_, end);
    passed = entering.gain > 0 ? 0 : passed + end - cursor_;
    cursor_ = end == arcs ? 0 : end;
    if (entering.gain == 0) continue;
    if (entering.site >= 0) {
      Pivot(entering);
    } else {
      PivotOnLoadArc(entering);
    }
  }
  return true;
}

// The units that the arc above `node` can carry: towards it on the giver's side of a cycle, from it on the taker's.
// Of arcs that block alike the one nearest the entering arc leaves on the giver's side, the farthest on the taker's.
template <NetworkSimplex::Side side>
void NetworkSimplex::Consider(int32_t node, Blocking& blocking) {
  constexpr bool kGiver = side == Side::kGiver;
  int32_t units = kUnbounded;
  if (IsSite(node)) {
    if (kGiver) units = network_.flow(Arc(SiteOf(node), place_[node]));
  } else if (IsSite(parent_[node])) {
    if (!kGiver) units = network_.flow(Arc(SiteOf(parent_[node]), place_[node]));
  } else if (place_[node] == kByLoadArc) {
    const int32_t load = network_.load(node);
    units = kGiver ? load - network_.bounds[node].min : network_.bounds[node].max - load;
  } else {
    const int32_t penalised = Penalised(node);
    if (penalised == 0) {
      blocking = {.units = -1, .node = node};
      return;
    }
    if (kGiver ? penalised > 0 : penalised < 0) units = std::abs(penalised);
  }
  if (kGiver ? units < blocking.units : units <= blocking.units) blocking = {.units = units, .node = node};
}

// Makes the basis change for a pair of less value: units flow from the site to the new steward, from him along the tree
// to where the tree joins the way from the root to the site.
void NetworkSimplex::Pivot(const Entering& entering) {
  const int32_t site = NodeOf(entering.site);
  const int32_t giver = parent_[site];
  depth_[site] = depth_[giver] + 1;  // a leaf's is not kept
  Blocking giving{.units = std::numeric_limits<int64_t>::max(), .node = kNoNode};
  Blocking taking = giving;
  int32_t u = site;
  int32_t v = entering.steward;
  while (u != v) {
    if (depth_[u] >= depth_[v]) {
      Consider<Side::kGiver>(u, giving);
      u = parent_[u];
    } else {
      Consider<Side::kTaker>(v, taking);
      v = parent_[v];
    }
  }
  const Side side = taking.units <= giving.units ? Side::kTaker : Side::kGiver;
  const Blocking leaving = side == Side::kTaker ? taking : giving;
  if (leaving.units > 0) Send(site, entering.place, entering.steward, u, static_cast<int32_t>(leaving.units));
  const bool leaf = first_child_[site] == kNoNode;
  if (leaving.node == site && leaf) {  // the whole site moves over, and no price
    parent_[site] = entering.steward;
    place_[site] = entering.place;
    return;
  }
  if (leaf) Link(site, giver);
  if (side == Side::kGiver) {
    Rehang(leaving.node, site, entering.steward, entering.place, -entering.gain);
  } else {
    Rehang(leaving.node, entering.steward, site, entering.place, entering.gain);
  }
}

// The same for a load arc: it enters from one of its bounds, or goes from one to the other.
void NetworkSimplex::PivotOnLoadArc(const Entering& entering) {
  const int32_t j = entering.steward;
  const bool grows = load_arc_[j] == LoadArc::kAtMin;
  const int64_t range = int64_t{network_.bounds[j].max} - network_.bounds[j].min;
  Blocking blocking{.units = std::numeric_limits<int64_t>::max(), .node = kNoNode};
  for (int32_t u = j; u != Root(); u = parent_[u]) {
    if (grows) {
      Consider<Side::kGiver>(u, blocking);
    } else {
      Consider<Side::kTaker>(u, blocking);
    }
  }
  const bool flips = grows ? range <= blocking.units : range < blocking.units;
  const auto units = static_cast<int32_t>(std::max<int64_t>(0, std::min(range, blocking.units)));
  if (units > 0) {
    if (grows) {
      Send(j, kNoNode, Root(), Root(), units);
    } else {
      Send(Root(), kNoNode, j, Root(), units);
    }
  }
  if (flips) {
    load_arc_[j] = grows ? LoadArc::kAtMax : LoadArc::kAtMin;
    return;
  }
  Rehang(blocking.node, j, Root(), kByLoadArc, -network_.price[j]);
  load_arc_[j] = LoadArc::kBasic;
}

// Moves units along the tree, down from `join` to `giver` and up from `taker` to `join`; a giving site passes them on
// at `place` of its list. Penalty and load arcs follow from the loads.
void NetworkSimplex::Send(int32_t giver, int32_t place, int32_t taker, int32_t join, int32_t units) {
  const auto pass = [&](int32_t node, int32_t from, int32_t to) {
    if (IsSite(node)) network_.Move(SiteOf(node), Arc(SiteOf(node), from), Arc(SiteOf(node), to), units);
  };
  for (int32_t u = giver; u != join; u = parent_[u]) {
    pass(u, place_[u], place);
    place = place_[u];
  }
  int32_t from = kNoNode;
  for (int32_t v = taker; v != join; v = parent_[v]) {
    pass(v, from, place_[v]);
    from = place_[v];
  }
  pass(join, from, place);
}

// The subtree below the leaving arc, that from `leaving` to its parent, is rooted anew at `root` and hung by the
// entering arc, the one at `place`, under `parent`. Its prices move by `shift`.
void NetworkSimplex::Rehang(int32_t leaving, int32_t root, int32_t parent, int32_t place, int64_t shift) {
  const int32_t cut_off = parent_[leaving];
  if (cut_off == Root()) {
    // A penalty arc is gone for good; a load arc stays at the bound that stopped it.
    if (place_[leaving] == kByLoadArc) {
      const int32_t load = network_.load(leaving);
      load_arc_[leaving] = load == network_.bounds[leaving].min ? LoadArc::kAtMin : LoadArc::kAtMax;
    }
  }
  int32_t node = root;
  for (bool last = false; !last;) {
    last = node == leaving;
    const int32_t old_parent = parent_[node];
    const int32_t old_place = place_[node];
    Unlink(node);
    place_[node] = place;
    Link(node, parent);
    place = old_place;
    parent = node;
    node = old_parent;
  }
  Shift(root, shift);
  // The arc that left may have been the last but one of a site at either end.
  for (const int32_t end : {leaving, cut_off}) {
    if (IsSite(end) && first_child_[end] == kNoNode) Unlink(end);
  }
}

// Moves the prices of the subtree, and sets its depths.
void NetworkSimplex::Shift(int32_t node, int64_t shift) {
  stack_.assign(1, node);
  while (!stack_.empty()) {
    const int32_t u = stack_.back();
    stack_.pop_back();
    depth_[u] = depth_[parent_[u]] + 1;
    if (!IsSite(u)) network_.price[u] += shift;
    for (int32_t child = first_child_[u]; child != kNoNode; child = next_[child]) stack_.push_back(child);
  }
}

void NetworkSimplex::Link(int32_t node, int32_t parent) {
  parent_[node] = parent;
  previous_[node] = kNoNode;
  next_[node] = first_child_[parent];
  if (next_[node] != kNoNode) previous_[next_[node]] = node;
  first_child_[parent] = node;
}

// Takes the node out of its parent's children; it keeps its parent.
void NetworkSimplex::Unlink(int32_t node) {
  if (previous_[node] == kNoNode) {
    first_child_[parent_[node]] = next_[node];
  } else {
    next_[previous_[node]] = next_[node];
  }
  if (next_[node] != kNoNode) previous_[next_[node]] = previous_[node];
}

}  // namespace lianhu::assignment::internal
