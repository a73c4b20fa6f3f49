#include "lianhu/districting/contiguous_partition.h"

#include <algorithm>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <functional>
#include <limits>
#include <numeric>
#include <set>
#include <vector>

#include "districting/random_graphs.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lianhu/base/random.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/contiguity_bgl.h"

namespace lianhu::districting {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Keeps the edges inside parts.
struct Inside {
  const std::vector<int32_t>* part_of = nullptr;
  bool operator()(const ContiguityEdge& edge) const { return (*part_of)[edge.from] == (*part_of)[edge.to]; }
};

// The connected components that the Boost Graph Library finds in the graph of edges inside parts.
int32_t Components(const Contiguity& graph, const std::vector<int32_t>& part_of) {
  const boost::filtered_graph<Contiguity, Inside> inside(graph, Inside{&part_of});
  std::vector<int32_t> component(graph.size());
  return static_cast<int32_t>(boost::connected_components(
      inside, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph))));
}

// What holds of every plan, whatever the outcome.
void ExpectSound(const ContiguousProblem& problem, const ContiguousPartition& partition) {
  const int32_t n = problem.graph->size();
  ASSERT_EQ(partition.part_of.size(), static_cast<size_t>(n));
  const auto parts = static_cast<int32_t>(partition.parts.size());
  EXPECT_EQ(std::set<int32_t>(partition.part_of.begin(), partition.part_of.end()).size(), static_cast<size_t>(parts));
  EXPECT_EQ(Components(*problem.graph, partition.part_of), parts);
  std::vector<int64_t> weight(parts, 0);
  std::vector<int32_t> unit(parts, std::numeric_limits<int32_t>::min());
  for (int32_t v = 0; v < n; ++v) {
    const int32_t p = partition.part_of[v];
    ASSERT_TRUE(p >= 0 && p < parts);
    weight[p] += problem.weight.empty() ? 1 : problem.weight[v];
    if (problem.units.empty()) continue;
    if (unit[p] == std::numeric_limits<int32_t>::min()) unit[p] = problem.units[v];
    EXPECT_EQ(unit[p], problem.units[v]);
  }
  const auto outside = std::count_if(weight.begin(), weight.end(),
                                     [&](int64_t w) { return w < problem.bounds.min || w > problem.bounds.max; });
  EXPECT_EQ(partition.out_of_bounds, outside);
  int64_t cut = 0;
  for (int32_t b = 0; b < problem.graph->border_count(); ++b) {
    cut += partition.part_of[problem.graph->border(b).a] != partition.part_of[problem.graph->border(b).b] ? 1 : 0;
  }
  EXPECT_EQ(partition.edges_cut, cut);
  if (partition.outcome == PartitionOutcome::kFeasible) {
    EXPECT_EQ(outside, 0);
    EXPECT_TRUE(partition.faults.empty());
    EXPECT_LE(partition.edges_cut_bound, partition.edges_cut);
    if (problem.count > 0) {
      EXPECT_EQ(parts, problem.count);
    }
  } else {
    EXPECT_TRUE(outside > 0 || !partition.faults.empty());
  }
}

ContiguousPartition Solve(const ContiguousProblem& problem, ContiguousOptions options, int threads = 1,
                          uint64_t seed = 1) {
  RunContext context;
  context.threads = threads;
  context.seed = seed;
  absl::StatusOr<ContiguousPartition> partition = PartitionContiguously(problem, options, context);
  EXPECT_TRUE(partition.ok()) << partition.status();
  return *std::move(partition);
}

TEST(ContiguousPartitionTest, QuartersOfASquare) {
  const Contiguity graph = GridGraph(8, 8);
  const ContiguousProblem problem{.graph = &graph, .count = 4, .bounds = {16, 16}};
  const ContiguousPartition partition = Solve(problem, {.work = 200'000});
  ExpectSound(problem, partition);
  EXPECT_EQ(partition.outcome, PartitionOutcome::kFeasible);
  EXPECT_EQ(partition.edges_cut, 16);
  EXPECT_EQ(partition.edges_cut_bound, 3);
  EXPECT_EQ(partition.deviation_percent, 0);
}

TEST(ContiguousPartitionTest, AnIslandIsNamedAndKept) {
  // A path of six, and two nodes apart.
  const Contiguity graph =
      *Contiguity::FromBorders(8, std::vector<Border>{{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {6, 7}});
  const ContiguousProblem problem{.graph = &graph, .count = 2, .bounds = {3, 4}};
  const ContiguousPartition partition = Solve(problem, {.work = 10'000});
  ExpectSound(problem, partition);
  EXPECT_EQ(partition.outcome, PartitionOutcome::kInfeasible);
  EXPECT_THAT(partition.part_of, ElementsAre(0, 0, 0, 1, 1, 1, 2, 2));
  ASSERT_EQ(partition.faults.size(), 1u);
  EXPECT_EQ(partition.faults[0].kind, PartitionFaultKind::kTooSmall);
  EXPECT_THAT(partition.faults[0].nodes, ElementsAre(6, 7));
  EXPECT_THAT(Describe(partition.faults[0], problem, "", Language::kEnglish), HasSubstr("2 nodes"));
  EXPECT_THAT(Describe(partition.faults[0], problem, "北湖社区", Language::kChinese), HasSubstr("北湖社区：有一片"));
}

TEST(ContiguousPartitionTest, OtherFaults) {
  const Contiguity path = *Contiguity::FromBorders(4, std::vector<Border>{{0, 1}, {1, 2}, {2, 3}});
  const std::vector<int32_t> weight = {1, 9, 0, 1};
  const ContiguousProblem heavy{.graph = &path, .weight = weight, .bounds = {1, 6}};
  ContiguousPartition partition = Solve(heavy, {.work = 10'000});
  ExpectSound(heavy, partition);
  EXPECT_EQ(partition.outcome, PartitionOutcome::kInfeasible);
  ASSERT_EQ(partition.faults.size(), 1u);
  EXPECT_EQ(partition.faults[0].kind, PartitionFaultKind::kNodeTooHeavy);
  EXPECT_THAT(partition.faults[0].nodes, ElementsAre(1));

  const Contiguity grid = GridGraph(5, 5);
  const ContiguousProblem no_count{.graph = &grid, .bounds = {10, 12}};
  partition = Solve(no_count, {.work = 10'000});
  ExpectSound(no_count, partition);
  ASSERT_EQ(partition.faults.size(), 1u);
  EXPECT_EQ(partition.faults[0].kind, PartitionFaultKind::kNoCount);
  EXPECT_EQ(partition.faults[0].fewer, 2);
  EXPECT_EQ(partition.faults[0].more, 3);
  EXPECT_EQ(partition.parts.size(), 2u);

  const ContiguousProblem count{.graph = &grid, .count = 7, .bounds = {4, 6}};
  partition = Solve(count, {.work = 10'000});
  ExpectSound(count, partition);
  ASSERT_EQ(partition.faults.size(), 1u);
  EXPECT_EQ(partition.faults[0].kind, PartitionFaultKind::kCount);
  EXPECT_EQ(partition.faults[0].fewer, 5);
  EXPECT_EQ(partition.faults[0].more, 6);
}

TEST(ContiguousPartitionTest, AStarHasOnePartWithItsCentre) {
  const Contiguity star = StarGraph(9);
  const ContiguousProblem unequal{.graph = &star, .count = 4, .bounds = {1, 7}};
  ContiguousPartition partition = Solve(unequal, {.work = 50'000});
  ExpectSound(unequal, partition);
  EXPECT_EQ(partition.outcome, PartitionOutcome::kFeasible);
  EXPECT_EQ(partition.edges_cut, partition.edges_cut_bound);
  const ContiguousProblem equal{.graph = &star, .count = 2, .bounds = {5, 5}};
  partition = Solve(equal, {.work = 50'000});
  ExpectSound(equal, partition);
  EXPECT_EQ(partition.outcome, PartitionOutcome::kNotFound);
}

TEST(ContiguousPartitionTest, BoundsWithinAPercentage) {
  EXPECT_EQ(BoundsWithin(1000, 4, 1), (WeightBounds{248, 252}));
  EXPECT_EQ(BoundsWithin(1000, 4, 0.8), (WeightBounds{248, 252}));
  EXPECT_EQ(BoundsWithin(10, 4, 0), (WeightBounds{2, 3}));
  EXPECT_EQ(BoundsWithin(2915918, 4, 1), (WeightBounds{721690, 736269}));
}

// The least number of cut edges over all partitions within bounds, by trying every one; -1 when there is none.
int64_t BruteForce(const ContiguousProblem& problem) {
  const int32_t n = problem.graph->size();
  std::vector<int32_t> part_of(n, 0);
  int64_t best = -1;
  const std::function<void(int32_t, int32_t)> place = [&](int32_t v, int32_t used) {
    if (v < n) {
      for (int32_t p = 0; p < std::min(used + 1, problem.count); ++p) {
        part_of[v] = p;
        place(v + 1, std::max(used, p + 1));
      }
      return;
    }
    if (used != problem.count || Components(*problem.graph, part_of) != used) return;
    std::vector<int64_t> weight(used, 0);
    for (int32_t u = 0; u < n; ++u) weight[part_of[u]] += problem.weight.empty() ? 1 : problem.weight[u];
    for (const int64_t w : weight) {
      if (w < problem.bounds.min || w > problem.bounds.max) return;
    }
    int64_t cut = 0;
    for (int32_t b = 0; b < problem.graph->border_count(); ++b) {
      cut += part_of[problem.graph->border(b).a] != part_of[problem.graph->border(b).b] ? 1 : 0;
    }
    if (best < 0 || cut < best) best = cut;
  };
  place(0, 0);
  return best;
}

TEST(ContiguousPartitionTest, TinyGraphsAgreeWithBruteForce) {
  int feasible = 0;
  int infeasible = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const int32_t n = random.Between(4, 9);
    const Contiguity graph = RandomConnectedGraph(n, random.Between(0, n), random);
    std::vector<int32_t> weight(n);
    for (int32_t& w : weight) w = random.Between(0, 5);
    const int64_t total = std::accumulate(weight.begin(), weight.end(), int64_t{0});
    const int32_t count = random.Between(2, 3);
    const int64_t room = random.Between(0, 3);
    const ContiguousProblem problem{.graph = &graph,
                                    .weight = weight,
                                    .count = count,
                                    .bounds = {std::max<int64_t>(0, total / count - room), total / count + room}};
    const int64_t optimum = BruteForce(problem);
    const ContiguousPartition partition = Solve(problem, {.work = 40'000}, 1, seed);
    ExpectSound(problem, partition);
    if (optimum < 0) {
      ++infeasible;
      EXPECT_NE(partition.outcome, PartitionOutcome::kFeasible);
    } else {
      ++feasible;
      EXPECT_EQ(partition.outcome, PartitionOutcome::kFeasible);
      EXPECT_EQ(partition.edges_cut, optimum);
      EXPECT_LE(partition.edges_cut_bound, optimum);
    }
  }
  EXPECT_GE(feasible, 20);
  EXPECT_GE(infeasible, 5);
}

TEST(ContiguousPartitionTest, WhateverTheGraphPartsAreSound) {
  int feasible = 0;
  int faulty = 0;
  for (uint64_t seed = 1; seed <= 80; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const Contiguity graph = RandomGraph(random);
    const int32_t n = graph.size();
    std::vector<int32_t> weight;
    std::vector<int32_t> units;
    std::vector<Point> positions;
    if (random.Below(2) == 0) {
      for (int32_t v = 0; v < n; ++v) weight.push_back(random.Between(0, 4));
    }
    if (random.Below(3) == 0) {
      for (int32_t v = 0; v < n; ++v) units.push_back(v * 3 / n - 1);
    }
    const bool by_distance = random.Below(3) == 0;
    for (int32_t v = 0; v < n; ++v) {
      const double x = random.Real();
      const double y = random.Real();
      positions.push_back({1000 * x, 1000 * y});
    }
    const int32_t low = random.Between(0, 12);
    const int32_t high = low + random.Between(0, 12);
    const ContiguousProblem problem{.graph = &graph,
                                    .weight = weight,
                                    .positions = positions,
                                    .units = units,
                                    .count = random.Below(2) == 0 ? 0 : random.Between(1, std::max(1, n / 8)),
                                    .bounds = {low, high}};
    const ContiguousOptions options{
        .objective = by_distance ? PartitionObjective::kInertia : PartitionObjective::kEdgesCut, .work = 60'000};
    const ContiguousPartition partition = Solve(problem, options, 1, seed);
    ExpectSound(problem, partition);
    EXPECT_EQ(Solve(problem, options, 3, seed).part_of, partition.part_of);
    feasible += partition.outcome == PartitionOutcome::kFeasible ? 1 : 0;
    faulty += partition.faults.empty() ? 0 : 1;
    for (const PartitionFault& fault : partition.faults) {
      EXPECT_FALSE(Describe(fault, problem, "", Language::kEnglish).empty());
      EXPECT_FALSE(Describe(fault, problem, "", Language::kChinese).empty());
    }
  }
  EXPECT_GE(feasible, 10);
  EXPECT_GE(faulty, 10);
}

TEST(ContiguousPartitionTest, DistanceAsTheObjectiveMakesRoundParts) {
  const Contiguity graph = GridGraph(12, 12);
  std::vector<Point> positions;
  for (int32_t v = 0; v < 144; ++v) positions.push_back({10.0 * (v % 12), 10.0 * (v / 12)});
  const ContiguousProblem problem{.graph = &graph, .positions = positions, .count = 9, .bounds = {14, 18}};
  const ContiguousPartition partition = Solve(problem, {.objective = PartitionObjective::kInertia, .work = 400'000});
  ExpectSound(problem, partition);
  EXPECT_EQ(partition.outcome, PartitionOutcome::kFeasible);
  // Squares of 4 x 4: 16 x (2 x 1.25 x 100) each.
  EXPECT_LE(partition.inertia, 1.05 * 9 * 16 * 250);
}

TEST(ContiguousPartitionTest, CompactnessFromAreasAndLengths) {
  // Two squares of 10 m side by side and a third on top of the first.
  const Contiguity graph = *Contiguity::FromBorders(3, std::vector<Border>{{0, 1}, {0, 2}});
  const std::vector<double> area(3, 100);
  const std::vector<double> border(2, 10);
  const std::vector<double> outer = {20, 30, 30};
  const ContiguousProblem problem{
      .graph = &graph, .area = area, .border_length = border, .outer_length = outer, .bounds = {1, 2}};
  const absl::StatusOr<ContiguousPartition> figures = FiguresOf(problem, std::vector<int32_t>{0, 0, 1});
  ASSERT_TRUE(figures.ok());
  EXPECT_NEAR(figures->parts[0].polsby_popper, 4 * 3.14159265 * 200 / 3600, 1e-6);
  EXPECT_NEAR(figures->parts[1].polsby_popper, 3.14159265 / 4, 1e-6);
  EXPECT_EQ(figures->edges_cut, 1);
}

TEST(ContiguousPartitionTest, FiguresOfPartsInPieces) {
  const Contiguity graph = *Contiguity::FromBorders(4, std::vector<Border>{{0, 1}, {1, 2}, {2, 3}});
  const ContiguousProblem problem{.graph = &graph, .bounds = {1, 4}};
  const absl::StatusOr<ContiguousPartition> figures = FiguresOf(problem, std::vector<int32_t>{0, 1, 1, 0});
  ASSERT_TRUE(figures.ok());
  EXPECT_EQ(figures->parts[0].pieces, 2);
  EXPECT_EQ(figures->outcome, PartitionOutcome::kNotFound);
  EXPECT_FALSE(FiguresOf(problem, std::vector<int32_t>{0, 1, 3, 0}).ok());
  EXPECT_FALSE(FiguresOf(problem, std::vector<int32_t>{0, -1, 1, 0}).ok());
}

TEST(ContiguousPartitionTest, CancelAndClock) {
  const Contiguity graph = GridGraph(60, 60);
  const ContiguousProblem problem{.graph = &graph, .count = 30, .bounds = {118, 122}};
  RunContext context;
  context.Cancel();
  absl::StatusOr<ContiguousPartition> partition = PartitionContiguously(problem, {}, context);
  ASSERT_TRUE(partition.ok());
  EXPECT_EQ(partition->outcome, PartitionOutcome::kCancelled);
  partition = Solve(problem, {.seconds = 0.001, .work = int64_t{1} << 40});
  ExpectSound(problem, *partition);
  EXPECT_TRUE(partition->by_clock);
}

TEST(ContiguousPartitionTest, BadInputNamesFieldAndRow) {
  const Contiguity graph = GridGraph(2, 2);
  RunContext context;
  const auto fault_of = [&](const ContiguousProblem& problem, const ContiguousOptions& options) {
    return GetErrorDetail(PartitionContiguously(problem, options, context).status());
  };
  const std::vector<int32_t> negative = {1, 1, -1, 1};
  const std::vector<Point> nowhere = {{0, 0}, {0, std::numeric_limits<double>::quiet_NaN()}, {0, 0}, {0, 0}};
  EXPECT_EQ(fault_of({}, {}).field, "graph");
  EXPECT_EQ(fault_of({.graph = &graph, .weight = negative, .bounds = {1, 2}}, {}).row, 2);
  EXPECT_EQ(fault_of({.graph = &graph, .positions = nowhere, .bounds = {1, 2}}, {}).row, 1);
  EXPECT_EQ(fault_of({.graph = &graph, .count = 5, .bounds = {1, 2}}, {}).field, "count");
  EXPECT_EQ(fault_of({.graph = &graph, .bounds = {2, 1}}, {}).field, "bounds");
  EXPECT_EQ(fault_of({.graph = &graph, .bounds = {1, 2}}, {.seconds = 0}).field, "options.seconds");
  EXPECT_EQ(fault_of({.graph = &graph, .bounds = {1, 2}}, {.work = -1}).field, "options.work");
  EXPECT_EQ(fault_of({.graph = &graph, .bounds = {1, 2}}, {.objective = PartitionObjective::kInertia}).field,
            "options.objective");
}

}  // namespace
}  // namespace lianhu::districting
