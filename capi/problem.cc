#include "capi/problem.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "capi/columns.h"
#include "capi/structs.h"

namespace lianhu::capi {
namespace {

lianhu_assignment_problem DefaultProblem() {
  const assignment::LoadBounds bounds;
  return {.datum = LIANHU_PLANAR_METRES,
          .min_load = bounds.min,
          .max_load = bounds.max,
          .max_distance = assignment::kNoDistanceLimit};
}

}  // namespace

absl::StatusOr<assignment::Problem> ProblemView::View(const lianhu_assignment_problem* given) {
  if (auto status = CheckStruct(given, "problem"); !status.ok()) return status;
  const lianhu_assignment_problem problem = ReadStruct(given, DefaultProblem());
  const absl::StatusOr<Datum> datum = ReadDatum(problem.datum);
  if (!datum.ok()) return datum.status();
  const auto households = ViewPoints(problem.households, "households", households_);
  if (!households.ok()) return households.status();
  const auto stewards = ViewPoints(problem.stewards, "stewards", stewards_);
  if (!stewards.ok()) return stewards.status();
  assignment::Problem view{.households = *households,
                           .stewards = *stewards,
                           .datum = *datum,
                           .bounds = {.min = problem.min_load, .max = problem.max_load}};
  const struct {
    const lianhu_int32_column& given;
    const char* field;
    std::vector<int32_t>& copy;
    absl::Span<const int32_t>& view;
  } columns[] = {
      {problem.household_units, "household_units", household_units_, view.household_units},
      {problem.steward_units, "steward_units", steward_units_, view.steward_units},
      {problem.steward_min, "steward_min", steward_min_, view.steward_min},
      {problem.steward_max, "steward_max", steward_max_, view.steward_max},
      {problem.household_kinds, "household_kinds", household_kinds_, view.household_kinds},
      {problem.steward_kinds, "steward_kinds", steward_kinds_, view.steward_kinds},
      {problem.current, "current", current_, view.current},
  };
  for (const auto& column : columns) {
    const auto viewed = ViewColumn(column.given, column.field, column.copy);
    if (!viewed.ok()) return viewed.status();
    column.view = *viewed;
  }
  if (auto status = ViewConditions(problem, view); !status.ok()) return status;
  if (auto status = ViewListedCosts(problem, view); !status.ok()) return status;
  return view;
}

absl::Status ProblemView::ViewConditions(const lianhu_assignment_problem& given, assignment::Problem& problem) {
  problem.max_distance = given.max_distance;
  problem.switch_cost_cm = given.switch_cost_cm;
  const auto forbidden = ViewPairs(given.forbidden, "forbidden", forbidden_);
  if (!forbidden.ok()) return forbidden.status();
  problem.forbidden = *forbidden;
  const auto fixed = ViewPairs(given.fixed, "fixed", fixed_);
  if (!fixed.ok()) return fixed.status();
  problem.fixed = *fixed;

  std::vector<assignment::Pair> copy;
  const auto pairs = ViewPairs(given.preferences, "preferences", copy);
  if (!pairs.ok()) return pairs.status();
  if (auto s = CheckArray(given.preference_cm, given.preferences.count, "preference_cm"); !s.ok()) return s;
  preferences_.reserve(pairs->size());
  for (size_t i = 0; i < pairs->size(); ++i) {
    const assignment::Pair& pair = (*pairs)[i];
    preferences_.push_back({.household = pair.household, .steward = pair.steward, .cost_cm = given.preference_cm[i]});
  }
  problem.preferences = preferences_;

  if (auto s = CheckArray(given.load_cost, given.load_cost_count, "load_cost"); !s.ok()) return s;
  for (int64_t i = 0; i < given.load_cost_count; ++i) {
    const lianhu_load_cost_step& step = given.load_cost[i];
    if (step.above < 0 || step.above > std::numeric_limits<int32_t>::max()) {
      return InvalidField("load_cost", i, absl::StrCat("is out of range: above ", step.above));
    }
    load_cost_.push_back({.above = static_cast<int32_t>(step.above), .cost_cm = step.cost_cm});
  }
  problem.load_cost = load_cost_;
  return absl::OkStatus();
}

absl::Status ProblemView::ViewListedCosts(const lianhu_assignment_problem& given, assignment::Problem& problem) const {
  if (auto s = CheckCount(given.cost_count, "cost_count"); !s.ok()) return s;
  if (given.cost_begin == nullptr) {
    if (given.cost_count == 0) return absl::OkStatus();
    return InvalidField("cost_begin", -1, "must not be null");
  }
  if (auto s = CheckArray(given.cost_stewards, given.cost_count, "cost_stewards"); !s.ok()) return s;
  if (auto s = CheckArray(given.costs_cm, given.cost_count, "costs_cm"); !s.ok()) return s;
  problem.cost_begin = capi::View(given.cost_begin, given.households.count + 1);
  problem.cost_stewards = capi::View(given.cost_stewards, given.cost_count);
  problem.costs_cm = capi::View(given.costs_cm, given.cost_count);
  return absl::OkStatus();
}

absl::StatusOr<bool> ReadBestEffort(const lianhu_assignment_options* options) {
  if (options == nullptr) return false;
  if (auto status = CheckStruct(options, "options"); !status.ok()) return status;
  const lianhu_assignment_options given = ReadStruct(options, {});
  if (given.objective != LIANHU_OBJECTIVE_TOTAL) {
    return InvalidField("options.objective", -1,
                        absl::StrCat("is ", given.objective, ": the total alone is known here"));
  }
  if (given.time_limit_seconds != 0) return InvalidField("options.time_limit_seconds", -1, "there is no limit here");
  return ReadFlag(given.best_effort, "options.best_effort");
}

}  // namespace lianhu::capi

int32_t lianhu_assignment_problem_init(lianhu_assignment_problem* problem, uint32_t struct_size) {
  return lianhu::capi::InitStruct(problem, struct_size, lianhu::capi::DefaultProblem());
}
