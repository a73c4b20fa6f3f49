// Fair comparison: stewards ranked among those whose work is as hard, and an adjusted total beside the raw one.
//
// Difficulty is the mean of three percentiles among the rated stewards: how far his households lie apart, how many they
// are, and what share of them is in hardship. A percentile counts those below and half of those equal. Strata are parts
// of equal size by difficulty, equal difficulties never parted. The adjustment is what the mean of his stratum falls
// short of the mean of all (or exceeds it), at most `cap` points either way; raw and adjusted totals are published side
// by side, and grades stay with the raw one.
#ifndef LIANHU_SCORING_STRATA_H_
#define LIANHU_SCORING_STRATA_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/scoring/score.h"

namespace lianhu::scoring {

// Columns by steward, each >= 0.
struct Difficulty {
  absl::Span<const int64_t> dispersion_cm = {};  // mean distance of his households
  absl::Span<const int64_t> households = {};
  absl::Span<const int64_t> hardship = {};  // households in hardship, at most `households`
};

struct StrataOptions {
  int32_t strata = 3;  // 1 to 100
  Points cap = 5000;   // 0 to 5000 thousandths
  Points full_marks = 100'000;
};

// By steward; of those who are not rated stratum kNoIndex, ranks 0 and points kNotApplicable.
struct Strata {
  std::vector<int64_t> difficulty;  // 0..1,000,000 millionths, rounded half up; 0 where not rated
  std::vector<int32_t> stratum;     // 0 is the easiest
  std::vector<int32_t> stratum_rank;
  std::vector<Points> adjustment;  // signed thousandths; 0 where not rated
  std::vector<Points> adjusted;    // clipped to 0..full marks
  std::vector<int32_t> adjusted_rank;
  std::vector<Points> stratum_mean;  // by stratum, half up; kNotApplicable for an empty one
};

// Errors name the field and the row. O(n log n).
absl::StatusOr<Strata> Stratify(const Scores& scores, const Difficulty& difficulty, const StrataOptions& options);

}  // namespace lianhu::scoring

#endif  // LIANHU_SCORING_STRATA_H_
