// The nation's units in one tree, beside boost::adjacency_list with the same vertices and edges in the same run.
//
// 620,573 communities as in the statistical codes of 2023, their codes generated: 31 provinces, 342 cities, 2,978
// counties, 41,352 streets. The peer is built from the same parents, already known, and rolls up by Boost's
// topological order of them.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <vector>

#include "lianhu/hierarchy/ancestry.h"
#include "lianhu/hierarchy/bgl.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/roll_up.h"

namespace lianhu {
namespace {

using BoostTree = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

// `counts` units on each level, spread as evenly as can be.
std::vector<int64_t> NationCodes() {
  std::vector<int64_t> level{0};
  const std::pair<size_t, int64_t> counts[] = {{31, 100}, {342, 100}, {2978, 100}, {41352, 1000}, {620573, 1000}};
  for (const auto& [count, factor] : counts) {
    std::vector<int64_t> next;
    next.reserve(count);
    for (size_t u = 0; u < level.size(); ++u) {
      const size_t children = count * (u + 1) / level.size() - count * u / level.size();
      const int64_t first = level.size() == 1 ? 11 : 1;
      for (size_t k = 0; k < children; ++k) next.push_back(level[u] * factor + first + static_cast<int64_t>(k));
    }
    level = std::move(next);
  }
  return level;
}

const std::vector<int64_t>& Codes() {
  static const std::vector<int64_t> codes = NationCodes();
  return codes;
}

const Hierarchy& Nation() {
  static const Hierarchy nation = Hierarchy::FromCodes(Codes()).value();
  return nation;
}

BoostTree MakeBoostTree() {
  const Hierarchy& nation = Nation();
  std::vector<std::pair<int, int>> edges;
  edges.reserve(nation.size());
  for (Unit unit = 1; unit < nation.size(); ++unit) edges.emplace_back(nation.parent(unit), unit);
  return BoostTree(edges.begin(), edges.end(), nation.size());
}

void BuildOurs(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Hierarchy::FromCodes(Codes()).value().size());
  state.counters["bytes_per_unit"] = static_cast<double>(Nation().MemoryBytes()) / Nation().size();
  state.counters["units"] = Nation().size();
}

void BuildBoost(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(num_vertices(MakeBoostTree()));
  const size_t before = mallinfo2().uordblks;
  const BoostTree tree = MakeBoostTree();
  state.counters["bytes_per_unit"] = static_cast<double>(mallinfo2().uordblks - before) / Nation().size();
}

std::vector<int64_t> Ones() {
  std::vector<int64_t> ones(Nation().size());
  for (const Unit unit : Nation().units()) ones[unit] = Nation().is_leaf(unit);
  return ones;
}

void RollUpOurs(benchmark::State& state) {
  const std::vector<int64_t> ones = Ones();
  for (auto _ : state) {
    const auto totals = RollUpSum<int64_t>(Nation(), ones).value();
    if (totals[0] != 620573) state.SkipWithError("wrong total");
  }
}

// Breadth-first order reversed: children before parents.
void RollUpBoost(benchmark::State& state) {
  const BoostTree tree = MakeBoostTree();
  const std::vector<int64_t> ones = Ones();
  for (auto _ : state) {
    std::vector<int64_t> totals = ones;
    for (auto unit = num_vertices(tree) - 1; unit > 0; --unit) {
      totals[source(*in_edges(unit, tree).first, tree)] += totals[unit];
    }
    if (totals[0] != 620573) state.SkipWithError("wrong total");
  }
}

template <typename Graph>
void BreadthFirst(benchmark::State& state, const Graph& graph) {
  for (auto _ : state) {
    std::vector<int> depth(num_vertices(graph), 0);
    boost::breadth_first_search(
        graph, 0,
        boost::visitor(boost::make_bfs_visitor(boost::record_distances(depth.data(), boost::on_tree_edge()))));
    benchmark::DoNotOptimize(depth.back());
  }
}

void BreadthFirstOurs(benchmark::State& state) {
  BreadthFirst(state, Nation());
}
void BreadthFirstBoost(benchmark::State& state) {
  BreadthFirst(state, MakeBoostTree());
}

// The county of every community.
void AncestorsOurs(benchmark::State& state) {
  const Hierarchy& nation = Nation();
  const UnitRange communities = nation.units_at_depth(5);
  for (auto _ : state) {
    int64_t sum = 0;
    for (const Unit unit : communities) sum += AncestorAtLevel(nation, unit, kCounty);
    benchmark::DoNotOptimize(sum);
  }
}

void AncestorsBoost(benchmark::State& state) {
  const BoostTree tree = MakeBoostTree();
  const UnitRange communities = Nation().units_at_depth(5);
  for (auto _ : state) {
    int64_t sum = 0;
    for (const Unit unit : communities) {
      auto up = static_cast<size_t>(unit);
      for (int step = 0; step < 2; ++step) up = source(*in_edges(up, tree).first, tree);
      sum += static_cast<int64_t>(up);
    }
    benchmark::DoNotOptimize(sum);
  }
}

const auto kRegistered = [] {
  const auto add = [](const char* name, void (*run)(benchmark::State&)) {
    benchmark::RegisterBenchmark(name, run)->Unit(benchmark::kMillisecond);
  };
  add("nation, build/lianhu", BuildOurs);
  add("nation, build/Boost adjacency_list", BuildBoost);
  add("nation, roll up/lianhu", RollUpOurs);
  add("nation, roll up/Boost adjacency_list", RollUpBoost);
  add("nation, Boost's breadth-first search/lianhu", BreadthFirstOurs);
  add("nation, Boost's breadth-first search/Boost adjacency_list", BreadthFirstBoost);
  add("nation, county of every community/lianhu", AncestorsOurs);
  add("nation, county of every community/Boost adjacency_list", AncestorsBoost);
  return true;
}();

}  // namespace
}  // namespace lianhu

BENCHMARK_MAIN();
