#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "capi/columns.h"
#include "capi/context.h"
#include "capi/guard.h"
#include "capi/plan.h"
#include "capi/problem.h"
#include "capi/structs.h"
#include "lianhu/assignment/objective.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"

namespace lianhu::capi {
namespace {

struct Options {
  assignment::SolveOptions solve;
  assignment::Objective objective = assignment::Objective::kTotal;
};

absl::StatusOr<Options> ReadOptions(const lianhu_assignment_options* options) {
  if (options == nullptr) return Options{};
  if (auto status = CheckStruct(options, "options"); !status.ok()) return status;
  const lianhu_assignment_options read = ReadStruct(options, {});
  const absl::StatusOr<bool> best_effort = ReadFlag(read.best_effort, "options.best_effort");
  if (!best_effort.ok()) return best_effort.status();
  if (read.objective < LIANHU_OBJECTIVE_TOTAL || read.objective > LIANHU_OBJECTIVE_EVEN) {
    return InvalidField(
        "options.objective", -1,
        absl::StrCat("is ", read.objective, ": need LIANHU_OBJECTIVE_TOTAL, LIANHU_OBJECTIVE_BOTTLENECK or ",
                     "LIANHU_OBJECTIVE_EVEN"));
  }
  const bool alone = read.objective != LIANHU_OBJECTIVE_TOTAL;
  if (alone && (*best_effort || read.time_limit_seconds != 0)) {
    return InvalidField(*best_effort ? "options.best_effort" : "options.time_limit_seconds", -1,
                        "goes with LIANHU_OBJECTIVE_TOTAL only");
  }
  return Options{.solve = {.best_effort = *best_effort, .time_limit_seconds = read.time_limit_seconds},
                 .objective = static_cast<assignment::Objective>(read.objective)};
}

}  // namespace
}  // namespace lianhu::capi

using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::Guard;
using lianhu::capi::View;
namespace assignment = lianhu::assignment;

int32_t lianhu_assignment_options_init(lianhu_assignment_options* options, uint32_t struct_size) {
  return lianhu::capi::InitStruct(options, struct_size, {});
}

int32_t lianhu_assignment_solve(const lianhu_assignment_problem* problem, const lianhu_assignment_options* options,
                                lianhu_context* context, lianhu_plan** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    const absl::StatusOr<lianhu::capi::Options> read = lianhu::capi::ReadOptions(options);
    if (!read.ok()) return read.status();
    lianhu::capi::ProblemView view;
    const absl::StatusOr<assignment::Problem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    if (read->objective == assignment::Objective::kTotal) {
      absl::StatusOr<assignment::Plan> plan = assignment::Solve(*viewed, read->solve, run);
      if (!plan.ok()) return plan.status();
      *out = new lianhu_plan{.plan = *std::move(plan)};
    } else {
      absl::StatusOr<assignment::ObjectivePlan> aimed = assignment::SolveObjective(*viewed, read->objective, run);
      if (!aimed.ok()) return aimed.status();
      assignment::Plan plan = std::move(aimed->plan);
      *out = new lianhu_plan{.plan = std::move(plan), .aimed = *std::move(aimed)};
    }
    return absl::OkStatus();
  });
}

int32_t lianhu_verification_init(lianhu_verification* verification, uint32_t struct_size) {
  return lianhu::capi::InitStruct(verification, struct_size, {});
}

int32_t lianhu_assignment_verify(const lianhu_assignment_problem* problem, const int32_t* steward_of,
                                 int64_t household_count, const int64_t* price_cm, int64_t steward_count,
                                 const lianhu_assignment_options* options, lianhu_context* context,
                                 lianhu_verification* out, lianhu_violation* violations, int64_t violation_capacity,
                                 lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckArray(steward_of, household_count, "steward_of"); !status.ok()) return status;
    if (auto status = lianhu::capi::CheckCount(steward_count, "price_cm"); !status.ok()) return status;
    if (auto status = lianhu::capi::CheckStruct(out, "out"); !status.ok()) return status;
    if (auto status = CheckArray(violations, violation_capacity, "violations"); !status.ok()) return status;
    const absl::StatusOr<lianhu::capi::Options> read = lianhu::capi::ReadOptions(options);
    if (!read.ok()) return read.status();
    lianhu::capi::ProblemView view;
    const absl::StatusOr<assignment::Problem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    const auto plan = View(steward_of, household_count);
    const auto prices = View(price_cm, steward_count);
    assignment::ObjectiveVerification aimed;
    if (read->objective == assignment::Objective::kTotal) {
      auto checked = assignment::Verify(*viewed, plan, prices, {.best_effort = read->solve.best_effort}, run);
      if (!checked.ok()) return checked.status();
      aimed.verification = *std::move(checked);
    } else {
      auto checked = assignment::VerifyObjective(*viewed, read->objective, plan, prices, run);
      if (!checked.ok()) return checked.status();
      aimed = *std::move(checked);
    }
    const bool total = read->objective == assignment::Objective::kTotal;
    const assignment::Verification* const result = &aimed.verification;
    lianhu::capi::WriteStruct({.feasible = result->feasible,
                               .proved = total ? result->proved : aimed.proved(),
                               .cancelled = result->cancelled,
                               .total_cost_cm = result->total_cost_cm,
                               .dual_bound_cm = result->dual_bound_cm,
                               .unserved = result->unserved,
                               .load_min = result->load_min,
                               .load_max = result->load_max,
                               .max_distance_cm = result->max_distance_cm,
                               .violation_count = result->violation_count,
                               .distance_cm = result->distance_cm,
                               .switches = result->switches,
                               .first_proved = !total && aimed.first_proved},
                              out);
    const int64_t written = std::min<int64_t>(violation_capacity, static_cast<int64_t>(result->violations.size()));
    for (int64_t i = 0; i < written; ++i) {
      const assignment::Violation& violation = result->violations[i];
      violations[i] = {
          .kind = static_cast<int64_t>(violation.kind), .index = violation.index, .value = violation.value};
    }
    return absl::OkStatus();
  });
}
