// A whole hierarchy from a list of households: micro-grids drawn within communities, grids drawn over micro-grids, and
// the codes of all five levels.
//
//   digits   9        12          15     18
//   unit     street   community   grid   micro-grid
//
// Grids are numbered 001.. within their community and micro-grids 001.. within their grid, along a space-filling curve,
// so that neighbours by number are near each other. Codes and levels: hierarchy/unit_code.h.
#ifndef LIANHU_DISTRICTING_DRAWN_HIERARCHY_H_
#define LIANHU_DISTRICTING_DRAWN_HIERARCHY_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/base/point.h"
#include "lianhu/base/run_context.h"
#include "lianhu/districting/micro_grids.h"

namespace lianhu::districting {

// Views of the caller's arrays. n households; weight counts households, so that a grid's weight is that of its people.
struct HierarchyProblem {
  absl::Span<const Point> households = {};
  Datum datum = Datum::kPlanarMetres;
  absl::Span<const int64_t> communities = {};  // n codes of 12 digits
  absl::Span<const int32_t> buildings = {};    // as in MicroGridProblem
  absl::Span<const int32_t> weight = {};
  bool keep_buildings = false;
  MicroGridObjective objective = MicroGridObjective::kMedians;
  const Contiguity* graph = nullptr;  // of households: micro-grids and grids are then connected

  WeightBounds micro_grid_bounds = {10, 20};
  int64_t micro_grid_count = 0;  // 0: as few as will do
  WeightBounds grid_bounds = {250, 450};
  int64_t grid_count = 0;
};

struct DrawnHierarchy {
  MicroGridPlan micro_grids;             // part_of by household; `unit` is an index of `communities`
  MicroGridPlan grids;                   // part_of by micro-grid: households of that problem are micro-grids
  std::vector<int64_t> communities;      // codes, ascending
  std::vector<int64_t> grid_code;        // of each grid, 15 digits
  std::vector<int64_t> micro_grid_code;  // of each micro-grid, 18 digits
  std::vector<int64_t> codes;            // of all units from street to micro-grid, ascending within each level
};

// Draws both levels; a community of less than a grid's minimum is one grid, and named in grids.faults. The time is
// shared between the levels. Errors: as DrawMicroGrids, a code without 12 digits; a community that needs more than 999
// grids or a grid with more than 999 micro-grids. Empty parts: cancelled before there was a plan.
absl::StatusOr<DrawnHierarchy> DrawHierarchy(const HierarchyProblem& problem, const MicroGridOptions& options,
                                             RunContext& context);

}  // namespace lianhu::districting

#endif  // LIANHU_DISTRICTING_DRAWN_HIERARCHY_H_
