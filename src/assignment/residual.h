// The residual graph of an optimal plan of one jurisdiction, and shortest paths in it.
//
// Nodes are the stewards 0..m-1, `pool()`, who holds those left over, and `elsewhere()`, the node T that joins all
// stewards whose load may change. An edge i -> k hands a household of i to k:
//
//   i -> k     cost(h, k) - cost(h, i), for every household h of i that k may serve; the pool costs nobody anything
//   i -> T     the marginal cost of one household more at i, if he has fewer than his maximum
//   T -> i     less that of his last household, if he has more than his minimum
//
// With the plan's prices every edge has a reduced length of 0 or more (the pool's price is the least that makes it so,
// that of T is 0), so Dijkstra's algorithm finds a shortest path; its length in costs is the reduced length plus the
// price of its first node less that of its last. The edges are not listed: each settled node walks a spatial tree, of
// households (searching towards a node) or of stewards (away from one), in the order of length.
#ifndef LIANHU_SRC_ASSIGNMENT_RESIDUAL_H_
#define LIANHU_SRC_ASSIGNMENT_RESIDUAL_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "assignment/jurisdiction.h"
#include "assignment/live_tree.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

class ResidualGraph {
 public:
  struct Step {
    int32_t household;
    int32_t from;
    int32_t to;
  };
  struct Path {
    int64_t cost_cm = 0;
    std::vector<Step> steps;  // in the order of the path; those through T are not steps
  };

  // `input`: with the bounds that are in force. `steward_of`: by the input's indices, -1 for those left over. The
  // prices must prove the plan. O(n log n).
  ResidualGraph(JurisdictionInput input, std::vector<int32_t> steward_of, std::vector<int64_t> price_cm);

  int32_t pool() const { return static_cast<int32_t>(input_.stewards.size()); }
  int32_t elsewhere() const { return pool() + 1; }

  // The shortest path to `to` from each of `from`; empty where there is none. A path of nothing from a node to itself.
  // Stops without an answer for the rest when cancelled.
  std::vector<std::optional<Path>> PathsTo(int32_t to, absl::Span<const int32_t> from, RunContext& context);
  // The same from one node to each of several.
  std::vector<std::optional<Path>> PathsFrom(int32_t from, absl::Span<const int32_t> to, RunContext& context);

  // Marginal cost of a steward's k-th household.
  int64_t MarginalLoadCost(int64_t k) const;

  const JurisdictionInput& input() const { return input_; }
  int32_t Load(int32_t j) const { return static_cast<int32_t>(held_[j].size()); }
  int32_t LeftOver() const { return static_cast<int32_t>(held_[pool()].size()); }
  // v_h: what the household costs, with its steward's price.
  int64_t Value(int32_t h) const { return value_[h]; }
  int64_t pool_price() const { return price_[pool()]; }

  // Households by position with key base - v_h, but for those that only listed stewards may serve: a new steward's best
  // households in the order of a walk.
  const LiveTree& household_tree() const { return household_tree_; }

 private:
  class Search;

  struct ListedPair {
    int32_t household;
    int64_t cost;  // with the base
  };

  std::vector<std::optional<Path>> Paths(int32_t origin, absl::Span<const int32_t> targets, bool towards,
                                         RunContext& context);
  int64_t CostOf(int32_t h, int32_t j) const;

  JurisdictionInput input_;
  std::vector<int32_t> holder_;                  // by household: a steward or the pool
  std::vector<int64_t> price_;                   // m + 2
  std::vector<int64_t> value_;                   // by household
  std::vector<std::vector<int32_t>> held_;       // m + 1
  std::vector<std::vector<ListedPair>> listed_;  // by steward; pairs that are allowed
  std::vector<LiveTree::Place> household_places_;
  std::vector<LiveTree::Place> steward_places_;
  LiveTree household_tree_{&household_places_};
  LiveTree steward_tree_{&steward_places_};  // key: price
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_RESIDUAL_H_
