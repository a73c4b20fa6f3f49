// Demands of 1: the households of a region to its centres at the least cost, within loads from below and above.
//
// Everybody begins at the nearest centre. A cluster above its capacity hands one household on, over the cheapest path
// of moves from cluster to cluster, to any with room; one below its least load gets one likewise from any that can
// spare it. Each step is a shortest path in the residual network, so that the end is the optimum (successive shortest
// paths, Ahuja, Magnanti and Orlin, "Network Flows", 1993, section 9.7). A path costs k^3 for k clusters at worst.
#include <algorithm>

#include "base/infinity.h"
#include "districting/region.h"

namespace lianhu::districting::internal {
namespace {

// A path is shorter only by more than rounding.
constexpr double kRoundingOfPaths = 1e-9;

}  // namespace

void Region::CheapestMoves(int32_t cluster) {
  Move* const moves = &moves_[static_cast<size_t>(cluster) * centres_.size()];
  std::fill(moves, moves + centres_.size(), Move{kInfinity, -1});
  pairs_ += static_cast<int64_t>(members_[cluster].size()) * clusters();
  for (const int32_t a : members_[cluster]) {
    const double* const row = &distances_[static_cast<size_t>(a) * centres_.size()];
    const double here = row[cluster];
    for (int32_t k = 0; k < clusters(); ++k) {
      if (row[k] - here < moves[k].cost) moves[k] = {row[k] - here, a};
    }
  }
}

// One household more at `to`, one less at `from`, over the cheapest path. One of the two may be -1: any cluster that
// can take one more, or spare one. False when there is no such path.
bool Region::Augment(int32_t from, int32_t to) {
  const int32_t k = clusters();
  reach_.assign(k, kInfinity);
  before_.assign(k, -1);
  for (int32_t i = 0; i < k; ++i) {
    if (i == from || (from < 0 && load_[i] > least_[i] && i != to)) reach_[i] = 0;
  }
  for (bool shorter = true; shorter;) {
    shorter = false;
    pairs_ += int64_t{k} * k;
    for (int32_t i = 0; i < k; ++i) {
      if (reach_[i] == kInfinity) continue;
      const Move* const moves = &moves_[static_cast<size_t>(i) * k];
      for (int32_t j = 0; j < k; ++j) {
        if (j == i || reach_[i] + moves[j].cost >= reach_[j] - kRoundingOfPaths) continue;
        reach_[j] = reach_[i] + moves[j].cost;
        before_[j] = i;
        shorter = true;
      }
    }
  }
  int32_t end = to;
  if (to < 0) {
    for (int32_t j = 0; j < k; ++j) {
      if (j != from && load_[j] < capacity_[j] && (end < 0 || reach_[j] < reach_[end])) end = j;
    }
  }
  if (end < 0 || reach_[end] == kInfinity) return false;
  int32_t at = end;
  for (int32_t i = before_[at]; i >= 0; i = before_[at]) {
    const int32_t a = moves_[static_cast<size_t>(i) * k + at].household;
    auto& members = members_[i];
    *std::find(members.begin(), members.end(), a) = members.back();
    members.pop_back();
    members_[at].push_back(a);
    MoveTo(a, at);
    CheapestMoves(at);
    at = i;
    if (at == from) break;
  }
  CheapestMoves(at);
  return true;
}

bool Region::Transport() {
  std::fill(load_.begin(), load_.end(), 0);
  std::fill(cluster_of_.begin(), cluster_of_.end(), -1);
  pairs_ += int64_t{size()} * clusters();
  for (int32_t a = 0; a < size(); ++a) {
    const double* const row = &distances_[static_cast<size_t>(a) * centres_.size()];
    MoveTo(a, static_cast<int32_t>(std::min_element(row, row + centres_.size()) - row));
  }
  ListMembers();
  const auto out_of_bounds = [&](int32_t k) { return load_[k] > capacity_[k] || load_[k] < least_[k]; };
  bool within = true;
  for (int32_t k = 0; k < clusters(); ++k) within = within && !out_of_bounds(k);
  if (within) return true;
  moves_.resize(centres_.size() * centres_.size());
  for (int32_t k = 0; k < clusters(); ++k) CheapestMoves(k);
  for (int32_t k = 0; k < clusters(); ++k) {
    while (load_[k] > capacity_[k]) {
      if (!Augment(k, -1)) return false;
    }
  }
  for (int32_t k = 0; k < clusters(); ++k) {
    while (load_[k] < least_[k]) {
      if (!Augment(-1, k)) return false;
    }
  }
  return true;
}

}  // namespace lianhu::districting::internal
