#include "districting/boundary_annealer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lianhu::districting::internal {
namespace {

// Nodes to look at before a move is given up as one that might cut a part in two.
constexpr int kMostVisits = 400;
constexpr int64_t kProposalsPerLook = 1024;
constexpr double kLeastGain = 1e-9;
// How much dearer being out of bounds is at the end than at the beginning.
constexpr double kHardened = 64;

// Quantiles of the exponential distribution: a rise by x is accepted at temperature t when x < t * quantile.
std::vector<double> ExponentialQuantiles() {
  constexpr int kCount = 4096;
  std::vector<double> quantiles(kCount);
  for (int i = 0; i < kCount; ++i) quantiles[i] = -std::log((i + 0.5) / kCount);
  return quantiles;
}

}  // namespace

BoundaryAnnealer::BoundaryAnnealer(const NodeGraph& graph, int32_t parts, int64_t low, int64_t high,
                                   std::vector<int32_t> part_of)
    : graph_(graph),
      parts_(parts),
      low_(low),
      high_(high),
      is_changed_(graph.size(), 0),
      seen_(graph.size(), 0),
      search_(graph.size(), 0) {
  Load(std::move(part_of));
  best_ = part_of_;
  best_excess_ = excess_;
}

void BoundaryAnnealer::Load(std::vector<int32_t> part_of) {
  part_of_ = std::move(part_of);
  part_weight_.assign(parts_, 0);
  part_nodes_.assign(parts_, 0);
  part_moments_.assign(graph_.moments.empty() ? 0 : parts_, Moments{});
  outside_.assign(graph_.size(), 0);
  boundary_.clear();
  slot_.assign(graph_.size(), -1);
  int64_t twice_cut = 0;
  for (int32_t v = 0; v < graph_.size(); ++v) {
    const int32_t p = part_of_[v];
    part_weight_[p] += graph_.weight[v];
    ++part_nodes_[p];
    if (!graph_.moments.empty()) part_moments_[p].Add(graph_.moments[v]);
    for (int32_t e = graph_.begin[v]; e < graph_.begin[v + 1]; ++e) {
      if (part_of_[graph_.to[e]] == p) continue;
      ++outside_[v];
      twice_cut += graph_.edge_weight[e];
    }
    if (outside_[v] > 0) SetBoundary(v, true);
  }
  cut_ = twice_cut / 2;
  inertia_ = 0;
  for (const Moments& moments : part_moments_) inertia_ += moments.Inertia();
  excess_ = 0;
  for (const int64_t weight : part_weight_) excess_ += Excess(weight);
}

void BoundaryAnnealer::SetBoundary(int32_t v, bool on) {
  if (on) {
    slot_[v] = static_cast<int32_t>(boundary_.size());
    boundary_.push_back(v);
    return;
  }
  const int32_t last = boundary_.back();
  boundary_[slot_[v]] = last;
  slot_[last] = slot_[v];
  slot_[v] = -1;
  boundary_.pop_back();
}

void BoundaryAnnealer::Move(int32_t v, int32_t to) {
  const int32_t from = part_of_[v];
  const int64_t weight = graph_.weight[v];
  excess_ -= Excess(part_weight_[from]) + Excess(part_weight_[to]);
  part_weight_[from] -= weight;
  part_weight_[to] += weight;
  excess_ += Excess(part_weight_[from]) + Excess(part_weight_[to]);
  --part_nodes_[from];
  ++part_nodes_[to];
  if (!part_moments_.empty()) {
    part_moments_[from].Remove(graph_.moments[v]);
    part_moments_[to].Add(graph_.moments[v]);
  }
  part_of_[v] = to;
  int32_t outside = 0;
  for (int32_t e = graph_.begin[v]; e < graph_.begin[v + 1]; ++e) {
    const int32_t u = graph_.to[e];
    if (part_of_[u] == from) {
      cut_ += graph_.edge_weight[e];
      if (outside_[u]++ == 0) SetBoundary(u, true);
    } else if (part_of_[u] == to) {
      cut_ -= graph_.edge_weight[e];
      if (--outside_[u] == 0) SetBoundary(u, false);
    }
    if (part_of_[u] != to) ++outside;
  }
  outside_[v] = outside;
  if (outside == 0) SetBoundary(v, false);
  if (is_changed_[v] == 0) {
    is_changed_[v] = 1;
    changed_.push_back(v);
  }
}

double BoundaryAnnealer::InertiaChange(int32_t v, int32_t partner, int32_t from, int32_t to) const {
  Moments left = part_moments_[from];
  Moments joined = part_moments_[to];
  const double before = left.Inertia() + joined.Inertia();
  left.Remove(graph_.moments[v]);
  joined.Add(graph_.moments[v]);
  if (partner >= 0) {
    left.Add(graph_.moments[partner]);
    joined.Remove(graph_.moments[partner]);
  }
  return left.Inertia() + joined.Inertia() - before;
}

bool BoundaryAnnealer::StaysConnected(int32_t v) {
  const int32_t part = part_of_[v];
  ++stamp_;
  seen_[v] = stamp_;
  search_[v] = -1;
  int32_t searches = 0;
  for (int32_t e = graph_.begin[v]; e < graph_.begin[v + 1]; ++e) {
    const int32_t u = graph_.to[e];
    if (part_of_[u] != part) continue;
    seen_[u] = stamp_;
    search_[u] = searches++;
    if (static_cast<int32_t>(queues_.size()) < searches) queues_.emplace_back();
    queues_[searches - 1].assign(1, u);
  }
  if (searches <= 1) return true;
  group_.resize(searches);
  for (int32_t s = 0; s < searches; ++s) group_[s] = s;
  const auto root = [&](int32_t s) {
    while (group_[s] != s) s = group_[s] = group_[group_[s]];
    return s;
  };
  // Each search goes one node a round; two that meet are one. A search that ends alone has found a piece cut off.
  std::vector<int32_t> heads(searches, 0);
  int32_t groups = searches;
  for (int visits = 0; visits < kMostVisits;) {
    for (int32_t s = 0; s < searches; ++s) {
      if (group_[s] != s) continue;
      if (heads[s] == static_cast<int32_t>(queues_[s].size())) return false;
      const int32_t x = queues_[s][heads[s]++];
      ++visits;
      for (int32_t e = graph_.begin[x]; e < graph_.begin[x + 1]; ++e) {
        const int32_t u = graph_.to[e];
        if (u == v || part_of_[u] != part) continue;
        if (seen_[u] != stamp_) {
          seen_[u] = stamp_;
          search_[u] = s;
          queues_[s].push_back(u);
          continue;
        }
        const int32_t other = root(search_[u]);
        if (other == s) continue;
        group_[other] = s;
        queues_[s].insert(queues_[s].end(), queues_[other].begin() + heads[other], queues_[other].end());
        if (--groups == 1) return true;
      }
    }
  }
  return false;
}

void BoundaryAnnealer::KeepIfBest() {
  if (excess_ > best_excess_ || (excess_ == best_excess_ && cost_ >= best_cost_ - kLeastGain)) return;
  best_excess_ = excess_;
  best_cost_ = cost_;
  for (const int32_t v : changed_) {
    best_[v] = part_of_[v];
    is_changed_[v] = 0;
  }
  changed_.clear();
}

double BoundaryAnnealer::MeanInertiaStep() const {
  double sum = 0;
  for (const int32_t v : boundary_) {
    int32_t e = graph_.begin[v];
    while (part_of_[graph_.to[e]] == part_of_[v]) ++e;
    sum += std::abs(InertiaChange(v, -1, part_of_[v], part_of_[graph_.to[e]]));
  }
  return boundary_.empty() ? 0 : sum / static_cast<double>(boundary_.size());
}

void BoundaryAnnealer::Reprice(const PartitionPrices& prices) {
  const std::vector<int32_t> present = part_of_;
  Load(best_);
  best_cost_ = prices.edge * static_cast<double>(cut_) + prices.inertia * inertia_;
  Load(present);
  cost_ = prices.edge * static_cast<double>(cut_) + prices.inertia * inertia_;
  KeepIfBest();
}

int64_t BoundaryAnnealer::CutChange(int32_t v, int32_t from, int32_t to) const {
  int64_t change = 0;
  for (int32_t e = graph_.begin[v]; e < graph_.begin[v + 1]; ++e) {
    const int32_t p = part_of_[graph_.to[e]];
    if (p == from) change += graph_.edge_weight[e];
    if (p == to) change -= graph_.edge_weight[e];
  }
  return change;
}

// A node of `to` two steps from v that borders `from` also without v; -1 where the walk does not end at one.
int32_t BoundaryAnnealer::Partner(int32_t v, int32_t from, int32_t to, Random& random) const {
  int32_t u = v;
  for (int step = 0; step < 2; ++step) {
    u = graph_.to[graph_.begin[u] + random.Below(graph_.begin[u + 1] - graph_.begin[u])];
  }
  if (u == v || part_of_[u] != to) return -1;
  for (int32_t e = graph_.begin[u]; e < graph_.begin[u + 1]; ++e) {
    if (graph_.to[e] != v && part_of_[graph_.to[e]] == from) return u;
  }
  return -1;
}

// Moves v, and `partner` the other way unless it is -1, where no part falls apart.
bool BoundaryAnnealer::TryMove(int32_t v, int32_t from, int32_t to, int32_t partner) {
  if (!StaysConnected(v)) return false;
  Move(v, to);
  if (partner < 0) return true;
  if (!StaysConnected(partner)) {
    Move(v, from);
    return false;
  }
  Move(partner, from);
  return true;
}

void BoundaryAnnealer::Anneal(const PartitionPrices& prices, double hot, double cold, int64_t proposals, Random& random,
                              const std::function<bool()>& stop) {
  static const std::vector<double> kQuantiles = ExponentialQuantiles();
  if (parts_ < 2 || boundary_.empty()) return;
  Reprice(prices);
  const int64_t looks = std::max<int64_t>(1, proposals / kProposalsPerLook);
  const double cooling = std::pow(cold / hot, 1.0 / static_cast<double>(looks));
  const double hardening = std::pow(kHardened, 1.0 / static_cast<double>(looks));
  double temperature = hot;
  PartitionPrices present = prices;
  for (int64_t look = 0; look < looks; ++look, temperature *= cooling) {
    if (stop()) return;
    for (int64_t proposal = 0; proposal < kProposalsPerLook; ++proposal)
      Propose(present, temperature, kQuantiles, random);
    present.breach *= hardening;
    present.excess *= hardening;
  }
}

void BoundaryAnnealer::Propose(const PartitionPrices& prices, double temperature, const std::vector<double>& quantiles,
                               Random& random) {
  const uint64_t draw = random.Next();
  const int32_t v = boundary_[((draw & 0xffffffff) * boundary_.size()) >> 32];
  const int32_t from = part_of_[v];
  if (part_nodes_[from] == 1) return;
  const int32_t row = graph_.begin[v];
  const int32_t degree = graph_.begin[v + 1] - row;
  auto at = static_cast<int32_t>((((draw >> 32) & 0xfff) * static_cast<uint64_t>(degree)) >> 12);
  while (part_of_[graph_.to[row + at]] == from) at = at + 1 == degree ? 0 : at + 1;
  const int32_t to = part_of_[graph_.to[row + at]];
  const bool exchange = ((draw >> 44) & 3) == 0;
  const int32_t partner = exchange ? Partner(v, from, to, random) : -1;
  if (exchange && partner < 0) return;

  int64_t cut_change = CutChange(v, from, to);
  int64_t weight = graph_.weight[v];
  double inertia_change = 0;
  if (partner >= 0) {
    cut_change += CutChange(partner, to, from);
    // The edge between the two is cut before and after.
    for (int32_t e = row; e < row + degree; ++e) {
      if (graph_.to[e] == partner) cut_change += int64_t{2} * graph_.edge_weight[e];
    }
    weight -= graph_.weight[partner];
  }
  if (prices.inertia > 0) inertia_change = InertiaChange(v, partner, from, to);
  const double kept_change = prices.edge * static_cast<double>(cut_change) + prices.inertia * inertia_change;
  const double change = kept_change + Price(prices, part_weight_[from] - weight) - Price(prices, part_weight_[from]) +
                        Price(prices, part_weight_[to] + weight) - Price(prices, part_weight_[to]);
  if (change > 0 && change >= temperature * quantiles[draw >> 52]) return;
  if (!TryMove(v, from, to, partner)) return;
  inertia_ += inertia_change;
  cost_ += kept_change;
  KeepIfBest();
}

}  // namespace lianhu::districting::internal
