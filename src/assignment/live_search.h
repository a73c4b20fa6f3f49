// Makes a live plan optimal again: shortest augmenting paths over all pairs, found through the two spatial trees.
//
// As in augmentation.h the graph's nodes are holders, an edge i -> k is the cheapest household of i to hand to k, of
// length Cost(h, k) + p_k - v_h >= 0 by the household condition, and a node T, "elsewhere", gives and takes where a
// load may change. The difference: there are no candidate lists. Edges are found in the order of their length by
// walking a tree whose nodes wait in Dijkstra's own queue under a lower bound of every edge below them, the tree of
// stewards by price for what a holder can give, that of households by -v_h for what he can get. So a search sees every
// pair that could matter and no other, its prices keep the household condition over all pairs, and there is nothing to
// price out afterwards. Proof: docs/algorithms/rebalancing.md.
#ifndef LIANHU_SRC_ASSIGNMENT_LIVE_SEARCH_H_
#define LIANHU_SRC_ASSIGNMENT_LIVE_SEARCH_H_

#include <cstdint>
#include <vector>

#include "assignment/live_network.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

class LiveSearch {
 public:
  // One household handed on, as part of a chain.
  struct Step {
    int32_t household;
    int32_t from;
    int32_t to;
  };
  struct Chain {
    bool found = false;
    int64_t length = 0;       // reduced: what the plan loses beyond the first holder's price
    std::vector<Step> steps;  // from the first holder on
  };

  explicit LiveSearch(LiveNetwork& network) : network_(network) {}

  // Until no holder is dirty; false when cancelled, which leaves the rest dirty for the next call.
  bool Repair(RunContext& context);

  // The cheapest way for holder i to hold one household more, without doing it. With `or_pool` it may end with somebody
  // going without, at no cost; `length` may then be negative.
  Chain CheapestRoom(int32_t i, bool or_pool);

  int64_t settled() const { return settled_total_; }  // holders settled so far

 private:
  enum class Direction { kForward, kBackward };
  // An item (household >= 0, or -1 for the source) or a tree node (household kNode) in the queue.
  struct Entry {
    int64_t key;
    int32_t household;
    int32_t to;       // the holder reached; the tree node
    int32_t scanned;  // index into scanned_ of the holder it was reached from
  };
  static constexpr int32_t kNode = -2;
  // A settled holder; forward, his households as columns [begin, end).
  struct Scanned {
    int32_t holder;
    int64_t distance;
    size_t begin = 0;
    size_t end = 0;
    Box box;
    int64_t greatest_value = 0;  // v_h - ChargeOf(h)
  };
  struct Target {
    int64_t length = std::numeric_limits<int64_t>::max();
    int32_t holder = 0;
    bool found = false;
    bool elsewhere = false;  // ends in T, not with an excess of the other sign
  };

  struct Later {
    bool operator()(const Entry& a, const Entry& b) const;
  };
  void Push(const Entry& entry);
  void Reach(int32_t to, int64_t key, int32_t household, int32_t scanned);
  template <Direction direction>
  Target FindTarget(int32_t source, bool pool_has_room = false);
  template <Direction direction>
  void Scan(int32_t scanned);
  template <Direction direction>
  void Expand(const Entry& entry);
  template <Direction direction>
  void Augment(int32_t source);

  LiveNetwork& network_;
  uint32_t search_ = 0;
  int64_t limit_ = 0;  // paths of this length or more are of no use
  std::vector<Entry> heap_;
  std::vector<Scanned> scanned_;
  std::vector<double> x_;
  std::vector<double> y_;
  std::vector<int64_t> value_;
  std::vector<int32_t> household_;
  std::vector<int32_t> cost_;
  int64_t settled_total_ = 0;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_LIVE_SEARCH_H_
