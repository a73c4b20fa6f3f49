#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/smallest_last_ordering.hpp>
#include <boost/property_map/shared_array_property_map.hpp>  // smallest_last_ordering.hpp needs it
#include <iterator>
#include <utility>

#include "lianhu/report/parts_map.h"

namespace lianhu::report {
namespace {

constexpr size_t kNearest = 8;

using Place = boost::geometry::model::d2::point_xy<double>;
using Entry = std::pair<Place, int32_t>;
using Graph = boost::adjacency_list<boost::setS, boost::vecS, boost::undirectedS>;

// Each part beside the parts that are nearest to it.
Graph NearestParts(absl::Span<const Point> centres) {
  std::vector<Entry> entries;
  entries.reserve(centres.size());
  for (size_t p = 0; p < centres.size(); ++p) {
    entries.emplace_back(Place(centres[p].x, centres[p].y), static_cast<int32_t>(p));
  }
  const boost::geometry::index::rtree<Entry, boost::geometry::index::quadratic<16>> tree(entries);
  Graph graph(centres.size());
  std::vector<Entry> found;
  for (const auto& [place, p] : entries) {
    found.clear();
    // One more: the part itself is among them.
    tree.query(boost::geometry::index::nearest(place, kNearest + 1), std::back_inserter(found));
    for (const Entry& each : found) {
      if (each.second != p) boost::add_edge(p, each.second, graph);
    }
  }
  return graph;
}

}  // namespace

std::vector<int32_t> ColourParts(absl::Span<const Point> centres) {
  std::vector<int32_t> colours(centres.size(), -1);
  if (centres.empty()) return colours;
  const Graph graph = NearestParts(centres);
  std::vector<size_t> order(centres.size());
  boost::smallest_last_vertex_ordering(
      graph, boost::make_iterator_property_map(order.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<int64_t> in_all(kPartColours, 0);
  for (const size_t p : order) {
    std::vector<int64_t> beside(kPartColours, 0);
    for (const auto& u : boost::make_iterator_range(boost::adjacent_vertices(p, graph))) {
      if (colours[u] >= 0) ++beside[colours[u]];
    }
    int32_t best = 0;
    for (int32_t c = 1; c < kPartColours; ++c) {
      if (std::pair(beside[c], in_all[c]) < std::pair(beside[best], in_all[best])) best = c;
    }
    colours[p] = best;
    ++in_all[best];
  }
  return colours;
}

}  // namespace lianhu::report
