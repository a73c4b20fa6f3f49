#include "districting/region_partition.h"

#include <algorithm>
#include <utility>

#include "districting/boundary_annealer.h"
#include "lianhu/base/random.h"

namespace lianhu::districting::internal {
namespace {

constexpr int kRounds = 2;
// Coarsest nodes a part, and the least number of them.
constexpr int32_t kCoarsestPerPart = 15;
constexpr int32_t kCoarsest = 60;
// Share of a round's moves on the finest level.
constexpr double kFinestShare = 0.5;
// Temperatures, in mean costs of a step over a border: of the first round and of the later ones.
constexpr double kFirstHot = 1.0;
constexpr double kLaterHot = 0.5;
constexpr double kCold = 0.12;
// Squared distances differ more from move to move than borders do.
constexpr double kColdByDistance = 0.05;
// What a part out of bounds costs at first, in the same unit: once, and per mean node of weight.
constexpr double kBreach = 0.5;
constexpr double kExcess = 1.0;

class RegionSolver {
 public:
  RegionSolver(const RegionTask& task, const std::function<bool()>& stop)
      : task_(task), stop_(stop), random_(task.seed) {
    for (const int64_t weight : task.graph->weight) total_ += weight;
  }

  RegionPlan Run() {
    for (int round = 0; round < kRounds; ++round) {
      if (round > 0 && stop_()) break;
      Round(round == 0, task_.work / kRounds);
    }
    return std::move(best_);
  }

 private:
  const NodeGraph& GraphAt(size_t level) const { return level == 0 ? *task_.graph : coarse_[level - 1].graph; }

  void BuildLevels(bool first) {
    coarse_.clear();
    coarse_.reserve(64);
    std::vector<int32_t> part_of = best_.part_of;
    const int64_t most_weight = std::max<int64_t>(1, total_ / task_.parts / 6);
    while (coarse_.size() < 64) {
      const NodeGraph& fine = GraphAt(coarse_.size());
      if (fine.size() <= std::max(kCoarsest, kCoarsestPerPart * task_.parts)) break;
      CoarseGraph next = Coarsen(fine, most_weight, first ? std::vector<int32_t>() : part_of, random_);
      if (next.graph.size() > fine.size() * 0.95) break;
      if (!first) {
        std::vector<int32_t> lifted(next.graph.size());
        for (int32_t v = 0; v < fine.size(); ++v) lifted[next.node_of[v]] = part_of[v];
        part_of = std::move(lifted);
      }
      coarse_.push_back(std::move(next));
    }
    const NodeGraph& coarsest = GraphAt(coarse_.size());
    start_ = first ? TreePartition(coarsest, task_.parts, task_.low, task_.high, random_) : std::move(part_of);
  }

  // What the mean move over a border changes: the scale of temperatures and prices.
  double Scale(const NodeGraph& graph, const BoundaryAnnealer& annealer) const {
    if (!task_.by_distance) return graph.MeanEdgeWeight();
    return std::max(1e-9, annealer.MeanInertiaStep());
  }

  void Round(bool first, int64_t work) {
    BuildLevels(first);
    const size_t levels = coarse_.size() + 1;
    std::vector<int32_t> part_of = std::move(start_);
    for (size_t level = levels; level-- > 0;) {
      const NodeGraph& graph = GraphAt(level);
      if (level + 1 < levels) {
        std::vector<int32_t> fine(graph.size());
        for (int32_t v = 0; v < graph.size(); ++v) fine[v] = part_of[coarse_[level].node_of[v]];
        part_of = std::move(fine);
      }
      const double mean = std::max(1.0, static_cast<double>(total_) / graph.size());
      // Coarse nodes are too heavy for the bounds as they are.
      const auto room = static_cast<int64_t>(level == 0 ? 0 : mean / 2);
      BoundaryAnnealer annealer(graph, task_.parts, task_.low - room, task_.high + room, std::move(part_of));
      const double scale = Scale(graph, annealer);
      const double share = levels == 1  ? 1
                           : level == 0 ? kFinestShare
                                        : (1 - kFinestShare) / static_cast<double>(levels - 1);
      const double hot = first && level + 1 == levels ? kFirstHot : kLaterHot;
      const double cold = task_.by_distance ? kColdByDistance : kCold;
      annealer.Anneal({.edge = task_.by_distance ? 0.0 : 1.0,
                       .inertia = task_.by_distance ? 1.0 : 0.0,
                       .breach = kBreach * scale,
                       .excess = kExcess * scale / mean},
                      hot * scale, cold * scale, static_cast<int64_t>(share * static_cast<double>(work)), random_,
                      stop_);
      if (level == 0) {
        RegionPlan plan{annealer.best(), annealer.best_excess(), annealer.best_cost()};
        if (best_.part_of.empty() || plan.BetterThan(best_)) best_ = std::move(plan);
      }
      part_of = annealer.part_of();
    }
  }

  const RegionTask& task_;
  const std::function<bool()>& stop_;
  Random random_;
  int64_t total_ = 0;
  std::vector<CoarseGraph> coarse_;  // level 1, 2, ...
  std::vector<int32_t> start_;       // parts of the coarsest
  RegionPlan best_;
};

}  // namespace

RegionPlan PartitionRegion(const RegionTask& task, const std::function<bool()>& stop) {
  return RegionSolver(task, stop).Run();
}

}  // namespace lianhu::districting::internal
