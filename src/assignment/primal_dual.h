// The exact search for hard cases: phases that each send many units along shortest paths at once.
#ifndef LIANHU_SRC_ASSIGNMENT_PRIMAL_DUAL_H_
#define LIANHU_SRC_ASSIGNMENT_PRIMAL_DUAL_H_

#include <cstdint>
#include <vector>

#include "assignment/candidates.h"
#include "assignment/network.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

// Ends where AugmentingSearch does (augmentation.h, which describes the graph), by the primal-dual method: Dijkstra
// from *all* stewards with an excess at once gives the distance to the nearest place for a unit; prices move by what is
// missing to it; then depth-first search sends units along edges of length 0 until no path is left that it can find.
// When excesses are gone the same is done backwards from the stewards with a lack. Ford and Fulkerson 1957; the inner
// search after Dinic 1970 and Hopcroft and Karp 1973.
//
// A phase costs a pass over the network, where a single augmentation is local; it pays when augmentations are many and
// their paths are long, as with nearly no capacity to spare.
class PrimalDualSearch {
 public:
  PrimalDualSearch(Network& network, CandidateFinder& finder, RunContext& context);

  // Returns false when cancelled.
  bool Run();

 private:
  enum class Direction { kForward, kBackward };
  struct Node {
    int64_t distance;
    int32_t steward;
  };
  // A step of the depth-first search: where it is, how it came there, and what it has tried.
  struct Step {
    int32_t steward;
    int32_t site;  // by which the unit moves on the edge to this steward; -1 for the source
    size_t next;   // of the steward's holdings (forward) or links (backward)
    int32_t arc;   // of that site's list
  };

  // All phases of one direction; false when cancelled.
  template <Direction direction>
  bool Resolve();

  // Moves prices until some unit can move at no cost; false when no place for one can be reached.
  template <Direction direction>
  bool MovePrices();
  template <Direction direction>
  void Scan(const Node& node, int64_t limit);
  void Reach(int32_t j, int64_t distance);

  // Sends what it can from `source` along edges of length 0.
  template <Direction direction>
  void SendFrom(int32_t source);
  template <Direction direction>
  bool Advance();
  template <Direction direction>
  void Augment();
  template <Direction direction>
  bool TryEnter(int32_t j, int32_t site);

  // Units that j, not the source, can end a path with.
  template <Direction direction>
  int32_t Room(int32_t j) const;

  template <Direction direction>
  int32_t Imbalance(int32_t j) const {
    return direction == Direction::kForward ? network_.Excess(j) : -network_.Excess(j);
  }

  Network& network_;
  CandidateFinder& finder_;
  RunContext& context_;

  std::vector<Node> heap_;
  std::vector<int32_t> settled_;
  std::vector<int64_t> distance_;
  std::vector<uint32_t> reached_;    // by steward: the search that last reached it
  std::vector<uint32_t> site_seen_;  // by site: the search that last scanned it
  uint32_t search_ = 0;
  std::vector<Step> path_;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_PRIMAL_DUAL_H_
