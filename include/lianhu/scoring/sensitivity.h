// How much a ranking hangs on the weights: which ranks each steward can have when every weight may be up to `range`
// more or less than the checklist says, and how little it takes to swap two.
//
// Model. Weights u_k lie in [w_k (1 - range), w_k (1 + range)] and are rescaled to the full marks; then the stewards
// are scored anew. What does not apply hands its weight on in proportion to u. Bonuses, deductions, vetoes and
// goalposts stay as they are, and so does who is rated; who is not is left out. Shares enter with up to twelve
// decimals.
//
// What is exact and what is not:
//   - best_rank and worst_rank are proved: no weights within the range lead out of this interval;
//   - attained_best and attained_worst are ranks that weights within the range, found by search, do give. The truth
//     lies between the two intervals; where they agree, it is known (Exact). Finding it in general is a maximum
//     feasible subsystem problem, which is NP-hard: the search (branch and bound over boxes of weights) ends it for
//     most of some hundred stewards, and leaves a part of the interval open for most of some thousand, unless it has
//     time;
//   - sampled_best and sampled_worst are the extremes over random weights: a check, always within the above;
//   - swaps are exact, with weights handed on in the proportions of the checklist as it stands, so that totals are
//     linear in the weights.
#ifndef LIANHU_SCORING_SENSITIVITY_H_
#define LIANHU_SCORING_SENSITIVITY_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/base/run_context.h"
#include "lianhu/scoring/checklist.h"
#include "lianhu/scoring/score.h"

namespace lianhu::scoring {

struct SensitivityOptions {
  Decimal range = {200'000};  // 0..0.999999, as a part of each weight
  int32_t samples = 1000;     // 0..1,000,000; drawn with RunContext::seed
  // Boxes of weights searched for each end of each steward's interval, 0..10,000,000; 0: pairs and the first box alone.
  // -1: 6,000,000,000 / the square of the number of rated stewards, at most 200,000.
  int32_t boxes = -1;
  // Whose interval is wanted as it is: with at least 2,000,000 boxes for each end the search ends for most, also among
  // thousands, in some seconds; what rounding may put level can stay open. kNoIndex: nobody's; who is not rated has
  // none.
  int32_t steward = kNoIndex;
};

// The least change of weights that makes two totals equal.
struct WeightSwap {
  int32_t with = kNoIndex;  // the other steward; kNoIndex: no weights above 0 do it
  Decimal change;           // all weights at most this part up or down, rounded up; 0: equal already
  // The one whose weight, changed alone, does it by the least change; kNoIndex: none does.
  int32_t indicator = kNoIndex;
  Decimal indicator_change;  // that change with its sign, as a part of the weight, rounded away from 0
};

struct Sensitivity {
  // By steward; 0 where he is not rated.
  std::vector<int32_t> rank;  // as of Score
  std::vector<int32_t> best_rank;
  std::vector<int32_t> worst_rank;
  std::vector<int32_t> attained_best;
  std::vector<int32_t> attained_worst;
  std::vector<int32_t> sampled_best;
  std::vector<int32_t> sampled_worst;
  std::vector<WeightSwap> swap;  // with whom the least change suffices, among those of another published total

  // By indicator: the mean and the greatest shift of a rank when its weight alone goes up or down by the range, in
  // thousandths of a rank for the mean; and the correlation of its points with the totals, in millionths (0 where one
  // of the two does not vary).
  std::vector<int64_t> mean_shift;
  std::vector<int32_t> greatest_shift;
  std::vector<int64_t> correlation;
  bool cancelled = false;  // then everything else is empty

  // The attained interval of this steward is the proved one.
  bool Exact(int32_t s) const { return best_rank[s] == attained_best[s] && worst_rank[s] == attained_worst[s]; }
};

// Errors: as of Score, and options out of range. O(n^2 * indicators * (1 + boxes)) time, O(n * indicators
// + boxes) memory.
absl::StatusOr<Sensitivity> AnalyseSensitivity(const Checklist& checklist, const FactTable& facts,
                                               const SensitivityOptions& options, RunContext& context);

// The least change that swaps the stewards `a` and `b`, both rated; `with` is b. Errors: as of Score, and a steward who
// is not there or not rated.
absl::StatusOr<WeightSwap> SmallestSwap(const Checklist& checklist, const FactTable& facts, int32_t a, int32_t b);

}  // namespace lianhu::scoring

#endif  // LIANHU_SCORING_SENSITIVITY_H_
