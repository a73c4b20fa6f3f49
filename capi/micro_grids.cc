#include "capi/micro_grids.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "capi/columns.h"
#include "capi/context.h"
#include "capi/guard.h"
#include "capi/structs.h"
#include "capi/text.h"

namespace districting = lianhu::districting;

namespace {

using lianhu::InvalidField;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::MicroGridProblemView;
using lianhu::capi::ReadMicroGridOptions;

lianhu_micro_grid_problem DefaultProblem() {
  const districting::MicroGridProblem problem;
  return {.datum = LIANHU_PLANAR_METRES, .min_weight = problem.bounds.min, .max_weight = problem.bounds.max};
}

lianhu_micro_grid_options DefaultOptions() {
  const districting::MicroGridOptions options;
  return {.bound = options.bound ? 1 : 0, .seconds = options.seconds, .work = options.work};
}

}  // namespace

namespace lianhu::capi {

absl::StatusOr<districting::MicroGridProblem> MicroGridProblemView::View(const lianhu_micro_grid_problem* given) {
  if (auto status = CheckStruct(given, "problem"); !status.ok()) return status;
  const lianhu_micro_grid_problem problem = ReadStruct(given, DefaultProblem());
  const absl::StatusOr<Datum> datum = ReadDatum(problem.datum);
  if (!datum.ok()) return datum.status();
  const absl::StatusOr<bool> keep_buildings = ReadFlag(problem.keep_buildings, "keep_buildings");
  if (!keep_buildings.ok()) return keep_buildings.status();
  const auto households = ViewPoints(problem.households, "households", households_);
  if (!households.ok()) return households.status();
  districting::MicroGridProblem view{.households = *households,
                                     .datum = *datum,
                                     .bounds = {problem.min_weight, problem.max_weight},
                                     .count = problem.count,
                                     .objective = static_cast<districting::MicroGridObjective>(problem.objective),
                                     .keep_buildings = *keep_buildings,
                                     .move_price = problem.move_price};
  absl::Span<const int32_t> border_a;
  absl::Span<const int32_t> border_b;
  const struct {
    const lianhu_int32_column& given;
    const char* field;
    std::vector<int32_t>& copy;
    absl::Span<const int32_t>& view;
  } columns[] = {
      {problem.units, "units", units_, view.units},        {problem.buildings, "buildings", buildings_, view.buildings},
      {problem.weight, "weight", weight_, view.weight},    {problem.current, "current", current_, view.current},
      {problem.border_a, "border_a", border_a_, border_a}, {problem.border_b, "border_b", border_b_, border_b},
  };
  for (const auto& column : columns) {
    const auto viewed = ViewColumn(column.given, column.field, column.copy);
    if (!viewed.ok()) return viewed.status();
    column.view = *viewed;
  }
  if (border_a.size() != border_b.size()) {
    return InvalidField("border_b", -1, absl::StrCat("has ", border_b.size(), " entries, expected ", border_a.size()));
  }
  if (border_a.empty()) return view;
  std::vector<Border> borders;
  borders.reserve(border_a.size());
  for (size_t i = 0; i < border_a.size(); ++i) borders.push_back({border_a[i], border_b[i]});
  absl::StatusOr<Contiguity> graph = Contiguity::FromBorders(static_cast<int32_t>(households->size()), borders);
  if (!graph.ok()) return graph.status();
  graph_ = *std::move(graph);
  view.graph = &*graph_;
  return view;
}

absl::StatusOr<districting::MicroGridOptions> ReadMicroGridOptions(const lianhu_micro_grid_options* given) {
  lianhu_micro_grid_options read = DefaultOptions();
  if (given != nullptr) {
    if (auto status = CheckStruct(given, "options"); !status.ok()) return status;
    read = ReadStruct(given, read);
  }
  const absl::StatusOr<bool> bound = ReadFlag(read.bound, "options.bound");
  if (!bound.ok()) return bound.status();
  return districting::MicroGridOptions{.seconds = read.seconds, .work = read.work, .bound = *bound};
}

void FillMicroGrids(const districting::MicroGridProblem& problem, districting::MicroGridRepair repair,
                    lianhu_micro_grids& made) {
  made.repair = std::move(repair);
  made.bounds = problem.bounds;
  made.count = problem.count;
  const districting::MicroGridPlan& plan = made.repair.plan;
  for (const districting::MicroGrid& part : plan.parts) {
    made.parts.push_back({.unit = part.unit,
                          .households = part.households,
                          .weight = part.weight,
                          .medoid = part.medoid,
                          .continues = part.continues,
                          .centre_x = part.centre.x,
                          .centre_y = part.centre.y,
                          .radius = part.radius,
                          .area = part.area,
                          .perimeter = part.perimeter,
                          .compactness = part.compactness,
                          .objective = part.objective,
                          .moved = part.moved,
                          .hull_begin = static_cast<int64_t>(made.hull.size()),
                          .hull_count = static_cast<int32_t>(part.hull.size()),
                          .within_bounds = part.within_bounds ? 1 : 0});
    made.hull.insert(made.hull.end(), part.hull.begin(), part.hull.end());
  }
  for (const districting::PartitionFault& fault : plan.faults) {
    made.faults.push_back({.kind = static_cast<int32_t>(fault.kind),
                           .unit = fault.unit,
                           .weight = fault.weight,
                           .fewer = fault.fewer,
                           .more = fault.more,
                           .household_count = static_cast<int64_t>(fault.nodes.size()),
                           .households = fault.nodes.data()});
  }
  for (const districting::SplitBuilding& split : plan.split_buildings) {
    made.splits.push_back({.building = split.building,
                           .unit = split.unit,
                           .households = split.households,
                           .parts = split.parts,
                           .weight = split.weight,
                           .too_large = split.too_large ? 1 : 0});
  }
}

}  // namespace lianhu::capi

namespace {

std::unique_ptr<lianhu_micro_grids> Own(const districting::MicroGridProblem& problem,
                                        districting::MicroGridRepair repair) {
  auto made = std::make_unique<lianhu_micro_grids>();
  lianhu::capi::FillMicroGrids(problem, std::move(repair), *made);
  return made;
}

}  // namespace

int32_t lianhu_micro_grid_problem_init(lianhu_micro_grid_problem* problem, uint32_t struct_size) {
  return lianhu::capi::InitStruct(problem, struct_size, DefaultProblem());
}

int32_t lianhu_micro_grid_options_init(lianhu_micro_grid_options* options, uint32_t struct_size) {
  return lianhu::capi::InitStruct(options, struct_size, DefaultOptions());
}

int32_t lianhu_micro_grids_view_init(lianhu_micro_grids_view* view, uint32_t struct_size) {
  return lianhu::capi::InitStruct(view, struct_size, {});
}

int32_t lianhu_micro_grids_draw(const lianhu_micro_grid_problem* problem, const lianhu_micro_grid_options* options,
                                lianhu_context* context, lianhu_micro_grids** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    const absl::StatusOr<districting::MicroGridOptions> read = ReadMicroGridOptions(options);
    if (!read.ok()) return read.status();
    MicroGridProblemView view;
    const absl::StatusOr<districting::MicroGridProblem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    lianhu::RunContext own;
    absl::StatusOr<districting::MicroGridPlan> plan =
        districting::DrawMicroGrids(*viewed, *read, context == nullptr ? own : context->run);
    if (!plan.ok()) return plan.status();
    *out = Own(*viewed, {.plan = *std::move(plan)}).release();
    return absl::OkStatus();
  });
}

int32_t lianhu_micro_grids_repair(const lianhu_micro_grid_problem* problem, lianhu_context* context,
                                  lianhu_micro_grids** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    MicroGridProblemView view;
    const absl::StatusOr<districting::MicroGridProblem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    lianhu::RunContext own;
    absl::StatusOr<districting::MicroGridRepair> repair =
        districting::RepairMicroGrids(*viewed, context == nullptr ? own : context->run);
    if (!repair.ok()) return repair.status();
    *out = Own(*viewed, *std::move(repair)).release();
    return absl::OkStatus();
  });
}

int32_t lianhu_micro_grids_figures(const lianhu_micro_grid_problem* problem, const int32_t* part_of,
                                   int64_t household_count, lianhu_micro_grids** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    if (auto status = CheckArray(part_of, household_count, "part_of"); !status.ok()) return status;
    MicroGridProblemView view;
    const absl::StatusOr<districting::MicroGridProblem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    absl::StatusOr<districting::MicroGridPlan> plan =
        districting::FiguresOf(*viewed, lianhu::capi::View(part_of, household_count));
    if (!plan.ok()) return plan.status();
    *out = Own(*viewed, {.plan = *std::move(plan)}).release();
    return absl::OkStatus();
  });
}

int32_t lianhu_micro_grids_get(const lianhu_micro_grids* grids, lianhu_micro_grids_view* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(grids, "grids"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    const districting::MicroGridRepair& repair = grids->repair;
    const districting::MicroGridPlan& plan = repair.plan;
    lianhu::capi::WriteStruct({.outcome = static_cast<int32_t>(plan.outcome),
                               .by_clock = plan.by_clock ? 1 : 0,
                               .cancelled = plan.cancelled ? 1 : 0,
                               .household_count = static_cast<int64_t>(plan.part_of.size()),
                               .part_of = plan.part_of.data(),
                               .part_count = static_cast<int64_t>(grids->parts.size()),
                               .parts = grids->parts.data(),
                               .hull_count = static_cast<int64_t>(grids->hull.size()),
                               .hull = grids->hull.data(),
                               .fault_count = static_cast<int64_t>(grids->faults.size()),
                               .faults = grids->faults.data(),
                               .split_count = static_cast<int64_t>(grids->splits.size()),
                               .splits = grids->splits.data(),
                               .out_of_bounds = plan.out_of_bounds,
                               .not_connected = plan.not_connected,
                               .objective = plan.objective,
                               .bound = plan.bound,
                               .gap_percent = plan.gap_percent,
                               .moved = plan.moved,
                               .moved_count = static_cast<int64_t>(repair.moved.size()),
                               .moved_households = repair.moved.data(),
                               .changed_count = static_cast<int64_t>(repair.changed.size()),
                               .changed = repair.changed.data(),
                               .created_count = static_cast<int64_t>(repair.created.size()),
                               .created = repair.created.data(),
                               .dissolved_count = static_cast<int64_t>(repair.dissolved.size()),
                               .dissolved = repair.dissolved.data(),
                               .seconds = plan.seconds},
                              out);
    return absl::OkStatus();
  });
}

int32_t lianhu_micro_grids_describe(const lianhu_micro_grids* grids, int64_t index, const char* unit_name,
                                    int32_t language, char* out_text, int64_t capacity, int64_t* out_size,
                                    lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(grids, "grids"); !status.ok()) return status;
    const std::vector<districting::PartitionFault>& faults = grids->repair.plan.faults;
    if (index < 0 || index >= static_cast<int64_t>(faults.size())) {
      return InvalidField("index", -1, absl::StrCat("is ", index, ": there are ", faults.size(), " faults"));
    }
    lianhu::Language said = lianhu::Language::kEnglish;
    if (auto status = lianhu::capi::ReadLanguage(language, said); !status.ok()) return status;
    const districting::MicroGridProblem problem{.bounds = grids->bounds, .count = grids->count};
    return lianhu::capi::WriteText(
        districting::Describe(faults[index], problem, unit_name == nullptr ? "" : unit_name, said), out_text, capacity,
        out_size);
  });
}

void lianhu_micro_grids_free(lianhu_micro_grids* grids) {
  delete grids;
}
