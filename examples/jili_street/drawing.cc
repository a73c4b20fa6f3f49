#include "drawing.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "lianhu/districting/drawn_hierarchy.h"
#include "lianhu/io/micro_grid_files.h"
#include "lianhu/io/units.h"
#include "lianhu/report/parts_map.h"
#include "street.h"

namespace jili {
namespace {

using lianhu::districting::DrawnHierarchy;
using lianhu::districting::MicroGrid;
using lianhu::districting::MicroGridPlan;
using lianhu::districting::PartitionOutcome;

// Work that is done on any machine, so that the demo writes the same bytes everywhere; the time is there for the slow.
constexpr int64_t kWork = 20'000'000;
constexpr double kSeconds = 600;

std::pair<int64_t, int64_t> Sizes(const MicroGridPlan& plan) {
  const auto [least, most] = std::minmax_element(plan.parts.begin(), plan.parts.end(),
                                                 [](const auto& a, const auto& b) { return a.weight < b.weight; });
  return {least->weight, most->weight};
}

DrawnStreet FiguresOf(const DrawnHierarchy& drawn) {
  DrawnStreet figures;
  const MicroGridPlan& micro = drawn.micro_grids;
  figures.micro_grids = static_cast<int64_t>(micro.parts.size());
  std::tie(figures.micro_grid_least, figures.micro_grid_most) = Sizes(micro);
  figures.grids = static_cast<int64_t>(drawn.grids.parts.size());
  std::tie(figures.grid_least, figures.grid_most) = Sizes(drawn.grids);
  int64_t shaped = 0;
  for (const MicroGrid& part : micro.parts) {
    figures.mean_radius_m += part.radius / static_cast<double>(micro.parts.size());
    if (part.compactness < 0) continue;
    figures.mean_compactness += part.compactness;
    ++shaped;
  }
  if (shaped > 0) figures.mean_compactness /= static_cast<double>(shaped);
  figures.mean_distance_m = micro.objective / 100 / static_cast<double>(micro.part_of.size());
  return figures;
}

absl::StatusOr<std::string> Map(const lianhu::io::Drawing& drawing) {
  const lianhu::io::ContiguousStreet& street = *drawing.street;
  std::vector<int32_t> medoids;
  std::vector<double> compactness;
  std::vector<int32_t> units;
  for (size_t p = 0; p < drawing.plan->parts.size(); ++p) {
    medoids.push_back(drawing.plan->parts[p].medoid);
    compactness.push_back(drawing.plan->parts[p].compactness);
    units.push_back(drawing.UnitOf(p));
  }
  return lianhu::report::RenderPartsMap({.household_ids = street.street.households.ids,
                                         .households = street.street.households.positions,
                                         .part_of = drawing.plan->part_of,
                                         .part_names = drawing.names,
                                         .medoids = medoids,
                                         .compactness = compactness,
                                         .min = drawing.problem->bounds.min,
                                         .max = drawing.problem->bounds.max,
                                         .grid_of = drawing.hierarchy->grids.part_of,
                                         .grid_names = drawing.grids,
                                         .unit_of = units,
                                         .unit_names = street.street.unit_names},
                                        {.title = "集里街道 · 网格与微网格", .language = lianhu::Language::kChinese});
}

}  // namespace

absl::StatusOr<DrawnStreet> DrawStreet(const Folder& out, lianhu::RunContext& context) {
  const auto street =
      lianhu::io::ReadContiguousStreet({.households = out.File("households.csv"), .within = "community"});
  if (!street.ok()) return street.status();
  const auto units = lianhu::io::ReadUnits({.units = out.File("units.csv")});
  if (!units.ok()) return units.status();
  const auto codes = lianhu::io::CommunityCodes(*street, "community", &*units);
  if (!codes.ok()) return codes.status();
  auto problem = lianhu::io::MicroGridView(*street);
  if (!problem.ok()) return problem.status();
  std::vector<int64_t> communities;
  for (const int32_t unit : street->units) communities.push_back((*codes)[unit]);
  const lianhu::districting::HierarchyProblem levels{.households = problem->households,
                                                     .communities = communities,
                                                     .micro_grid_bounds = problem->bounds,
                                                     .micro_grid_count = kMicroGrids,
                                                     .grid_bounds = {320, 410},  // about 357
                                                     .grid_count = kGrids};
  const absl::StatusOr<DrawnHierarchy> drawn =
      lianhu::districting::DrawHierarchy(levels, {.seconds = kSeconds, .work = kWork, .bound = false}, context);
  if (!drawn.ok()) return drawn.status();
  if (drawn->micro_grids.outcome != PartitionOutcome::kFeasible ||
      drawn->grids.outcome != PartitionOutcome::kFeasible) {
    return absl::InternalError("the street should have its grids");
  }
  lianhu::io::Drawing drawing{.street = &*street,
                              .problem = &*problem,
                              .plan = &drawn->micro_grids,
                              .hierarchy = &*drawn,
                              .grid_problem = &levels};
  NameParts(drawing);
  const absl::StatusOr<std::string> map = Map(drawing);
  if (!map.ok()) return map.status();
  for (const auto& [name, content] :
       std::vector<std::pair<const char*, std::string>>{{"drawn.csv", FormatMicroCsv(drawing)},
                                                        {"drawn_parts.csv", FormatPartsCsv(drawing)},
                                                        {"drawn_units.csv", FormatDrawnUnitsCsv(drawing, &*units)},
                                                        {"drawn.json", FormatDrawingJson(drawing)},
                                                        {"drawn.html", *map}}) {
    if (auto status = out.Write(name, content); !status.ok()) return status;
  }
  const DrawnStreet figures = FiguresOf(*drawn);
  absl::PrintF(
      "\nDrawn from the households alone: %d grids of %d to %d households, %d micro-grids of %d to %d, each within its "
      "community\n",
      figures.grids, figures.grid_least, figures.grid_most, figures.micro_grids, figures.micro_grid_least,
      figures.micro_grid_most);
  absl::PrintF("  mean radius %.1f m, mean distance to the middle household %.1f m, compactness %.2f\n",
               figures.mean_radius_m, figures.mean_distance_m, figures.mean_compactness);
  return figures;
}

}  // namespace jili
