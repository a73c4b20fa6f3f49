#include <algorithm>
#include <utility>

#include "districting/region_partition.h"
#include "lianhu/base/random.h"

namespace lianhu::districting::internal {
namespace {

// Parts that are drawn anew together.
constexpr int32_t kFewestParts = 2;
constexpr int32_t kMostParts = 6;
// Moves to propose for each node of theirs.
constexpr int64_t kWorkPerNode = 400;
constexpr int64_t kLeastWork = 20'000;

class Improver {
 public:
  Improver(const RegionTask& task, RegionPlan plan, const std::function<bool()>& stop)
      : task_(task), plan_(std::move(plan)), stop_(stop), random_(task.seed), local_(task.graph->size(), -1) {
    members_.resize(task.parts);
    for (int32_t v = 0; v < task.graph->size(); ++v) members_[plan_.part_of[v]].push_back(v);
  }

  RegionPlan Run() {
    for (int64_t done = 0; done < task_.work && !stop_();) done += Redraw();
    return std::move(plan_);
  }

 private:
  int64_t Excess(int64_t weight) const {
    return weight > task_.high ? weight - task_.high : weight < task_.low ? task_.low - weight : 0;
  }

  int64_t WeightOf(int32_t part) const {
    int64_t weight = 0;
    for (const int32_t v : members_[part]) weight += task_.graph->weight[v];
    return weight;
  }

  // Any part, but one out of bounds while there is one.
  int32_t PickFirst() {
    const auto from = static_cast<int32_t>(random_.Below(task_.parts));
    for (int32_t k = 0; plan_.excess > 0 && k < task_.parts; ++k) {
      const int32_t part = (from + k) % task_.parts;
      if (Excess(WeightOf(part)) > 0) return part;
    }
    return from;
  }

  // A part and others around it, found through neighbouring nodes.
  void PickParts(int32_t count) {
    picked_.assign(1, PickFirst());
    for (int tries = 0; tries < 20 * count && static_cast<int32_t>(picked_.size()) < count; ++tries) {
      const std::vector<int32_t>& members = members_[picked_[random_.Below(static_cast<int64_t>(picked_.size()))]];
      const int32_t v = members[random_.Below(static_cast<int64_t>(members.size()))];
      for (int32_t e = task_.graph->begin[v]; e < task_.graph->begin[v + 1]; ++e) {
        const int32_t p = plan_.part_of[task_.graph->to[e]];
        if (std::find(picked_.begin(), picked_.end(), p) != picked_.end()) continue;
        picked_.push_back(p);
        break;
      }
    }
  }

  // The picked parts alone, and what they cost now.
  RegionPlan Extract(NodeGraph& graph) {
    nodes_.clear();
    for (const int32_t p : picked_) nodes_.insert(nodes_.end(), members_[p].begin(), members_[p].end());
    for (size_t i = 0; i < nodes_.size(); ++i) local_[nodes_[i]] = static_cast<int32_t>(i);
    RegionPlan plan;
    int64_t twice_cut = 0;
    graph.begin.assign(1, 0);
    std::vector<int64_t> weight(picked_.size(), 0);
    std::vector<Moments> moments(picked_.size());
    for (const int32_t v : nodes_) {
      const int32_t part = plan_.part_of[v];
      const auto at = std::find(picked_.begin(), picked_.end(), part) - picked_.begin();
      plan.part_of.push_back(static_cast<int32_t>(at));
      weight[at] += task_.graph->weight[v];
      graph.weight.push_back(task_.graph->weight[v]);
      if (!task_.graph->moments.empty()) {
        graph.moments.push_back(task_.graph->moments[v]);
        moments[at].Add(task_.graph->moments[v]);
      }
      for (int32_t e = task_.graph->begin[v]; e < task_.graph->begin[v + 1]; ++e) {
        const int32_t u = task_.graph->to[e];
        if (local_[u] < 0) continue;
        graph.to.push_back(local_[u]);
        graph.edge_weight.push_back(task_.graph->edge_weight[e]);
        if (plan_.part_of[u] != part) twice_cut += task_.graph->edge_weight[e];
      }
      graph.begin.push_back(static_cast<int32_t>(graph.to.size()));
    }
    for (const int32_t v : nodes_) local_[v] = -1;
    for (const int64_t w : weight) plan.excess += Excess(w);
    plan.cost = static_cast<double>(twice_cut) / 2;
    if (task_.by_distance) {
      plan.cost = 0;
      for (const Moments& each : moments) plan.cost += each.Inertia();
    }
    return plan;
  }

  int64_t Redraw() {
    PickParts(random_.Between(kFewestParts, std::min(kMostParts, task_.parts)));
    NodeGraph graph;
    const RegionPlan before = Extract(graph);
    RegionTask task = task_;
    task.graph = &graph;
    task.parts = static_cast<int32_t>(picked_.size());
    task.work = std::max(kLeastWork, kWorkPerNode * graph.size());
    task.seed = random_.Next();
    if (task.parts < 2) return task.work;
    const RegionPlan after = PartitionRegion(task, stop_);
    if (before.BetterThan(after)) return task.work;
    plan_.excess += after.excess - before.excess;
    plan_.cost += after.cost - before.cost;
    for (const int32_t p : picked_) members_[p].clear();
    for (size_t i = 0; i < nodes_.size(); ++i) {
      plan_.part_of[nodes_[i]] = picked_[after.part_of[i]];
      members_[picked_[after.part_of[i]]].push_back(nodes_[i]);
    }
    return task.work;
  }

  const RegionTask& task_;
  RegionPlan plan_;
  const std::function<bool()>& stop_;
  Random random_;
  std::vector<std::vector<int32_t>> members_;  // of each part
  std::vector<int32_t> picked_;
  std::vector<int32_t> nodes_;
  std::vector<int32_t> local_;
};

}  // namespace

RegionPlan ImproveRegion(const RegionTask& task, RegionPlan plan, const std::function<bool()>& stop) {
  return Improver(task, std::move(plan), stop).Run();
}

}  // namespace lianhu::districting::internal
