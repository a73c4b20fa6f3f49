#include "lianhu/scoring/sensitivity.h"

#include <utility>
#include <vector>

#include "capi/checklist.h"
#include "capi/context.h"
#include "capi/guard.h"

struct lianhu_sensitivity {
  lianhu::scoring::Sensitivity ranks;
  // Of the swaps, columns of their own.
  std::vector<int32_t> swap_with = {};
  std::vector<int64_t> swap_change = {};
  std::vector<int32_t> swap_indicator = {};
  std::vector<int64_t> swap_indicator_change = {};
};

using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::InitStruct;
using lianhu::capi::ReadStruct;
using lianhu::capi::ViewFacts;
using lianhu::capi::WriteStruct;
namespace scoring = lianhu::scoring;

namespace {

constexpr lianhu_sensitivity_options kSensitivityDefaults = {
    .samples = 1000, .range_millionths = 200'000, .boxes = -1, .steward = LIANHU_NONE};

}  // namespace

int32_t lianhu_sensitivity_options_init(lianhu_sensitivity_options* options, uint32_t struct_size) {
  return InitStruct(options, struct_size, kSensitivityDefaults);
}

int32_t lianhu_sensitivity_analyse(const lianhu_checklist* checklist, const int64_t* values, int64_t steward_count,
                                   const lianhu_sensitivity_options* options, lianhu_context* context,
                                   lianhu_sensitivity** out, lianhu_error* error) {
  return Guard(error, [&] {
    const absl::StatusOr<scoring::FactTable> facts = ViewFacts(checklist, values, steward_count);
    if (!facts.ok()) return facts.status();
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    lianhu_sensitivity_options chosen = kSensitivityDefaults;
    if (options != nullptr) {
      if (auto status = CheckStruct(options, "options"); !status.ok()) return status;
      chosen = ReadStruct(options, chosen);
    }
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    absl::StatusOr<scoring::Sensitivity> found = scoring::AnalyseSensitivity(checklist->checklist, *facts,
                                                                             {.range = {chosen.range_millionths},
                                                                              .samples = chosen.samples,
                                                                              .boxes = chosen.boxes,
                                                                              .steward = chosen.steward},
                                                                             run);
    if (!found.ok()) return found.status();
    auto* handle = new lianhu_sensitivity{*std::move(found)};
    *out = handle;
    for (const scoring::WeightSwap& swap : handle->ranks.swap) {
      handle->swap_with.push_back(swap.with);
      handle->swap_change.push_back(swap.change.millionths);
      handle->swap_indicator.push_back(swap.indicator);
      handle->swap_indicator_change.push_back(swap.indicator_change.millionths);
    }
    return absl::OkStatus();
  });
}

int32_t lianhu_sensitivity_view_init(lianhu_sensitivity_view* view, uint32_t struct_size) {
  return InitStruct(view, struct_size, {});
}

int32_t lianhu_sensitivity_get(const lianhu_sensitivity* sensitivity, lianhu_sensitivity_view* out,
                               lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(sensitivity, "sensitivity"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    const scoring::Sensitivity& ranks = sensitivity->ranks;
    WriteStruct<lianhu_sensitivity_view>({.cancelled = ranks.cancelled ? 1 : 0,
                                          .steward_count = static_cast<int64_t>(ranks.rank.size()),
                                          .indicator_count = static_cast<int64_t>(ranks.mean_shift.size()),
                                          .rank = ranks.rank.data(),
                                          .best_rank = ranks.best_rank.data(),
                                          .worst_rank = ranks.worst_rank.data(),
                                          .attained_best = ranks.attained_best.data(),
                                          .attained_worst = ranks.attained_worst.data(),
                                          .sampled_best = ranks.sampled_best.data(),
                                          .sampled_worst = ranks.sampled_worst.data(),
                                          .swap_with = sensitivity->swap_with.data(),
                                          .swap_change = sensitivity->swap_change.data(),
                                          .swap_indicator = sensitivity->swap_indicator.data(),
                                          .swap_indicator_change = sensitivity->swap_indicator_change.data(),
                                          .mean_shift = ranks.mean_shift.data(),
                                          .greatest_shift = ranks.greatest_shift.data(),
                                          .correlation = ranks.correlation.data()},
                                         out);
    return absl::OkStatus();
  });
}

void lianhu_sensitivity_free(lianhu_sensitivity* sensitivity) {
  delete sensitivity;
}
