// A bound that no choice of stewards is below: Lagrangian relaxation of "each household is given to somebody".
#ifndef LIANHU_SRC_DISTRICTING_SELECTION_BOUND_H_
#define LIANHU_SRC_DISTRICTING_SELECTION_BOUND_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "lianhu/districting/selection.h"

namespace lianhu::districting::internal {

// For multipliers u (one a household, what its service is worth),
//
//   bound(u) = sum_h u_h + sum of the p least v_j,   v_j = min over x of sum_h (d_hj - u_h) x_h,  demand x <=
//   capacity_j,
//
// is at most the objective of every plan. v_j is a knapsack. Its linear relaxation, which only lowers the bound, comes
// first, for all; those among the p least are then solved exactly, by branch and bound, unless that takes too long.
// Subgradient steps (Held, Wolfe and Crowder 1974), in a direction smoothed over steps (Camerini, Fratta and Maffioli
// 1975), raise the bound.
//
// A candidate j beyond the p best costs any plan with it at least bound(u) + v_j - v of the p-th: where that is above
// the objective of a known plan, no better plan has him, and he is left out from then on.
class SelectionBound {
 public:
  // `served_at`: the distance at which a known plan serves each household; the first multipliers come from it.
  SelectionBound(const SelectionProblem& problem, const std::vector<double>& served_at);

  // Goes on stepping for `work` units (pairs looked at), until `target` (a plan's objective) is reached as nearly as
  // steps can tell, or `stop` says so; the best bound so far.
  double Ascend(double target, int64_t work, const std::function<bool(double fraction)>& stop);

  // Further steps are of no use.
  bool converged() const { return converged_; }

 private:
  struct Item {
    double worth;  // u_h - d_hj > 0
    int32_t household;
    int32_t demand;
  };

  void ListNearby();
  void Collect(int32_t candidate);
  // The greatest worth that fits, and what is taken of each item, in [0, 1].
  double Relaxed(int64_t capacity);
  double Exact(int64_t capacity);
  double Evaluate(double target, std::vector<double>& covered);
  void Exclude(double slack, double last, const std::vector<double>& worth);

  const SelectionProblem& problem_;
  std::vector<double> multiplier_;
  std::vector<int32_t> near_;  // of each candidate, near_count_ households, nearest first
  std::vector<double> near_distance_;
  int32_t near_count_ = 0;
  std::vector<int32_t> far_reaching_;  // households whose multiplier reaches beyond some candidate's list
  std::vector<Item> items_;
  std::vector<double> taken_;
  std::vector<int64_t> demand_before_;  // in the order of items_
  std::vector<double> worth_before_;
  std::vector<uint8_t> in_;
  int64_t pairs_ = 0;  // looked at

  std::vector<int32_t> open_;  // candidates that are not excluded
  std::vector<double> direction_;
  std::vector<double> best_multiplier_;
  double best_ = 0;  // distances are not negative
  double step_ = 1;
  int stale_ = 0;
  bool converged_ = false;
};

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_SELECTION_BOUND_H_
