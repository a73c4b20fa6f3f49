// The exact search: shortest augmenting paths over the graph whose nodes are stewards.
#ifndef LIANHU_SRC_ASSIGNMENT_AUGMENTATION_H_
#define LIANHU_SRC_ASSIGNMENT_AUGMENTATION_H_

#include <cstdint>
#include <limits>
#include <vector>

#include "assignment/blocks.h"
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

  // First, on up to `threads` threads side by side, the searches that keep to a block of `cut` to their end; to be
  // followed by Run. Each block settles `budget` stewards for each of its own at most.
  void RunInBlocks(Blocks::Cut cut, int64_t budget, int threads);

  // Returns false when it stops before the end: by the signal, or after settling more than `budget` stewards.
  bool Run(int64_t budget = std::numeric_limits<int64_t>::max());

 private:
  struct Node {
    int64_t distance;
    int32_t steward;
  };
  enum class Direction { kForward, kBackward };
  // kCut: it came to a steward who does not keep to the block. kStuck: it could not leave the stewards it reached.
  enum class Result { kDone, kCut, kStuck };
  // Of a steward, in the search that last reached him.
  struct Label {
    int64_t distance = 0;
    int32_t via_site = -1;     // the site whose unit moves on the last edge
    int32_t via_steward = -1;  // the steward at its other end
    uint32_t search = 0;
  };
  class Searcher;

  Network& network_;
  CandidateFinder& finder_;
  const StopSignal& stop_;
  std::vector<Label> labels_;
  uint32_t search_ = 0;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_AUGMENTATION_H_
