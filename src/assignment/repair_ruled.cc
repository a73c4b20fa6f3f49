#include "assignment/repair_ruled.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "assignment/price_tree.h"

namespace lianhu::assignment::internal {
namespace {

class RuledRepair {
 public:
  RuledRepair(Network& network, RunContext& context)
      : network_(network),
        context_(context),
        unlisted_(network.HasUnlistedPairs()),
        mark_(network.steward.size(), kAlive),
        tree_(network.steward, mark_),
        struck_(network.stewards()),
        root_(network.stewards()),
        parent_(network.stewards()),
        via_(network.stewards()) {}

  bool Run() {
    const auto above_max = [&](int32_t j) { return network_.load(j) - network_.bounds[j].max; };
    const auto below_max = [&](int32_t j) { return network_.bounds[j].max - network_.load(j); };
    const auto above_min = [&](int32_t j) { return network_.load(j) - network_.bounds[j].min; };
    const auto below_min = [&](int32_t j) { return network_.bounds[j].min - network_.load(j); };
    while (Any(above_max) && Phase(above_max, below_max)) {
    }
    while (Any(below_min) && Phase(above_min, below_min)) {
    }
    return !context_.cancelled();
  }

 private:
  template <typename Amount>
  bool Any(const Amount& amount) const {
    for (int32_t j = 0; j < network_.stewards(); ++j) {
      if (amount(j) > 0) return true;
    }
    return false;
  }

  void Strike(int32_t j) {
    struck_[j] = 1;
    if (j == network_.left_over) return;
    mark_[j] = kStruck;
    tree_.Refresh(j);
  }

  // Forgets an earlier phase; all who give are roots.
  template <typename Give>
  std::vector<int32_t> Plant(const Give& give) {
    std::vector<int32_t> queue;
    for (int32_t j = 0; j < network_.stewards(); ++j) {
      const bool gives = give(j) > 0;
      struck_[j] = gives ? 1 : 0;
      if (j != network_.left_over) mark_[j] = gives ? kStruck : kAlive;
      root_[j] = gives ? j : -1;
      parent_[j] = -1;
      if (gives) queue.push_back(j);
    }
    tree_.Refresh();
    return queue;
  }

  // The nearest steward that the search has not reached and the site may go to; -1: none.
  int32_t FindUnreached(int32_t s) const {
    const PairRules& rules = network_.rules;
    int32_t best = -1;
    int64_t least = kAliveLimit;
    for (const PairRules::Listed& entry : rules.ListedOf(s)) {
      if (entry.cost == PairRules::kForbidden || struck_[entry.steward] != 0 || entry.cost >= least) continue;
      best = entry.steward;
      least = entry.cost;
    }
    if (unlisted_ && !rules.ListedOnly(s)) {
      const auto pass = [&](int32_t j) { return rules.Find(s, j) != nullptr; };
      const int32_t j = tree_.FindBelow(network_.site[s], least, pass, rules.max_cost).index;
      if (j >= 0) best = j;
    }
    if (best >= 0 || network_.left_over < 0 || struck_[network_.left_over] != 0) return best;
    return network_.left_over;
  }

  int32_t CostOf(int32_t s, int32_t j) const {
    if (j == network_.left_over) return -network_.rules.Base(s);
    const PairRules::Listed* listed = network_.rules.Find(s, j);
    return listed != nullptr ? listed->cost : static_cast<int32_t>(PairCost(network_.site[s], network_.steward[j]));
  }

  // Moves `units` at most down the chain that ends in `target`.
  void Send(int32_t target, int32_t units) {
    for (int32_t j = target; parent_[j] >= 0; j = parent_[j]) {
      units = std::min(units, network_.flow(network_.FindArc(via_[j], parent_[j])));
    }
    for (int32_t j = target; parent_[j] >= 0; j = parent_[j]) {
      const int32_t s = via_[j];
      if (!network_.HasArc(s, j)) network_.AddArc(s, {j, CostOf(s, j)});
      network_.Move(s, network_.FindArc(s, parent_[j]), network_.FindArc(s, j), units);
    }
  }

  // Lets the tree of `i` reach on from him. Returns whether a chain has been found and carried out.
  template <typename Give, typename Take>
  bool Grow(int32_t i, const Give& give, const Take& take, std::vector<int32_t>& queue) {
    for (const Network::Link& link : network_.holdings(i)) {
      for (int32_t k = FindUnreached(link.site); k >= 0; k = FindUnreached(link.site)) {
        Strike(k);
        root_[k] = root_[i];
        parent_[k] = i;
        via_[k] = link.site;
        if (take(k) > 0) {
          Send(k, std::min(give(root_[i]), take(k)));
          return true;
        }
        queue.push_back(k);
      }
    }
    return false;
  }

  // One forest; returns whether any chain was found.
  template <typename Give, typename Take>
  bool Phase(const Give& give, const Take& take) {
    std::vector<int32_t> queue = Plant(give);
    std::vector<char> done(root_.size(), 0);
    bool found = false;
    for (size_t head = 0; head < queue.size(); ++head) {
      if (head % 256 == 0 && context_.cancelled()) return false;
      const int32_t i = queue[head];
      if (done[root_[i]] != 0 || !Grow(i, give, take, queue)) continue;
      done[root_[i]] = 1;
      found = true;
    }
    return found;
  }

  Network& network_;
  RunContext& context_;
  const bool unlisted_;
  std::vector<int64_t> mark_;
  PriceTree tree_;
  std::vector<char> struck_;     // reached by some tree
  std::vector<int32_t> root_;    // of the tree that reached him; -1: none
  std::vector<int32_t> parent_;  // who would give to him; -1: a root
  std::vector<int32_t> via_;     // a unit of which site
};

}  // namespace

bool RepairRuledLoads(Network& network, RunContext& context) {
  return RuledRepair(network, context).Run();
}

}  // namespace lianhu::assignment::internal
