#include "lianhu/scoring/sample.h"

#include "capi/columns.h"
#include "capi/guard.h"
#include "capi/structs.h"

using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::Guard;
using lianhu::capi::View;
namespace scoring = lianhu::scoring;

int32_t lianhu_sample_stream(const char* steward, uint64_t* out_stream, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(steward, "steward"); !status.ok()) return status;
    if (auto status = CheckPointer(out_stream, "out_stream"); !status.ok()) return status;
    *out_stream = scoring::StreamOfId(steward);
    return absl::OkStatus();
  });
}

int32_t lianhu_sample_households(const int32_t* steward_of, const int32_t* strata, int64_t household_count,
                                 const uint64_t* streams, int64_t steward_count, int32_t per_steward, uint64_t seed,
                                 int32_t* out_households, int64_t capacity, int64_t* out_count, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckArray(steward_of, household_count, "steward_of"); !status.ok()) return status;
    if (auto status = CheckArray(streams, steward_count, "streams"); !status.ok()) return status;
    if (auto status = CheckArray(out_households, capacity, "out_households"); !status.ok()) return status;
    if (auto status = CheckPointer(out_count, "out_count"); !status.ok()) return status;
    const auto sample = scoring::SampleHouseholds({.steward_of = View(steward_of, household_count),
                                                   .strata = View(strata, household_count),
                                                   .streams = View(streams, steward_count)},
                                                  {.per_steward = per_steward, .seed = seed});
    if (!sample.ok()) return sample.status();
    *out_count = static_cast<int64_t>(sample->size());
    for (int64_t k = 0; k < std::min(capacity, *out_count); ++k) out_households[k] = (*sample)[k].household;
    return absl::OkStatus();
  });
}
