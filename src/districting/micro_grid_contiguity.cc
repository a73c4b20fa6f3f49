#include "districting/micro_grid_contiguity.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "districting/micro_grid_units.h"

namespace lianhu::districting::internal {
namespace {

// Of the time, with kept buildings: the rest is for a second try without them.
constexpr double kKeptShare = 0.75;

// The nodes of the grouping: households, or kept buildings.
struct Nodes {
  std::vector<int32_t> node_of;  // by household
  std::vector<std::vector<int32_t>> households;
  std::vector<Point> at;
  std::vector<int32_t> weight;
  std::vector<int32_t> unit;
};

Nodes NodesOf(const MicroGridProblem& problem, const std::vector<DrawnUnit>& units) {
  Nodes nodes;
  nodes.node_of.resize(problem.households.size());
  for (const DrawnUnit& unit : units) {
    for (size_t a = 0; a < unit.at.size(); ++a) {
      const auto node = static_cast<int32_t>(nodes.at.size());
      nodes.households.emplace_back(unit.members.begin() + unit.begin[a], unit.members.begin() + unit.begin[a + 1]);
      for (const int32_t h : nodes.households.back()) nodes.node_of[h] = node;
      nodes.at.push_back(unit.at[a]);
      nodes.weight.push_back(unit.weight[a]);
      nodes.unit.push_back(unit.unit);
    }
  }
  return nodes;
}

absl::StatusOr<Contiguity> GraphOf(const Contiguity& graph, const Nodes& nodes) {
  std::vector<Border> borders;
  for (int32_t b = 0; b < graph.border_count(); ++b) {
    const Border border{nodes.node_of[graph.border(b).a], nodes.node_of[graph.border(b).b]};
    if (border.a != border.b) borders.push_back(border);
  }
  return Contiguity::FromBorders(static_cast<int32_t>(nodes.at.size()), borders);
}

}  // namespace

absl::StatusOr<MicroGridPlan> DrawConnected(const MicroGridProblem& problem, absl::Span<const Point> places,
                                            const MicroGridOptions& options, RunContext& context) {
  std::vector<DrawnUnit> units = SplitIntoUnits(problem, places);
  const bool kept = problem.keep_buildings && !problem.buildings.empty();
  MicroGridPlan plan;
  for (bool keep = kept;; keep = false) {
    if (kept && !keep) {
      for (DrawnUnit& unit : units) MakeAtoms(problem, places, false, unit);
    }
    const Nodes nodes = NodesOf(problem, units);
    const absl::StatusOr<Contiguity> graph = GraphOf(*problem.graph, nodes);
    if (!graph.ok()) return graph.status();
    const auto count = std::min<int64_t>(problem.count, static_cast<int64_t>(nodes.at.size()));
    const double share = !kept ? 1 : keep ? kKeptShare : 1 - kKeptShare;
    const absl::StatusOr<ContiguousPartition> partition =
        PartitionContiguously({.graph = &*graph,
                               .weight = nodes.weight,
                               .positions = nodes.at,
                               .units = nodes.unit,
                               .count = static_cast<int32_t>(count),
                               .bounds = problem.bounds},
                              {.objective = PartitionObjective::kInertia,
                               .seconds = share * options.seconds,
                               .work = static_cast<int64_t>(share * static_cast<double>(options.work))},
                              context);
    if (!partition.ok()) return partition.status();
    plan.work += partition->proposals;
    plan.by_clock = plan.by_clock || partition->by_clock;
    plan.cancelled = partition->cancelled;
    if (partition->part_of.empty()) return plan;
    plan.part_of.clear();
    for (const int32_t node : nodes.node_of) plan.part_of.push_back(partition->part_of[node]);
    plan.faults = partition->faults;
    for (PartitionFault& fault : plan.faults) {
      std::vector<int32_t> households;
      for (const int32_t node : fault.nodes) {
        households.insert(households.end(), nodes.households[node].begin(), nodes.households[node].end());
      }
      std::sort(households.begin(), households.end());
      fault.nodes = std::move(households);
    }
    if (!keep || partition->outcome != PartitionOutcome::kNotFound) return plan;
  }
}

}  // namespace lianhu::districting::internal
