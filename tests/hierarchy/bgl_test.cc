// Boost.Graph's own algorithms on a Hierarchy as it is; the concepts are asserted where the graph is defined.
#include "lianhu/hierarchy/bgl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_utility.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <boost/range/iterator_range.hpp>

#include "hierarchy/random_tree.h"
#include "lianhu/hierarchy/ancestry.h"

namespace lianhu {
namespace {

Hierarchy RandomTree(uint64_t seed) {
  Random random(seed);
  const int32_t size = random.Between(2, 400);
  return Hierarchy::FromParents({.parents = testing::RandomParents(random, size, random.Between(1, 50))}).value();
}

class BglTest : public ::testing::TestWithParam<uint64_t> {
 protected:
  const Hierarchy tree_ = RandomTree(GetParam());
};

TEST_P(BglTest, BreadthFirstSearchGivesDepths) {
  std::vector<int> depth(tree_.size(), 0);
  boost::breadth_first_search(
      tree_, Hierarchy::kRoot,
      boost::visitor(boost::make_bfs_visitor(boost::record_distances(depth.data(), boost::on_tree_edge()))));
  for (const Unit unit : tree_.units()) ASSERT_EQ(depth[unit], tree_.depth(unit));
}

TEST_P(BglTest, TopologicalSortPutsParentsFirst) {
  std::vector<Unit> order;
  boost::topological_sort(tree_, std::back_inserter(order));  // reversed, as Boost gives it
  ASSERT_EQ(static_cast<int32_t>(order.size()), tree_.size());
  std::vector<int> place(tree_.size());
  for (size_t i = 0; i < order.size(); ++i) place[order[i]] = static_cast<int>(i);
  for (const Unit unit : tree_.units()) {
    if (unit == Hierarchy::kRoot) continue;
    ASSERT_LT(place[unit], place[tree_.parent(unit)]);
  }
}

// Lengths of edges: one more than the child's number.
TEST_P(BglTest, DijkstraGivesSumsAlongThePath) {
  std::vector<int64_t> distance(tree_.size());
  std::vector<Unit> predecessor(tree_.size());
  const auto length = boost::make_function_property_map<HierarchyEdge, int64_t>(
      [](const HierarchyEdge& edge) { return int64_t{edge.child} + 1; });
  boost::dijkstra_shortest_paths(
      tree_, Hierarchy::kRoot,
      boost::weight_map(length).distance_map(distance.data()).predecessor_map(predecessor.data()));
  for (const Unit unit : tree_.units()) {
    int64_t expected = 0;
    for (Unit up = unit; up != Hierarchy::kRoot; up = tree_.parent(up)) expected += up + 1;
    ASSERT_EQ(distance[unit], expected);
    ASSERT_EQ(predecessor[unit], unit == Hierarchy::kRoot ? Hierarchy::kRoot : tree_.parent(unit));
  }
}

TEST_P(BglTest, EveryEdgeIsSeenFromBothEnds) {
  int32_t count = 0;
  for (const auto& edge : boost::make_iterator_range(edges(tree_))) {
    ASSERT_EQ(get(boost::edge_index, tree_, edge), count++);
    ASSERT_EQ(source(edge, tree_), tree_.parent(target(edge, tree_)));
    const auto in = in_edges(edge.child, tree_);
    ASSERT_EQ(std::distance(in.first, in.second), 1);
    ASSERT_EQ(*in.first, edge);
    const auto out = out_edges(edge.parent, tree_);
    ASSERT_NE(std::find(out.first, out.second, edge), out.second);
  }
  EXPECT_EQ(count, num_edges(tree_));
  EXPECT_EQ(num_edges(tree_), tree_.size() - 1);
  const auto none = in_edges(Hierarchy::kRoot, tree_);
  EXPECT_EQ(none.first, none.second);
  for (const Unit unit : boost::make_iterator_range(vertices(tree_))) {
    ASSERT_EQ(degree(unit, tree_), in_degree(unit, tree_) + out_degree(unit, tree_));
    const auto adjacent = adjacent_vertices(unit, tree_);
    ASSERT_EQ(std::distance(adjacent.first, adjacent.second), out_degree(unit, tree_));
    ASSERT_EQ(get(boost::vertex_index, tree_, unit), unit);
    ASSERT_EQ(get(vertex_level, tree_, unit), tree_.level(unit));
    ASSERT_EQ(get(get(vertex_code, tree_), unit), tree_.code(unit));
  }
}

INSTANTIATE_TEST_SUITE_P(RandomTrees, BglTest, ::testing::Range<uint64_t>(1, 31));

}  // namespace
}  // namespace lianhu
