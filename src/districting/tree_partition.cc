#include <algorithm>
#include <cmath>
#include <limits>

#include "districting/node_graph.h"

namespace lianhu::districting::internal {
namespace {

constexpr int kMostTrees = 24;
constexpr int kGoodTrees = 4;

// A way to cut a tree of k parts in two: what hangs below `node` becomes `parts` of them.
struct Cut {
  int32_t node = -1;
  int32_t parts = 0;
  double deviation = std::numeric_limits<double>::infinity();  // of the mean weight of a part, the worse side
};

class TreeCutter {
 public:
  TreeCutter(const NodeGraph& graph, int64_t low, int64_t high, Random& random)
      : graph_(graph),
        low_(low),
        high_(high),
        random_(random),
        part_of_(graph.size(), 0),
        parent_(graph.size(), -1),
        below_(graph.size(), 0),
        nodes_below_(graph.size(), 0),
        in_tree_(graph.size(), 0) {}

  std::vector<int32_t> Partition(int32_t k) {
    double total = 0;
    for (const int64_t w : graph_.weight) total += static_cast<double>(w);
    mean_ = total / k;
    struct Task {
      std::vector<int32_t> nodes;
      int32_t first;  // its parts are first .. first + parts - 1; its nodes are all marked `first`
      int32_t parts;
    };
    std::vector<int32_t> all(graph_.size());
    for (int32_t v = 0; v < graph_.size(); ++v) all[v] = v;
    std::vector<Task> tasks;
    tasks.push_back({std::move(all), 0, k});
    while (!tasks.empty()) {
      Task task = std::move(tasks.back());
      tasks.pop_back();
      if (task.parts == 1) continue;
      const auto [side, parts] = Split(task.nodes, task.parts);
      Task lower{{}, task.first + task.parts - parts, parts};
      Task upper{{}, task.first, task.parts - parts};
      for (size_t i = 0; i < task.nodes.size(); ++i) {
        const int32_t v = task.nodes[i];
        (side[i] != 0 ? lower : upper).nodes.push_back(v);
        if (side[i] != 0) part_of_[v] = lower.first;
      }
      tasks.push_back(std::move(lower));
      tasks.push_back(std::move(upper));
    }
    return part_of_;
  }

 private:
  // Grows a tree from a random node over the task's nodes, by random edges; leaves its order in order_.
  void Grow(const std::vector<int32_t>& nodes) {
    const int32_t mark = part_of_[nodes[0]];
    const int32_t root = nodes[random_.Below(static_cast<int64_t>(nodes.size()))];
    ++stamp_;
    order_.clear();
    frontier_.clear();
    frontier_.push_back({root, -1});
    while (!frontier_.empty()) {
      const int64_t pick = random_.Below(static_cast<int64_t>(frontier_.size()));
      const auto [v, parent] = frontier_[pick];
      frontier_[pick] = frontier_.back();
      frontier_.pop_back();
      if (in_tree_[v] == stamp_) continue;
      in_tree_[v] = stamp_;
      parent_[v] = parent;
      order_.push_back(v);
      for (int32_t e = graph_.begin[v]; e < graph_.begin[v + 1]; ++e) {
        const int32_t u = graph_.to[e];
        if (part_of_[u] == mark && in_tree_[u] != stamp_) frontier_.push_back({u, v});
      }
    }
    for (const int32_t v : order_) {
      below_[v] = graph_.weight[v];
      nodes_below_[v] = 1;
    }
    for (size_t i = order_.size() - 1; i > 0; --i) {
      const int32_t v = order_[i];
      below_[parent_[v]] += below_[v];
      nodes_below_[parent_[v]] += nodes_below_[v];
    }
  }

  double Deviation(int64_t weight, int32_t parts) const {
    return std::abs(static_cast<double>(weight) / parts - mean_) / std::max(1.0, mean_);
  }
  bool Fits(int64_t weight, int32_t parts) const {
    return weight >= low_ * parts && (high_ > std::numeric_limits<int64_t>::max() / parts || weight <= high_ * parts);
  }

  // The best cut of the tree just grown: near the middle where that fits, else the least deviation.
  Cut BestCut(int32_t parts) const {
    const int64_t total = below_[order_[0]];
    const auto nodes = static_cast<int32_t>(order_.size());
    Cut best;
    Cut best_middle;
    const double each = static_cast<double>(total) / parts;
    for (size_t i = 1; i < order_.size(); ++i) {
      const int32_t v = order_[i];
      const double share = each > 0 ? static_cast<double>(below_[v]) / each
                                    : static_cast<double>(nodes_below_[v]) * parts / static_cast<double>(nodes);
      for (const double rounded : {std::floor(share), std::ceil(share)}) {
        int32_t k = static_cast<int32_t>(std::clamp(rounded, 1.0, parts - 1.0));
        k = std::clamp(k, std::max(1, parts - (nodes - nodes_below_[v])),
                       std::max(1, std::min(parts - 1, nodes_below_[v])));
        if (k > nodes_below_[v] || parts - k > nodes - nodes_below_[v]) continue;
        const double deviation = std::max(Deviation(below_[v], k), Deviation(total - below_[v], parts - k));
        if (deviation < best.deviation) best = {v, k, deviation};
        const bool middle = 3 * k >= parts && 3 * k <= 2 * parts;
        if (middle && Fits(below_[v], k) && Fits(total - below_[v], parts - k) && deviation < best_middle.deviation) {
          best_middle = {v, k, deviation};
        }
      }
    }
    return best_middle.node >= 0 ? best_middle : best;
  }

  // Which of the nodes lie below the cut of the tree just grown.
  std::vector<uint8_t> Side(const std::vector<int32_t>& nodes, int32_t root) {
    ++stamp_;
    for (const int32_t v : order_) {
      if (v == root || (parent_[v] >= 0 && in_tree_[parent_[v]] == stamp_)) in_tree_[v] = stamp_;
    }
    std::vector<uint8_t> side(nodes.size());
    for (size_t i = 0; i < nodes.size(); ++i) side[i] = in_tree_[nodes[i]] == stamp_ ? 1 : 0;
    return side;
  }

  int64_t EdgesBetween(const std::vector<int32_t>& nodes, int32_t mark) const {
    int64_t edges = 0;
    for (const int32_t v : nodes) {
      if (in_tree_[v] != stamp_) continue;
      for (int32_t e = graph_.begin[v]; e < graph_.begin[v + 1]; ++e) {
        const int32_t u = graph_.to[e];
        if (part_of_[u] == mark && in_tree_[u] != stamp_) edges += graph_.edge_weight[e];
      }
    }
    return edges;
  }

  std::pair<std::vector<uint8_t>, int32_t> Split(const std::vector<int32_t>& nodes, int32_t parts) {
    std::pair<std::vector<uint8_t>, int32_t> best;
    double best_deviation = std::numeric_limits<double>::infinity();
    int64_t best_edges = std::numeric_limits<int64_t>::max();
    // Half of the room above a pair, so that the cuts to come have some.
    const auto low = static_cast<double>(low_);
    const auto high = static_cast<double>(high_);
    const double room = std::max(0.0, std::min(high - mean_, mean_ - low)) / std::max(1.0, mean_);
    const double allowed = parts == 2 ? room : room / 2;
    int good = 0;
    for (int tree = 0; tree < kMostTrees && good < kGoodTrees; ++tree) {
      Grow(nodes);
      const Cut cut = BestCut(parts);
      if (cut.node < 0) continue;
      if (cut.deviation <= allowed) ++good;
      if (cut.deviation > std::max(allowed, best_deviation)) continue;
      std::vector<uint8_t> side = Side(nodes, cut.node);
      const int64_t edges = EdgesBetween(nodes, part_of_[nodes[0]]);
      if (cut.deviation <= allowed && best_deviation <= allowed && edges >= best_edges) continue;
      best = {std::move(side), cut.parts};
      best_deviation = cut.deviation;
      best_edges = edges;
    }
    return best;
  }

  const NodeGraph& graph_;
  const int64_t low_;
  const int64_t high_;
  double mean_ = 0;
  Random& random_;
  std::vector<int32_t> part_of_;
  std::vector<int32_t> parent_;
  std::vector<int64_t> below_;
  std::vector<int32_t> nodes_below_;
  std::vector<int32_t> in_tree_;  // stamps
  int32_t stamp_ = 0;
  std::vector<int32_t> order_;
  std::vector<std::pair<int32_t, int32_t>> frontier_;
};

}  // namespace

std::vector<int32_t> TreePartition(const NodeGraph& graph, int32_t k, int64_t low, int64_t high, Random& random) {
  return TreeCutter(graph, low, high, random).Partition(k);
}

}  // namespace lianhu::districting::internal
