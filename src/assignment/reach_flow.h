// Maximum flow over the allowed pairs of a network, from sites to stewards or from stewards to sites.
#ifndef LIANHU_SRC_ASSIGNMENT_REACH_FLOW_H_
#define LIANHU_SRC_ASSIGNMENT_REACH_FLOW_H_

#include <cstdint>
#include <vector>

#include "assignment/network.h"
#include "assignment/price_tree.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

// Left nodes ask for units, right nodes have room for them; pairs are those that the network's rules allow, at whatever
// cost. Grows a forest from all left nodes that lack units at once, sends units along the first path of each tree, and
// starts anew until no tree reaches room.
class ReachFlow {
 public:
  enum class Side { kSites, kStewards };  // the left one: sites ask for their supply, stewards for their minimum

  ReachFlow(const Network& network, Side left, RunContext& context);

  // Returns the units that cannot be sent, 0 when all can; -1 when cancelled.
  int64_t Run();

  // Left nodes that lack units, all that their trees reach, and nothing else that touches these: after Run, the sets of
  // left and right nodes that no more can be sent between, one a component.
  struct Component {
    std::vector<int32_t> left;
    std::vector<int32_t> right;
    int64_t missing = 0;
  };
  std::vector<Component> BlockedComponents();

 private:
  struct Holding {
    int32_t left;
    int32_t units;
  };

  void IndexListed();
  void Greedy();
  int64_t Phase();
  static void Mark(PriceTree& tree, std::vector<int64_t>& mark, int32_t k, int64_t value);

  // A right node that i may use among those alive in `tree` for which !skip(k); -1 when there is none.
  template <typename Skip>
  int32_t Find(int32_t i, const PriceTree& tree, const std::vector<int64_t>& mark, const Skip& skip) const;

  int32_t Send(int32_t target);
  void AddUnits(int32_t i, int32_t k, int32_t units);

  const Network& network_;
  const Side side_;
  RunContext& context_;
  const bool unlisted_;
  std::vector<Point> left_;
  std::vector<Point> right_;
  std::vector<int32_t> lack_;  // of each left node
  std::vector<int32_t> room_;  // of each right node
  std::vector<int64_t> listed_begin_;
  std::vector<int32_t> listed_;  // right nodes that a left one lists and may use
  std::vector<std::vector<Holding>> holdings_;

  std::vector<int64_t> mark_;  // by right node: 0 alive, kStruck not
  PriceTree tree_;
  std::vector<int32_t> parent_of_right_;  // the left node that reached it
  std::vector<int32_t> parent_of_left_;   // the right node whose unit it would move; -1 for a root
  std::vector<int32_t> root_;             // of each left node, -1: not reached
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_REACH_FLOW_H_
