#include "assignment/road_graph.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <limits>
#include <utility>

namespace lianhu::assignment::internal {
namespace {

constexpr int64_t kFar = std::numeric_limits<int64_t>::max();

}  // namespace

struct RoadGraph::Graph {
  struct Road {
    int64_t length = 0;
  };
  using Csr = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Road, boost::no_property,
                                                 uint32_t, uint32_t>;

  Csr csr;
  std::vector<int64_t> label;
  std::vector<boost::default_color_type> colour;
  std::vector<uint32_t> reached;  // by the present search: what to reset after it

  struct Stop {};

  // Reports a node when its label is final.
  struct Visitor : boost::default_dijkstra_visitor {
    Graph* graph;
    const std::function<bool(int32_t, int64_t)>* visit;
    void discover_vertex(uint32_t v, const Csr&) const { graph->reached.push_back(v); }
    void examine_vertex(uint32_t v, const Csr&) const {
      if (!(*visit)(static_cast<int32_t>(v), graph->label[v])) throw Stop();
    }
  };
};

RoadGraph::RoadGraph(const RoadNetwork& network) : graph_(std::make_unique<Graph>()) {
  std::vector<std::pair<uint32_t, uint32_t>> ends;
  std::vector<Graph::Road> roads;
  for (size_t e = 0; e < network.from.size(); ++e) {
    const auto a = static_cast<uint32_t>(network.from[e]);
    const auto b = static_cast<uint32_t>(network.to[e]);
    ends.emplace_back(a, b);
    ends.emplace_back(b, a);
    roads.insert(roads.end(), 2, {network.length_cm[e]});
  }
  graph_->csr = Graph::Csr(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), roads.begin(),
                           static_cast<uint32_t>(network.nodes.size()));
  graph_->label.assign(network.nodes.size(), kFar);
  graph_->colour.assign(network.nodes.size(), boost::white_color);
}

RoadGraph::~RoadGraph() = default;

int32_t RoadGraph::nodes() const {
  return static_cast<int32_t>(graph_->label.size());
}

void RoadGraph::Search(absl::Span<const Source> sources, const std::function<bool(int32_t, int64_t)>& visit) {
  Graph& graph = *graph_;
  std::vector<uint32_t> starts;
  for (const Source& source : sources) {
    int64_t& label = graph.label[source.node];
    if (label == kFar) starts.push_back(static_cast<uint32_t>(source.node));
    label = std::min(label, source.label);
  }
  Graph::Visitor visitor;
  visitor.graph = &graph;
  visitor.visit = &visit;
  const auto index = boost::get(boost::vertex_index, graph.csr);
  try {
    boost::dijkstra_shortest_paths_no_init(graph.csr, starts.begin(), starts.end(), boost::dummy_property_map(),
                                           boost::make_iterator_property_map(graph.label.begin(), index),
                                           boost::get(&Graph::Road::length, graph.csr), index, std::less<int64_t>(),
                                           boost::closed_plus<int64_t>(kFar), int64_t{0}, visitor,
                                           boost::make_iterator_property_map(graph.colour.begin(), index));
  } catch (const Graph::Stop&) {
    // Told to.
  }
  for (const uint32_t v : graph.reached) {
    graph.label[v] = kFar;
    graph.colour[v] = boost::white_color;
  }
  for (const uint32_t v : starts) {
    graph.label[v] = kFar;
    graph.colour[v] = boost::white_color;
  }
  graph.reached.clear();
}

}  // namespace lianhu::assignment::internal
