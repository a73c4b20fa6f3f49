// The road network as a Boost.Graph, and searches on it that stop where they are told to.
#ifndef LIANHU_SRC_ASSIGNMENT_ROAD_GRAPH_H_
#define LIANHU_SRC_ASSIGNMENT_ROAD_GRAPH_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "lianhu/assignment/road_network.h"

namespace lianhu::assignment::internal {

// Both directions of every edge in compressed rows. Hides Boost's headers, which are slow to compile.
class RoadGraph {
 public:
  explicit RoadGraph(const RoadNetwork& network);
  ~RoadGraph();
  RoadGraph(const RoadGraph&) = delete;
  RoadGraph& operator=(const RoadGraph&) = delete;

  int32_t nodes() const;

  struct Source {
    int32_t node;
    int64_t label;  // of any sign
  };

  // Dijkstra's algorithm from all sources at once: `visit(node, label)` is called for each reachable node, by
  // increasing label, the label being the least of source label + path length; it ends the search by returning false.
  // O(visited) but for the heap: what a search does not reach costs nothing. One search at a time.
  void Search(absl::Span<const Source> sources, const std::function<bool(int32_t, int64_t)>& visit);

 private:
  struct Graph;
  std::unique_ptr<Graph> graph_;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_ROAD_GRAPH_H_
