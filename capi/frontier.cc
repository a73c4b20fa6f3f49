#include "lianhu/assignment/frontier.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "capi/columns.h"
#include "capi/context.h"
#include "capi/guard.h"
#include "capi/plan.h"
#include "capi/problem.h"
#include "capi/structs.h"
#include "lianhu/io/frontier_files.h"

namespace assignment = lianhu::assignment;

struct lianhu_frontier {
  assignment::Frontier frontier;
  std::vector<lianhu_frontier_point> points;
};

namespace {

using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::View;
using lianhu::capi::WriteStruct;

}  // namespace

int32_t lianhu_frontier_view_init(lianhu_frontier_view* view, uint32_t struct_size) {
  return lianhu::capi::InitStruct(view, struct_size, {});
}

int32_t lianhu_frontier_create(const lianhu_assignment_problem* problem, const int32_t* current,
                               int64_t household_count, const lianhu_assignment_options* options,
                               lianhu_context* context, lianhu_frontier** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckArray(current, household_count, "current"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    const absl::StatusOr<bool> best_effort = lianhu::capi::ReadBestEffort(options);
    if (!best_effort.ok()) return best_effort.status();
    lianhu::capi::ProblemView view;
    const absl::StatusOr<assignment::Problem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    absl::StatusOr<assignment::Frontier> frontier =
        assignment::ComputeFrontier(*viewed, View(current, household_count), {.best_effort = *best_effort}, run);
    if (!frontier.ok()) return frontier.status();
    auto made = std::make_unique<lianhu_frontier>();
    made->frontier = *std::move(frontier);
    for (const assignment::FrontierPoint& point : made->frontier.points) {
      made->points.push_back({.moves = point.moves,
                              .total_cost_cm = point.total_cost_cm,
                              .switch_cost_numerator = point.switch_cost.numerator,
                              .switch_cost_denominator = point.switch_cost.denominator,
                              .corner = point.vertex ? 1 : 0});
    }
    *out = made.release();
    return absl::OkStatus();
  });
}

int32_t lianhu_frontier_get(const lianhu_frontier* frontier, lianhu_frontier_view* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(frontier, "frontier"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    WriteStruct({.outcome = static_cast<int32_t>(frontier->frontier.outcome),
                 .point_count = static_cast<int64_t>(frontier->points.size()),
                 .points = frontier->points.data(),
                 .solves = frontier->frontier.solves,
                 .seconds = frontier->frontier.seconds},
                out);
    return absl::OkStatus();
  });
}

void lianhu_frontier_free(lianhu_frontier* frontier) {
  delete frontier;
}

int32_t lianhu_limit_init(lianhu_limit* limit, uint32_t struct_size) {
  return lianhu::capi::InitStruct(limit, struct_size, {.switch_cost_denominator = 1});
}

int32_t lianhu_assignment_solve_max_moves(const lianhu_assignment_problem* problem, const int32_t* current,
                                          int64_t household_count, int64_t max_moves,
                                          const lianhu_assignment_options* options, lianhu_context* context,
                                          lianhu_limit* out_limit, lianhu_plan** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckArray(current, household_count, "current"); !status.ok()) return status;
    if (auto status = CheckStruct(out_limit, "out_limit"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    const absl::StatusOr<bool> best_effort = lianhu::capi::ReadBestEffort(options);
    if (!best_effort.ok()) return best_effort.status();
    lianhu::capi::ProblemView view;
    const absl::StatusOr<assignment::Problem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    absl::StatusOr<assignment::LimitedPlan> limited = assignment::SolveWithMaxMoves(
        *viewed, View(current, household_count), max_moves, {.best_effort = *best_effort}, run);
    if (!limited.ok()) return limited.status();
    auto plan = std::make_unique<lianhu_plan>(lianhu_plan{.plan = lianhu::io::PlanOf(*limited)});
    // A plan without households served has its arrays all the same.
    plan->plan.steward_of.resize(viewed->households.size(), assignment::kUnassigned);
    plan->plan.load.resize(viewed->stewards.size(), 0);
    plan->plan.price_cm.resize(viewed->stewards.size(), 0);
    WriteStruct({.within_limit = limited->within_limit ? 1 : 0,
                 .moves = limited->moves,
                 .fewest_moves = limited->fewest_moves,
                 .bound_cm = limited->bound_cm,
                 .switch_cost_numerator = limited->switch_cost.numerator,
                 .switch_cost_denominator = limited->switch_cost.denominator,
                 .gap_percent = limited->gap_percent},
                out_limit);
    *out = plan.release();
    return absl::OkStatus();
  });
}
