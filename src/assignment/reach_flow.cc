#include "assignment/reach_flow.h"

#include <algorithm>
#include <numeric>

namespace lianhu::assignment::internal {
ReachFlow::ReachFlow(const Network& network, Side left, RunContext& context)
    : network_(network), side_(left), context_(context), unlisted_(network.HasUnlistedPairs()) {
  left_ = network.site;
  right_ = network.steward;
  for (size_t j = 0; j < network.steward.size(); ++j) {
    room_.push_back(side_ == Side::kSites ? network.bounds[j].max : network.bounds[j].min);
  }
  lack_ = network.supply;
  if (side_ == Side::kStewards) {
    std::swap(left_, right_);
    std::swap(lack_, room_);
  }
  IndexListed();
  holdings_.resize(right_.size());
  mark_.assign(right_.size(), kAlive);
  tree_ = PriceTree(right_, mark_);
  parent_of_right_.resize(right_.size());
  parent_of_left_.resize(left_.size());
  root_.resize(left_.size());
}

void ReachFlow::IndexListed() {
  const PairRules& rules = network_.rules;
  listed_begin_.assign(left_.size() + 1, 0);
  if (!rules.HasLists()) return;
  const auto for_each = [&](const auto& take) {
    for (int32_t s = 0; s < network_.sites(); ++s) {
      for (const PairRules::Listed& entry : rules.ListedOf(s)) {
        if (entry.cost == PairRules::kForbidden) continue;
        if (side_ == Side::kSites) {
          take(s, entry.steward);
        } else {
          take(entry.steward, s);
        }
      }
    }
  };
  for_each([&](int32_t i, int32_t) { ++listed_begin_[i + 1]; });
  std::partial_sum(listed_begin_.begin(), listed_begin_.end(), listed_begin_.begin());
  listed_.resize(listed_begin_.back());
  std::vector<int64_t> next(listed_begin_.begin(), listed_begin_.end() - 1);
  for_each([&](int32_t i, int32_t k) { listed_[next[i]++] = k; });
}

template <typename Skip>
int32_t ReachFlow::Find(int32_t i, const PriceTree& tree, const std::vector<int64_t>& mark, const Skip& skip) const {
  for (int64_t e = listed_begin_[i]; e < listed_begin_[i + 1]; ++e) {
    if (mark[listed_[e]] == kAlive && !skip(listed_[e])) return listed_[e];
  }
  const PairRules& rules = network_.rules;
  if (!unlisted_ || (side_ == Side::kSites && rules.ListedOnly(i))) return -1;
  const auto pass = [&](int32_t k) {
    const int32_t s = side_ == Side::kSites ? i : k;
    const int32_t j = side_ == Side::kSites ? k : i;
    return rules.ListedOnly(s) || rules.Find(s, j) != nullptr || skip(k);
  };
  return tree.FindBelow(left_[i], kAliveLimit, pass, rules.max_cost).index;
}

void ReachFlow::Mark(PriceTree& tree, std::vector<int64_t>& mark, int32_t k, int64_t value) {
  mark[k] = value;
  tree.Refresh(k);
}

void ReachFlow::AddUnits(int32_t i, int32_t k, int32_t units) {
  std::vector<Holding>& holdings = holdings_[k];
  const auto held = std::find_if(holdings.begin(), holdings.end(), [&](const Holding& h) { return h.left == i; });
  if (held == holdings.end()) {
    holdings.push_back({i, units});
    return;
  }
  held->units += units;
  if (held->units > 0) return;
  *held = holdings.back();
  holdings.pop_back();
}

// Everyone takes the nearest that still has room.
void ReachFlow::Greedy() {
  for (size_t k = 0; k < right_.size(); ++k) mark_[k] = room_[k] > 0 ? kAlive : kStruck;
  tree_.Refresh();
  const auto none = [](int32_t) { return false; };
  for (int32_t i = 0; i < static_cast<int32_t>(left_.size()); ++i) {
    while (lack_[i] > 0) {
      const int32_t k = Find(i, tree_, mark_, none);
      if (k < 0) break;
      const int32_t units = std::min(lack_[i], room_[k]);
      AddUnits(i, k, units);
      lack_[i] -= units;
      room_[k] -= units;
      if (room_[k] == 0) Mark(tree_, mark_, k, kStruck);
    }
    if (i % 256 == 0 && context_.cancelled()) return;
  }
}

// Sends units along the path of parents that ends in `target`; returns its root.
int32_t ReachFlow::Send(int32_t target) {
  int32_t units = room_[target];
  int32_t root = -1;
  for (int32_t k = target; k >= 0;) {
    const int32_t i = parent_of_right_[k];
    k = parent_of_left_[i];
    if (k < 0) {
      root = i;
      units = std::min(units, lack_[i]);
    } else {
      const auto held =
          std::find_if(holdings_[k].begin(), holdings_[k].end(), [&](const Holding& h) { return h.left == i; });
      units = std::min(units, held->units);
    }
  }
  for (int32_t k = target; k >= 0;) {
    const int32_t i = parent_of_right_[k];
    AddUnits(i, k, units);
    k = parent_of_left_[i];
    if (k >= 0) AddUnits(i, k, -units);
  }
  room_[target] -= units;
  lack_[root] -= units;
  return root;
}

// One forest; returns the number of paths found.
int64_t ReachFlow::Phase() {
  std::fill(mark_.begin(), mark_.end(), kAlive);
  tree_.Refresh();
  std::fill(root_.begin(), root_.end(), -1);
  std::vector<char> done(left_.size(), 0);
  std::vector<int32_t> queue;
  for (int32_t i = 0; i < static_cast<int32_t>(left_.size()); ++i) {
    if (lack_[i] == 0) continue;
    root_[i] = i;
    parent_of_left_[i] = -1;
    queue.push_back(i);
  }
  const auto none = [](int32_t) { return false; };
  int64_t paths = 0;
  for (size_t head = 0; head < queue.size(); ++head) {
    if (head % 256 == 0 && context_.cancelled()) return 0;
    const int32_t i = queue[head];
    while (!done[root_[i]]) {
      const int32_t k = Find(i, tree_, mark_, none);
      if (k < 0) break;
      Mark(tree_, mark_, k, kStruck);
      parent_of_right_[k] = i;
      if (room_[k] > 0) {
        done[Send(k)] = 1;
        ++paths;
        break;
      }
      for (const Holding& holding : holdings_[k]) {
        if (root_[holding.left] >= 0) continue;
        root_[holding.left] = root_[i];
        parent_of_left_[holding.left] = k;
        queue.push_back(holding.left);
      }
    }
  }
  return paths;
}

int64_t ReachFlow::Run() {
  Greedy();
  while (!context_.cancelled() && Phase() > 0) {
  }
  if (context_.cancelled()) return -1;
  return std::accumulate(lack_.begin(), lack_.end(), int64_t{0});
}

std::vector<ReachFlow::Component> ReachFlow::BlockedComponents() {
  std::vector<int32_t> leader(left_.size());
  std::iota(leader.begin(), leader.end(), 0);
  const auto find = [&](int32_t i) {
    while (leader[i] != i) i = leader[i] = leader[leader[i]];
    return i;
  };
  std::fill(mark_.begin(), mark_.end(), kAlive);
  tree_.Refresh();
  std::vector<int64_t> seen(right_.size(), kStruck);  // the reverse: alive once reached
  PriceTree seen_tree(right_, seen);
  std::fill(root_.begin(), root_.end(), -1);
  std::vector<int32_t> queue;
  const auto none = [](int32_t) { return false; };
  for (int32_t start = 0; start < static_cast<int32_t>(left_.size()); ++start) {
    if (lack_[start] == 0 || root_[start] >= 0) continue;
    root_[start] = start;
    queue.assign(1, start);
    for (size_t head = 0; head < queue.size(); ++head) {
      if (head % 256 == 0 && context_.cancelled()) return {};
      const int32_t i = queue[head];
      const auto own = [&](int32_t k) { return find(parent_of_right_[k]) == find(i); };
      // What another tree has reached belongs together with it.
      for (int32_t k = Find(i, seen_tree, seen, own); k >= 0; k = Find(i, seen_tree, seen, own)) {
        leader[find(i)] = find(parent_of_right_[k]);
      }
      for (int32_t k = Find(i, tree_, mark_, none); k >= 0; k = Find(i, tree_, mark_, none)) {
        Mark(tree_, mark_, k, kStruck);
        Mark(seen_tree, seen, k, kAlive);
        parent_of_right_[k] = i;
        for (const Holding& holding : holdings_[k]) {
          if (root_[holding.left] >= 0) {
            leader[find(holding.left)] = find(i);
            continue;
          }
          root_[holding.left] = start;
          leader[holding.left] = find(i);
          queue.push_back(holding.left);
        }
      }
    }
  }
  std::vector<int32_t> number(left_.size(), -1);
  std::vector<Component> components;
  for (int32_t i = 0; i < static_cast<int32_t>(left_.size()); ++i) {
    if (root_[i] < 0) continue;
    int32_t& c = number[find(i)];
    if (c < 0) {
      c = static_cast<int32_t>(components.size());
      components.emplace_back();
    }
    components[c].left.push_back(i);
    components[c].missing += lack_[i];
  }
  for (int32_t k = 0; k < static_cast<int32_t>(right_.size()); ++k) {
    if (seen[k] == kAlive) components[number[find(parent_of_right_[k])]].right.push_back(k);
  }
  return components;
}

}  // namespace lianhu::assignment::internal
