// The exact plan along roads: the problem on lists of near pairs, and Dijkstra's algorithm to price all the others.
#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "assignment/road_graph.h"
#include "lianhu/assignment/road_network.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/base/status.h"
#include "lianhu/base/stopwatch.h"

namespace lianhu::assignment {
namespace {

using internal::RoadGraph;

// Stewards listed for a household at first; doubled while a jurisdiction cannot be planned on the lists.
constexpr int32_t kFirstList = 12;

// Households of one jurisdiction at one node: all alike but for their access.
struct Group {
  int32_t unit = -1;
  int32_t node = -1;
  std::vector<int32_t> households;
  // Stewards and the distance from the node to them, their access included; by increasing steward.
  std::vector<std::pair<int32_t, int64_t>> list;
};

absl::Status CheckAlone(const Problem& problem) {
  const auto refuse = [](const char* field) {
    return InvalidField(field, -1, "cannot be taken together with a road network");
  };
  if (!problem.preferences.empty()) return refuse("preferences");
  if (!problem.fixed.empty()) return refuse("fixed");
  if (!problem.forbidden.empty()) return refuse("forbidden");
  if (!problem.current.empty()) return refuse("current");
  if (!problem.cost_begin.empty()) return refuse("cost_begin");
  if (!problem.load_cost.empty()) return refuse("load_cost");
  if (!problem.household_kinds.empty() || !problem.steward_kinds.empty()) return refuse("household_kinds");
  return absl::OkStatus();
}

class RoadSolver {
 public:
  RoadSolver(const Problem& problem, const RoadNetwork& network, RoadAttachment attachment, RunContext& context)
      : problem_(problem), context_(context), graph_(network), attachment_(std::move(attachment)) {
    limit_ = problem.max_distance == kNoDistanceLimit ? std::numeric_limits<int64_t>::max() / 4
                                                      : std::llround(100 * problem.max_distance);
    complete_ = problem.max_distance != kNoDistanceLimit;
    MakeGroups();
  }

  absl::StatusOr<RoadPlan> Solve(bool best_effort);

 private:
  void MakeGroups();
  bool List(int32_t per_household);
  void FindUnreachable(RoadPlan& road);
  absl::StatusOr<Plan> SolveListed(const std::vector<bool>& left_out, bool best_effort, RoadPlan& road);
  bool PriceOut(const Plan& plan);
  int64_t Distance(int32_t h, int32_t j) const;

  const Problem& problem_;
  RunContext& context_;
  RoadGraph graph_;
  RoadAttachment attachment_;
  int64_t limit_ = 0;
  bool complete_ = false;  // the lists hold all pairs that are allowed
  std::vector<Group> groups_;
  std::vector<int32_t> group_of_;                  // n
  std::vector<std::vector<int32_t>> stewards_at_;  // by node
};

void RoadSolver::MakeGroups() {
  stewards_at_.resize(graph_.nodes());
  for (size_t j = 0; j < problem_.stewards.size(); ++j) {
    if (attachment_.steward_node[j] >= 0) stewards_at_[attachment_.steward_node[j]].push_back(static_cast<int32_t>(j));
  }
  std::map<std::pair<int32_t, int32_t>, int32_t> index;
  for (size_t h = 0; h < problem_.households.size(); ++h) {
    const std::pair key(problem_.HouseholdUnit(static_cast<int64_t>(h)), attachment_.household_node[h]);
    const auto [at, fresh] = index.try_emplace(key, static_cast<int32_t>(groups_.size()));
    if (fresh) groups_.push_back({.unit = key.first, .node = key.second, .households = {}, .list = {}});
    groups_[at->second].households.push_back(static_cast<int32_t>(h));
    group_of_.push_back(at->second);
  }
}

// Lists anew the nearest stewards of each group, keeping what is listed; true when that was all there are.
bool RoadSolver::List(int32_t per_household) {
  bool all = true;
  for (Group& group : groups_) {
    if (group.node < 0) continue;
    if (context_.cancelled()) return false;
    int64_t least_access = limit_;
    for (const int32_t h : group.households) least_access = std::min(least_access, attachment_.household_access_cm[h]);
    std::vector<std::pair<int32_t, int64_t>> found;
    bool stopped = false;
    const RoadGraph::Source source{group.node, 0};
    graph_.Search({&source, 1}, [&](int32_t node, int64_t label) {
      if (complete_ && label > limit_ - least_access) return false;
      if (!complete_ && static_cast<int32_t>(found.size()) >= per_household) {
        stopped = true;
        return false;
      }
      for (const int32_t j : stewards_at_[node]) {
        if (problem_.StewardUnit(j) == group.unit) found.emplace_back(j, label + attachment_.steward_access_cm[j]);
      }
      return true;
    });
    all = all && !stopped;
    found.insert(found.end(), group.list.begin(), group.list.end());
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    group.list = std::move(found);
  }
  return all;
}

int64_t RoadSolver::Distance(int32_t h, int32_t j) const {
  const Group& group = groups_[group_of_[h]];
  const auto at = std::lower_bound(group.list.begin(), group.list.end(), std::pair(j, int64_t{0}));
  return attachment_.household_access_cm[h] + at->second;
}

// After List: a household whose list is empty, or holds none within the limit.
void RoadSolver::FindUnreachable(RoadPlan& road) {
  for (size_t h = 0; h < problem_.households.size(); ++h) {
    int64_t nearest = std::numeric_limits<int64_t>::max() / 2;
    for (const auto& [j, distance] : groups_[group_of_[h]].list) nearest = std::min(nearest, distance);
    if (nearest + attachment_.household_access_cm[h] > limit_) road.unreachable.push_back(static_cast<int32_t>(h));
  }
}

// The exact plan on the lists, without those who are left out; by the caller's indices.
absl::StatusOr<Plan> RoadSolver::SolveListed(const std::vector<bool>& left_out, bool best_effort, RoadPlan& road) {
  std::vector<int32_t> kept;
  std::vector<Point> positions;
  std::vector<int32_t> units;
  std::vector<int64_t> begin = {0};
  std::vector<int32_t> stewards;
  std::vector<int64_t> costs;
  for (size_t h = 0; h < problem_.households.size(); ++h) {
    if (left_out[h]) continue;
    kept.push_back(static_cast<int32_t>(h));
    positions.push_back(problem_.households[h]);
    if (!problem_.household_units.empty()) units.push_back(problem_.household_units[h]);
    for (const auto& [j, distance] : groups_[group_of_[h]].list) {
      const int64_t cost = distance + attachment_.household_access_cm[h];
      if (cost > limit_) continue;
      if (cost > kMaxListedCost) {
        return InvalidField("road_length_cm", -1, absl::StrCat("a path is longer than ", kMaxListedCost, " cm"));
      }
      stewards.push_back(j);
      costs.push_back(cost);
    }
    begin.push_back(static_cast<int64_t>(stewards.size()));
  }
  road.pairs_listed = static_cast<int64_t>(stewards.size());
  ++road.rounds;
  Problem listed = problem_;
  listed.households = positions;
  listed.household_units = units;
  listed.max_distance = kNoDistanceLimit;
  listed.cost_begin = begin;
  listed.cost_stewards = stewards;
  listed.costs_cm = costs;
  absl::StatusOr<Plan> plan = assignment::Solve(listed, {.best_effort = best_effort}, context_);
  if (!plan.ok()) return plan;
  std::vector<int32_t> steward_of(problem_.households.size(), kUnassigned);
  for (size_t k = 0; k < kept.size(); ++k) steward_of[kept[k]] = plan->steward_of[k];
  plan->steward_of = std::move(steward_of);
  for (Infeasibility& i : plan->infeasibilities) {
    for (int32_t& h : i.household_set) h = kept[h];
  }
  return plan;
}

// Adds every pair outside the lists whose distance plus price is less than what its household is served at; true when
// there was any. With b_j + p_j as labels of the stewards' nodes, one search for each jurisdiction gives the least
// value at every node.
bool RoadSolver::PriceOut(const Plan& plan) {
  std::map<int32_t, std::vector<int32_t>> groups_of_unit;
  for (size_t g = 0; g < groups_.size(); ++g) groups_of_unit[groups_[g].unit].push_back(static_cast<int32_t>(g));
  std::map<int32_t, std::vector<RoadGraph::Source>> sources_of_unit;
  int64_t least_end = std::numeric_limits<int64_t>::max();
  for (size_t j = 0; j < problem_.stewards.size(); ++j) {
    const int64_t end = attachment_.steward_access_cm[j] + plan.price_cm[j];
    least_end = std::min(least_end, end);
    sources_of_unit[problem_.StewardUnit(static_cast<int64_t>(j))].push_back({attachment_.steward_node[j], end});
  }
  bool added = false;
  std::vector<int64_t> least(graph_.nodes());
  for (const auto& [unit, members] : groups_of_unit) {
    std::fill(least.begin(), least.end(), std::numeric_limits<int64_t>::max());
    graph_.Search(sources_of_unit[unit], [&](int32_t node, int64_t label) {
      least[node] = label;
      return true;
    });
    for (const int32_t g : members) {
      Group& group = groups_[g];
      // The dearest value of the group, its access left aside.
      int64_t served = std::numeric_limits<int64_t>::min();
      for (const int32_t h : group.households) {
        const int32_t j = plan.steward_of[h];
        if (j < 0) continue;
        served = std::max(served, Distance(h, j) - attachment_.household_access_cm[h] + plan.price_cm[j]);
      }
      if (group.node < 0 || served <= least[group.node]) continue;
      std::vector<std::pair<int32_t, int64_t>> more;
      const RoadGraph::Source source{group.node, 0};
      graph_.Search({&source, 1}, [&](int32_t node, int64_t label) {
        if (label + least_end >= served) return false;
        for (const int32_t j : stewards_at_[node]) {
          const int64_t distance = label + attachment_.steward_access_cm[j];
          if (problem_.StewardUnit(j) == unit && distance + plan.price_cm[j] < served) more.emplace_back(j, distance);
        }
        return true;
      });
      const size_t before = group.list.size();
      group.list.insert(group.list.end(), more.begin(), more.end());
      std::sort(group.list.begin(), group.list.end());
      group.list.erase(std::unique(group.list.begin(), group.list.end()), group.list.end());
      added = added || group.list.size() > before;
    }
  }
  return added;
}

absl::StatusOr<RoadPlan> RoadSolver::Solve(bool best_effort) {
  RoadPlan road;
  int32_t per_household = kFirstList;
  complete_ = List(per_household) || complete_;
  FindUnreachable(road);
  std::vector<bool> left_out(problem_.households.size(), false);
  for (const int32_t h : road.unreachable) left_out[h] = true;
  const auto nobody = [&](Outcome outcome) {
    road.plan = Plan{};
    road.plan.outcome = outcome;
    road.plan.steward_of.assign(problem_.households.size(), kUnassigned);
    road.plan.price_cm.assign(problem_.stewards.size(), 0);
    road.plan.load.assign(problem_.stewards.size(), 0);
  };
  if (context_.cancelled()) {
    nobody(Outcome::kCancelled);
  } else if (!road.unreachable.empty() && !best_effort) {
    nobody(Outcome::kInfeasible);
  } else {
    while (true) {
      // Best effort would leave households over for want of pairs on the lists: not before these are complete.
      absl::StatusOr<Plan> plan = SolveListed(left_out, best_effort && complete_, road);
      if (!plan.ok()) return plan.status();
      road.plan = *std::move(plan);
      if (road.plan.outcome == Outcome::kCancelled || complete_) break;
      if (road.plan.outcome == Outcome::kInfeasible) {
        per_household = per_household > (1 << 29) ? per_household : 2 * per_household;
        complete_ = List(per_household);
      } else if (!PriceOut(road.plan)) {
        break;
      }
    }
    if (road.plan.outcome != Outcome::kCancelled && road.plan.outcome != Outcome::kInfeasible &&
        !road.unreachable.empty()) {
      road.plan.outcome = Outcome::kBestEffort;
    }
    road.plan.unserved = std::count(road.plan.steward_of.begin(), road.plan.steward_of.end(), kUnassigned);
    if (road.plan.outcome != Outcome::kBestEffort) road.plan.unserved = 0;
  }
  road.distance_cm.assign(problem_.households.size(), -1);
  for (size_t h = 0; h < road.distance_cm.size(); ++h) {
    const int32_t j = road.plan.steward_of[h];
    if (j >= 0) road.distance_cm[h] = Distance(static_cast<int32_t>(h), j);
  }
  road.attachment = std::move(attachment_);
  return road;
}

}  // namespace

absl::StatusOr<RoadPlan> SolveOnRoads(const Problem& problem, const RoadNetwork& network, bool best_effort,
                                      RunContext& context) {
  const Stopwatch stopwatch;
  absl::StatusOr<RoadAttachment> attachment = AttachToRoads(problem, network);
  if (!attachment.ok()) return attachment.status();
  if (auto status = CheckAlone(problem); !status.ok()) return status;
  absl::StatusOr<RoadPlan> road = RoadSolver(problem, network, *std::move(attachment), context).Solve(best_effort);
  if (!road.ok()) return road;
  road->plan.seconds = stopwatch.Seconds();
  return road;
}

}  // namespace lianhu::assignment
