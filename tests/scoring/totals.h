// Scores of which only the totals matter.
#ifndef LIANHU_TESTS_SCORING_TOTALS_H_
#define LIANHU_TESTS_SCORING_TOTALS_H_

#include <cstdint>
#include <vector>

#include "lianhu/scoring/score.h"

namespace lianhu::scoring::testing {

// One steward a total; a negative one is not rated.
inline Scores Totals(const std::vector<Points>& totals) {
  Scores scores;
  scores.stewards = static_cast<int32_t>(totals.size());
  scores.total = totals;
  for (const Points total : totals) {
    scores.status.push_back(total < 0 ? ScoreStatus::kNotRated : ScoreStatus::kRated);
  }
  return scores;
}

}  // namespace lianhu::scoring::testing

#endif  // LIANHU_TESTS_SCORING_TOTALS_H_
