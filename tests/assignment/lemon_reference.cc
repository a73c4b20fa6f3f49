// Compiled as C++17: LEMON 1.3.1 uses parts of std::allocator that C++20 has removed.
#include "assignment/lemon_reference.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <chrono>

namespace lianhu::assignment::testing {

LemonResult SolveWithLemon(const ArcProblem& problem) {
  using Graph = lemon::SmartDigraph;
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const auto stewards = static_cast<int32_t>(problem.max.size());
  Graph graph;
  graph.reserveNode(problem.households + stewards + 1);
  graph.reserveArc(static_cast<int>(problem.cost.size()) + stewards);
  for (int32_t v = 0; v < problem.households + stewards + 1; ++v) graph.addNode();
  const Graph::Node sink = graph.nodeFromId(problem.households + stewards);
  for (size_t a = 0; a < problem.cost.size(); ++a) {
    graph.addArc(graph.nodeFromId(problem.household[a]), graph.nodeFromId(problem.households + problem.steward[a]));
  }
  for (int32_t j = 0; j < stewards; ++j) graph.addArc(graph.nodeFromId(problem.households + j), sink);

  Graph::ArcMap<int64_t> cost(graph, 0);
  Graph::ArcMap<int64_t> lower(graph, 0);
  Graph::ArcMap<int64_t> upper(graph, 0);
  Graph::NodeMap<int64_t> supply(graph, 0);
  const auto arcs = static_cast<int>(problem.cost.size());
  lemon::NetworkSimplex<Graph, int64_t, int64_t> simplex(graph);
  for (int a = 0; a < arcs; ++a) {
    cost[graph.arcFromId(a)] = problem.cost[a];
    upper[graph.arcFromId(a)] = simplex.INF;
  }
  for (int32_t j = 0; j < stewards; ++j) {
    lower[graph.arcFromId(arcs + j)] = problem.min[j];
    upper[graph.arcFromId(arcs + j)] = problem.max[j];
  }
  for (int32_t h = 0; h < problem.households; ++h) supply[graph.nodeFromId(h)] = 1;
  supply[sink] = -problem.households;
  simplex.lowerMap(lower).upperMap(upper).costMap(cost).supplyMap(supply);
  const auto built = Clock::now();

  LemonResult result;
  result.feasible = simplex.run() == lemon::NetworkSimplex<Graph, int64_t, int64_t>::OPTIMAL;
  if (result.feasible) result.total_cost_cm = simplex.totalCost<int64_t>();
  result.build_seconds = std::chrono::duration<double>(built - start).count();
  result.solve_seconds = std::chrono::duration<double>(Clock::now() - built).count();
  return result;
}

}  // namespace lianhu::assignment::testing
