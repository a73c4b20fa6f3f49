#include "assignment/repair.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "assignment/price_tree.h"

namespace lianhu::assignment::internal {
namespace {

// Further than any steward: hides those without room from the tree's searches.
constexpr int64_t kHidden = int64_t{1} << 60;

// A way for units of a site to change stewards, and what it adds to the distance of each.
struct Change {
  int64_t cost;
  int32_t site;
  int32_t from;
  int32_t to;
};

bool operator<(const Change& a, const Change& b) {
  if (a.cost != b.cost) return a.cost < b.cost;
  return a.site != b.site ? a.site < b.site : a.to < b.to;
}

class Repair {
 public:
  explicit Repair(Network& network) : network_(network) {}

  void Run() {
    for (int32_t j = 0; j < network_.stewards(); ++j) ShedToCandidates(j);
    for (int32_t j = 0; j < network_.stewards(); ++j) WinFromCandidates(j);
    int64_t surplus = 0;
    for (int32_t j = 0; j < network_.stewards(); ++j) {
      lacking_ += Lack(j);
      surplus += Surplus(j);
    }
    int64_t needed = std::max<int64_t>(0, lacking_ - surplus);  // from those who have no more than their maximum
    for (int32_t j = 0; j < network_.stewards(); ++j) {
      const int64_t given = std::clamp<int64_t>(Spare(j) - Surplus(j), 0, needed);
      Release(j, Surplus(j) + given);
      needed -= given;
    }
    if (pooled_ > 0) PlacePool();
  }

 private:
  struct Pooled {
    int32_t site;
    int32_t from;
    int64_t units;
  };

  int64_t Surplus(int32_t j) const { return std::max(0, network_.load(j) - network_.bounds[j].max); }
  int64_t Lack(int32_t j) const { return std::max(0, network_.bounds[j].min - network_.load(j)); }
  int64_t Room(int32_t j) const { return network_.bounds[j].max - network_.load(j); }
  int64_t Spare(int32_t j) const { return network_.load(j) - network_.bounds[j].min; }

  int32_t Cost(int32_t s, int32_t j) const { return network_.arc(network_.FindArc(s, j)).cost; }

  // Moves up to `units`; returns how many.
  int64_t Move(const Change& change, int64_t units) {
    const int32_t from = network_.FindArc(change.site, change.from);
    units = std::min<int64_t>(units, network_.flow(from));
    if (units <= 0) return 0;
    network_.Move(change.site, from, network_.FindArc(change.site, change.to), static_cast<int32_t>(units));
    return units;
  }

  void ShedToCandidates(int32_t j) {
    if (Surplus(j) == 0) return;
    changes_.clear();
    for (const Network::Link& link : network_.holdings(j)) {
      const Network::List& list = network_.list(link.site);
      for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
        const Network::Arc arc = network_.arc(a);
        if (arc.steward != j && Room(arc.steward) > 0)
          changes_.push_back({arc.cost - link.cost, link.site, j, arc.steward});
      }
    }
    std::sort(changes_.begin(), changes_.end());
    for (const Change& change : changes_) {
      if (Surplus(j) == 0) return;
      Move(change, std::min(Surplus(j), Room(change.to)));
    }
  }

  void WinFromCandidates(int32_t j) {
    if (Lack(j) == 0) return;
    changes_.clear();
    for (const Network::Link& link : network_.links(j)) {
      const Network::List& list = network_.list(link.site);
      for (int32_t a = list.begin; a < list.begin + list.size; ++a) {
        const Network::Arc arc = network_.arc(a);
        if (network_.flow(a) == 0 || arc.steward == j || Spare(arc.steward) <= 0) continue;
        changes_.push_back({link.cost - arc.cost, link.site, arc.steward, j});
      }
    }
    std::sort(changes_.begin(), changes_.end());
    for (const Change& change : changes_) {
      if (Lack(j) == 0) return;
      Move(change, std::min(Lack(j), Spare(change.from)));
    }
  }

  // Marks units of j for the pool; they leave him when they are placed.
  void Release(int32_t j, int64_t units) {
    for (const Network::Link& link : network_.holdings(j)) {
      if (units <= 0) return;
      const int64_t released = std::min<int64_t>(units, network_.flow(network_.FindArc(link.site, j)));
      pool_.push_back({link.site, j, released});
      pooled_ += released;
      units -= released;
    }
  }

  void PlacePool() {
    std::vector<int64_t> lacking(network_.steward.size());
    std::vector<int64_t> roomy(network_.steward.size());
    // Room as it will be once the pool has left its stewards.
    room_.resize(network_.stewards());
    lack_.resize(network_.stewards());
    for (int32_t j = 0; j < network_.stewards(); ++j) {
      room_[j] = Room(j);
      lack_[j] = Lack(j);
    }
    for (const Pooled& pooled : pool_) room_[pooled.from] += pooled.units;
    for (size_t j = 0; j < network_.steward.size(); ++j) {
      lacking[j] = lack_[j] > 0 ? 0 : kHidden;
      roomy[j] = room_[j] > 0 ? 0 : kHidden;
    }
    PriceTree lacking_tree(network_.steward, lacking);
    PriceTree roomy_tree(network_.steward, roomy);
    std::sort(pool_.begin(), pool_.end(),
              [](const Pooled& a, const Pooled& b) { return a.site != b.site ? a.site < b.site : a.from < b.from; });
    for (Pooled& pooled : pool_) {
      while (pooled.units > 0) {
        const bool must_fill = pooled_ <= lacking_;
        int32_t to = Nearest(must_fill ? lacking_tree : roomy_tree, pooled.site, must_fill ? lacking : roomy);
        if (to < 0) to = network_.left_over;
        int64_t units = std::min(pooled.units, must_fill ? lack_[to] : room_[to]);
        if (!must_fill && lack_[to] == 0) units = std::min(units, pooled_ - lacking_);
        Place(pooled, to, units);
        if (to == network_.left_over) continue;
        if (lack_[to] == 0 && lacking[to] == 0) {
          lacking[to] = kHidden;
          lacking_tree.Refresh(to);
        }
        if (room_[to] == 0) {
          roomy[to] = kHidden;
          roomy_tree.Refresh(to);
        }
      }
    }
  }

  int32_t Nearest(const PriceTree& tree, int32_t site, const std::vector<int64_t>& hidden) const {
    const int32_t j = tree.FindNearest(network_.site[site], [&](int32_t k) { return hidden[k] == kHidden; }).index;
    return j;
  }

  void Place(Pooled& pooled, int32_t to, int64_t units) {
    if (to != pooled.from) {
      if (!network_.HasArc(pooled.site, to)) {
        network_.AddArc(pooled.site,
                        {to, to == network_.left_over
                                 ? 0
                                 : static_cast<int32_t>(PairCost(network_.site[pooled.site], network_.steward[to]))});
      }
      Move({.cost = 0, .site = pooled.site, .from = pooled.from, .to = to}, units);
    }
    pooled.units -= units;
    pooled_ -= units;
    room_[to] -= units;
    const int64_t filled = std::min(units, lack_[to]);
    lack_[to] -= filled;
    lacking_ -= filled;
  }

  Network& network_;
  std::vector<Change> changes_;
  std::vector<Pooled> pool_;
  int64_t pooled_ = 0;   // units in the pool
  int64_t lacking_ = 0;  // units that stewards lack to their minimum
  std::vector<int64_t> room_;
  std::vector<int64_t> lack_;
};

}  // namespace

void RepairLoads(Network& network) {
  Repair(network).Run();
}

}  // namespace lianhu::assignment::internal
