#include "lianhu/districting/drawn_hierarchy.h"

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "capi/columns.h"
#include "capi/context.h"
#include "capi/guard.h"
#include "capi/micro_grids.h"
#include "capi/structs.h"

namespace districting = lianhu::districting;

struct lianhu_drawn_hierarchy {
  districting::DrawnHierarchy drawn;  // less the plans of the two levels
  lianhu_micro_grids micro_grids;
  lianhu_micro_grids grids;
};

namespace {

using lianhu::InvalidField;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::FillMicroGrids;
using lianhu::capi::Guard;
using lianhu::capi::ReadStruct;

lianhu_grid_level DefaultLevel() {
  const districting::HierarchyProblem problem;
  return {.min_weight = problem.grid_bounds.min, .max_weight = problem.grid_bounds.max, .count = problem.grid_count};
}

absl::StatusOr<lianhu_grid_level> ReadLevel(const lianhu_grid_level* given) {
  if (given == nullptr) return DefaultLevel();
  if (auto status = CheckStruct(given, "level"); !status.ok()) return status;
  return ReadStruct(given, DefaultLevel());
}

// What communities take the place of, and what a first drawing has no use for.
absl::Status CheckNotGiven(const districting::MicroGridProblem& problem) {
  if (!problem.units.empty()) return InvalidField("units", -1, "must not be given: communities take its place");
  if (!problem.current.empty()) return InvalidField("current", -1, "must not be given");
  if (problem.move_price != 0) return InvalidField("move_price", -1, "must be 0");
  return absl::OkStatus();
}

}  // namespace

int32_t lianhu_grid_level_init(lianhu_grid_level* level, uint32_t struct_size) {
  return lianhu::capi::InitStruct(level, struct_size, DefaultLevel());
}

int32_t lianhu_drawn_hierarchy_view_init(lianhu_drawn_hierarchy_view* view, uint32_t struct_size) {
  return lianhu::capi::InitStruct(view, struct_size, {});
}

int32_t lianhu_drawn_hierarchy_draw(const lianhu_micro_grid_problem* problem, const int64_t* communities,
                                    int64_t household_count, const lianhu_grid_level* level,
                                    const lianhu_micro_grid_options* options, lianhu_context* context,
                                    lianhu_drawn_hierarchy** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    if (auto status = CheckArray(communities, household_count, "communities"); !status.ok()) return status;
    const absl::StatusOr<lianhu_grid_level> grids = ReadLevel(level);
    if (!grids.ok()) return grids.status();
    const absl::StatusOr<districting::MicroGridOptions> read = lianhu::capi::ReadMicroGridOptions(options);
    if (!read.ok()) return read.status();
    lianhu::capi::MicroGridProblemView view;
    const absl::StatusOr<districting::MicroGridProblem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    if (auto status = CheckNotGiven(*viewed); !status.ok()) return status;
    const districting::HierarchyProblem hierarchy{.households = viewed->households,
                                                  .datum = viewed->datum,
                                                  .communities = lianhu::capi::View(communities, household_count),
                                                  .buildings = viewed->buildings,
                                                  .weight = viewed->weight,
                                                  .keep_buildings = viewed->keep_buildings,
                                                  .objective = viewed->objective,
                                                  .graph = viewed->graph,
                                                  .micro_grid_bounds = viewed->bounds,
                                                  .micro_grid_count = viewed->count,
                                                  .grid_bounds = {grids->min_weight, grids->max_weight},
                                                  .grid_count = grids->count};
    lianhu::RunContext own;
    absl::StatusOr<districting::DrawnHierarchy> drawn =
        districting::DrawHierarchy(hierarchy, *read, context == nullptr ? own : context->run);
    if (!drawn.ok()) return drawn.status();
    auto made = std::make_unique<lianhu_drawn_hierarchy>();
    FillMicroGrids(*viewed, {.plan = std::move(drawn->micro_grids)}, made->micro_grids);
    FillMicroGrids({.bounds = hierarchy.grid_bounds, .count = hierarchy.grid_count}, {.plan = std::move(drawn->grids)},
                   made->grids);
    made->drawn = *std::move(drawn);
    *out = made.release();
    return absl::OkStatus();
  });
}

int32_t lianhu_drawn_hierarchy_get(const lianhu_drawn_hierarchy* drawn, lianhu_drawn_hierarchy_view* out,
                                   lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(drawn, "drawn"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    const districting::DrawnHierarchy& made = drawn->drawn;
    lianhu::capi::WriteStruct({.micro_grids = &drawn->micro_grids,
                               .grids = &drawn->grids,
                               .community_count = static_cast<int64_t>(made.communities.size()),
                               .communities = made.communities.data(),
                               .grid_count = static_cast<int64_t>(made.grid_code.size()),
                               .grid_code = made.grid_code.data(),
                               .micro_grid_count = static_cast<int64_t>(made.micro_grid_code.size()),
                               .micro_grid_code = made.micro_grid_code.data(),
                               .code_count = static_cast<int64_t>(made.codes.size()),
                               .codes = made.codes.data()},
                              out);
    return absl::OkStatus();
  });
}

void lianhu_drawn_hierarchy_free(lianhu_drawn_hierarchy* drawn) {
  delete drawn;
}
