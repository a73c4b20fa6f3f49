// Moves nodes over the borders of connected parts, one at a time, by simulated annealing.
#ifndef LIANHU_SRC_DISTRICTING_BOUNDARY_ANNEALER_H_
#define LIANHU_SRC_DISTRICTING_BOUNDARY_ANNEALER_H_

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "districting/node_graph.h"
#include "lianhu/base/random.h"

namespace lianhu::districting::internal {

// What a partition costs: edges between parts, inertia of the parts, and a price on parts out of bounds that is paid
// once a part and again per unit of weight.
struct PartitionPrices {
  double edge = 1;
  double inertia = 0;
  double breach = 0;
  double excess = 0;
};

// Every part is connected and has a node, before and after every move. The graph must outlive the annealer.
class BoundaryAnnealer {
 public:
  BoundaryAnnealer(const NodeGraph& graph, int32_t parts, int64_t low, int64_t high, std::vector<int32_t> part_of);

  // `proposals` proposed moves from temperature `hot` down to `cold`, geometrically. `stop` is asked now and then.
  // Source: Kirkpatrick, Gelatt and Vecchi, "Optimization by simulated annealing", 1983; for graphs Johnson, Aragon,
  // McGeoch and Schevon, 1989.
  void Anneal(const PartitionPrices& prices, double hot, double cold, int64_t proposals, Random& random,
              const std::function<bool()>& stop);

  const std::vector<int32_t>& part_of() const { return part_of_; }

  // By how much a move of a boundary node changes the inertia, on average over the boundary.
  double MeanInertiaStep() const;

  // The best state met: the least weight out of bounds, and among those the least of edges and inertia as last priced.
  const std::vector<int32_t>& best() const { return best_; }
  int64_t best_excess() const { return best_excess_; }
  double best_cost() const { return best_cost_; }
  // Prices the best state anew and takes the present one, where that is better.
  void Reprice(const PartitionPrices& prices);

  // For tests: whether `part` stays connected without `v`; false when finding out takes long.
  bool StaysConnected(int32_t v);

 private:
  int64_t Excess(int64_t weight) const { return weight > high_ ? weight - high_ : weight < low_ ? low_ - weight : 0; }
  double Price(const PartitionPrices& prices, int64_t weight) const {
    const int64_t excess = Excess(weight);
    return excess == 0 ? 0 : prices.breach + prices.excess * static_cast<double>(excess);
  }
  void Load(std::vector<int32_t> part_of);
  void Move(int32_t v, int32_t to);
  void SetBoundary(int32_t v, bool on);
  int64_t CutChange(int32_t v, int32_t from, int32_t to) const;
  double InertiaChange(int32_t v, int32_t partner, int32_t from, int32_t to) const;
  int32_t Partner(int32_t v, int32_t from, int32_t to, Random& random) const;
  bool TryMove(int32_t v, int32_t from, int32_t to, int32_t partner);
  void Propose(const PartitionPrices& prices, double temperature, const std::vector<double>& quantiles, Random& random);
  void KeepIfBest();

  const NodeGraph& graph_;
  const int32_t parts_;
  const int64_t low_;
  const int64_t high_;
  std::vector<int32_t> part_of_;
  std::vector<int64_t> part_weight_;
  std::vector<int32_t> part_nodes_;
  std::vector<Moments> part_moments_;
  std::vector<int32_t> outside_;   // neighbours in other parts
  std::vector<int32_t> boundary_;  // nodes with such neighbours
  std::vector<int32_t> slot_;      // their places in it, -1
  int64_t cut_ = 0;
  double inertia_ = 0;
  int64_t excess_ = 0;
  double cost_ = 0;  // cut and inertia by the prices in force

  std::vector<int32_t> best_;
  std::vector<int32_t> changed_;  // since the best
  std::vector<uint8_t> is_changed_;
  int64_t best_excess_ = 0;
  double best_cost_ = 0;

  // Searching from each neighbour at once.
  std::vector<int32_t> seen_;    // stamps
  std::vector<int32_t> search_;  // the search that saw a node
  int32_t stamp_ = 0;
  std::vector<std::vector<int32_t>> queues_;
  std::vector<int32_t> group_;
};

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_BOUNDARY_ANNEALER_H_
