// Composite indicators: from raw columns to one index, step by step.
//
//   denominate -> impute -> treat outliers -> normalise -> aggregate level by level -> rank
//
// The method is that of the OECD/JRC "Handbook on Constructing Composite Indicators" (2008), the definitions of each
// step are those of COINr (Becker et al., J. Open Source Software 7(78), 2022), whose published ASEM index is
// reproduced in the tests. A steward's score does not come from here: it is measured against fixed goalposts (score.h),
// because a score must not move when a colleague's does. This is for comparing places, and for checking what another
// method would have said.
//
// Binary floats, as in the source; deterministic: sums run in the order of the rows. Missing values are NaN.
#ifndef LIANHU_SCORING_COMPOSITE_H_
#define LIANHU_SCORING_COMPOSITE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/scoring/checklist.h"

namespace lianhu::scoring {

struct CompositeIndicator {
  Direction direction = Direction::kHigherIsBetter;
  double weight = 1;         // > 0, within its parent
  int32_t parent = 0;        // an aggregate
  int32_t denominator = -1;  // a column of denominators, or -1
  double low = 0;            // goalposts for Normalisation::kGoalposts, low < high
  double high = 1;
};

struct CompositeAggregate {
  int32_t parent = -1;  // an aggregate that comes later, or -1: the index itself
  double weight = 1;    // > 0
};

// Views of the caller's arrays. u units by row.
struct CompositeInput {
  int32_t units = 0;
  absl::Span<const CompositeIndicator> indicators = {};  // i, at least one
  absl::Span<const CompositeAggregate> aggregates = {};  // a, at least one; children before parents
  absl::Span<const double> values = {};                  // u x i, NaN: missing
  int32_t denominator_columns = 0;                       // d
  absl::Span<const double> denominators = {};            // u x d; NaN or 0: what is divided by it is missing
  absl::Span<const int32_t> groups = {};                 // empty, or u, for imputation within groups
};

enum class Imputation : int32_t { kNone = 0, kMean = 1, kMedian = 2, kGroupMean = 3, kGroupMedian = 4 };
enum class Transform : int32_t { kNone = 0, kLog = 1 };
enum class Normalisation : int32_t { kMinMax = 0, kGoalposts = 1, kRank = 2, kZScore = 3 };
enum class Aggregation : int32_t { kArithmetic = 0, kGeometric = 1, kHarmonic = 2 };

struct CompositeOptions {
  Imputation imputation = Imputation::kNone;

  // An indicator is treated when both |skewness| and kurtosis (the sample's, types G1 and G2, excess) are beyond their
  // limits: extreme values, at most most_winsorised of them, are brought to the next one; where that does not help, the
  // untreated values are transformed instead.
  bool treat = false;
  double skewness_limit = 2;
  double kurtosis_limit = 3.5;
  int32_t most_winsorised = 5;
  // log(x - min + (max - min) / 100), which is defined for every range.
  Transform transform = Transform::kNone;

  // kMinMax: the least value becomes scale_low, the greatest scale_high. kGoalposts: the same for each indicator's own
  // low and high, clipped. kRank: 1 for the least, ties the lesser number. kZScore: mean scale_low and deviation
  // scale_high. A lower-is-better column is negated first. A column without variation has no min-max and no z-score and
  // becomes missing.
  Normalisation normalisation = Normalisation::kMinMax;
  double scale_low = 0;
  double scale_high = 100;

  Aggregation aggregation = Aggregation::kArithmetic;
  // An aggregate is missing where children with less than this part of the weight are there; else the weights of those
  // that are there are scaled up. 0: any one suffices; 1: all must be there.
  double least_available = 0;

  // Ranks go by values rounded to this many decimals, 0 to 12, as a published table shows them; -1: as they are.
  int32_t rank_decimals = -1;
};

// Matrices by unit: u x i, u x a.
struct Composite {
  std::vector<double> denominated;
  std::vector<double> imputed;
  std::vector<double> treated;
  std::vector<int32_t> treated_points;  // by indicator: how many were winsorised; -1: transformed
  std::vector<double> normalised;
  std::vector<double> aggregated;
  std::vector<int32_t> ranks;  // u x a: 1 is the greatest, ties share the better, 0: missing
};

// Errors name the field and the row: shapes, weights, parents out of order, infinite values or such that are beyond
// 1e75 once denominated, options out of range, a value <= 0 under geometric or harmonic means (of `normalised`). O(u *
// i * (log u + most_winsorised)).
absl::StatusOr<Composite> BuildComposite(const CompositeInput& input, const CompositeOptions& options);

// The sample's skewness G1 (n >= 3) and excess kurtosis G2 (n >= 4) of the values that are there; NaN otherwise, or
// without variation.
double Skewness(absl::Span<const double> values);
double Kurtosis(absl::Span<const double> values);

}  // namespace lianhu::scoring

#endif  // LIANHU_SCORING_COMPOSITE_H_
