// The exact search: shortest augmenting paths over the graph whose nodes are stewards.
#ifndef LIANHU_SRC_ASSIGNMENT_AUGMENTATION_H_
#define LIANHU_SRC_ASSIGNMENT_AUGMENTATION_H_

#include <cstdint>
#include <limits>
#include <vector>

#include "assignment/candidates.h"
#include "assignment/network.h"
#include "assignment/stop_signal.h"

namespace lianhu::assignment::internal {

// Ends with Excess(j) == 0 everywhere, that is, with an optimal flow on the candidate arcs.
//
// The graph: an edge i -> j for each site held by i with a candidate arc to j, of length (value at j) - (value at i) >=
// 0, the cost of moving a unit; and a node T, "elsewhere", with price 0, to which a steward passes a unit without
// moving any household when his load may grow (length -p_j) and from which he takes one when it may shrink (length
// p_j). Dijkstra from a steward with an excess, forwards to the nearest one with a lack or T (backwards for a lack);
// prices within reach move by what is missing to the path's length, which keeps all lengths >= 0; one unit or more
// flows along the path. Successive shortest paths with potentials: Edmonds and Karp 1972; Tomizawa 1971. Searches are
// local.
class AugmentingSearch {
 public:
  AugmentingSearch(Network& network, CandidateFinder& finder, const StopSignal& stop);

  // Returns false when it stops before the end: by the signal, or after settling more than `budget` stewards.
  bool Run(int64_t budget = std::numeric_limits<int64_t>::max());

 private:
  struct Node {
    int64_t distance;
    int32_t steward;
  };
  enum class Direction { kForward, kBackward };

  // Resolves the excess of `source` a step further; false when the search could not leave the stewards it reached.
  template <Direction direction>
  bool Augment(int32_t source);
  template <Direction direction>
  void Scan(const Node& node, int64_t limit);
  template <Direction direction>
  void Push(int32_t source, int32_t target, bool elsewhere);

  void Reach(int32_t j, int64_t distance, int32_t site, int32_t from);
  Node Pop();

  Network& network_;
  CandidateFinder& finder_;
  const StopSignal& stop_;

  std::vector<Node> heap_;
  std::vector<int32_t> settled_;
  std::vector<int64_t> distance_;
  std::vector<int32_t> via_site_;     // the site whose unit moves on the last edge to a steward
  std::vector<int32_t> via_steward_;  // the steward at its other end
  std::vector<uint32_t> reached_in_;  // the search that last reached a steward
  uint32_t search_ = 0;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_AUGMENTATION_H_
