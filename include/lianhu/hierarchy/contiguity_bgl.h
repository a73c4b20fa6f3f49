// A Contiguity is an undirected graph of the Boost Graph Library, by the same free functions as a Hierarchy (bgl.h).
//
// Models VertexListGraph, EdgeListGraph, BidirectionalGraph (hence IncidenceGraph) and AdjacencyGraph, asserted at the
// end of this file, with readable property maps boost::vertex_index and boost::edge_index (the border's number). Every
// operation is O(1) and allocates nothing. An edge is equal to itself seen from its other end. Descriptors and
// iterators refer to the contiguity, which must outlive them.
#ifndef LIANHU_HIERARCHY_CONTIGUITY_BGL_H_
#define LIANHU_HIERARCHY_CONTIGUITY_BGL_H_

#include <boost/concept/assert.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "lianhu/hierarchy/contiguity.h"

namespace lianhu {

struct ContiguityEdge {
  Unit from = kNoUnit;
  Unit to = kNoUnit;
  int32_t border = -1;
  friend bool operator==(const ContiguityEdge& x, const ContiguityEdge& y) { return x.border == y.border; }
  friend auto operator<=>(const ContiguityEdge& x, const ContiguityEdge& y) { return x.border <=> y.border; }
};

// Makes the edge of a border, from its smaller unit.
struct EdgeOfBorder {
  using result_type = ContiguityEdge;
  const Contiguity* contiguity = nullptr;
  ContiguityEdge operator()(int32_t border) const {
    const Border& ends = contiguity->border(border);
    return {ends.a, ends.b, border};
  }
};

// Makes the edges between a unit and its i-th neighbour, away from the unit or towards it.
struct EdgeFromUnit {
  using result_type = ContiguityEdge;
  const Contiguity* contiguity = nullptr;
  Unit unit = kNoUnit;
  ContiguityEdge operator()(int32_t i) const {
    return {unit, contiguity->neighbours(unit)[i], contiguity->borders(unit)[i]};
  }
};
struct EdgeToUnit {
  using result_type = ContiguityEdge;
  const Contiguity* contiguity = nullptr;
  Unit unit = kNoUnit;
  ContiguityEdge operator()(int32_t i) const {
    return {contiguity->neighbours(unit)[i], unit, contiguity->borders(unit)[i]};
  }
};

using IndexIterator = boost::counting_iterator<int32_t>;

struct ContiguityTraversal : boost::vertex_list_graph_tag,
                             boost::edge_list_graph_tag,
                             boost::bidirectional_graph_tag,
                             boost::adjacency_graph_tag {};

}  // namespace lianhu

namespace boost {

template <>
struct graph_traits<lianhu::Contiguity> {
  using vertex_descriptor = lianhu::Unit;
  using edge_descriptor = lianhu::ContiguityEdge;
  using directed_category = undirected_tag;
  using edge_parallel_category = disallow_parallel_edge_tag;
  using traversal_category = lianhu::ContiguityTraversal;
  using vertex_iterator = lianhu::IndexIterator;
  using adjacency_iterator = const lianhu::Unit*;
  using edge_iterator = transform_iterator<lianhu::EdgeOfBorder, lianhu::IndexIterator>;
  using out_edge_iterator = transform_iterator<lianhu::EdgeFromUnit, lianhu::IndexIterator>;
  using in_edge_iterator = transform_iterator<lianhu::EdgeToUnit, lianhu::IndexIterator>;
  using vertices_size_type = int32_t;
  using edges_size_type = int32_t;
  using degree_size_type = int32_t;
  static vertex_descriptor null_vertex() { return lianhu::kNoUnit; }
};

}  // namespace boost

namespace lianhu {

using ContiguityTraits = boost::graph_traits<Contiguity>;

namespace internal {

template <typename MakeEdge>
auto MakeEdges(const MakeEdge& make_edge, int32_t count) {
  using Iterator = boost::transform_iterator<MakeEdge, IndexIterator>;
  return std::pair(Iterator(IndexIterator(0), make_edge), Iterator(IndexIterator(count), make_edge));
}

}  // namespace internal

// VertexListGraph
inline int32_t num_vertices(const Contiguity& contiguity) {
  return contiguity.size();
}
inline std::pair<IndexIterator, IndexIterator> vertices(const Contiguity& contiguity) {
  return {IndexIterator(0), IndexIterator(contiguity.size())};
}

// EdgeListGraph
inline int32_t num_edges(const Contiguity& contiguity) {
  return contiguity.border_count();
}
inline auto edges(const Contiguity& contiguity) {
  return internal::MakeEdges(EdgeOfBorder{&contiguity}, contiguity.border_count());
}
inline Unit source(const ContiguityEdge& edge, const Contiguity&) {
  return edge.from;
}
inline Unit target(const ContiguityEdge& edge, const Contiguity&) {
  return edge.to;
}

// AdjacencyGraph
inline std::pair<const Unit*, const Unit*> adjacent_vertices(Unit unit, const Contiguity& contiguity) {
  const absl::Span<const Unit> neighbours = contiguity.neighbours(unit);
  return {neighbours.data(), neighbours.data() + neighbours.size()};
}

// BidirectionalGraph; in an undirected graph every edge leads both out of a unit and into it.
inline int32_t degree(Unit unit, const Contiguity& contiguity) {
  return static_cast<int32_t>(contiguity.neighbours(unit).size());
}
inline int32_t out_degree(Unit unit, const Contiguity& contiguity) {
  return degree(unit, contiguity);
}
inline int32_t in_degree(Unit unit, const Contiguity& contiguity) {
  return degree(unit, contiguity);
}
inline auto out_edges(Unit unit, const Contiguity& contiguity) {
  return internal::MakeEdges(EdgeFromUnit{&contiguity, unit}, degree(unit, contiguity));
}
inline auto in_edges(Unit unit, const Contiguity& contiguity) {
  return internal::MakeEdges(EdgeToUnit{&contiguity, unit}, degree(unit, contiguity));
}

// Property maps

using ContiguityIndexMap = boost::typed_identity_property_map<Unit>;

struct BorderIndexMap : boost::put_get_helper<int32_t, BorderIndexMap> {
  using key_type = ContiguityEdge;
  using value_type = int32_t;
  using reference = int32_t;
  using category = boost::readable_property_map_tag;
  int32_t operator[](const ContiguityEdge& edge) const { return edge.border; }
};

inline ContiguityIndexMap get(boost::vertex_index_t, const Contiguity&) {
  return {};
}
inline BorderIndexMap get(boost::edge_index_t, const Contiguity&) {
  return {};
}
inline Unit get(boost::vertex_index_t, const Contiguity&, Unit unit) {
  return unit;
}
inline int32_t get(boost::edge_index_t, const Contiguity&, const ContiguityEdge& edge) {
  return edge.border;
}

}  // namespace lianhu

namespace boost {

template <>
struct property_map<lianhu::Contiguity, vertex_index_t> {
  using type = lianhu::ContiguityIndexMap;
  using const_type = type;
};
template <>
struct property_map<lianhu::Contiguity, edge_index_t> {
  using type = lianhu::BorderIndexMap;
  using const_type = type;
};

BOOST_CONCEPT_ASSERT((VertexListGraphConcept<lianhu::Contiguity>));
BOOST_CONCEPT_ASSERT((EdgeListGraphConcept<lianhu::Contiguity>));
BOOST_CONCEPT_ASSERT((IncidenceGraphConcept<lianhu::Contiguity>));
BOOST_CONCEPT_ASSERT((BidirectionalGraphConcept<lianhu::Contiguity>));
BOOST_CONCEPT_ASSERT((AdjacencyGraphConcept<lianhu::Contiguity>));
BOOST_CONCEPT_ASSERT((ReadablePropertyGraphConcept<lianhu::Contiguity, lianhu::Unit, vertex_index_t>));
BOOST_CONCEPT_ASSERT((ReadablePropertyGraphConcept<lianhu::Contiguity, lianhu::ContiguityEdge, edge_index_t>));

}  // namespace boost

#endif  // LIANHU_HIERARCHY_CONTIGUITY_BGL_H_
