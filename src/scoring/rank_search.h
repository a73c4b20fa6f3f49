// The fewest rivals that must stay on the wrong side of one steward, over a box of weights: bounded from below by
// branch and bound, and weights that come near it.
//
// For the best rank the wrong side is above: rival j counts where he is at least a published step ahead for certain.
// For the worst rank it is below: rival j counts where he is not ahead for certain. The count is a step function of the
// weights u; finding its least is a maximum feasible subsystem problem. In a box of weights
//   - a rival whose difference with the steward keeps its sign is decided (interval reasoning);
//   - of the others, e_j(u) / max e_j <= 1 wherever e_j >= 0 and is below 0 elsewhere, so that for any multipliers
//     0 <= m_j <= 1 the least over the box of sum m_j e_j(u) / max e_j bounds their number from below (Lagrangian
//     bound; the least of a linear function over a box is in closed form). Multipliers by fictitious play.
// The box with the least bound is halved along the weight that moves most, until no box can be better than the weights
// found or the number of boxes is used up: the bound holds either way.
//
// Doubles, rounded towards "not decided" by a margin far above their error: a bound is never too good.
// Source of the bound: Amaldi and Kann, Theoretical Computer Science 147, 1995 (the problem); Brown, "Iterative
// solution of games by fictitious play", 1951 (the multipliers).
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
// O(boxes * rivals * indicators).
RankAnswer SearchRank(const WeightSpace& space, const RankQuestion& question, double range, int32_t boxes);

}  // namespace lianhu::scoring

#endif  // LIANHU_SRC_SCORING_RANK_SEARCH_H_
