// The fewest rivals that must stay on the wrong side of one steward, over a box of weights: bounded from below by
// branch and bound, and weights that come near it.
//
// For the best rank the wrong side is above: rival j counts where he is at least a published step ahead for certain.
// For the worst rank it is below: rival j counts where he is not ahead for certain. The count is a step function of the
// weights u; finding its least is a maximum feasible subsystem problem. In a box of weights
//   - a rival whose lead keeps its sign is decided (rival_table.h), and this is the bound that narrows most: the box is
//     measured once and cut along the four weights that move the leads most; for each of the 16 parts it takes one
//     addition and one comparison a rival;
//   - where few more would have to be on the wrong side for the box to be given up, the open ones are bounded together
//     (multiplier_bound.h). That ends the search: two rivals who cannot both be on the right side are both open in
//     every box, however small, that holds weights where either changes sides.
// The box with the least bound is next, until none can be better than the weights found or the number of boxes is used
// up: the bound holds either way. From inside, one weight at a time goes to where the fewest are on the wrong side,
// beginning at the boxes' middles and at the ends of the multipliers' play.
//
// Doubles, rounded towards "not decided" by a margin far above their error: a bound is never too good.
#ifndef LIANHU_SRC_SCORING_RANK_SEARCH_H_
#define LIANHU_SRC_SCORING_RANK_SEARCH_H_

#include <cstdint>
#include <vector>

#include "scoring/weight_space.h"

namespace lianhu::scoring {

struct RankQuestion {
  int32_t steward = 0;  // of the space
  bool best = true;
  std::vector<int32_t> countable;  // rivals whose wrong side is certain where the difference says so
};

struct RankCandidate {
  int32_t count = 0;                 // of the countable on the wrong side, to the precision of doubles
  std::vector<double> weights = {};  // as parts of those stated, 1 - range .. 1 + range
};

struct RankAnswer {
  int32_t fewest = 0;  // proved: at least so many of the countable are on the wrong side, whatever the weights
  std::vector<RankCandidate> candidates;  // a few, the best first
};

// `range`: how far each weight may go, as a part of it; `boxes` >= 0: at most so many are looked at. Deterministic.
// O(boxes * rivals * indicators) time,
// O(rivals * indicators + boxes) memory.
RankAnswer SearchRank(const WeightSpace& space, const RankQuestion& question, double range, int32_t boxes);

}  // namespace lianhu::scoring

#endif  // LIANHU_SRC_SCORING_RANK_SEARCH_H_
