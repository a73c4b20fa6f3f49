#include "assignment/residual.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "assignment/live_network.h"
#include "base/infinity.h"

namespace lianhu::assignment::internal {
ResidualGraph::ResidualGraph(JurisdictionInput input, std::vector<int32_t> steward_of, std::vector<int64_t> price_cm)
    : input_(std::move(input)), holder_(std::move(steward_of)), price_(std::move(price_cm)) {
  const auto n = static_cast<int32_t>(input_.households.size());
  const int32_t m = pool();
  price_.resize(m + 2, 0);
  held_.resize(m + 1);
  value_.resize(n);
  // Cheaper than anything when nobody is served: then nobody can be.
  int64_t pool_price = -kMaxCharge;
  for (int32_t j = 0; j < m; ++j) pool_price = std::min(pool_price, price_[j] - kMaxCharge);
  bool any_served = false;
  for (int32_t h = 0; h < n; ++h) {
    if (holder_[h] < 0) {
      holder_[h] = m;
    } else {
      value_[h] = CostOf(h, holder_[h]) + price_[holder_[h]];
      pool_price = any_served ? std::max(pool_price, value_[h]) : value_[h];
      any_served = true;
    }
    held_[holder_[h]].push_back(h);
  }
  price_[m] = pool_price;
  for (const int32_t h : held_[m]) value_[h] = pool_price;

  const PairRules& rules = input_.rules;
  household_places_.resize(n);
  steward_places_.resize(m);
  listed_.resize(m);
  std::vector<LiveTree::Item> items;
  items.reserve(n);
  for (int32_t h = 0; h < n; ++h) {
    if (!rules.ListedOnly(h)) items.push_back({input_.households[h], rules.Base(h) - value_[h], h});
    for (const PairRules::Listed& entry : rules.ListedOf(h)) {
      if (entry.cost != PairRules::kForbidden) {
        listed_[entry.steward].push_back({h, int64_t{entry.cost} + rules.Base(h)});
      }
    }
  }
  household_tree_.Build(std::move(items));
  items.clear();
  for (int32_t j = 0; j < m; ++j) items.push_back({input_.stewards[j], price_[j], j});
  steward_tree_.Build(std::move(items));
}

int64_t ResidualGraph::CostOf(int32_t h, int32_t j) const {
  const PairRules::Listed* listed = input_.rules.Find(h, j);
  const int64_t cost = listed != nullptr ? listed->cost : FastPairCost(input_.households[h], input_.stewards[j]);
  return cost + input_.rules.Base(h);
}

int64_t ResidualGraph::MarginalLoadCost(int64_t k) const {
  int64_t cost = 0;
  for (const LoadCostStep& step : input_.load_cost) {
    if (k > step.above) cost = step.cost_cm;
  }
  return cost;
}

// Dijkstra's algorithm from `origin`, along the edges or against them. Beside nodes the queue holds walks, each under
// the length of its next edge.
class ResidualGraph::Search {
 public:
  Search(const ResidualGraph& graph, bool towards)
      : graph_(graph), towards_(towards), label_(static_cast<size_t>(graph.elsewhere()) + 1) {}

  void Run(int32_t origin, absl::Span<const int32_t> targets, RunContext& context) {
    size_t missing = 0;
    for (const int32_t target : targets) missing += !std::exchange(label_[target].wanted, true);
    Reach(origin, 0, -1, -1);
    for (uint32_t steps = 1; missing > 0 && !queue_.empty(); ++steps) {
      if (steps % 1024 == 0 && context.cancelled()) return;
      const Entry entry = queue_.front();
      std::pop_heap(queue_.begin(), queue_.end(), Later());
      queue_.pop_back();
      if (entry.walk >= 0) {
        Advance(entry);
        continue;
      }
      Label& label = label_[entry.node];
      if (label.settled) continue;
      label.settled = true;
      missing -= label.wanted;
      Scan(entry.node);
    }
  }

  std::optional<Path> PathOf(int32_t origin, int32_t target) const {
    if (!label_[target].settled) return std::nullopt;
    Path path;
    const auto& price = graph_.price_;
    path.cost_cm = label_[target].length + (towards_ ? price[target] - price[origin] : price[origin] - price[target]);
    for (int32_t node = target; node != origin; node = label_[node].via_node) {
      const Label& label = label_[node];
      if (label.via_household < 0) continue;
      path.steps.push_back(towards_ ? Step{label.via_household, node, label.via_node}
                                    : Step{label.via_household, label.via_node, node});
    }
    if (!towards_) std::reverse(path.steps.begin(), path.steps.end());
    return path;
  }

 private:
  struct Label {
    int64_t length = kInfiniteCost;
    int32_t via_household = -1;  // handed on along the edge; -1: an edge of T
    int32_t via_node = -1;
    bool settled = false;
    bool wanted = false;
  };
  struct Entry {
    int64_t length;
    int32_t walk;  // -1: a node
    int32_t node;  // that is reached
    int32_t household;
  };
  // Equal lengths in a fixed order: nodes before walks, then by number.
  struct Later {
    bool operator()(const Entry& a, const Entry& b) const {
      if (a.length != b.length) return a.length > b.length;
      if (a.walk != b.walk) return a.walk > b.walk;
      return a.node != b.node ? a.node > b.node : a.household > b.household;
    }
  };
  // The edges of one settled node (towards), or of one of its households (away), by increasing length.
  struct Walk {
    NearestWalk walk;
    int32_t node;
    int32_t household;  // away: whose; towards: -1
    int64_t offset;     // added to a walk's values
  };

  void Push(const Entry& entry) {
    queue_.push_back(entry);
    std::push_heap(queue_.begin(), queue_.end(), Later());
  }

  void Reach(int32_t node, int64_t length, int32_t household, int32_t via) {
    Label& label = label_[node];
    if (label.settled || length >= label.length) return;
    label.length = length;
    label.via_household = household;
    label.via_node = via;
    Push({length, -1, node, -1});
  }

  void Scan(int32_t i) {
    const int64_t length = label_[i].length;
    if (i == graph_.elsewhere()) {
      ScanElsewhere(length);
      return;
    }
    if (i < graph_.pool()) ReachElsewhere(i, length);
    if (towards_) {
      ScanTowards(i, length);
    } else {
      ScanAway(i, length);
    }
  }

  int64_t RoomCost(int32_t i) const {  // reduced length of i -> T; infinite without that edge
    const int32_t load = graph_.Load(i);
    if (load >= graph_.input_.bounds[i].max) return kInfiniteCost;
    return graph_.MarginalLoadCost(load + 1) - graph_.price_[i];
  }
  int64_t SpareCost(int32_t i) const {  // of T -> i
    const int32_t load = graph_.Load(i);
    if (load <= graph_.input_.bounds[i].min) return kInfiniteCost;
    return graph_.price_[i] - graph_.MarginalLoadCost(load);
  }

  void ReachElsewhere(int32_t i, int64_t length) {
    const int64_t edge = towards_ ? SpareCost(i) : RoomCost(i);
    if (edge < kInfiniteCost) Reach(graph_.elsewhere(), length + edge, -1, i);
  }

  void ScanElsewhere(int64_t length) {
    for (int32_t i = 0; i < graph_.pool(); ++i) {
      const int64_t edge = towards_ ? RoomCost(i) : SpareCost(i);
      if (edge < kInfiniteCost) Reach(i, length + edge, -1, graph_.elsewhere());
    }
  }

  // Edges k -> i: every household of another that i may serve.
  void ScanTowards(int32_t i, int64_t length) {
    const auto& holder = graph_.holder_;
    if (i == graph_.pool()) {
      for (size_t h = 0; h < holder.size(); ++h) {
        if (holder[h] != i) Reach(holder[h], length + graph_.price_[i] - graph_.value_[h], static_cast<int32_t>(h), i);
      }
      return;
    }
    for (const ListedPair& pair : graph_.listed_[i]) {
      if (holder[pair.household] == i) continue;
      const int64_t edge = pair.cost + graph_.price_[i] - graph_.value_[pair.household];
      Reach(holder[pair.household], length + edge, pair.household, i);
    }
    walks_.push_back(std::make_unique<Walk>(
        Walk{NearestWalk(graph_.household_tree_, graph_.input_.stewards[i], 1), i, -1, length + graph_.price_[i]}));
    PushNext(static_cast<int32_t>(walks_.size()) - 1);
  }

  // Edges i -> k: every household of i, and who else may serve it.
  void ScanAway(int32_t i, int64_t length) {
    const PairRules& rules = graph_.input_.rules;
    for (const int32_t h : graph_.held_[i]) {
      if (i != graph_.pool()) Reach(graph_.pool(), length + graph_.pool_price() - graph_.value_[h], h, i);
      const int64_t offset = length + rules.Base(h) - graph_.value_[h];
      for (const PairRules::Listed& entry : rules.ListedOf(h)) {
        if (entry.cost == PairRules::kForbidden || entry.steward == i) continue;
        Reach(entry.steward, offset + entry.cost + graph_.price_[entry.steward], h, i);
      }
      if (rules.ListedOnly(h)) continue;
      walks_.push_back(std::make_unique<Walk>(
          Walk{NearestWalk(graph_.steward_tree_, graph_.input_.households[h], 1), i, h, offset}));
      PushNext(static_cast<int32_t>(walks_.size()) - 1);
    }
  }

  // Queues the next edge of a walk that leads to a node not settled yet.
  void PushNext(int32_t w) {
    Walk& walk = *walks_[w];
    const PairRules& rules = graph_.input_.rules;
    for (auto item = walk.walk.Next(); item.id >= 0; item = walk.walk.Next()) {
      const int32_t h = towards_ ? item.id : walk.household;
      const int32_t k = towards_ ? graph_.holder_[h] : item.id;
      if (label_[k].settled) continue;
      const int32_t steward = towards_ ? walk.node : k;
      const int64_t key = towards_ ? rules.Base(h) - graph_.value_[h] : graph_.price_[k];
      if (item.value - key > rules.max_cost || rules.Find(h, steward) != nullptr) continue;
      Push({walk.offset + item.value, w, k, h});
      return;
    }
  }

  void Advance(const Entry& entry) {
    Reach(entry.node, entry.length, entry.household, walks_[entry.walk]->node);
    PushNext(entry.walk);
  }

  const ResidualGraph& graph_;
  const bool towards_;
  std::vector<Label> label_;
  std::vector<Entry> queue_;
  std::vector<std::unique_ptr<Walk>> walks_;
};

std::vector<std::optional<ResidualGraph::Path>> ResidualGraph::Paths(int32_t origin, absl::Span<const int32_t> targets,
                                                                     bool towards, RunContext& context) {
  Search search(*this, towards);
  search.Run(origin, targets, context);
  std::vector<std::optional<Path>> paths;
  paths.reserve(targets.size());
  for (const int32_t target : targets) paths.push_back(search.PathOf(origin, target));
  return paths;
}

std::vector<std::optional<ResidualGraph::Path>> ResidualGraph::PathsTo(int32_t to, absl::Span<const int32_t> from,
                                                                       RunContext& context) {
  return Paths(to, from, true, context);
}

std::vector<std::optional<ResidualGraph::Path>> ResidualGraph::PathsFrom(int32_t from, absl::Span<const int32_t> to,
                                                                         RunContext& context) {
  return Paths(from, to, false, context);
}

}  // namespace lianhu::assignment::internal
