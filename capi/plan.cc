#include "capi/plan.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "capi/columns.h"
#include "capi/guard.h"
#include "capi/problem.h"
#include "capi/structs.h"
#include "capi/text.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/io/plan_snapshot.h"

namespace lianhu::capi {
namespace {

constexpr lianhu_infeasibility kNoInfeasibility = {.unit = -1, .kind = -1};

// The one at `index` of `all`, called `name`.
absl::Status WriteInfeasibility(const std::vector<assignment::Infeasibility>& all, int64_t index,
                                absl::string_view name, lianhu_infeasibility* out) {
  if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
  if (index < 0 || index >= static_cast<int64_t>(all.size())) {
    return InvalidField("index", -1, absl::StrCat("is ", index, ": there are ", all.size(), " ", name));
  }
  const assignment::Infeasibility& inner = all[index];
  WriteStruct({.unit = inner.unit,
               .households = inner.households,
               .stewards = inner.stewards,
               .capacity = inner.capacity,
               .required = inner.required,
               .shortage = inner.shortage,
               .surplus = inner.surplus,
               .stewards_needed = inner.stewards_needed,
               .bound_needed = inner.bound_needed,
               .kind = inner.kind,
               .part = inner.whole ? 0 : 1,
               .household_set = inner.whole ? nullptr : inner.household_set.data(),
               .steward_set = inner.whole ? nullptr : inner.steward_set.data()},
              out);
  return absl::OkStatus();
}

// Without the sets.
absl::StatusOr<assignment::Infeasibility> ReadInfeasibility(const lianhu_infeasibility& given) {
  const absl::StatusOr<bool> part = ReadFlag(given.part, "infeasibility.part");
  if (!part.ok()) return part.status();
  return assignment::Infeasibility{.unit = given.unit,
                                   .kind = given.kind,
                                   .whole = !*part,
                                   .households = given.households,
                                   .stewards = given.stewards,
                                   .capacity = given.capacity,
                                   .required = given.required,
                                   .shortage = given.shortage,
                                   .surplus = given.surplus,
                                   .stewards_needed = given.stewards_needed,
                                   .bound_needed = given.bound_needed};
}

}  // namespace
}  // namespace lianhu::capi

using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::WriteStruct;
namespace assignment = lianhu::assignment;

int32_t lianhu_plan_view_init(lianhu_plan_view* view, uint32_t struct_size) {
  return lianhu::capi::InitStruct(view, struct_size, {});
}

int32_t lianhu_plan_get(const lianhu_plan* plan, lianhu_plan_view* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(plan, "plan"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    const assignment::Plan& inner = plan->plan;
    const assignment::ObjectivePlan& aimed = plan->aimed;
    WriteStruct({.outcome = static_cast<int32_t>(inner.outcome),
                 .household_count = static_cast<int64_t>(inner.steward_of.size()),
                 .steward_count = static_cast<int64_t>(inner.load.size()),
                 .steward_of = inner.steward_of.data(),
                 .price_cm = inner.price_cm.data(),
                 .load = inner.load.data(),
                 .total_cost_cm = inner.total_cost_cm,
                 .dual_bound_cm = inner.dual_bound_cm,
                 .unserved = inner.unserved,
                 .infeasibility_count = static_cast<int64_t>(inner.infeasibilities.size()),
                 .seconds = inner.seconds,
                 .distance_cm = inner.distance_cm,
                 .switches = inner.switches,
                 .objective = static_cast<int32_t>(aimed.objective),
                 .even_min = aimed.load_min,
                 .even_max = aimed.load_max,
                 .bottleneck_cm = aimed.distance_cm,
                 .steward_min = aimed.steward_min.empty() ? nullptr : aimed.steward_min.data(),
                 .steward_max = aimed.steward_max.empty() ? nullptr : aimed.steward_max.data(),
                 .reason_count = static_cast<int64_t>(aimed.reasons.size())},
                out);
    return absl::OkStatus();
  });
}

int32_t lianhu_infeasibility_init(lianhu_infeasibility* infeasibility, uint32_t struct_size) {
  return lianhu::capi::InitStruct(infeasibility, struct_size, lianhu::capi::kNoInfeasibility);
}

int32_t lianhu_plan_infeasibility(const lianhu_plan* plan, int64_t index, lianhu_infeasibility* out,
                                  lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(plan, "plan"); !status.ok()) return status;
    return lianhu::capi::WriteInfeasibility(plan->plan.infeasibilities, index, "infeasibilities", out);
  });
}

int32_t lianhu_plan_reason(const lianhu_plan* plan, int64_t index, lianhu_infeasibility* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(plan, "plan"); !status.ok()) return status;
    return lianhu::capi::WriteInfeasibility(plan->aimed.reasons, index, "reasons", out);
  });
}

int32_t lianhu_infeasibility_verify(const lianhu_assignment_problem* problem, const lianhu_infeasibility* infeasibility,
                                    lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckStruct(infeasibility, "infeasibility"); !status.ok()) return status;
    const lianhu_infeasibility given = lianhu::capi::ReadStruct(infeasibility, lianhu::capi::kNoInfeasibility);
    lianhu::capi::ProblemView view;
    const absl::StatusOr<assignment::Problem> viewed = view.View(problem);
    if (!viewed.ok()) return viewed.status();
    absl::StatusOr<assignment::Infeasibility> reason = lianhu::capi::ReadInfeasibility(given);
    if (!reason.ok()) return reason.status();
    if (!reason->whole) {
      if (auto s = CheckArray(given.household_set, given.households, "household_set"); !s.ok()) return s;
      if (auto s = CheckArray(given.steward_set, given.stewards, "steward_set"); !s.ok()) return s;
      const auto households = lianhu::capi::View(given.household_set, given.households);
      const auto stewards = lianhu::capi::View(given.steward_set, given.stewards);
      reason->household_set.assign(households.begin(), households.end());
      reason->steward_set.assign(stewards.begin(), stewards.end());
    }
    return assignment::CheckInfeasibility(*viewed, *reason);
  });
}

int32_t lianhu_infeasibility_describe(const lianhu_infeasibility* infeasibility, int32_t min_load, int32_t max_load,
                                      const char* unit_name, int32_t language, char* out_text, int64_t capacity,
                                      int64_t* out_size, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckStruct(infeasibility, "infeasibility"); !status.ok()) return status;
    lianhu::Language said = lianhu::Language::kEnglish;
    if (auto status = lianhu::capi::ReadLanguage(language, said); !status.ok()) return status;
    const absl::StatusOr<assignment::Infeasibility> given =
        lianhu::capi::ReadInfeasibility(lianhu::capi::ReadStruct(infeasibility, lianhu::capi::kNoInfeasibility));
    if (!given.ok()) return given.status();
    const std::string text =
        assignment::Describe(*given, {.min = min_load, .max = max_load}, unit_name == nullptr ? "" : unit_name, said);
    return lianhu::capi::WriteText(text, out_text, capacity, out_size);
  });
}

int32_t lianhu_plan_save(const lianhu_plan* plan, const char* path, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(plan, "plan"); !status.ok()) return status;
    if (auto status = CheckPointer(path, "path"); !status.ok()) return status;
    return lianhu::io::WriteSnapshot(path, plan->plan);
  });
}

int32_t lianhu_plan_load(const char* path, lianhu_plan** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(path, "path"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    absl::StatusOr<assignment::Plan> plan = lianhu::io::ReadPlanSnapshot(path);
    if (!plan.ok()) return plan.status();
    *out = new lianhu_plan{.plan = *std::move(plan)};
    return absl::OkStatus();
  });
}

void lianhu_plan_free(lianhu_plan* plan) {
  delete plan;
}
