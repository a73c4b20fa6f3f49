// A connected region as the partition search sees it, and coarser copies of it.
#ifndef LIANHU_SRC_DISTRICTING_NODE_GRAPH_H_
#define LIANHU_SRC_DISTRICTING_NODE_GRAPH_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "lianhu/base/random.h"

namespace lianhu::districting::internal {

// Mass, its first moments and the second moment about the origin of a node or a part.
struct Moments {
  double mass = 0;
  double x = 0;
  double y = 0;
  double square = 0;

  void Add(const Moments& other) {
    mass += other.mass;
    x += other.x;
    y += other.y;
    square += other.square;
  }
  void Remove(const Moments& other) {
    mass -= other.mass;
    x -= other.x;
    y -= other.y;
    square -= other.square;
  }
  // The sum of squared distances to the centre.
  double Inertia() const { return mass > 0 ? square - (x * x + y * y) / mass : 0; }
};

// Undirected, compressed sparse rows, each edge in both rows with the number of borders that it stands for.
struct NodeGraph {
  std::vector<int32_t> begin;  // size() + 1
  std::vector<int32_t> to;
  std::vector<int32_t> edge_weight;
  std::vector<int64_t> weight;
  std::vector<Moments> moments;  // empty without positions

  int32_t size() const { return static_cast<int32_t>(weight.size()); }
  double MeanEdgeWeight() const;
};

struct CoarseGraph {
  NodeGraph graph;
  std::vector<int32_t> node_of;  // the coarse node of each finer one
};

// Matches nodes over heavy edges and contracts what is matched: the coarse nodes are connected sets of at most two. No
// pair is heavier than `most_weight`; with `part_of`, pairs are of one part, so that the parts live on. Source: Karypis
// and Kumar, "A fast and high quality multilevel scheme for partitioning irregular graphs", 1998.
CoarseGraph Coarsen(const NodeGraph& graph, int64_t most_weight, absl::Span<const int32_t> part_of, Random& random);

// k connected parts by cutting random spanning trees in two again and again, their weights as near to low..high as the
// best of a few trees gives. Needs 1 <= k <= graph.size() and a connected graph. Expected O((n + m) log k).
std::vector<int32_t> TreePartition(const NodeGraph& graph, int32_t k, int64_t low, int64_t high, Random& random);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_NODE_GRAPH_H_
