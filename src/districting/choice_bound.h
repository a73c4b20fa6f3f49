// A bound that no choice of stewards is below: Lagrangian relaxation of "each household is given to one of them".
#ifndef LIANHU_SRC_DISTRICTING_CHOICE_BOUND_H_
#define LIANHU_SRC_DISTRICTING_CHOICE_BOUND_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "districting/community.h"

namespace lianhu::districting::internal {

// For multipliers u (one a household, of either sign),
//
//   bound(u) = sum_h u_h + min over choices of sum of v_j,
//   v_j      = opening_j + min over min_j <= L <= max_j of the sum of the L least d_hj - u_h, h of j's community,
//
// is at most the objective of every choice. How many each community chooses lies between `low` and `high` of it; in all
// they are `total`, or free (-1). The least choice is found by sorting, so that the relaxation is as good as the linear
// program's. Subgradient steps (Held, Wolfe and Crowder 1974), in a direction smoothed over steps (Camerini, Fratta and
// Maffioli 1975), raise it.
class ChoiceBound {
 public:
  // Views `communities`. The lists of near households are `reach` long, at least.
  ChoiceBound(const std::vector<Community>& communities, int64_t reach, int threads);

  void Limit(std::vector<int64_t> low, std::vector<int64_t> high, int64_t total);

  // Steps towards `target` (a choice's objective), from where the last call ended; the first from `served_at`, by
  // household of the problem the distance at which a choice serves it. Ends when the target is reached, steps have
  // become small, or `stop` says so. The best bound of all calls.
  double Ascend(const std::vector<double>& served_at, double target, int64_t steps,
                const std::function<bool(double fraction)>& stop);

  // How often the relaxation chose each candidate of a community in the last steps, 0..1.
  const std::vector<double>& Frequency(size_t community) const { return parts_[community].frequency; }

 private:
  struct Item {
    double reduced;
    int32_t household;  // in the community; -1: somebody not listed
  };
  struct Part {
    std::vector<int32_t> near;          // of each candidate near_count households of the community, nearest first
    std::vector<double> near_distance;  // cm
    int32_t near_count = 0;
    std::vector<double> multiplier;  // by household of the community
    std::vector<double> best_multiplier;
    std::vector<double> direction;
    std::vector<double> value;  // v by candidate
    std::vector<double> frequency;
    std::vector<double> covered;
    std::vector<int32_t> order;  // candidates by v, the pinned first
    std::vector<int32_t> far;    // households whose multiplier reaches beyond a list
    double highest = 0;          // multiplier of the others
    std::vector<Item> items;     // those that Solve took
  };

  void List(const Community& community, int64_t reach, Part& part) const;
  double Solve(const Community& community, int32_t candidate, Part& part) const;
  void SolveAll(const Community& community, Part& part) const;
  double Choose(std::vector<int64_t>& taken) const;
  void Cover(const Community& community, int64_t taken, Part& part) const;
  double Evaluate();
  double NearestBound();

  const std::vector<Community>& communities_;
  int threads_;
  std::vector<Part> parts_;
  std::vector<int64_t> low_;
  std::vector<int64_t> high_;
  int64_t total_ = -1;
  bool started_ = false;
  double best_ = 0;
  double floor_ = 0;  // NearestBound() at the start
  double step_ = 1;
};

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_CHOICE_BOUND_H_
