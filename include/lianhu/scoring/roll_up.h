// Scores by unit: means weighted by linked households, for a grid, a community, a street.
#ifndef LIANHU_SCORING_ROLL_UP_H_
#define LIANHU_SCORING_ROLL_UP_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/scoring/score.h"

namespace lianhu::scoring {

// Columns by steward.
struct StewardUnits {
  absl::Span<const Unit> units = {};          // whose he is; kNoUnit: nobody's, he is left out
  absl::Span<const int64_t> households = {};  // his weight, >= 0; empty: 1 each
};

// By unit of the hierarchy, each with all units below it.
struct UnitScores {
  std::vector<int64_t> stewards;
  std::vector<int64_t> rated;
  std::vector<int64_t> households;  // of the rated: the weight
  std::vector<Points> mean;         // of the published totals, rounded once, half up; kNotApplicable without weight
  std::vector<int32_t> rank;        // among the units of the same level, ties share the better; 0 without a mean
};

// Errors name the field and the row: lengths, a unit that is not there, a negative number of households, sums beyond 64
// bits. O(stewards + units log units).
absl::StatusOr<UnitScores> RollUpScores(const Hierarchy& hierarchy, const Scores& scores, const StewardUnits& columns);

}  // namespace lianhu::scoring

#endif  // LIANHU_SCORING_ROLL_UP_H_
