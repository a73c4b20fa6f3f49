// The exact search for prices that must travel far: a primal network simplex on the stewards.
#ifndef LIANHU_SRC_ASSIGNMENT_NETWORK_SIMPLEX_H_
#define LIANHU_SRC_ASSIGNMENT_NETWORK_SIMPLEX_H_

#include <cstdint>
#include <vector>

#include "assignment/candidates.h"
#include "assignment/network.h"
#include "assignment/stop_signal.h"

namespace lianhu::assignment::internal {

// Ends where AugmentingSearch does, and with prices that hold over all pairs: the finder's pricing generates columns.
//
// The basis is a spanning tree of sites, stewards and a root "elsewhere" with price 0. A site with one basic arc is a
// leaf, and nearly all are: leaves stay implicit, so the tree that pivots walk and re-hang has stewards and the few
// sites that are split between them. A steward hangs by the arc to a split site, by his load arc to the root (capacity
// min..max, cost 0), or by a penalty arc to the root that carries what his load lacks or exceeds.
//
// The start takes the network's flow and prices as they are: a penalty arc costs the steward's price, plus or minus a
// penalty while it carries anything. Penalties start small and grow fourfold; each time the pivots go on until no pair
// can be improved. So imbalances are settled by short ways first, and prices move no further than they must. A penalty
// arc that has left the basis never returns.
//
// Leaving arcs follow Cunningham's rule (strongly feasible trees), which excludes cycling; a penalty arc without flow
// on the cycle leaves first. Dantzig 1951; Cunningham, "A network simplex method", 1976.
class NetworkSimplex {
 public:
  NetworkSimplex(Network& network, CandidateFinder& finder, const StopSignal& stop);

  // Needs the site condition. Returns false when stopped; then the prices are the best proved ones: those of the last
  // penalty that was carried through, whose dual value is that of the penalised problem.
  bool Run();

 private:
  // How a steward's load arc stands outside the basis, or that it is in it.
  enum class LoadArc : uint8_t { kAtMin, kAtMax, kBasic };
  enum class Side : uint8_t { kGiver, kTaker };

  // An arc that would improve: site `site` to steward by `place` of its list, or (site < 0) the load arc of `steward`.
  struct Entering {
    int64_t gain = 0;
    int32_t site = -1;
    int32_t place = -1;
    int32_t steward = -1;
  };
  // The arc of the cycle that blocks first: from `node` to its parent.
  struct Blocking {
    int64_t units;
    int32_t node;
  };

  static constexpr int32_t kByLoadArc = -1;
  static constexpr int32_t kByPenalty = -2;

  int32_t Root() const { return network_.stewards(); }
  int32_t NodeOf(int32_t site) const { return Root() + 1 + site; }
  int32_t SiteOf(int32_t node) const { return node - Root() - 1; }
  bool IsSite(int32_t node) const { return node > Root(); }
  int32_t Arc(int32_t site, int32_t place) const { return network_.list(site).begin + place; }
  int32_t Penalised(int32_t j) const;

  void BuildTree();
  void RaisePenalty(int64_t penalty);
  bool PivotToOptimum();
  Entering BestOf(int32_t begin, int32_t end) const;

  void Pivot(const Entering& entering);
  void PivotOnLoadArc(const Entering& entering);
  template <Side side>
  void Consider(int32_t node, Blocking& blocking);
  void Send(int32_t giver, int32_t place, int32_t taker, int32_t join, int32_t units);
  void Rehang(int32_t leaving, int32_t root, int32_t parent, int32_t place, int64_t shift);
  void Shift(int32_t node, int64_t shift);

  void Link(int32_t node, int32_t parent);
  void Unlink(int32_t node);

  Network& network_;
  CandidateFinder& finder_;
  const StopSignal& stop_;

  int64_t penalty_ = 0;
  int32_t cursor_ = 0;
  std::vector<LoadArc> load_arc_;
  std::vector<int32_t> parent_;  // by node: stewards, the root, sites
  std::vector<int32_t> place_;   // by node: of the arc to the parent in the list of the site at either end
  std::vector<int32_t> depth_;
  std::vector<int32_t> first_child_;
  std::vector<int32_t> next_;
  std::vector<int32_t> previous_;  // the sibling before, or -1
  std::vector<int32_t> stack_;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_NETWORK_SIMPLEX_H_
