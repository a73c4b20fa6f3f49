#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "districting/micro_grid_check.h"
#include "districting/micro_grid_numbering.h"
#include "districting/micro_grid_units.h"
#include "lianhu/base/parallel.h"
#include "lianhu/base/status.h"
#include "lianhu/base/stopwatch.h"
#include "lianhu/districting/micro_grids.h"

namespace lianhu::districting {
namespace {

using internal::DrawnUnit;
using internal::PartRepair;

struct UnitRepair {
  std::vector<int32_t> part_of;  // of the unit's atoms
  int32_t parts = 1;
};

// Today's parts as they are where nobody is new and all are within bounds; else the best number of parts near today's.
UnitRepair RepairUnit(const MicroGridProblem& problem, DrawnUnit& unit) {
  std::map<int32_t, int64_t> today;
  bool touched = false;
  for (size_t a = 0; a < unit.at.size(); ++a) {
    touched = touched || unit.current[a] < 0;
    if (unit.current[a] >= 0) today[unit.current[a]] += unit.weight[a];
  }
  for (const auto& [part, weight] : today) {
    touched = touched || weight < problem.bounds.min || weight > problem.bounds.max;
  }
  if (!touched) {
    UnitRepair same{.part_of = {}, .parts = static_cast<int32_t>(today.size())};
    for (const int32_t part : unit.current) {
      same.part_of.push_back(static_cast<int32_t>(std::distance(today.begin(), today.find(part))));
    }
    return same;
  }
  const auto count = static_cast<int64_t>(today.size());
  UnitRepair best;
  std::tuple<int64_t, double, double> best_score;
  std::set<int64_t> tried;
  for (const int64_t wanted : {count, count + 1, count - 1}) {
    const int64_t parts = unit.fits ? std::clamp(wanted, unit.least_parts, unit.most_parts) : unit.parts;
    if (!tried.insert(parts).second) continue;
    internal::Allot(unit, parts, problem.bounds);
    PartRepair repair = internal::RepairParts(internal::TaskOf(problem, unit), 0);
    const std::tuple score{repair.excess, repair.moved, repair.cost};
    if (!best.part_of.empty() && score >= best_score) continue;
    best_score = score;
    best = {std::move(repair.part_of), unit.parts};
  }
  return best;
}

void ListChanges(const MicroGridProblem& problem, MicroGridRepair& repair) {
  const MicroGridPlan& plan = repair.plan;
  std::vector<uint8_t> changed(plan.parts.size(), 0);
  std::set<int32_t> today;
  std::map<int32_t, int32_t> goes_on;
  for (size_t p = 0; p < plan.parts.size(); ++p) {
    if (plan.parts[p].continues < 0) repair.created.push_back(static_cast<int32_t>(p));
    if (plan.parts[p].continues >= 0) goes_on[plan.parts[p].continues] = static_cast<int32_t>(p);
  }
  for (size_t h = 0; h < plan.part_of.size(); ++h) {
    const int32_t p = plan.part_of[h];
    const int32_t from = problem.current[h];
    if (from >= 0) today.insert(from);
    if (from == plan.parts[p].continues && from >= 0) continue;
    changed[p] = 1;
    if (from < 0) continue;
    repair.moved.push_back(static_cast<int32_t>(h));
    if (const auto left = goes_on.find(from); left != goes_on.end()) changed[left->second] = 1;
  }
  for (const int32_t part : today) {
    if (!goes_on.contains(part)) repair.dissolved.push_back(part);
  }
  for (size_t p = 0; p < changed.size(); ++p) {
    if (changed[p] != 0 && plan.parts[p].continues >= 0) repair.changed.push_back(static_cast<int32_t>(p));
  }
}

}  // namespace

absl::StatusOr<MicroGridRepair> RepairMicroGrids(const MicroGridProblem& problem, RunContext& context) {
  const Stopwatch stopwatch;
  if (auto status = internal::CheckMicroGridProblem(problem); !status.ok()) return status;
  if (problem.current.empty()) return InvalidField("current", -1, "is missing");
  if (problem.count != 0) return InvalidField("count", -1, "cannot be given for a repair");
  std::vector<Point> places(problem.households.begin(), problem.households.end());
  if (problem.datum == Datum::kWgs84Degrees) places = ProjectWgs84(places, Middle(places));
  MicroGridRepair repair;
  std::vector<DrawnUnit> units = internal::SplitIntoUnits(problem, places);
  std::vector<PartitionFault> faults = internal::AllotMicroGrids(problem, units);
  std::vector<UnitRepair> repaired(units.size());
  const auto count = static_cast<int64_t>(units.size());
  ParallelFor(context.ThreadsFor(count), count, [&](int64_t u) {
    if (!context.cancelled()) repaired[u] = RepairUnit(problem, units[u]);
  });
  if (context.cancelled()) {
    repair.plan.outcome = PartitionOutcome::kCancelled;
    repair.plan.cancelled = true;
    return repair;
  }
  std::vector<int32_t> part_of(places.size(), 0);
  int32_t first = 0;
  for (size_t u = 0; u < units.size(); ++u) {
    for (size_t a = 0; a < repaired[u].part_of.size(); ++a) {
      for (int32_t i = units[u].begin[a]; i < units[u].begin[a + 1]; ++i) {
        part_of[units[u].members[i]] = first + repaired[u].part_of[a];
      }
    }
    first += repaired[u].parts;
  }
  internal::NumberParts(problem, places, part_of);
  absl::StatusOr<MicroGridPlan> plan = FiguresOf(problem, part_of);
  if (!plan.ok()) return plan.status();
  repair.plan = *std::move(plan);
  repair.plan.faults = std::move(faults);
  if (!repair.plan.faults.empty()) repair.plan.outcome = PartitionOutcome::kInfeasible;
  ListChanges(problem, repair);
  repair.plan.seconds = stopwatch.Seconds();
  context.Report(1);
  return repair;
}

}  // namespace lianhu::districting
