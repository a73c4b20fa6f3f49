// The linear model behind the sensitivity of ranks: every rated steward as a vector of whole numbers.
#ifndef LIANHU_SRC_SCORING_WEIGHT_SPACE_H_
#define LIANHU_SRC_SCORING_WEIGHT_SPACE_H_

#include <cstdint>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/scoring/score.h"
#include "lianhu/scoring/sensitivity.h"

namespace lianhu::scoring {

// With weights u (any positive multiples of weights), steward s has sum(u * credit(s)) / (sum(u) * unit) points before
// clipping. The credit of an indicator that does not apply is the mean of those that its weight is handed on to, under
// u; in `credits` under the weights as stated, which makes the sum linear in u.
struct WeightSpace {
  int32_t indicators = 0;
  int32_t groups = 0;
  int64_t unit = 1;               // credits for one point: a power of ten
  Points full = 0;                // the full marks in thousandths
  std::vector<int64_t> weights;   // the checklist's, in lowest whole numbers
  std::vector<int32_t> group_of;  // by indicator, ascending
  std::vector<int32_t> stewards;  // the rated ones, ascending
  std::vector<int64_t> credits;   // rated stewards x indicators
  std::vector<uint8_t> applies;   // likewise; 1 too where what is handed on is the same under all weights
  std::vector<uint8_t> complete;  // by rated steward: everything applies
  std::vector<uint8_t> lacks;  // rated stewards x (1 + groups): nothing of some group applies; by group, not all does
  std::vector<int32_t> place;  // by rated steward, when these are sorted by `lacks`
  std::vector<double> points;  // credits in points
  std::vector<int32_t> order;  // rated stewards x indicators: in each group those that apply, the greatest first
  Scores scores;

  int32_t size() const { return static_cast<int32_t>(stewards.size()); }
  absl::Span<const int64_t> Credits(int32_t s) const {
    return absl::MakeConstSpan(credits).subspan(static_cast<size_t>(s) * indicators, indicators);
  }
  // The same applies to both and with the same credits: equal under all weights.
  bool SameAnswers(int32_t a, int32_t b) const;
  // sum(u * credit(s)), weights handed on under u.
  absl::int128 Value(int32_t s, absl::Span<const int64_t> weights) const;
  // Bounds of each indicator's credit while low <= u <= high, in points; one number where the indicator applies.
  void CreditRange(int32_t s, const double* low, const double* high, double* least, double* greatest) const;
  void RangeOfWaiting(int32_t s, const double* low, const double* high, double* least, double* greatest) const;
  void Arrange();
  // The published total for weights that sum to `sum` and give `value` = sum(u * credit).
  Points Publish(absl::int128 value, absl::int128 sum) const;
};

absl::StatusOr<WeightSpace> BuildWeightSpace(const Checklist& checklist, const FactTable& facts, RunContext& context);

// Between the rated stewards a and b of the space.
WeightSwap SwapOf(const WeightSpace& space, int32_t a, int32_t b);

}  // namespace lianhu::scoring

#endif  // LIANHU_SRC_SCORING_WEIGHT_SPACE_H_
