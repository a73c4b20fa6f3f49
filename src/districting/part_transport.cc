// The assignment of atoms of weight 1 to fixed centres, by negative cycles between parts.
#include <algorithm>
#include <cmath>

#include "base/infinity.h"
#include "districting/part_region.h"

namespace lianhu::districting::internal {
namespace {

// Atoms that go round one cycle at a time.
constexpr int64_t kMostAtOnce = 64;
constexpr int kMostCycles = 20000;

}  // namespace

// The cheapest atom of `from` for every other part, and the price of giving up a place or taking one.
void PartRegion::FillRow(int32_t from) {
  const auto q = static_cast<int32_t>(parts_.size());
  Arc* row = &arc_[static_cast<size_t>(from) * (q + 1)];
  for (int32_t p = 0; p < q; ++p) row[p] = {kInfinity, -1};
  for (const int32_t i : parts_[from].members) {
    const double* cost = &cost_[static_cast<size_t>(i) * q];
    const double own = cost[from];
    for (int32_t p = 0; p < q; ++p) {
      if (cost[p] - own < row[p].cost) row[p] = {cost[p] - own, i};
    }
  }
  work_ += static_cast<int64_t>(parts_[from].members.size()) * q / 2;
  row[from] = {kInfinity, -1};
  row[q] = {PenaltyStep(parts_[from].load, 1), -1};
  arc_[q * (q + 1) + from] = {parts_[from].load > 1.5 ? PenaltyStep(parts_[from].load, -1) : kInfinity, -1};
}

// Bellman and Ford's labels from everywhere at once; a circle of parents is a cycle of negative cost.
bool PartRegion::FindCycle() {
  const auto nodes = static_cast<int32_t>(parts_.size()) + 1;
  distance_.assign(nodes, 0);
  parent_.assign(nodes, -1);
  mark_.assign(nodes, -1);
  for (int32_t round = 0; round < 2 * nodes; ++round) {
    bool changed = false;
    for (int32_t from = 0; from < nodes; ++from) {
      const Arc* row = &arc_[static_cast<size_t>(from) * nodes];
      const double base = distance_[from] + least_gain_;
      for (int32_t to = 0; to < nodes; ++to) {
        if (base + row[to].cost >= distance_[to]) continue;
        distance_[to] = distance_[from] + row[to].cost;
        parent_[to] = from;
        changed = true;
      }
    }
    if (!changed) return false;
    std::fill(mark_.begin(), mark_.end(), -1);
    for (int32_t node = 0; node < nodes; ++node) {
      int32_t at = node;
      while (at >= 0 && mark_[at] < 0) {
        mark_[at] = node;
        at = parent_[at];
      }
      if (at < 0 || mark_[at] != node) continue;
      cycle_.clear();
      double sum = 0;
      int32_t on = at;
      do {
        cycle_.push_back(on);
        sum += arc_[parent_[on] * nodes + on].cost;
        on = parent_[on];
      } while (on != at);
      std::reverse(cycle_.begin(), cycle_.end());
      return sum < -least_gain_ / 2;
    }
  }
  return false;
}

// How many places can pass from one part to the other at the price of the first.
int64_t PartRegion::RoomOfCycle(int32_t giver, int32_t taker) const {
  const double load = parts_[giver].load;
  const double give = load > high_ ? load - high_ : load > low_ ? load - low_ : 1;
  const double other = parts_[taker].load;
  const double take = other < low_ ? low_ - other : other < high_ ? high_ - other : 1;
  return std::max<int64_t>(1, static_cast<int64_t>(std::min({give, take, load - 1})));
}

bool PartRegion::GoRound() {
  const auto q = static_cast<int32_t>(parts_.size());
  const size_t length = cycle_.size();
  int64_t most = kMostAtOnce;
  double fixed = 0;  // of the places that are lent
  moves_.resize(std::max(moves_.size(), length));
  double gain = 0;  // of the first round; no atom goes that costs more than the first by as much
  for (size_t k = 0; k < length; ++k) gain -= arc_[cycle_[k] * (q + 1) + cycle_[(k + 1) % length]].cost;
  for (size_t k = 0; k < length; ++k) {
    const int32_t from = cycle_[k];
    const int32_t to = cycle_[(k + 1) % length];
    moves_[k].clear();
    if (from == q || to == q) {
      fixed += arc_[from * (q + 1) + to].cost;
      if (from == q) most = std::min(most, RoomOfCycle(to, cycle_[(k + length - 1) % length]));
      continue;
    }
    const double worst = arc_[from * (q + 1) + to].cost + gain;
    for (const int32_t i : parts_[from].members) {
      const double* cost = &cost_[static_cast<size_t>(i) * q];
      if (cost[to] - cost[from] <= worst) moves_[k].push_back({cost[to] - cost[from], i});
    }
    most = std::min(most, static_cast<int64_t>(moves_[k].size()));
    const auto end = moves_[k].begin() + most;
    std::partial_sort(moves_[k].begin(), end, moves_[k].end(),
                      [](const Arc& a, const Arc& b) { return a.cost != b.cost ? a.cost < b.cost : a.atom < b.atom; });
  }
  int64_t moved = 0;
  for (; moved < most; ++moved) {
    double sum = fixed;
    for (size_t k = 0; k < length; ++k) sum += moves_[k].empty() ? 0 : moves_[k][moved].cost;
    if (sum >= -least_gain_ / 2) break;
    for (size_t k = 0; k < length; ++k) {
      if (!moves_[k].empty()) MoveAtom(moves_[k][moved].atom, cycle_[(k + 1) % length]);
    }
  }
  for (const int32_t p : cycle_) {
    if (p < q) FillRow(p);
  }
  return moved > 0;
}

bool PartRegion::Transport(const std::function<bool()>& stop) {
  const size_t q = parts_.size();
  arc_.assign((q + 1) * (q + 1), {kInfinity, -1});
  for (size_t p = 0; p < q; ++p) FillRow(static_cast<int32_t>(p));
  bool changed = false;
  for (int cycles = 0; cycles < kMostCycles; ++cycles) {
    if (cycles % 16 == 15 && stop()) break;
    if (!FindCycle() || !GoRound()) break;
    changed = true;
  }
  return changed;
}

std::vector<double> PartRegion::Prices() {
  BuildCosts();
  const size_t q = parts_.size();
  arc_.assign((q + 1) * (q + 1), {kInfinity, -1});
  for (size_t p = 0; p < q; ++p) FillRow(static_cast<int32_t>(p));
  FindCycle();
  std::vector<double> prices;
  for (size_t p = 0; p < q; ++p) prices.push_back(-distance_[p]);
  return prices;
}

}  // namespace lianhu::districting::internal
