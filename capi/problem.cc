#include "capi/problem.h"

#include "absl/strings/str_cat.h"
#include "capi/columns.h"
#include "capi/structs.h"

namespace lianhu::capi {
namespace {

lianhu_assignment_problem DefaultProblem() {
  const assignment::LoadBounds bounds;
  return {.datum = LIANHU_PLANAR_METRES, .min_load = bounds.min, .max_load = bounds.max};
}

}  // namespace

absl::StatusOr<assignment::Problem> ProblemView::View(const lianhu_assignment_problem* given) {
  if (auto status = CheckStruct(given, "problem"); !status.ok()) return status;
  const lianhu_assignment_problem problem = ReadStruct(given, DefaultProblem());
  if (problem.datum != LIANHU_PLANAR_METRES && problem.datum != LIANHU_WGS84_DEGREES) {
    return InvalidField("datum", -1,
                        absl::StrCat("is ", problem.datum, ": need LIANHU_PLANAR_METRES or LIANHU_WGS84_DEGREES"));
  }
  const auto households = ViewPoints(problem.households, "households", households_);
  if (!households.ok()) return households.status();
  const auto stewards = ViewPoints(problem.stewards, "stewards", stewards_);
  if (!stewards.ok()) return stewards.status();
  const auto household_units = ViewColumn(problem.household_units, "household_units", household_units_);
  if (!household_units.ok()) return household_units.status();
  const auto steward_units = ViewColumn(problem.steward_units, "steward_units", steward_units_);
  if (!steward_units.ok()) return steward_units.status();
  const auto steward_min = ViewColumn(problem.steward_min, "steward_min", steward_min_);
  if (!steward_min.ok()) return steward_min.status();
  const auto steward_max = ViewColumn(problem.steward_max, "steward_max", steward_max_);
  if (!steward_max.ok()) return steward_max.status();
  return assignment::Problem{.households = *households,
                             .stewards = *stewards,
                             .datum = static_cast<Datum>(problem.datum),
                             .household_units = *household_units,
                             .steward_units = *steward_units,
                             .bounds = {.min = problem.min_load, .max = problem.max_load},
                             .steward_min = *steward_min,
                             .steward_max = *steward_max};
}

}  // namespace lianhu::capi

int32_t lianhu_assignment_problem_init(lianhu_assignment_problem* problem, uint32_t struct_size) {
  return lianhu::capi::InitStruct(problem, struct_size, lianhu::capi::DefaultProblem());
}
