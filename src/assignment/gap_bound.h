// Lower bounds for weighted assignment by Lagrangian relaxation, and the prices that guide the search.
#ifndef LIANHU_SRC_ASSIGNMENT_GAP_BOUND_H_
#define LIANHU_SRC_ASSIGNMENT_GAP_BOUND_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "assignment/gap_model.h"

namespace lianhu::assignment::internal {

// Asked now and then; false stops the work with what there is.
using KeepGoing = std::function<bool()>;

// Prices p_i of a unit of capacity by subgradient ascent on
//
//   sum_h min_i (c_ih + p_i w_ih)  -  sum_i (p_i > 0 ? p_i max_i : p_i min_i),
//
// the relaxation of the bounds on loads, whose maximum is that of the linear program. Returns the prices of the
// greatest value met; `prices` are where it starts. `target`: a guess at that maximum, for the size of steps. `most`:
// no plan costs more; a value above it shows that there is no plan.
struct CapacityPrices {
  std::vector<double> price;  // m
  double value = 0;
};
CapacityPrices AscendCapacityPrices(const GapModel& model, std::vector<double> prices, double target, double most,
                                    int iterations, const KeepGoing& keep_going);

// The relaxation of "every item once": given multipliers u (integers, held in doubles, in units of 1 / scale), each
// agent solves a knapsack. Exact in doubles: all sums stay below 2^53.
class KnapsackRelaxation {
 public:
  // `scale`: a power of 2.
  KnapsackRelaxation(const GapModel& model, double scale);

  // What pairs outside the lists may add: at agent i they cost at least outside[i] - in units of 1/scale - a unit of
  // weight. Empty: the lists are complete.
  void SetOutside(std::vector<double> outside) { outside_ = std::move(outside); }

  // bound(u) in units of 1 / scale; `chosen(arc)` is called for the arcs of the knapsacks' solutions when given.
  double Evaluate(const std::vector<double>& multiplier, const std::function<void(int32_t)>& chosen);

  // The largest power of 2, at most 1024, that keeps sums exact.
  static double ScaleFor(const GapModel& model);

 private:
  double Knapsack(int32_t agent, const std::vector<double>& multiplier);
  double WithMinimum(int32_t agent, const std::vector<double>& multiplier);
  double Fractional(int64_t capacity);

  struct Entry {
    int32_t arc;
    double profit;
    int64_t weight;
  };

  const GapModel& model_;
  double scale_;
  std::vector<double> outside_;
  std::vector<Entry> entries_;
  std::vector<double> best_;
  std::vector<uint8_t> taken_;
  std::vector<int32_t> solution_;
};

// Subgradient ascent on the knapsack relaxation. `primal`, when given, gets the knapsacks' arcs as a start for a plan
// whenever the bound is within 0.2 % of the best. Ends after `iterations`, when ceil(bound) reaches `upper()`, or when
// told to.
struct Multipliers {
  std::vector<double> value;  // n, in units of 1 / scale
  double bound = 0;           // in units of 1 / scale
};
Multipliers AscendMultipliers(KnapsackRelaxation& relaxation, const GapModel& model, double scale,
                              std::vector<double> start, int iterations, const std::function<double()>& upper,
                              const std::function<void(const std::vector<int32_t>&)>& primal,
                              const KeepGoing& keep_going);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_GAP_BOUND_H_
