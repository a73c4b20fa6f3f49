#include <vector>

#include "capi/checklist.h"
#include "capi/guard.h"
#include "capi/hierarchy.h"
#include "lianhu/scoring/roll_up.h"
#include "lianhu/scoring/strata.h"

using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::CopyOut;
using lianhu::capi::Guard;
using lianhu::capi::InitStruct;
using lianhu::capi::ReadStruct;
using lianhu::capi::View;
namespace scoring = lianhu::scoring;

namespace {

constexpr lianhu_strata kStrataDefaults = {.strata = 3, .cap = 5000};

}  // namespace

int32_t lianhu_scores_roll_up(const lianhu_scores* scores, const lianhu_hierarchy* hierarchy, const int32_t* units,
                              const int64_t* households, int64_t count, int64_t* out_stewards, int64_t* out_rated,
                              int64_t* out_households, int64_t* out_mean, int32_t* out_rank, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(scores, "scores"); !status.ok()) return status;
    if (auto status = CheckPointer(hierarchy, "hierarchy"); !status.ok()) return status;
    if (auto status = CheckArray(units, count, "units"); !status.ok()) return status;
    const auto result = scoring::RollUpScores(*hierarchy->tree, scores->scores,
                                              {.units = View(units, count), .households = View(households, count)});
    if (!result.ok()) return result.status();
    CopyOut(result->stewards, out_stewards);
    CopyOut(result->rated, out_rated);
    CopyOut(result->households, out_households);
    CopyOut(result->mean, out_mean);
    CopyOut(result->rank, out_rank);
    return absl::OkStatus();
  });
}

int32_t lianhu_strata_init(lianhu_strata* strata, uint32_t struct_size) {
  return InitStruct(strata, struct_size, kStrataDefaults);
}

int32_t lianhu_scores_stratify(const lianhu_scores* scores, const lianhu_strata* strata, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(scores, "scores"); !status.ok()) return status;
    if (auto status = CheckStruct(strata, "strata"); !status.ok()) return status;
    const lianhu_strata given = ReadStruct(strata, kStrataDefaults);
    for (const auto& [field, column] :
         {std::pair("dispersion_cm", given.dispersion_cm), std::pair("households", given.households),
          std::pair("hardship", given.hardship)}) {
      if (auto status = CheckArray(column, given.count, field); !status.ok()) return status;
    }
    const auto result = scoring::Stratify(scores->scores,
                                          {View(given.dispersion_cm, given.count), View(given.households, given.count),
                                           View(given.hardship, given.count)},
                                          {.strata = given.strata, .cap = given.cap, .full_marks = scores->full_marks});
    if (!result.ok()) return result.status();
    CopyOut(result->difficulty, given.out_difficulty);
    CopyOut(result->stratum, given.out_stratum);
    CopyOut(result->stratum_rank, given.out_stratum_rank);
    CopyOut(result->adjustment, given.out_adjustment);
    CopyOut(result->adjusted, given.out_adjusted);
    CopyOut(result->adjusted_rank, given.out_adjusted_rank);
    CopyOut(result->stratum_mean, given.out_stratum_mean);
    return absl::OkStatus();
  });
}
