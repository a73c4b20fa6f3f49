#include "lianhu/districting/micro_grids.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

#include "districting/micro_grid_check.h"
#include "districting/micro_grid_units.h"
#include "districting/part_shape.h"

namespace lianhu::districting {
namespace {

using internal::DrawnUnit;

// Numbers the parts by unit, then along a curve through all households.
void Renumber(const MicroGridProblem& problem, absl::Span<const Point> places, std::vector<int32_t>& part_of) {
  Point low = places[0];
  Point high = places[0];
  for (const Point p : places) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  const double side = std::max({high.x - low.x, high.y - low.y, 1e-9});
  const size_t count = *std::max_element(part_of.begin(), part_of.end()) + 1;
  struct Part {
    int32_t unit = -1;
    uint64_t key = 0;
    int32_t first = -1;
    double x = 0;
    double y = 0;
    double weight = 0;
  };
  std::vector<Part> parts(count);
  for (int32_t h = 0; h < static_cast<int32_t>(part_of.size()); ++h) {
    Part& part = parts[part_of[h]];
    if (part.first < 0) part = {.unit = problem.units.empty() ? -1 : problem.units[h], .first = h};
    const double w = problem.weight.empty() ? 1 : problem.weight[h];
    part.x += w * places[h].x;
    part.y += w * places[h].y;
    part.weight += w;
  }
  std::vector<int32_t> order;
  for (size_t p = 0; p < count; ++p) {
    Part& part = parts[p];
    part.key = internal::HilbertKey({part.x / part.weight, part.y / part.weight}, low, side);
    order.push_back(static_cast<int32_t>(p));
  }
  std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return std::tuple(parts[a].unit, parts[a].key, parts[a].first) <
           std::tuple(parts[b].unit, parts[b].key, parts[b].first);
  });
  std::vector<int32_t> number(count);
  for (size_t i = 0; i < count; ++i) number[order[i]] = static_cast<int32_t>(i);
  for (int32_t& part : part_of) part = number[part];
}

}  // namespace

absl::StatusOr<MicroGridPlan> DrawMicroGrids(const MicroGridProblem& problem, const MicroGridOptions& options,
                                             RunContext& context) {
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  if (auto status = internal::CheckMicroGridProblem(problem); !status.ok()) return status;
  if (auto status = internal::CheckMicroGridOptions(options); !status.ok()) return status;
  std::vector<Point> places(problem.households.begin(), problem.households.end());
  if (problem.datum == Datum::kWgs84Degrees) places = ProjectWgs84(places, Middle(places));

  std::vector<DrawnUnit> units = internal::SplitIntoUnits(problem, places);
  std::vector<PartitionFault> faults = internal::AllotMicroGrids(problem, units);
  std::vector<int32_t> part_of(places.size(), 0);
  int32_t first = 0;
  for (DrawnUnit& unit : units) {
    const std::vector<int32_t> parts = internal::HalveIntoParts(internal::TaskOf(problem, unit));
    for (size_t a = 0; a < parts.size(); ++a) {
      for (int32_t i = unit.begin[a]; i < unit.begin[a + 1]; ++i) part_of[unit.members[i]] = first + parts[a];
    }
    first += unit.parts;
  }
  Renumber(problem, places, part_of);
  absl::StatusOr<MicroGridPlan> plan = FiguresOf(problem, part_of);
  if (!plan.ok()) return plan.status();
  plan->faults = std::move(faults);
  plan->cancelled = context.cancelled();
  if (!plan->faults.empty()) plan->outcome = PartitionOutcome::kInfeasible;
  plan->seconds = elapsed();
  context.Report(1);
  return plan;
}

}  // namespace lianhu::districting
