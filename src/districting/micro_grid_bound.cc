#include "districting/micro_grid_bound.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "districting/choice_bound.h"
#include "districting/community.h"
#include "districting/neighbours.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/parallel.h"

namespace lianhu::districting::internal {
namespace {

// Of the households nearest to one so many are looked at.
constexpr int32_t kMostNear = 512;
// Pairs on the lists of the Lagrangian bound: 12 bytes each.
constexpr double kMostPairs = 6e6;
// A pair on a list takes as long as so many looks of the search.
constexpr double kLooksPerPair = 4;
constexpr int64_t kLeastSteps = 20;
constexpr int64_t kMostSteps = 2000;

// Of one jurisdiction, by the households nearest to each.
double NearestBound(const MicroGridProblem& problem, absl::Span<const Point> places, const DrawnUnit& unit,
                    const std::function<bool()>& stop) {
  const auto n = static_cast<int32_t>(unit.households.size());
  const int64_t least = std::max(problem.bounds.min, unit.total - (unit.parts - int64_t{1}) * problem.bounds.max);
  if (least <= 1 || unit.parts == n) return 0;
  std::vector<Point> at;
  at.reserve(unit.households.size());
  for (const int32_t h : unit.households) at.push_back(places[h]);
  const auto weight_of = [&](int32_t i) { return problem.weight.empty() ? 1 : problem.weight[unit.households[i]]; };
  const PointGrid grid(at);
  const bool medians = problem.objective == MicroGridObjective::kMedians;
  const auto wanted = static_cast<int32_t>(std::min<int64_t>({least, n, kMostNear}));
  std::vector<int32_t> near;
  double bound = 0;
  for (int32_t i = 0; i < n; ++i) {
    if (i % 256 == 0 && stop()) return 0;
    grid.Nearest(at[i], wanted, near);
    double sum = 0;
    double weight = 0;
    for (const int32_t j : near) {
      const double w = std::min(static_cast<double>(weight_of(j)), static_cast<double>(least) - weight);
      if (w <= 0) break;
      const double dx = at[i].x - at[j].x;
      const double dy = at[i].y - at[j].y;
      const double square = dx * dx + dy * dy;
      sum += w * (medians ? 100 * std::sqrt(square) : square);
      weight += w;
    }
    // A distance in centimetres is rounded, by half of one at most.
    bound += weight_of(i) * std::max(0.0, sum / (2 * weight) - (medians ? 0.5 : 0.0));
  }
  return bound * (1 - 1e-9);
}

// Lists that end within a tower block would not reach its neighbours.
int64_t MostAtOnePlace(absl::Span<const Point> places) {
  std::vector<Point> sorted(places.begin(), places.end());
  std::sort(sorted.begin(), sorted.end(), [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  int64_t most = 1;
  int64_t run = 1;
  for (size_t i = 1; i < sorted.size(); ++i) {
    run = sorted[i] == sorted[i - 1] ? run + 1 : 1;
    most = std::max(most, run);
  }
  return most;
}

double LagrangianBound(const MicroGridProblem& problem, absl::Span<const Point> places,
                       const std::vector<DrawnUnit>& units, const MicroGridPlan& plan, int64_t work, int threads,
                       const std::function<bool()>& stop) {
  const int64_t reach = std::max(3 * problem.bounds.max, 2 * MostAtOnePlace(places));
  double pairs = 1;
  for (const DrawnUnit& unit : units) {
    const auto n = static_cast<int64_t>(unit.households.size());
    pairs += static_cast<double>(n) * static_cast<double>(std::min(reach, n));
  }
  if (pairs > kMostPairs || stop()) return 0;
  std::vector<Community> communities;
  std::vector<int64_t> counts;
  for (const DrawnUnit& unit : units) {
    Community community{.unit = unit.unit,
                        .households = unit.households,
                        .candidates = unit.households,
                        .home = {},
                        .place = {},
                        .least = {},
                        .most = {},
                        .opening = {},
                        .pinned = {}};
    for (const int32_t h : unit.households) community.home.push_back(places[h]);
    const size_t n = unit.households.size();
    community.place = community.home;
    const auto most = std::min<int64_t>(problem.bounds.max, static_cast<int64_t>(n));
    community.least.assign(n, static_cast<int32_t>(problem.bounds.min));
    community.most.assign(n, static_cast<int32_t>(most));
    community.opening.assign(n, 0);
    community.pinned.assign(n, 0);
    communities.push_back(std::move(community));
    counts.push_back(unit.parts);
  }
  std::vector<double> served_at;
  for (size_t h = 0; h < places.size(); ++h) {
    const Point medoid = places[plan.parts[plan.part_of[h]].medoid];
    served_at.push_back(static_cast<double>(assignment::PairCost(places[h], medoid)));
  }
  ChoiceBound bound(communities, reach, threads);
  bound.Limit(counts, counts, -1);
  const auto steps = static_cast<int64_t>(static_cast<double>(work) / (kLooksPerPair * pairs));
  const double best = bound.Ascend(served_at, plan.objective, std::clamp(steps, kLeastSteps, kMostSteps),
                                   [&](double) { return stop(); });
  return std::max(0.0, best);
}

}  // namespace

double BoundOf(const MicroGridProblem& problem, absl::Span<const Point> places, const std::vector<DrawnUnit>& units,
               const MicroGridPlan& plan, int64_t work, int threads, const std::function<bool()>& stop) {
  std::vector<double> nearest(units.size(), 0);
  ParallelFor(threads, static_cast<int64_t>(units.size()),
              [&](int64_t u) { nearest[u] = NearestBound(problem, places, units[u], stop); });
  double bound = 0;
  for (const double each : nearest) bound += each;
  if (problem.objective == MicroGridObjective::kMedians && problem.weight.empty()) {
    bound = std::max(bound, LagrangianBound(problem, places, units, plan, work, threads, stop));
    bound = std::ceil(bound - 1e-6);
  }
  return std::min(bound, plan.objective);
}

}  // namespace lianhu::districting::internal
