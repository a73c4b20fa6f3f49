#include "lianhu/scoring/composite.h"

#include <algorithm>
#include <vector>

#include "capi/columns.h"
#include "capi/guard.h"
#include "capi/structs.h"

using lianhu::capi::CheckArray;
using lianhu::capi::CheckStruct;
using lianhu::capi::CopyOut;
using lianhu::capi::Guard;
using lianhu::capi::InitStruct;
using lianhu::capi::ReadStruct;
using lianhu::capi::View;
namespace scoring = lianhu::scoring;

namespace {

constexpr lianhu_composite kCompositeDefaults = {.most_winsorised = 5,
                                                 .skewness_limit = 2,
                                                 .kurtosis_limit = 3.5,
                                                 .scale_low = 0,
                                                 .scale_high = 100,
                                                 .rank_decimals = LIANHU_NONE};

absl::Status CheckColumns(const lianhu_composite& given) {
  if (auto s = CheckArray(given.parents, given.indicator_count, "parents"); !s.ok()) return s;
  if (auto s = CheckArray(given.aggregate_parents, given.aggregate_count, "aggregate_parents"); !s.ok()) return s;
  if (auto s = lianhu::capi::CheckCount(given.unit_count, "units"); !s.ok()) return s;
  if (auto s = lianhu::capi::CheckCount(given.denominator_columns, "denominators"); !s.ok()) return s;
  if (auto s = CheckArray(given.values, given.unit_count * std::min<int64_t>(given.indicator_count, 1), "values");
      !s.ok()) {
    return s;
  }
  return CheckArray(given.denominator_values, given.unit_count * std::min<int64_t>(given.denominator_columns, 1),
                    "denominator_values");
}

std::vector<scoring::CompositeIndicator> Indicators(const lianhu_composite& given) {
  std::vector<scoring::CompositeIndicator> indicators(static_cast<size_t>(given.indicator_count));
  for (size_t k = 0; k < indicators.size(); ++k) {
    scoring::CompositeIndicator& one = indicators[k];
    one.parent = given.parents[k];
    if (given.lower_is_better != nullptr && given.lower_is_better[k] != 0) {
      one.direction = scoring::Direction::kLowerIsBetter;
    }
    if (given.weights != nullptr) one.weight = given.weights[k];
    if (given.denominators != nullptr) one.denominator = given.denominators[k];
    if (given.lows != nullptr) one.low = given.lows[k];
    if (given.highs != nullptr) one.high = given.highs[k];
  }
  return indicators;
}

std::vector<scoring::CompositeAggregate> Aggregates(const lianhu_composite& given) {
  std::vector<scoring::CompositeAggregate> aggregates(static_cast<size_t>(given.aggregate_count));
  for (size_t k = 0; k < aggregates.size(); ++k) {
    aggregates[k].parent = given.aggregate_parents[k];
    if (given.aggregate_weights != nullptr) aggregates[k].weight = given.aggregate_weights[k];
  }
  return aggregates;
}

scoring::CompositeOptions Options(const lianhu_composite& given) {
  return {.imputation = static_cast<scoring::Imputation>(given.imputation),
          .treat = given.treat != 0,
          .skewness_limit = given.skewness_limit,
          .kurtosis_limit = given.kurtosis_limit,
          .most_winsorised = given.most_winsorised,
          .transform = static_cast<scoring::Transform>(given.transform),
          .normalisation = static_cast<scoring::Normalisation>(given.normalisation),
          .scale_low = given.scale_low,
          .scale_high = given.scale_high,
          .aggregation = static_cast<scoring::Aggregation>(given.aggregation),
          .least_available = given.least_available,
          .rank_decimals = given.rank_decimals};
}

}  // namespace

int32_t lianhu_composite_init(lianhu_composite* composite, uint32_t struct_size) {
  return InitStruct(composite, struct_size, kCompositeDefaults);
}

int32_t lianhu_composite_build(const lianhu_composite* composite, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckStruct(composite, "composite"); !status.ok()) return status;
    const lianhu_composite given = ReadStruct(composite, kCompositeDefaults);
    if (auto status = CheckColumns(given); !status.ok()) return status;
    const std::vector<scoring::CompositeIndicator> indicators = Indicators(given);
    const std::vector<scoring::CompositeAggregate> aggregates = Aggregates(given);
    const auto result = scoring::BuildComposite(
        {.units = static_cast<int32_t>(given.unit_count),
         .indicators = indicators,
         .aggregates = aggregates,
         .values = View(given.values, given.unit_count * given.indicator_count),
         .denominator_columns = static_cast<int32_t>(given.denominator_columns),
         .denominators = View(given.denominator_values, given.unit_count * given.denominator_columns),
         .groups = View(given.groups, given.unit_count)},
        Options(given));
    if (!result.ok()) return result.status();
    CopyOut(result->denominated, given.out_denominated);
    CopyOut(result->imputed, given.out_imputed);
    CopyOut(result->treated, given.out_treated);
    CopyOut(result->treated_points, given.out_treated_points);
    CopyOut(result->normalised, given.out_normalised);
    CopyOut(result->aggregated, given.out_aggregated);
    CopyOut(result->ranks, given.out_ranks);
    return absl::OkStatus();
  });
}
