#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "capi/columns.h"
#include "capi/context.h"
#include "capi/guard.h"
#include "capi/plan.h"
#include "capi/problem.h"
#include "capi/structs.h"
#include "lianhu/assignment/cohesion.h"
#include "lianhu/assignment/generalized_assignment.h"
#include "lianhu/assignment/road_network.h"
#include "lianhu/assignment/weighted.h"

namespace lianhu::capi {
namespace {

struct Heuristic {
  double seconds = 0;
  int64_t evaluations = 0;
  int64_t* multiplier_cm = nullptr;
};

// With a time limit the work is not limited, unless the caller limits it.
absl::StatusOr<Heuristic> ReadHeuristic(const lianhu_heuristic_options* options, int64_t usual) {
  lianhu_heuristic_options read{};
  if (options != nullptr) {
    if (auto status = CheckStruct(options, "options"); !status.ok()) return status;
    read = ReadStruct(options, {});
  }
  if (!(read.seconds >= 0)) return InvalidField("options.seconds", -1, absl::StrCat("is negative: ", read.seconds));
  if (read.evaluations < 0) {
    return InvalidField("options.evaluations", -1, absl::StrCat("is negative: ", read.evaluations));
  }
  if (read.evaluations == 0) read.evaluations = read.seconds > 0 ? std::numeric_limits<int64_t>::max() : usual;
  return Heuristic{.seconds = read.seconds, .evaluations = read.evaluations, .multiplier_cm = read.multiplier_cm};
}

// Outputs and inputs of one entry a household.
absl::Status CheckHouseholds(const assignment::Problem& problem, int64_t count) {
  const auto n = static_cast<int64_t>(problem.households.size());
  if (count == n) return absl::OkStatus();
  return InvalidField("household_count", -1, absl::StrCat("is ", count, ", but there are ", n, " households"));
}

void SetLoads(const std::vector<int64_t>& load, lianhu_heuristic_result& result) {
  if (load.empty()) return;
  const auto [low, high] = std::minmax_element(load.begin(), load.end());
  result.load_min = *low;
  result.load_max = *high;
}

}  // namespace
}  // namespace lianhu::capi

using lianhu::InvalidField;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::View;
namespace assignment = lianhu::assignment;

int32_t lianhu_heuristic_options_init(lianhu_heuristic_options* options, uint32_t struct_size) {
  return lianhu::capi::InitStruct(options, struct_size, {});
}

int32_t lianhu_heuristic_result_init(lianhu_heuristic_result* result, uint32_t struct_size) {
  return lianhu::capi::InitStruct(result, struct_size, {});
}

int32_t lianhu_generalized_assignment_init(lianhu_generalized_assignment* problem, uint32_t struct_size) {
  return lianhu::capi::InitStruct(problem, struct_size, {});
}

int32_t lianhu_road_network_init(lianhu_road_network* network, uint32_t struct_size) {
  lianhu_road_network defaults{};
  defaults.max_distance = assignment::kNoDistanceLimit;
  return lianhu::capi::InitStruct(network, struct_size, defaults);
}

int32_t lianhu_cohesion_result_init(lianhu_cohesion_result* result, uint32_t struct_size) {
  return lianhu::capi::InitStruct(result, struct_size, {});
}

int32_t lianhu_generalized_assignment_solve(const lianhu_generalized_assignment* problem,
                                            const lianhu_heuristic_options* options, lianhu_context* context,
                                            int32_t* agent_of, int64_t item_count, lianhu_heuristic_result* out,
                                            lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckStruct(problem, "problem"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    const lianhu_generalized_assignment given = lianhu::capi::ReadStruct(problem, {});
    const auto heuristic = lianhu::capi::ReadHeuristic(options, assignment::GapOptions{}.evaluations);
    if (!heuristic.ok()) return heuristic.status();
    if (given.agents < 0) return InvalidField("agents", -1, absl::StrCat("is negative: ", given.agents));
    if (given.items < 0) return InvalidField("items", -1, absl::StrCat("is negative: ", given.items));
    const int64_t pairs = int64_t{given.agents} * given.items;
    if (auto status = CheckArray(given.cost, pairs, "cost"); !status.ok()) return status;
    if (auto status = CheckArray(given.weight, pairs, "weight"); !status.ok()) return status;
    if (auto status = CheckArray(given.capacity, given.agents, "capacity"); !status.ok()) return status;
    if (item_count != given.items) {
      return InvalidField("item_count", -1, absl::StrCat("is ", item_count, ", but there are ", given.items, " items"));
    }
    if (auto status = CheckArray(agent_of, item_count, "agent_of"); !status.ok()) return status;
    const assignment::GeneralizedAssignment view{.agents = given.agents,
                                                 .items = given.items,
                                                 .cost = View(given.cost, pairs),
                                                 .weight = View(given.weight, pairs),
                                                 .capacity = View(given.capacity, given.agents),
                                                 .minimum = View(given.minimum, given.agents)};
    lianhu::RunContext own;
    const absl::StatusOr<assignment::GapPlan> plan = assignment::SolveGeneralizedAssignment(
        view, {.seconds = heuristic->seconds, .evaluations = heuristic->evaluations},
        context == nullptr ? own : context->run);
    if (!plan.ok()) return plan.status();
    std::fill_n(agent_of, item_count, LIANHU_NONE);
    std::copy(plan->agent_of.begin(), plan->agent_of.end(), agent_of);
    lianhu_heuristic_result result{};
    result.outcome = static_cast<int32_t>(plan->outcome);
    result.objective = plan->objective;
    result.bound = plan->bound;
    result.seconds = plan->seconds;
    lianhu::capi::SetLoads(plan->load, result);
    lianhu::capi::WriteStruct(result, out);
    return absl::OkStatus();
  });
}

int32_t lianhu_weighted_solve(const lianhu_assignment_problem* problem, const int32_t* weights,
                              const lianhu_heuristic_options* options, lianhu_context* context, int32_t* steward_of,
                              int64_t household_count, lianhu_heuristic_result* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    const auto heuristic = lianhu::capi::ReadHeuristic(options, assignment::WeightedOptions{}.evaluations);
    if (!heuristic.ok()) return heuristic.status();
    lianhu::capi::ProblemView view;
    const absl::StatusOr<assignment::Problem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    if (auto status = lianhu::capi::CheckHouseholds(*viewed, household_count); !status.ok()) return status;
    if (auto status = CheckArray(weights, household_count, "weights"); !status.ok()) return status;
    if (auto status = CheckArray(steward_of, household_count, "steward_of"); !status.ok()) return status;
    lianhu::RunContext own;
    const absl::StatusOr<assignment::WeightedPlan> plan = assignment::SolveWeighted(
        *viewed, View(weights, household_count), {.seconds = heuristic->seconds, .evaluations = heuristic->evaluations},
        context == nullptr ? own : context->run);
    if (!plan.ok()) return plan.status();
    std::copy(plan->steward_of.begin(), plan->steward_of.end(), steward_of);
    if (heuristic->multiplier_cm != nullptr) {
      std::fill_n(heuristic->multiplier_cm, household_count, 0);
      lianhu::capi::CopyOut(plan->multiplier_cm, heuristic->multiplier_cm);
    }
    lianhu_heuristic_result result{};
    result.outcome = static_cast<int32_t>(plan->outcome);
    result.objective = plan->total_cost_cm;
    result.bound = plan->bound_cm;
    result.distance_cm = plan->distance_cm;
    result.seconds = plan->seconds;
    lianhu::capi::SetLoads(plan->load, result);
    lianhu::capi::WriteStruct(result, out);
    return absl::OkStatus();
  });
}

int32_t lianhu_weighted_verification_init(lianhu_weighted_verification* verification, uint32_t struct_size) {
  return lianhu::capi::InitStruct(verification, struct_size, {});
}

int32_t lianhu_weighted_verify(const lianhu_assignment_problem* problem, const int32_t* weights,
                               const int32_t* steward_of, const int64_t* multiplier_cm, int64_t household_count,
                               lianhu_weighted_verification* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    lianhu::capi::ProblemView view;
    const absl::StatusOr<assignment::Problem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    if (auto status = lianhu::capi::CheckHouseholds(*viewed, household_count); !status.ok()) return status;
    if (auto status = CheckArray(weights, household_count, "weights"); !status.ok()) return status;
    if (auto status = CheckArray(steward_of, household_count, "steward_of"); !status.ok()) return status;
    const absl::StatusOr<assignment::WeightedVerification> checked =
        assignment::VerifyWeighted(*viewed, View(weights, household_count), View(steward_of, household_count),
                                   View(multiplier_cm, household_count));
    if (!checked.ok()) return checked.status();
    lianhu::capi::WriteStruct({.feasible = checked->feasible,
                               .unserved = checked->unserved,
                               .load_min = checked->load_min,
                               .load_max = checked->load_max,
                               .distance_cm = checked->distance_cm,
                               .total_cost_cm = checked->total_cost_cm,
                               .bound_cm = checked->bound_cm,
                               .bound_held = checked->bound_held},
                              out);
    return absl::OkStatus();
  });
}

int32_t lianhu_road_solve(const lianhu_assignment_problem* problem, const lianhu_road_network* network,
                          int32_t best_effort, lianhu_context* context, int64_t* distance_cm, int64_t household_count,
                          int32_t* unreachable, int64_t unreachable_capacity, int64_t* out_unreachable_count,
                          lianhu_plan** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    if (auto status = CheckPointer(out_unreachable_count, "out_unreachable_count"); !status.ok()) return status;
    if (auto status = CheckStruct(network, "network"); !status.ok()) return status;
    const absl::StatusOr<bool> effort = lianhu::capi::ReadFlag(best_effort, "best_effort");
    if (!effort.ok()) return effort.status();
    lianhu::capi::ProblemView view;
    absl::StatusOr<assignment::Problem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    if (distance_cm != nullptr || household_count != 0) {
      if (auto status = lianhu::capi::CheckHouseholds(*viewed, household_count); !status.ok()) return status;
      if (auto status = CheckArray(distance_cm, household_count, "distance_cm"); !status.ok()) return status;
    }
    if (auto status = CheckArray(unreachable, unreachable_capacity, "unreachable"); !status.ok()) return status;
    const lianhu_road_network given = lianhu::capi::ReadStruct(network, {});
    std::vector<lianhu::Point> copy;
    const auto nodes = lianhu::capi::ViewPoints(given.nodes, "network.nodes", copy);
    if (!nodes.ok()) return nodes.status();
    if (auto status = CheckArray(given.from, given.edge_count, "network.from"); !status.ok()) return status;
    if (auto status = CheckArray(given.to, given.edge_count, "network.to"); !status.ok()) return status;
    if (auto status = CheckArray(given.length_cm, given.edge_count, "network.length_cm"); !status.ok()) return status;
    if (!(given.max_distance >= viewed->max_distance)) viewed->max_distance = given.max_distance;
    const assignment::RoadNetwork roads{.nodes = *nodes,
                                        .datum = viewed->datum,
                                        .from = View(given.from, given.edge_count),
                                        .to = View(given.to, given.edge_count),
                                        .length_cm = View(given.length_cm, given.edge_count)};
    lianhu::RunContext own;
    absl::StatusOr<assignment::RoadPlan> road =
        assignment::SolveOnRoads(*viewed, roads, *effort, context == nullptr ? own : context->run);
    if (!road.ok()) return road.status();
    *out = new lianhu_plan{.plan = std::move(road->plan)};
    std::copy_n(road->distance_cm.begin(), household_count, distance_cm);
    *out_unreachable_count = static_cast<int64_t>(road->unreachable.size());
    std::copy_n(road->unreachable.begin(), std::min(*out_unreachable_count, unreachable_capacity), unreachable);
    return absl::OkStatus();
  });
}

int32_t lianhu_cohesion_solve(const lianhu_assignment_problem* problem, const int32_t* buildings, int64_t price_cm,
                              int32_t best_effort, lianhu_context* context, int32_t* steward_of,
                              int64_t household_count, lianhu_cohesion_result* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    const absl::StatusOr<bool> effort = lianhu::capi::ReadFlag(best_effort, "best_effort");
    if (!effort.ok()) return effort.status();
    lianhu::capi::ProblemView view;
    const absl::StatusOr<assignment::Problem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    if (auto status = lianhu::capi::CheckHouseholds(*viewed, household_count); !status.ok()) return status;
    if (auto status = CheckArray(buildings, household_count, "buildings"); !status.ok()) return status;
    if (auto status = CheckArray(steward_of, household_count, "steward_of"); !status.ok()) return status;
    lianhu::RunContext own;
    const absl::StatusOr<assignment::CohesionPlan> plan = assignment::SolveCohesive(
        *viewed, View(buildings, household_count), {.price_cm = price_cm, .best_effort = *effort},
        context == nullptr ? own : context->run);
    if (!plan.ok()) return plan.status();
    std::copy(plan->steward_of.begin(), plan->steward_of.end(), steward_of);
    lianhu_cohesion_result result{};
    result.outcome = static_cast<int32_t>(plan->exact.outcome);
    result.buildings = plan->after.buildings;
    result.further_before = plan->before.further;
    result.further_after = plan->after.further;
    result.shared_before = plan->before.shared;
    result.shared_after = plan->after.shared;
    result.distance_before_cm = plan->before.distance_cm;
    result.distance_after_cm = plan->after.distance_cm;
    result.objective_cm = plan->objective_cm;
    result.bound_cm = plan->bound_cm;
    result.seconds = plan->seconds;
    lianhu::capi::WriteStruct(result, out);
    return absl::OkStatus();
  });
}
