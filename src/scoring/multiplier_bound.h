// How many of some affine functions e_r(p) = constant_r + sum_k slope_rk p_k are at least 0 wherever p is in the cube
// -1 <= p_k <= 1: a lower bound.
//
// e_r / (its greatest value) is at most 1 where e_r >= 0 and below 0 elsewhere, so that for any multipliers
// 0 <= m_r <= 1 the least over the cube of sum m_r e_r / greatest_r is such a bound (Lagrangian; the least of a linear
// function over a cube is in closed form). The multipliers come from fictitious play against p.
// Source: Amaldi and Kann, Theoretical Computer Science 147, 1995 (maximum feasible subsystem); Brown, "Iterative
// solution of games by fictitious play", 1951.
#ifndef LIANHU_SRC_SCORING_MULTIPLIER_BOUND_H_
#define LIANHU_SRC_SCORING_MULTIPLIER_BOUND_H_

#include <cstdint>
#include <vector>

namespace lianhu::scoring {

struct AffineFunctions {
  int32_t count = 0;
  int32_t variables = 0;
  std::vector<double> constant;  // by function; the vectors may be longer than is needed
  std::vector<double> greatest;  // > 0, at least the greatest value in the cube
  std::vector<double> slope;     // [variable * count + function]
};

class MultiplierBound {
 public:
  // Stops when the bound is `enough`. O(plays * count * variables).
  double Bound(const AffineFunctions& functions, int plays, double enough);

  // Of the last bound: where the play against the multipliers ended, near which few are at least 0.
  const std::vector<double>& point() const { return point_; }

 private:
  std::vector<double> multipliers_;  // divided by the greatest value
  std::vector<double> inverse_;
  std::vector<double> value_;
  std::vector<double> point_;
};

}  // namespace lianhu::scoring

#endif  // LIANHU_SRC_SCORING_MULTIPLIER_BOUND_H_
