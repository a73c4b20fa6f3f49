#include "districting/micro_grid_units.h"

#include <algorithm>
#include <limits>
#include <map>
#include <queue>
#include <utility>

namespace lianhu::districting::internal {
namespace {

int32_t WeightOf(const MicroGridProblem& problem, int32_t h) {
  return problem.weight.empty() ? 1 : problem.weight[h];
}

void AddAtom(const MicroGridProblem& problem, absl::Span<const Point> places, absl::Span<const int32_t> households,
             DrawnUnit& unit) {
  Point sum;
  int64_t weight = 0;
  std::map<int32_t, int64_t> current;
  for (const int32_t h : households) {
    const int32_t w = WeightOf(problem, h);
    weight += w;
    sum = {sum.x + w * places[h].x, sum.y + w * places[h].y};
    unit.members.push_back(h);
    if (!problem.current.empty()) current[problem.current[h]] += w;
  }
  unit.begin.push_back(static_cast<int32_t>(unit.members.size()));
  const auto total = static_cast<double>(weight);
  unit.at.push_back(households.size() == 1 ? places[households[0]] : Point{sum.x / total, sum.y / total});
  unit.weight.push_back(static_cast<int32_t>(weight));
  if (problem.current.empty()) return;
  const auto most = std::max_element(current.begin(), current.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  unit.current.push_back(most->first);
}

// The households of a building as one atom; of one heavier than the maximum as few as will do, by position.
void AddBuilding(const MicroGridProblem& problem, absl::Span<const Point> places, std::vector<int32_t> households,
                 DrawnUnit& unit) {
  int64_t weight = 0;
  for (const int32_t h : households) weight += WeightOf(problem, h);
  const int64_t max = problem.bounds.max;
  if (weight > max) {
    std::stable_sort(households.begin(), households.end(), [&](int32_t a, int32_t b) {
      return places[a].x != places[b].x ? places[a].x < places[b].x : places[a].y < places[b].y;
    });
  }
  int64_t pieces = (weight + max - 1) / max;
  size_t from = 0;
  int64_t left = weight;
  while (from < households.size()) {
    const int64_t share = pieces > 1 ? (left + pieces - 1) / pieces : left;
    int64_t taken = 0;
    size_t to = from;
    while (to < households.size() && (to == from || taken + WeightOf(problem, households[to]) <= share)) {
      taken += WeightOf(problem, households[to++]);
    }
    AddAtom(problem, places, absl::MakeConstSpan(households).subspan(from, to - from), unit);
    from = to;
    left -= taken;
    pieces = std::max<int64_t>(1, pieces - 1);
  }
}

int64_t CeilDiv(int64_t a, int64_t b) {
  return (a + b - 1) / b;
}

// The number of parts whose bounds must be stretched least.
int64_t NearestCount(const DrawnUnit& unit, WeightBounds bounds) {
  const int64_t fewer = std::max<int64_t>(1, unit.total / std::max<int64_t>(1, bounds.min));
  const int64_t above = CeilDiv(unit.total, fewer) - bounds.max;
  const int64_t more = std::min<int64_t>(fewer + 1, static_cast<int64_t>(unit.at.size()));
  const int64_t below = bounds.min - unit.total / more;
  return above <= below ? fewer : more;
}

}  // namespace

void Allot(DrawnUnit& unit, int64_t parts, WeightBounds bounds) {
  unit.parts = static_cast<int32_t>(std::clamp<int64_t>(parts, 1, static_cast<int64_t>(unit.at.size())));
  unit.bounds = {std::min(bounds.min, unit.total / unit.parts), std::max(bounds.max, CeilDiv(unit.total, unit.parts))};
}

void MakeAtoms(const MicroGridProblem& problem, absl::Span<const Point> places, bool keep, DrawnUnit& unit) {
  unit.begin.assign(1, 0);
  unit.members.clear();
  unit.at.clear();
  unit.weight.clear();
  unit.current.clear();
  std::map<int32_t, std::vector<int32_t>> buildings;
  for (const int32_t h : unit.households) {
    if (keep && !problem.buildings.empty() && problem.buildings[h] >= 0) {
      buildings[problem.buildings[h]].push_back(h);
    } else {
      AddAtom(problem, places, {&h, 1}, unit);
    }
  }
  for (auto& [building, households] : buildings) AddBuilding(problem, places, std::move(households), unit);
}

std::vector<DrawnUnit> SplitIntoUnits(const MicroGridProblem& problem, absl::Span<const Point> places) {
  std::map<int32_t, DrawnUnit> by_unit;
  for (int32_t h = 0; h < static_cast<int32_t>(places.size()); ++h) {
    const int32_t unit = problem.units.empty() ? -1 : problem.units[h];
    DrawnUnit& drawn = by_unit[unit];
    drawn.unit = unit;
    drawn.households.push_back(h);
    drawn.total += WeightOf(problem, h);
  }
  std::vector<DrawnUnit> units;
  for (auto& [unit, drawn] : by_unit) {
    MakeAtoms(problem, places, problem.keep_buildings, drawn);
    units.push_back(std::move(drawn));
  }
  return units;
}

std::vector<PartitionFault> AllotMicroGrids(const MicroGridProblem& problem, std::vector<DrawnUnit>& units) {
  const WeightBounds bounds = problem.bounds;
  std::vector<PartitionFault> faults;
  int64_t least = 0;
  int64_t most = 0;
  int64_t weight = 0;
  for (DrawnUnit& unit : units) {
    weight += unit.total;
    for (const int32_t h : unit.households) {
      if (WeightOf(problem, h) <= bounds.max) continue;
      faults.push_back({PartitionFaultKind::kNodeTooHeavy, unit.unit, {h}, WeightOf(problem, h), 0, 0});
    }
    unit.least_parts = CeilDiv(unit.total, bounds.max);
    unit.most_parts = std::min<int64_t>(bounds.min > 0 ? unit.total / bounds.min : std::numeric_limits<int64_t>::max(),
                                        static_cast<int64_t>(unit.households.size()));
    unit.fits = unit.least_parts <= unit.most_parts;
    if (unit.fits) {
      Allot(unit, unit.least_parts, bounds);
      least += unit.least_parts;
      most += unit.most_parts;
      continue;
    }
    const bool small = unit.total < bounds.min;
    const bool heavy = bounds.min == 0 || unit.total / bounds.min > static_cast<int64_t>(unit.households.size());
    if (!heavy) {
      faults.push_back({small ? PartitionFaultKind::kTooSmall : PartitionFaultKind::kNoCount, unit.unit,
                        unit.households, unit.total, unit.most_parts, unit.least_parts});
    }
    Allot(unit, NearestCount(unit, bounds), bounds);
  }
  if (problem.count == 0) return faults;

  // Jurisdictions that do not fit come on top of the count, which is for those that do.
  const bool any = std::any_of(units.begin(), units.end(), [](const DrawnUnit& unit) { return unit.fits; });
  if (any && (problem.count < least || problem.count > most)) {
    faults.push_back({PartitionFaultKind::kCount, -1, {}, weight, least, most});
  }
  // One part at a time to the jurisdiction whose parts are heaviest.
  using Mean = std::pair<double, int32_t>;
  std::priority_queue<Mean> heaviest;
  const auto offer = [&](int32_t u) {
    if (!units[u].fits || units[u].parts >= units[u].most_parts) return;
    heaviest.push({static_cast<double>(units[u].total) / units[u].parts, -u});
  };
  for (int32_t u = 0; u < static_cast<int32_t>(units.size()); ++u) offer(u);
  for (int64_t parts = least; parts < problem.count && !heaviest.empty(); ++parts) {
    const int32_t u = -heaviest.top().second;
    heaviest.pop();
    Allot(units[u], units[u].parts + 1, bounds);
    offer(u);
  }
  return faults;
}

PartTask TaskOf(const MicroGridProblem& problem, const DrawnUnit& unit) {
  return {.at = unit.at,
          .weight = unit.weight,
          .current = unit.current,
          .parts = unit.parts,
          .bounds = unit.bounds,
          .medians = problem.objective == MicroGridObjective::kMedians,
          .move_price = problem.move_price};
}

}  // namespace lianhu::districting::internal
