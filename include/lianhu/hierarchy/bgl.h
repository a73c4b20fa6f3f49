// A Hierarchy is a graph of the Boost Graph Library: include this header and BGL's algorithms run on it as it is.
//
// Vertices are units, edges lead from parent to child: a directed acyclic graph that models VertexListGraph,
// EdgeListGraph, BidirectionalGraph (hence IncidenceGraph) and AdjacencyGraph, asserted at the end of this file. Every
// operation is O(1) and allocates nothing. Readable property maps of the vertices: boost::vertex_index, vertex_code and
// vertex_level, by get(tag, hierarchy); of the edges boost::edge_index, 0..num_edges-1 in ascending order of the child.
//
//   std::vector<int> distance(hierarchy.size());
//   boost::breadth_first_search(hierarchy, Hierarchy::kRoot, boost::visitor(boost::make_bfs_visitor(
//       boost::record_distances(distance.data(), boost::on_tree_edge()))));
//
// The free functions keep Boost's names and are found by argument-dependent lookup. Descriptors and iterators refer to
// the hierarchy, which must outlive them.
#ifndef LIANHU_HIERARCHY_BGL_H_
#define LIANHU_HIERARCHY_BGL_H_

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

#include "lianhu/hierarchy/hierarchy.h"

namespace lianhu {

// The edge from a parent to its child; the child alone identifies it.
struct HierarchyEdge {
  Unit parent = kNoUnit;
  Unit child = kNoUnit;
  friend auto operator<=>(const HierarchyEdge&, const HierarchyEdge&) = default;
};

// Makes the edge above a child.
struct EdgeOfChild {
  using result_type = HierarchyEdge;
  const Hierarchy* hierarchy = nullptr;
  HierarchyEdge operator()(Unit child) const { return {hierarchy->parent(child), child}; }
};

using UnitIterator = boost::counting_iterator<Unit>;
using HierarchyEdgeIterator = boost::transform_iterator<EdgeOfChild, UnitIterator>;

struct HierarchyTraversal : boost::vertex_list_graph_tag,
                            boost::edge_list_graph_tag,
                            boost::bidirectional_graph_tag,
                            boost::adjacency_graph_tag {};

}  // namespace lianhu

namespace boost {

template <>
struct graph_traits<lianhu::Hierarchy> {
  using vertex_descriptor = lianhu::Unit;
  using edge_descriptor = lianhu::HierarchyEdge;
  using directed_category = bidirectional_tag;
  using edge_parallel_category = disallow_parallel_edge_tag;
  using traversal_category = lianhu::HierarchyTraversal;
  using vertex_iterator = lianhu::UnitIterator;
  using adjacency_iterator = lianhu::UnitIterator;
  using edge_iterator = lianhu::HierarchyEdgeIterator;
  using out_edge_iterator = lianhu::HierarchyEdgeIterator;
  using in_edge_iterator = lianhu::HierarchyEdgeIterator;
  using vertices_size_type = int32_t;
  using edges_size_type = int32_t;
  using degree_size_type = int32_t;
  static vertex_descriptor null_vertex() { return lianhu::kNoUnit; }
};

}  // namespace boost

namespace lianhu {

using HierarchyEdgeRange = std::pair<HierarchyEdgeIterator, HierarchyEdgeIterator>;

namespace internal {

inline std::pair<UnitIterator, UnitIterator> Iterators(Unit begin, Unit end) {
  return {UnitIterator(begin), UnitIterator(end)};
}

inline HierarchyEdgeRange EdgesOfChildren(const Hierarchy& hierarchy, Unit begin, Unit end) {
  const EdgeOfChild edge{&hierarchy};
  return {{UnitIterator(begin), edge}, {UnitIterator(end), edge}};
}

}  // namespace internal

// VertexListGraph
inline int32_t num_vertices(const Hierarchy& hierarchy) {
  return hierarchy.size();
}
inline std::pair<UnitIterator, UnitIterator> vertices(const Hierarchy& hierarchy) {
  return internal::Iterators(0, hierarchy.size());
}

// EdgeListGraph
inline int32_t num_edges(const Hierarchy& hierarchy) {
  return hierarchy.size() - 1;
}
inline HierarchyEdgeRange edges(const Hierarchy& hierarchy) {
  return internal::EdgesOfChildren(hierarchy, 1, hierarchy.size());
}
inline Unit source(const HierarchyEdge& edge, const Hierarchy&) {
  return edge.parent;
}
inline Unit target(const HierarchyEdge& edge, const Hierarchy&) {
  return edge.child;
}

// AdjacencyGraph
inline std::pair<UnitIterator, UnitIterator> adjacent_vertices(Unit unit, const Hierarchy& hierarchy) {
  const UnitRange children = hierarchy.children(unit);
  return internal::Iterators(*children.begin(), *children.end());
}

// BidirectionalGraph
inline HierarchyEdgeRange out_edges(Unit unit, const Hierarchy& hierarchy) {
  const UnitRange children = hierarchy.children(unit);
  return internal::EdgesOfChildren(hierarchy, *children.begin(), *children.end());
}
inline int32_t out_degree(Unit unit, const Hierarchy& hierarchy) {
  return static_cast<int32_t>(hierarchy.children(unit).size());
}
inline int32_t in_degree(Unit unit, const Hierarchy&) {
  return unit == Hierarchy::kRoot ? 0 : 1;
}
inline HierarchyEdgeRange in_edges(Unit unit, const Hierarchy& hierarchy) {
  return internal::EdgesOfChildren(hierarchy, unit + 1 - in_degree(unit, hierarchy), unit + 1);
}
inline int32_t degree(Unit unit, const Hierarchy& hierarchy) {
  return in_degree(unit, hierarchy) + out_degree(unit, hierarchy);
}

// Property maps

enum vertex_code_t { vertex_code };
enum vertex_level_t { vertex_level };

using UnitIndexMap = boost::typed_identity_property_map<Unit>;

// A unit's code, kNoCode where it has none.
struct UnitCodeMap : boost::put_get_helper<int64_t, UnitCodeMap> {
  using key_type = Unit;
  using value_type = int64_t;
  using reference = int64_t;
  using category = boost::readable_property_map_tag;
  const Hierarchy* hierarchy = nullptr;
  int64_t operator[](Unit unit) const { return hierarchy->code(unit); }
};

struct UnitLevelMap : boost::put_get_helper<int32_t, UnitLevelMap> {
  using key_type = Unit;
  using value_type = int32_t;
  using reference = int32_t;
  using category = boost::readable_property_map_tag;
  const Hierarchy* hierarchy = nullptr;
  int32_t operator[](Unit unit) const { return hierarchy->level(unit); }
};

struct HierarchyEdgeIndexMap : boost::put_get_helper<int32_t, HierarchyEdgeIndexMap> {
  using key_type = HierarchyEdge;
  using value_type = int32_t;
  using reference = int32_t;
  using category = boost::readable_property_map_tag;
  int32_t operator[](const HierarchyEdge& edge) const { return edge.child - 1; }
};

inline UnitIndexMap get(boost::vertex_index_t, const Hierarchy&) {
  return {};
}
inline UnitCodeMap get(vertex_code_t, const Hierarchy& hierarchy) {
  return {{}, &hierarchy};
}
inline UnitLevelMap get(vertex_level_t, const Hierarchy& hierarchy) {
  return {{}, &hierarchy};
}
inline HierarchyEdgeIndexMap get(boost::edge_index_t, const Hierarchy&) {
  return {};
}

inline Unit get(boost::vertex_index_t, const Hierarchy&, Unit unit) {
  return unit;
}
inline int64_t get(vertex_code_t, const Hierarchy& hierarchy, Unit unit) {
  return hierarchy.code(unit);
}
inline int32_t get(vertex_level_t, const Hierarchy& hierarchy, Unit unit) {
  return hierarchy.level(unit);
}
inline int32_t get(boost::edge_index_t, const Hierarchy&, const HierarchyEdge& edge) {
  return edge.child - 1;
}

}  // namespace lianhu

namespace boost {

template <>
struct property_kind<lianhu::vertex_code_t> {
  using type = vertex_property_tag;
};
template <>
struct property_kind<lianhu::vertex_level_t> {
  using type = vertex_property_tag;
};

template <>
struct property_map<lianhu::Hierarchy, vertex_index_t> {
  using type = lianhu::UnitIndexMap;
  using const_type = type;
};
template <>
struct property_map<lianhu::Hierarchy, lianhu::vertex_code_t> {
  using type = lianhu::UnitCodeMap;
  using const_type = type;
};
template <>
struct property_map<lianhu::Hierarchy, lianhu::vertex_level_t> {
  using type = lianhu::UnitLevelMap;
  using const_type = type;
};
template <>
struct property_map<lianhu::Hierarchy, edge_index_t> {
  using type = lianhu::HierarchyEdgeIndexMap;
  using const_type = type;
};

BOOST_CONCEPT_ASSERT((VertexListGraphConcept<lianhu::Hierarchy>));
BOOST_CONCEPT_ASSERT((EdgeListGraphConcept<lianhu::Hierarchy>));
BOOST_CONCEPT_ASSERT((IncidenceGraphConcept<lianhu::Hierarchy>));
BOOST_CONCEPT_ASSERT((BidirectionalGraphConcept<lianhu::Hierarchy>));
BOOST_CONCEPT_ASSERT((AdjacencyGraphConcept<lianhu::Hierarchy>));
BOOST_CONCEPT_ASSERT((ReadablePropertyGraphConcept<lianhu::Hierarchy, lianhu::Unit, vertex_index_t>));
BOOST_CONCEPT_ASSERT((ReadablePropertyGraphConcept<lianhu::Hierarchy, lianhu::Unit, lianhu::vertex_code_t>));
BOOST_CONCEPT_ASSERT((ReadablePropertyGraphConcept<lianhu::Hierarchy, lianhu::Unit, lianhu::vertex_level_t>));
BOOST_CONCEPT_ASSERT((ReadablePropertyGraphConcept<lianhu::Hierarchy, lianhu::HierarchyEdge, edge_index_t>));

}  // namespace boost

#endif  // LIANHU_HIERARCHY_BGL_H_
