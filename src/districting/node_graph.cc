#include "districting/node_graph.h"

#include <algorithm>
#include <numeric>

namespace lianhu::districting::internal {
namespace {

std::vector<int32_t> Shuffled(int32_t count, Random& random) {
  std::vector<int32_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  for (int32_t i = count - 1; i > 0; --i) std::swap(order[i], order[random.Below(i + 1)]);
  return order;
}

}  // namespace

double NodeGraph::MeanEdgeWeight() const {
  if (edge_weight.empty()) return 1;
  double sum = 0;
  for (const int32_t w : edge_weight) sum += w;
  return sum / static_cast<double>(edge_weight.size());
}

CoarseGraph Coarsen(const NodeGraph& graph, int64_t most_weight, absl::Span<const int32_t> part_of, Random& random) {
  const int32_t n = graph.size();
  CoarseGraph coarse;
  coarse.node_of.assign(n, -1);
  std::vector<int32_t> first;
  std::vector<int32_t> second;
  for (const int32_t v : Shuffled(n, random)) {
    if (coarse.node_of[v] >= 0) continue;
    int32_t mate = -1;
    // The heaviest edge, and among those the lightest neighbour, which keeps coarse nodes alike.
    int32_t best_edge = 0;
    for (int32_t e = graph.begin[v]; e < graph.begin[v + 1]; ++e) {
      const int32_t u = graph.to[e];
      if (coarse.node_of[u] >= 0 || graph.weight[u] + graph.weight[v] > most_weight) continue;
      if (!part_of.empty() && part_of[u] != part_of[v]) continue;
      if (graph.edge_weight[e] < best_edge) continue;
      if (graph.edge_weight[e] == best_edge && mate >= 0 && graph.weight[u] >= graph.weight[mate]) continue;
      best_edge = graph.edge_weight[e];
      mate = u;
    }
    coarse.node_of[v] = static_cast<int32_t>(first.size());
    if (mate >= 0) coarse.node_of[mate] = static_cast<int32_t>(first.size());
    first.push_back(v);
    second.push_back(mate);
  }

  const auto size = static_cast<int32_t>(first.size());
  NodeGraph& result = coarse.graph;
  result.weight.assign(size, 0);
  if (!graph.moments.empty()) result.moments.resize(size);
  result.begin.assign(1, 0);
  std::vector<int32_t> slot(size, -1);  // where the row being written has its edge to a coarse node
  for (int32_t c = 0; c < size; ++c) {
    const auto row = static_cast<int32_t>(result.to.size());
    for (const int32_t v : {first[c], second[c]}) {
      if (v < 0) continue;
      result.weight[c] += graph.weight[v];
      if (!graph.moments.empty()) result.moments[c].Add(graph.moments[v]);
      for (int32_t e = graph.begin[v]; e < graph.begin[v + 1]; ++e) {
        const int32_t d = coarse.node_of[graph.to[e]];
        if (d == c) continue;
        if (slot[d] < row) {
          slot[d] = static_cast<int32_t>(result.to.size());
          result.to.push_back(d);
          result.edge_weight.push_back(0);
        }
        result.edge_weight[slot[d]] += graph.edge_weight[e];
      }
    }
    result.begin.push_back(static_cast<int32_t>(result.to.size()));
  }
  return coarse;
}

}  // namespace lianhu::districting::internal
