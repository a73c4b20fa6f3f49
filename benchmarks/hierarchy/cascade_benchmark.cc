// A notice in a street of 46,445 households, beside the recount of a boost::adjacency_list with the same vertices and
// edges in the same run.
#include <benchmark/benchmark.h>

#include <boost/graph/adjacency_list.hpp>
#include <utility>
#include <vector>

#include "lianhu/base/random.h"
#include "lianhu/hierarchy/cascade.h"
#include "lianhu/hierarchy/contact_groups.h"
#include "lianhu/hierarchy/posts.h"

namespace lianhu {
namespace {

using BoostTree = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

// The founding street: 15 communities, 130 grids, 3,050 micro-grids, 46,445 households, as even as can be.
Hierarchy MakeStreet() {
  std::vector<int32_t> parents{-1};
  std::vector<int32_t> levels{kStreet};
  int32_t begin = 0;
  int32_t level = kStreet;
  for (const int32_t count : {15, 130, 3050, 46445}) {
    const auto end = static_cast<int32_t>(parents.size());
    ++level;
    for (int32_t k = 0; k < count; ++k) {
      parents.push_back(begin + static_cast<int32_t>(int64_t{k} * (end - begin) / count));
      levels.push_back(level);
    }
    begin = end;
  }
  return Hierarchy::FromParents({.parents = parents, .levels = levels}).value();
}

const Hierarchy& Street() {
  static const Hierarchy street = MakeStreet();
  return street;
}

// Nine of ten units acknowledge within a day, in no order.
std::vector<std::pair<Unit, int64_t>> Acknowledgements() {
  Random random(7);
  std::vector<std::pair<Unit, int64_t>> rows;
  for (const Unit unit : Street().units()) {
    if (random.Below(10) > 0) rows.emplace_back(unit, random.Below(86400));
  }
  for (size_t k = rows.size() - 1; k > 0; --k) std::swap(rows[k], rows[random.Below(static_cast<int64_t>(k + 1))]);
  return rows;
}

Cascade Acknowledged() {
  Cascade cascade = Cascade::Create(Street(), {.sent = 0, .target_level = kHousehold}).value();
  for (const auto& [unit, time] : Acknowledgements()) cascade.Acknowledge(unit, time).value();
  return cascade;
}

// One acknowledgement, all counts of all units up to date after it.
void Acknowledge(benchmark::State& state) {
  const auto rows = Acknowledgements();
  Cascade cascade = Cascade::Create(Street(), {.sent = 0, .target_level = kHousehold}).value();
  size_t next = 0;
  for (auto _ : state) {
    if (next == rows.size()) {
      state.PauseTiming();
      cascade = Cascade::Create(Street(), {.sent = 0, .target_level = kHousehold}).value();
      next = 0;
      state.ResumeTiming();
    }
    benchmark::DoNotOptimize(cascade.Acknowledge(rows[next].first, rows[next].second).value());
    ++next;
  }
}

// The same counts from nothing, as a program without them would have to after an acknowledgement.
void RecountBoost(benchmark::State& state) {
  std::vector<std::pair<int, int>> edges;
  for (Unit unit = 1; unit < Street().size(); ++unit) edges.emplace_back(Street().parent(unit), unit);
  const BoostTree tree(edges.begin(), edges.end(), Street().size());
  std::vector<int32_t> acknowledged(Street().size(), 0);
  for (const auto& [unit, time] : Acknowledgements()) acknowledged[unit] = 1;
  for (auto _ : state) {
    std::vector<int32_t> counts = acknowledged;
    for (auto unit = num_vertices(tree) - 1; unit > 0; --unit) {
      counts[source(*in_edges(unit, tree).first, tree)] += counts[unit];
    }
    benchmark::DoNotOptimize(counts[0]);
  }
}

// Coverage, state and the three times of every unit above the households: what coverage.csv holds.
void Coverage(benchmark::State& state) {
  const Cascade cascade = Acknowledged();
  const int32_t percents[] = {50, 90, 100};
  const Unit units = Street().units_at_depth(4).front();
  for (auto _ : state) {
    int64_t sum = 0;
    for (Unit unit = 0; unit < units; ++unit) {
      sum += cascade.counts(unit).reached + static_cast<int64_t>(cascade.state(unit)) +
             cascade.SecondsToReach(unit, percents)[0];
    }
    benchmark::DoNotOptimize(sum);
  }
}

void WhereItStopped(benchmark::State& state) {
  const Cascade cascade = Acknowledged();
  size_t stops = 0;
  for (auto _ : state) benchmark::DoNotOptimize(stops = cascade.Retransmissions().size());
  state.counters["stops"] = static_cast<double>(stops);
}

void Groups(benchmark::State& state) {
  std::vector<Person> holders(Street().size(), kVacant);
  for (Unit unit = 0; unit < Street().units_at_depth(4).front(); ++unit) holders[unit] = unit;
  const Posts posts = Posts::Create(Street(), holders).value();
  const std::vector<Person> stewards = StewardsByPosts(Street(), posts);
  for (auto _ : state) benchmark::DoNotOptimize(DeriveContactGroups(Street(), posts, stewards)->members.size());
}

const auto kRegistered = [] {
  benchmark::RegisterBenchmark("notice, counts after an acknowledgement/lianhu", Acknowledge)
      ->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("notice, counts after an acknowledgement/Boost adjacency_list recount", RecountBoost)
      ->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("notice, coverage of every unit/lianhu", Coverage)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("notice, where it stopped/lianhu", WhereItStopped)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("contact groups of a street/lianhu", Groups)->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
}  // namespace lianhu

BENCHMARK_MAIN();
