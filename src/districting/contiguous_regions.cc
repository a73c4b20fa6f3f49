#include "districting/contiguous_regions.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <utility>

namespace lianhu::districting::internal {
namespace {

int64_t WeightOf(const ContiguousProblem& problem, int32_t node) {
  return problem.weight.empty() ? 1 : problem.weight[node];
}

bool SameUnit(const ContiguousProblem& problem, int32_t a, int32_t b) {
  return problem.units.empty() || problem.units[a] == problem.units[b];
}

// The numbers of parts, least and most, whose mean weight can be within bounds.
std::pair<int64_t, int64_t> CountsOf(const ContiguousProblem& problem, const ContiguousRegion& region) {
  const WeightBounds bounds = problem.bounds;
  const auto nodes = static_cast<int64_t>(region.nodes.size());
  int64_t least = 1;
  if (bounds.max > 0)
    least = std::max<int64_t>(1, region.weight / bounds.max + (region.weight % bounds.max != 0 ? 1 : 0));
  if (bounds.max == 0 && region.weight > 0) least = nodes + 1;
  const int64_t most = bounds.min > 0 ? std::min(nodes, region.weight / bounds.min) : nodes;
  return {least, most};
}

// The number of parts that misses the bounds by the least weight in all.
int32_t NearestCount(const ContiguousProblem& problem, const ContiguousRegion& region, int64_t least, int64_t most) {
  const auto nodes = static_cast<int64_t>(region.nodes.size());
  const int64_t fewer = std::clamp<int64_t>(most, 1, nodes);
  const int64_t more = std::clamp<int64_t>(least, 1, nodes);
  const auto above =
      static_cast<double>(region.weight) - static_cast<double>(fewer) * static_cast<double>(problem.bounds.max);
  const auto below =
      static_cast<double>(more) * static_cast<double>(problem.bounds.min) - static_cast<double>(region.weight);
  return static_cast<int32_t>(above <= below ? fewer : more);
}

}  // namespace

std::vector<ContiguousRegion> FindRegions(const ContiguousProblem& problem) {
  const Contiguity& graph = *problem.graph;
  std::vector<int32_t> order(graph.size());
  std::iota(order.begin(), order.end(), 0);
  if (!problem.units.empty()) {
    std::stable_sort(order.begin(), order.end(),
                     [&](int32_t a, int32_t b) { return problem.units[a] < problem.units[b]; });
  }
  std::vector<uint8_t> seen(graph.size(), 0);
  std::vector<ContiguousRegion> regions;
  for (const int32_t first : order) {
    if (seen[first] != 0) continue;
    ContiguousRegion region;
    region.unit = problem.units.empty() ? -1 : problem.units[first];
    region.nodes.push_back(first);
    seen[first] = 1;
    for (size_t at = 0; at < region.nodes.size(); ++at) {
      const int32_t v = region.nodes[at];
      region.weight += WeightOf(problem, v);
      for (const int32_t u : graph.neighbours(v)) {
        if (seen[u] != 0 || !SameUnit(problem, u, v)) continue;
        seen[u] = 1;
        region.nodes.push_back(u);
      }
    }
    std::sort(region.nodes.begin(), region.nodes.end());
    regions.push_back(std::move(region));
  }
  return regions;
}

std::vector<PartitionFault> AllotParts(const ContiguousProblem& problem, std::vector<ContiguousRegion>& regions) {
  std::vector<PartitionFault> faults;
  std::vector<std::pair<int64_t, int64_t>> counts(regions.size());
  int64_t least = 0;
  int64_t most = 0;
  int64_t weight = 0;
  for (size_t r = 0; r < regions.size(); ++r) {
    ContiguousRegion& region = regions[r];
    weight += region.weight;
    for (const int32_t v : region.nodes) {
      if (WeightOf(problem, v) <= problem.bounds.max) continue;
      faults.push_back({PartitionFaultKind::kNodeTooHeavy, region.unit, {v}, WeightOf(problem, v), 0, 0});
    }
    counts[r] = CountsOf(problem, region);
    const auto [fewest, greatest] = counts[r];
    region.fits = fewest <= greatest;
    region.parts = static_cast<int32_t>(region.fits ? fewest : NearestCount(problem, region, fewest, greatest));
    if (region.fits) {
      region.most_parts = static_cast<int32_t>(greatest);
      least += fewest;
      most += greatest;
    } else {
      const bool small = region.weight < problem.bounds.min;
      faults.push_back({small ? PartitionFaultKind::kTooSmall : PartitionFaultKind::kNoCount, region.unit, region.nodes,
                        region.weight, greatest, fewest});
    }
  }
  if (problem.count == 0) return faults;

  // Regions that do not fit come on top of the count, which is for those that do.
  const bool any = std::any_of(regions.begin(), regions.end(), [](const ContiguousRegion& r) { return r.fits; });
  if (any && (problem.count < least || problem.count > most)) {
    faults.push_back({PartitionFaultKind::kCount, -1, {}, weight, least, most});
  }
  // One part at a time to the region whose parts are heaviest.
  using Mean = std::pair<double, int32_t>;
  const auto mean_of = [&](int32_t r) { return Mean{static_cast<double>(regions[r].weight) / regions[r].parts, -r}; };
  std::priority_queue<Mean> heaviest;
  for (size_t r = 0; r < regions.size(); ++r) {
    if (regions[r].fits && counts[r].first < counts[r].second) heaviest.push(mean_of(static_cast<int32_t>(r)));
  }
  for (int64_t parts = least; parts < problem.count && !heaviest.empty(); ++parts) {
    const int32_t r = -heaviest.top().second;
    heaviest.pop();
    if (++regions[r].parts < counts[r].second) heaviest.push(mean_of(r));
  }
  return faults;
}

NodeGraph GraphOf(const ContiguousProblem& problem, const ContiguousRegion& region) {
  const auto n = static_cast<int32_t>(region.nodes.size());
  const auto index_of = [&](int32_t node) {
    return static_cast<int32_t>(std::lower_bound(region.nodes.begin(), region.nodes.end(), node) -
                                region.nodes.begin());
  };
  NodeGraph graph;
  graph.begin.assign(1, 0);
  Point middle;
  if (!problem.positions.empty()) {
    for (const int32_t v : region.nodes) {
      middle = {middle.x + problem.positions[v].x / n, middle.y + problem.positions[v].y / n};
    }
  }
  for (const int32_t v : region.nodes) {
    for (const int32_t u : problem.graph->neighbours(v)) {
      if (!SameUnit(problem, u, v)) continue;
      graph.to.push_back(index_of(u));
      graph.edge_weight.push_back(1);
    }
    graph.begin.push_back(static_cast<int32_t>(graph.to.size()));
    graph.weight.push_back(WeightOf(problem, v));
    if (problem.positions.empty()) continue;
    const auto mass = static_cast<double>(WeightOf(problem, v));
    const double x = problem.positions[v].x - middle.x;
    const double y = problem.positions[v].y - middle.y;
    graph.moments.push_back({mass, mass * x, mass * y, mass * (x * x + y * y)});
  }
  return graph;
}

}  // namespace lianhu::districting::internal
