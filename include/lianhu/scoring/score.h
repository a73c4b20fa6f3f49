// Facts in, scores out: every steward's points with the numbers behind them.
//
// Guarantees:
//   1. A steward's points depend on his own facts and the checklist alone, never on a colleague's; only ranks compare.
//   2. All arithmetic is on exact fractions. What is published (points of an indicator and of a group, bonus,
//      deduction, total) is rounded once, half up, from its exact value, so that a total may differ by a thousandth or
//      two from the sum of the rounded points.
//   3. A better fact never lowers a total, unless a rule of the checklist says so.
//   4. The same facts in another order of rows give the same scores in that order.
#ifndef LIANHU_SCORING_SCORE_H_
#define LIANHU_SCORING_SCORE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/base/run_context.h"
#include "lianhu/scoring/checklist.h"

namespace lianhu::scoring {

// A view of the caller's table, which must outlive the call: values[row * facts + fact], the facts in the order of
// Checklist::facts, each >= 0.
struct FactTable {
  int32_t stewards = 0;
  absl::Span<const int64_t> values = {};
};

enum class ScoreStatus : int32_t { kRated = 0, kNotRated = 1 };

// "rated", "not rated".
const char* StatusName(ScoreStatus status);

inline constexpr Points kNotApplicable = -1;
inline constexpr int32_t kNoIndex = -1;  // of an array

// Arrays by steward, or by steward and indicator or group: points[s * indicators + i]. Indicators are numbered through
// all groups, in the order of the checklist.
struct Scores {
  int32_t stewards = 0;
  int32_t indicators = 0;
  int32_t groups = 0;
  std::vector<Points> points;        // by indicator, with the weights handed on; or kNotApplicable
  std::vector<Points> weights;       // by indicator: its weight with what was handed on; likewise
  std::vector<Points> group_points;  // or kNotApplicable
  std::vector<Points> bonus;         // >= 0
  std::vector<Points> deduction;     // >= 0
  std::vector<Points> total;         // kNotApplicable where not rated
  std::vector<int32_t> grade;        // index into Checklist::bands, capped by vetoes; kNoIndex where not rated
  std::vector<int32_t> veto;         // index into Checklist::vetoes of the one that capped the grade, or kNoIndex
  std::vector<ScoreStatus> status;
  std::vector<int32_t> rank;     // 1 is best, by published total; equal totals share the better rank; 0: not rated
  std::vector<Decimal> covered;  // weight of the indicators that apply
  bool cancelled = false;        // then everything else is empty
};

// Errors: what Validate says of the checklist; a table of the wrong length; a negative fact; a numerator above its
// denominator; a derived fact beyond 64 bits. They name the fact ("requests_in_time") and the row. Time and memory
// O(stewards * size of the checklist).
absl::StatusOr<Scores> Score(const Checklist& checklist, const FactTable& facts, RunContext& context);

// What Score says of the facts, without scoring them. O(rows * size of the checklist).
absl::Status CheckFacts(const Checklist& checklist, const FactTable& facts);

// Ranks by value, greatest first; equal values share the better rank and the next one is left out (1, 2, 2, 4); 0 for
// negative values. O(n log n).
std::vector<int32_t> RanksOf(absl::Span<const Points> values);

}  // namespace lianhu::scoring

#endif  // LIANHU_SCORING_SCORE_H_
