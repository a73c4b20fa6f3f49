#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "districting/micro_grid_check.h"
#include "districting/part_shape.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/status.h"
#include "lianhu/districting/micro_grids.h"

namespace lianhu::districting {
namespace {

int64_t WeightOf(const MicroGridProblem& problem, int32_t h) {
  return problem.weight.empty() ? 1 : problem.weight[h];
}
int32_t UnitOf(const MicroGridProblem& problem, int32_t h) {
  return problem.units.empty() ? -1 : problem.units[h];
}

// Which of today's parts each part goes on from: the pairs that share most weight first, each at most once.
void FindContinued(const MicroGridProblem& problem, MicroGridPlan& plan) {
  std::map<std::pair<int32_t, int32_t>, int64_t> shared;
  for (size_t h = 0; h < plan.part_of.size(); ++h) {
    if (problem.current[h] < 0) continue;
    shared[{plan.part_of[h], problem.current[h]}] += WeightOf(problem, static_cast<int32_t>(h));
  }
  std::vector<std::pair<int64_t, std::pair<int32_t, int32_t>>> pairs;
  pairs.reserve(shared.size());
  for (const auto& [pair, weight] : shared) pairs.emplace_back(-weight, pair);
  std::sort(pairs.begin(), pairs.end());
  std::map<int32_t, bool> taken;
  for (const auto& [weight, pair] : pairs) {
    MicroGrid& part = plan.parts[pair.first];
    if (part.continues >= 0 || taken[pair.second]) continue;
    part.continues = pair.second;
    taken[pair.second] = true;
  }
  for (size_t h = 0; h < plan.part_of.size(); ++h) {
    MicroGrid& part = plan.parts[plan.part_of[h]];
    if (problem.current[h] < 0 || problem.current[h] == part.continues) continue;
    part.moved += WeightOf(problem, static_cast<int32_t>(h));
  }
}

void CountBroken(const MicroGridProblem& problem, MicroGridPlan& plan) {
  std::vector<int32_t> parent(plan.part_of.size());
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](int32_t v) {
    while (parent[v] != v) v = parent[v] = parent[parent[v]];
    return v;
  };
  std::vector<int32_t> pieces;
  pieces.reserve(plan.parts.size());
  for (const MicroGrid& part : plan.parts) pieces.push_back(part.households);
  const auto join = [&](int32_t a, int32_t b) {
    if (plan.part_of[a] != plan.part_of[b] || root(a) == root(b)) return;
    parent[root(a)] = root(b);
    --pieces[plan.part_of[a]];
  };
  for (int32_t b = 0; b < problem.graph->border_count(); ++b) {
    join(problem.graph->border(b).a, problem.graph->border(b).b);
  }
  if (problem.keep_buildings) {
    std::map<std::pair<int32_t, int32_t>, int32_t> first;
    for (int32_t h = 0; h < static_cast<int32_t>(problem.buildings.size()); ++h) {
      if (problem.buildings[h] < 0) continue;
      join(h, first.try_emplace({plan.part_of[h], problem.buildings[h]}, h).first->second);
    }
  }
  plan.not_connected = std::count_if(pieces.begin(), pieces.end(), [](int32_t count) { return count != 1; });
}

void FindSplitBuildings(const MicroGridProblem& problem, MicroGridPlan& plan) {
  std::map<std::pair<int32_t, int32_t>, std::vector<int32_t>> members;
  for (int32_t h = 0; h < static_cast<int32_t>(problem.buildings.size()); ++h) {
    if (problem.buildings[h] >= 0) members[{UnitOf(problem, h), problem.buildings[h]}].push_back(h);
  }
  for (const auto& [key, households] : members) {
    std::vector<int32_t> parts;
    SplitBuilding split{
        .building = key.second, .unit = key.first, .households = static_cast<int32_t>(households.size())};
    for (const int32_t h : households) {
      parts.push_back(plan.part_of[h]);
      split.weight += WeightOf(problem, h);
    }
    std::sort(parts.begin(), parts.end());
    split.parts = static_cast<int32_t>(std::unique(parts.begin(), parts.end()) - parts.begin());
    split.too_large = split.weight > problem.bounds.max;
    if (split.parts > 1) plan.split_buildings.push_back(split);
  }
}

void Measure(const MicroGridProblem& problem, absl::Span<const Point> places, const std::vector<int32_t>& members,
             MicroGrid& part) {
  std::vector<Point> points;
  std::vector<int32_t> weight;
  Point sum;
  Point mean;
  for (const int32_t h : members) {
    const auto w = static_cast<double>(WeightOf(problem, h));
    points.push_back(places[h]);
    if (!problem.weight.empty()) weight.push_back(problem.weight[h]);
    sum = {sum.x + w * problem.households[h].x, sum.y + w * problem.households[h].y};
    mean = {mean.x + w * places[h].x, mean.y + w * places[h].y};
  }
  const auto total = static_cast<double>(part.weight);
  part.centre = {sum.x / total, sum.y / total};
  mean = {mean.x / total, mean.y / total};
  const internal::Medoid medoid = internal::MedoidOf(points, weight);
  part.medoid = members[medoid.member];
  for (size_t i = 0; i < points.size(); ++i) {
    const Point p = points[i];
    const Point m = points[medoid.member];
    part.radius = std::max(part.radius, std::hypot(p.x - m.x, p.y - m.y));
    if (problem.objective == MicroGridObjective::kMedians) continue;
    const double dx = p.x - mean.x;
    const double dy = p.y - mean.y;
    part.objective += static_cast<double>(WeightOf(problem, members[i])) * (dx * dx + dy * dy);
  }
  if (problem.objective == MicroGridObjective::kMedians) part.objective = static_cast<double>(medoid.cost_cm);

  const std::vector<int32_t> hull = internal::HullOf(points);
  for (size_t i = 0; i < hull.size(); ++i) {
    const Point a = points[hull[i]];
    const Point b = points[hull[(i + 1) % hull.size()]];
    part.perimeter += std::hypot(b.x - a.x, b.y - a.y);
    part.area += ((a.x - mean.x) * (b.y - mean.y) - (b.x - mean.x) * (a.y - mean.y)) / 2;
    part.hull.push_back(members[hull[i]]);
  }
  if (hull.size() < 3) part.area = 0;
  if (part.perimeter > 0) part.compactness = 4 * std::numbers::pi * part.area / (part.perimeter * part.perimeter);
}

bool Near(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

}  // namespace

absl::StatusOr<MicroGridPlan> FiguresOf(const MicroGridProblem& problem, absl::Span<const int32_t> part_of) {
  if (auto status = internal::CheckMicroGridProblem(problem); !status.ok()) return status;
  const auto n = static_cast<int32_t>(problem.households.size());
  if (part_of.size() != problem.households.size()) {
    return InvalidField("part_of", -1, absl::StrCat("has ", part_of.size(), " entries, expected ", n));
  }
  std::vector<Point> projected;
  absl::Span<const Point> places = problem.households;
  if (problem.datum == Datum::kWgs84Degrees) {
    projected = ProjectWgs84(places, Middle(places));
    places = projected;
  }
  MicroGridPlan plan;
  plan.part_of.assign(part_of.begin(), part_of.end());
  std::vector<std::vector<int32_t>> members;
  for (int32_t h = 0; h < n; ++h) {
    const int32_t p = part_of[h];
    if (p < 0 || p >= n) return InvalidField("part_of", h, absl::StrCat(p, " is no part of 0..", n - 1));
    if (p >= static_cast<int32_t>(members.size())) members.resize(p + 1);
    if (!members[p].empty() && UnitOf(problem, h) != UnitOf(problem, members[p].front())) {
      return InvalidField("part_of", h, absl::StrCat("part ", p, " has households of two jurisdictions"));
    }
    members[p].push_back(h);
  }
  plan.parts.resize(members.size());
  for (size_t p = 0; p < members.size(); ++p) {
    if (members[p].empty()) return InvalidField("part_of", -1, absl::StrCat("part ", p, " has no household"));
    MicroGrid& part = plan.parts[p];
    part.unit = UnitOf(problem, members[p].front());
    part.households = static_cast<int32_t>(members[p].size());
    for (const int32_t h : members[p]) part.weight += WeightOf(problem, h);
    part.within_bounds = problem.bounds.min <= part.weight && part.weight <= problem.bounds.max;
    plan.out_of_bounds += part.within_bounds ? 0 : 1;
    Measure(problem, places, members[p], part);
  }
  if (!problem.current.empty()) FindContinued(problem, plan);
  if (problem.graph != nullptr) CountBroken(problem, plan);
  if (problem.keep_buildings) FindSplitBuildings(problem, plan);
  for (const MicroGrid& part : plan.parts) {
    plan.objective += part.objective;
    plan.moved += part.moved;
  }
  plan.objective += problem.move_price * static_cast<double>(plan.moved);
  const bool holds = plan.out_of_bounds == 0 && plan.not_connected == 0;
  plan.outcome = holds ? PartitionOutcome::kFeasible : PartitionOutcome::kNotFound;
  return plan;
}

absl::Status VerifyMicroGrids(const MicroGridProblem& problem, const MicroGridPlan& plan) {
  const absl::StatusOr<MicroGridPlan> figures = FiguresOf(problem, plan.part_of);
  if (!figures.ok()) return figures.status();
  if (plan.parts.size() != figures->parts.size()) {
    return InvalidField("parts", -1, absl::StrCat("has ", plan.parts.size(), ", expected ", figures->parts.size()));
  }
  for (size_t p = 0; p < plan.parts.size(); ++p) {
    const MicroGrid& told = plan.parts[p];
    const MicroGrid& found = figures->parts[p];
    const bool same = told.unit == found.unit && told.households == found.households && told.weight == found.weight &&
                      told.medoid == found.medoid && told.hull == found.hull && told.continues == found.continues &&
                      told.moved == found.moved && told.within_bounds == found.within_bounds &&
                      Near(told.centre.x, found.centre.x) && Near(told.centre.y, found.centre.y) &&
                      Near(told.radius, found.radius) && Near(told.area, found.area) &&
                      Near(told.perimeter, found.perimeter) && Near(told.compactness, found.compactness) &&
                      Near(told.objective, found.objective);
    if (!same) return InvalidField("parts", static_cast<int64_t>(p), "differs from what its households say");
  }
  if (plan.out_of_bounds != figures->out_of_bounds || plan.not_connected != figures->not_connected ||
      plan.moved != figures->moved || plan.split_buildings.size() != figures->split_buildings.size()) {
    return InvalidField("plan", -1, "the counts of what is out of bounds, not connected, moved or split differ");
  }
  if (!Near(plan.objective, figures->objective)) {
    return InvalidField("objective", -1, absl::StrCat("is ", plan.objective, ", expected ", figures->objective));
  }
  const bool feasible = plan.outcome == PartitionOutcome::kFeasible;
  const bool holds = figures->outcome == PartitionOutcome::kFeasible;
  if (feasible != holds && (feasible || plan.faults.empty())) {
    return InvalidField("outcome", -1,
                        absl::StrCat("is ", OutcomeName(plan.outcome), ", but ", figures->out_of_bounds,
                                     " parts are out of bounds and ", figures->not_connected, " not connected"));
  }
  if (feasible && plan.bound > plan.objective * (1 + 1e-9)) {
    return InvalidField("bound", -1, absl::StrCat("is ", plan.bound, ", above the objective of ", plan.objective));
  }
  return absl::OkStatus();
}

}  // namespace lianhu::districting
