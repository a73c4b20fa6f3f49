// The check of a plan along roads: nearest nodes by looking at all, distances by a tree from each steward's node.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <queue>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lianhu/assignment/road_network.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

constexpr int64_t kFar = std::numeric_limits<int64_t>::max() / 4;

struct Neighbour {
  int32_t node;
  int64_t length;
};

std::vector<int64_t> DistancesFrom(const std::vector<std::vector<Neighbour>>& roads, int32_t from) {
  std::vector<int64_t> distance(roads.size(), kFar);
  if (from < 0) return distance;
  using Entry = std::pair<int64_t, int32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  distance[from] = 0;
  queue.emplace(0, from);
  while (!queue.empty()) {
    const auto [d, v] = queue.top();
    queue.pop();
    if (d > distance[v]) continue;
    for (const Neighbour& next : roads[v]) {
      if (d + next.length >= distance[next.node]) continue;
      distance[next.node] = d + next.length;
      queue.emplace(distance[next.node], next.node);
    }
  }
  return distance;
}

struct Place {
  int32_t node = -1;
  int64_t access = 0;
};

Place NearestNode(Point p, absl::Span<const Point> nodes) {
  Place place{.node = -1, .access = kFar};
  for (size_t v = 0; v < nodes.size(); ++v) {
    const int64_t cost = PairCost(p, nodes[v]);
    if (cost < place.access) place = {static_cast<int32_t>(v), cost};
  }
  return place;
}

void Note(ViolationKind kind, int64_t index, int64_t value, Verification& result) {
  ++result.violation_count;
  if (result.violations.size() < 100) result.violations.push_back({.kind = kind, .index = index, .value = value});
}

}  // namespace

absl::StatusOr<Verification> VerifyOnRoads(const Problem& problem, const RoadNetwork& network,
                                           absl::Span<const int32_t> steward_of, absl::Span<const int64_t> price_cm) {
  if (auto status = Validate(problem); !status.ok()) return status;
  if (auto status = Validate(network); !status.ok()) return status;
  if (network.datum != problem.datum) {
    return InvalidField("road_nodes", -1, "positions are of another datum than those of the households");
  }
  const size_t n = problem.households.size();
  const size_t m = problem.stewards.size();
  if (steward_of.size() != n) {
    return InvalidField("steward_of", -1, absl::StrCat("has ", steward_of.size(), " entries, not ", n));
  }
  if (!price_cm.empty() && price_cm.size() != m) {
    return InvalidField("price_cm", -1, absl::StrCat("has ", price_cm.size(), " entries, not ", m));
  }
  std::vector<Point> planar(problem.households.begin(), problem.households.end());
  planar.insert(planar.end(), problem.stewards.begin(), problem.stewards.end());
  planar.insert(planar.end(), network.nodes.begin(), network.nodes.end());
  if (problem.datum == Datum::kWgs84Degrees) planar = ProjectWgs84(planar, Middle(planar));
  const auto nodes = absl::MakeConstSpan(planar).subspan(n + m);
  std::vector<Place> place;
  for (size_t k = 0; k < n + m; ++k) {
    const bool same = k > 0 && k != n && planar[k] == planar[k - 1];
    place.push_back(same ? place.back() : NearestNode(planar[k], nodes));
  }
  std::vector<std::vector<Neighbour>> roads(nodes.size());
  for (size_t e = 0; e < network.from.size(); ++e) {
    roads[network.from[e]].push_back({network.to[e], network.length_cm[e]});
    roads[network.to[e]].push_back({network.from[e], network.length_cm[e]});
  }
  const int64_t limit = problem.max_distance == kNoDistanceLimit ? kFar - 1 : std::llround(100 * problem.max_distance);

  Verification result;
  std::vector<int64_t> load(m, 0);
  std::vector<int64_t> distance_of(n, kFar);  // to one's own steward
  std::vector<int64_t> least(n, kFar);        // of distance plus price over the stewards that are allowed
  std::map<int32_t, std::vector<size_t>> at_node;
  for (size_t j = 0; j < m; ++j) at_node[place[n + j].node].push_back(j);
  for (size_t h = 0; h < n; ++h) {
    if (steward_of[h] < -1 || steward_of[h] >= static_cast<int64_t>(m)) {
      return InvalidField("steward_of", static_cast<int64_t>(h),
                          absl::StrCat("is not a steward's index or -1: ", steward_of[h]));
    }
  }
  for (const auto& [node, stewards] : at_node) {
    const std::vector<int64_t> distances = DistancesFrom(roads, node);
    for (size_t h = 0; h < n; ++h) {
      if (place[h].node < 0 || distances[place[h].node] >= kFar) continue;
      for (const size_t j : stewards) {
        const int64_t cost = place[h].access + distances[place[h].node] + place[n + j].access;
        if (steward_of[h] == static_cast<int32_t>(j)) distance_of[h] = cost;
        if (cost > limit ||
            problem.HouseholdUnit(static_cast<int64_t>(h)) != problem.StewardUnit(static_cast<int64_t>(j)))
          continue;
        if (!price_cm.empty()) least[h] = std::min(least[h], cost + price_cm[j]);
      }
    }
  }
  for (size_t h = 0; h < n; ++h) {
    const int32_t j = steward_of[h];
    const auto row = static_cast<int64_t>(h);
    if (j < 0) {
      ++result.unserved;
      Note(ViolationKind::kUnserved, row, 0, result);
      continue;
    }
    ++load[j];
    if (problem.HouseholdUnit(row) != problem.StewardUnit(j)) Note(ViolationKind::kOtherJurisdiction, row, j, result);
    if (distance_of[h] > limit) {
      Note(distance_of[h] >= kFar ? ViolationKind::kUnreachable : ViolationKind::kTooFar, row, j, result);
      if (distance_of[h] >= kFar) continue;
    }
    result.total_cost_cm += distance_of[h];
    result.max_distance_cm = std::max(result.max_distance_cm, distance_of[h]);
  }
  for (size_t j = 0; j < m; ++j) {
    const auto row = static_cast<int64_t>(j);
    const LoadBounds bounds = problem.BoundsOf(row);
    if (load[j] > bounds.max) Note(ViolationKind::kAboveMaximum, row, load[j], result);
    if (load[j] < bounds.min) Note(ViolationKind::kBelowMinimum, row, load[j], result);
  }
  if (m > 0) {
    const auto [low, high] = std::minmax_element(load.begin(), load.end());
    result.load_min = static_cast<int32_t>(*low);
    result.load_max = static_cast<int32_t>(*high);
  }
  result.feasible = result.violation_count == 0;
  if (!price_cm.empty() && result.feasible) {
    for (size_t h = 0; h < n; ++h) result.dual_bound_cm += least[h];
    for (size_t j = 0; j < m; ++j) {
      const LoadBounds bounds = problem.BoundsOf(static_cast<int64_t>(j));
      result.dual_bound_cm -= price_cm[j] * (price_cm[j] > 0 ? bounds.max : bounds.min);
    }
    result.proved = result.dual_bound_cm == result.total_cost_cm;
  }
  return result;
}

}  // namespace lianhu::assignment
