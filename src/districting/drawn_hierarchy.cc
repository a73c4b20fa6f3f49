#include "lianhu/districting/drawn_hierarchy.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/unit_code.h"

namespace lianhu::districting {
namespace {

constexpr int32_t kCommunityLevel = AdministrativeLevel::kCommunity;
constexpr int64_t kMostNumbered = 999;  // grids of a community, micro-grids of a grid: three digits
// Of the time; grids are few.
constexpr double kMicroGridShare = 0.8;

absl::Status CheckCommunities(const HierarchyProblem& problem) {
  if (problem.communities.size() != problem.households.size()) {
    return InvalidField(
        "communities", -1,
        absl::StrCat("has ", problem.communities.size(), " entries, expected ", problem.households.size()));
  }
  for (size_t h = 0; h < problem.communities.size(); ++h) {
    if (problem.communities[h] > 0 && LevelOfCode(problem.communities[h]) == kCommunityLevel) continue;
    return InvalidField("communities", static_cast<int64_t>(h),
                        absl::StrCat("is ", problem.communities[h], ": need a code of 12 digits"));
  }
  return absl::OkStatus();
}

// Micro-grids that border each other.
absl::StatusOr<Contiguity> Contract(const Contiguity& graph, const MicroGridPlan& plan) {
  std::vector<Border> borders;
  for (int32_t b = 0; b < graph.border_count(); ++b) {
    const Border border{plan.part_of[graph.border(b).a], plan.part_of[graph.border(b).b]};
    if (border.a != border.b) borders.push_back(border);
  }
  return Contiguity::FromBorders(static_cast<int32_t>(plan.parts.size()), borders);
}

// Numbers `part_of` within `above` from 1, and makes codes of them.
absl::Status Number(absl::Span<const int32_t> above, absl::Span<const int64_t> above_code, const char* field,
                    std::vector<int64_t>& codes) {
  std::vector<int64_t> used(above_code.size(), 0);
  codes.clear();
  for (const int32_t a : above) {
    if (++used[a] > kMostNumbered) {
      return InvalidField(field, -1, absl::StrCat("make more than ", kMostNumbered, " units below ", above_code[a]));
    }
    codes.push_back(above_code[a] * 1000 + used[a]);
  }
  return absl::OkStatus();
}

void ListCodes(DrawnHierarchy& drawn) {
  std::vector<int64_t> streets;
  streets.reserve(drawn.communities.size());
  for (const int64_t community : drawn.communities) streets.push_back(ParentCode(community));
  streets.erase(std::unique(streets.begin(), streets.end()), streets.end());
  for (const std::vector<int64_t>* level : {&streets, &drawn.communities, &drawn.grid_code, &drawn.micro_grid_code}) {
    const auto from = static_cast<int64_t>(drawn.codes.size());
    drawn.codes.insert(drawn.codes.end(), level->begin(), level->end());
    std::sort(drawn.codes.begin() + from, drawn.codes.end());
  }
}

// Grids of the medoids of micro-grids; errors name the fields of HierarchyProblem.
absl::StatusOr<MicroGridPlan> DrawGrids(const HierarchyProblem& problem, const MicroGridPlan& micro_grids,
                                        const MicroGridOptions& options, RunContext& context) {
  std::vector<Point> places;
  std::vector<int32_t> grid_units;
  std::vector<int32_t> weight;
  for (const MicroGrid& part : micro_grids.parts) {
    places.push_back(problem.households[part.medoid]);
    grid_units.push_back(part.unit);
    weight.push_back(static_cast<int32_t>(part.weight));
  }
  std::unique_ptr<const Contiguity> graph;
  if (problem.graph != nullptr) {
    absl::StatusOr<Contiguity> contracted = Contract(*problem.graph, micro_grids);
    if (!contracted.ok()) return contracted.status();
    graph = std::make_unique<const Contiguity>(*std::move(contracted));
  }
  absl::StatusOr<MicroGridPlan> grids = DrawMicroGrids({.households = places,
                                                        .datum = problem.datum,
                                                        .units = grid_units,
                                                        .weight = weight,
                                                        .bounds = problem.grid_bounds,
                                                        .count = problem.grid_count,
                                                        .objective = problem.objective,
                                                        .graph = graph.get()},
                                                       options, context);
  if (!grids.ok()) {
    const ErrorDetail detail = GetErrorDetail(grids.status());
    if (detail.field != "bounds" && detail.field != "count") return grids.status();
    return InvalidField(absl::StrCat("grid_", detail.field), detail.row,
                        grids.status().message().substr(detail.field.size() + 2));
  }
  return grids;
}

}  // namespace

absl::StatusOr<DrawnHierarchy> DrawHierarchy(const HierarchyProblem& problem, const MicroGridOptions& options,
                                             RunContext& context) {
  if (auto status = CheckCommunities(problem); !status.ok()) return status;
  DrawnHierarchy drawn;
  drawn.communities.assign(problem.communities.begin(), problem.communities.end());
  std::sort(drawn.communities.begin(), drawn.communities.end());
  drawn.communities.erase(std::unique(drawn.communities.begin(), drawn.communities.end()), drawn.communities.end());
  std::vector<int32_t> units;
  for (const int64_t code : problem.communities) {
    units.push_back(static_cast<int32_t>(std::lower_bound(drawn.communities.begin(), drawn.communities.end(), code) -
                                         drawn.communities.begin()));
  }
  MicroGridOptions share = options;
  share.seconds = kMicroGridShare * options.seconds;
  share.work = static_cast<int64_t>(kMicroGridShare * static_cast<double>(options.work));
  absl::StatusOr<MicroGridPlan> micro = DrawMicroGrids({.households = problem.households,
                                                        .datum = problem.datum,
                                                        .units = units,
                                                        .buildings = problem.buildings,
                                                        .weight = problem.weight,
                                                        .bounds = problem.micro_grid_bounds,
                                                        .count = problem.micro_grid_count,
                                                        .objective = problem.objective,
                                                        .keep_buildings = problem.keep_buildings,
                                                        .graph = problem.graph},
                                                       share, context);
  if (!micro.ok()) return micro.status();
  drawn.micro_grids = *std::move(micro);
  if (drawn.micro_grids.part_of.empty()) return drawn;

  share.seconds = options.seconds - share.seconds;
  share.work = options.work - share.work;
  absl::StatusOr<MicroGridPlan> grids = DrawGrids(problem, drawn.micro_grids, share, context);
  if (!grids.ok()) return grids.status();
  drawn.grids = *std::move(grids);
  if (drawn.grids.part_of.empty()) return drawn;

  std::vector<int32_t> community_of;
  community_of.reserve(drawn.grids.parts.size());
  for (const MicroGrid& grid : drawn.grids.parts) community_of.push_back(grid.unit);
  if (auto s = Number(community_of, drawn.communities, "grid_bounds", drawn.grid_code); !s.ok()) return s;
  if (auto s = Number(drawn.grids.part_of, drawn.grid_code, "micro_grid_bounds", drawn.micro_grid_code); !s.ok()) {
    return s;
  }
  ListCodes(drawn);
  return drawn;
}

}  // namespace lianhu::districting
