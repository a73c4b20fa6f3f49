#include "capi/plan.h"

#include <cstring>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "capi/columns.h"
#include "capi/guard.h"
#include "capi/structs.h"
#include "lianhu/io/plan_snapshot.h"

namespace lianhu::capi {
namespace {

// The longest prefix of at most `limit` bytes that does not end inside a character.
size_t WholeCharacters(absl::string_view text, size_t limit) {
  if (text.size() <= limit) return text.size();
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return limit;
}

}  // namespace
}  // namespace lianhu::capi

using lianhu::InvalidField;
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
                 .seconds = inner.seconds},
                out);
    return absl::OkStatus();
  });
}

int32_t lianhu_infeasibility_init(lianhu_infeasibility* infeasibility, uint32_t struct_size) {
  return lianhu::capi::InitStruct(infeasibility, struct_size, {.unit = -1});
}

int32_t lianhu_plan_infeasibility(const lianhu_plan* plan, int64_t index, lianhu_infeasibility* out,
                                  lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(plan, "plan"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    const auto& all = plan->plan.infeasibilities;
    if (index < 0 || index >= static_cast<int64_t>(all.size())) {
      return InvalidField("index", -1, absl::StrCat("is ", index, ": there are ", all.size(), " infeasibilities"));
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
                 .bound_needed = inner.bound_needed},
                out);
    return absl::OkStatus();
  });
}

int32_t lianhu_infeasibility_describe(const lianhu_infeasibility* infeasibility, int32_t min_load, int32_t max_load,
                                      const char* unit_name, int32_t language, char* out_text, int64_t capacity,
                                      int64_t* out_size, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckStruct(infeasibility, "infeasibility"); !status.ok()) return status;
    if (language != LIANHU_ENGLISH && language != LIANHU_CHINESE) {
      return InvalidField("language", -1, absl::StrCat("is ", language, ": need LIANHU_ENGLISH or LIANHU_CHINESE"));
    }
    if (auto status = CheckArray(out_text, capacity, "out_text"); !status.ok()) return status;
    if (auto status = CheckPointer(out_size, "out_size"); !status.ok()) return status;
    const lianhu_infeasibility given = lianhu::capi::ReadStruct(infeasibility, {.unit = -1});
    const std::string text =
        assignment::Describe({.unit = given.unit,
                              .households = given.households,
                              .stewards = given.stewards,
                              .capacity = given.capacity,
                              .required = given.required,
                              .shortage = given.shortage,
                              .surplus = given.surplus,
                              .stewards_needed = given.stewards_needed,
                              .bound_needed = given.bound_needed},
                             {.min = min_load, .max = max_load}, unit_name == nullptr ? "" : unit_name,
                             language == LIANHU_ENGLISH ? lianhu::Language::kEnglish : lianhu::Language::kChinese);
    *out_size = static_cast<int64_t>(text.size()) + 1;
    if (capacity == 0) return absl::OkStatus();
    const size_t length = lianhu::capi::WholeCharacters(text, static_cast<size_t>(capacity) - 1);
    std::memcpy(out_text, text.data(), length);
    out_text[length] = '\0';
    return absl::OkStatus();
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
    *out = new lianhu_plan{*std::move(plan)};
    return absl::OkStatus();
  });
}

void lianhu_plan_free(lianhu_plan* plan) {
  delete plan;
}
