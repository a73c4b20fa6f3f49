// The state of one jurisdiction while it is being solved: a flow from sites to stewards over candidate arcs, and
// prices.
//
// Households at one position with equal pair conditions form a *site* with a supply. Each site has a list of candidate
// arcs, one a steward, which carry flow; a steward's holdings are the sites that send flow to him. Lists start short
// and grow: exactness comes from pricing out all pairs at the end (candidates.h), never from the lists.
//
// With price p_j, the value of an arc is cost + p_j. Every step of the solver keeps the *site condition*: flow runs
// only on arcs of least value among the site's candidates. What remains is the *steward condition* of an optimum,
//
//   p_j > 0  =>  load_j = max_j,     p_j < 0  =>  load_j = min_j,     p_j = 0  =>  min_j <= load_j <= max_j,
//
// whose violation is Excess(j), units to shed (> 0) or to win (< 0). When it is 0 everywhere the flow is optimal on the
// candidate arcs and the prices prove it.
#ifndef LIANHU_SRC_ASSIGNMENT_NETWORK_H_
#define LIANHU_SRC_ASSIGNMENT_NETWORK_H_

#include <algorithm>
#include <boost/core/noinit_adaptor.hpp>
#include <cstdint>
#include <memory>
#include <vector>

#include "assignment/pair_rules.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/point.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

class Network {
 public:
  struct Arc {
    int32_t steward;
    int32_t cost;  // cm
  };
  struct Flow {
    int32_t units;
    int32_t slot;  // place in the steward's holdings while units > 0, or -1
  };
  // A site's candidate arcs: arcs[begin, begin + size), with room for `capacity`.
  struct List {
    int32_t begin = 0;
    int32_t size = 0;
    int32_t capacity = 0;
    int32_t held = 0;  // the place in the list of an arc that carries flow
  };
  // One end of an arc as seen from the steward.
  struct Link {
    int32_t site;
    int32_t cost;
  };

  std::vector<Point> site;         // in spatial order
  std::vector<int32_t> supply;     // households at each site, >= 1
  std::vector<Point> steward;      // in spatial order
  std::vector<LoadBounds> bounds;  // of each steward
  std::vector<int64_t> price;      // of each steward, cm

  // When not all can be served one more "steward", the last, takes those left over: he costs every site what saves its
  // base (pair_rules.h), 0 cm without one, and must take exactly the shortage. -1 without a shortage.
  int32_t left_over = -1;

  // Pair conditions, by site. What each steward costs more than his distance (a part of a steward that serves the
  // households beyond a step of the load cost); empty: nothing.
  PairRules rules;
  std::vector<int32_t> offset;

  int32_t Offset(int32_t j) const { return offset.empty() ? 0 : offset[j]; }
  // Whether distance says anything: some site has pairs that are not listed.
  bool HasUnlistedPairs() const {
    return rules.listed_only.empty() ||
           std::find(rules.listed_only.begin(), rules.listed_only.end(), 0) != rules.listed_only.end();
  }

  int32_t sites() const { return static_cast<int32_t>(site.size()); }
  int32_t stewards() const { return static_cast<int32_t>(bounds.size()); }
  int32_t load(int32_t j) const { return load_[j]; }
  const List& list(int32_t s) const { return lists_[s]; }
  const Arc& arc(int32_t a) const { return arcs_[a]; }
  int32_t flow(int32_t a) const { return flows_[a].units; }
  const std::vector<Link>& holdings(int32_t j) const { return holdings_[j]; }
  const std::vector<Link>& links(int32_t j) const { return links_[j]; }
  int64_t arc_count() const { return static_cast<int64_t>(arcs_.size()); }

  int64_t Value(int32_t a) const { return arcs_[a].cost + price[arcs_[a].steward]; }

  // The value at which site s is served (the same on all its arcs with flow).
  int64_t SiteValue(int32_t s) const { return Value(lists_[s].begin + lists_[s].held); }

  // The load that the sign of the price asks for, and the distance from it.
  int32_t RequiredLoad(int32_t j) const {
    if (price[j] > 0) return bounds[j].max;
    if (price[j] < 0) return bounds[j].min;
    return std::clamp(load_[j], bounds[j].min, bounds[j].max);
  }
  int32_t Excess(int32_t j) const { return load_[j] - RequiredLoad(j); }

  // The arc from s to j, which must exist.
  int32_t FindArc(int32_t s, int32_t j) const {
    int32_t a = lists_[s].begin;
    while (arcs_[a].steward != j) ++a;
    return a;
  }
  bool HasArc(int32_t s, int32_t j) const;

  // The arc of least value, the first of equals.
  int32_t BestArc(int32_t s) const;

  // Moves `units` of site s from arc `from` to arc `to`.
  void Move(int32_t s, int32_t from, int32_t to, int32_t units) {
    AddFlow(s, to, units);
    RemoveFlow(s, from, units);
  }

  // Restores the site condition after prices or candidates have changed: all flow of s to arcs of least value.
  void Restore(int32_t s);
  void RestoreAll(int threads, const RunContext& context);

  // Adds a candidate without flow; it must be new to the list.
  void AddArc(int32_t s, Arc arc);

  // The candidates of some sites that follow one another: arcs, sizes[k] of the k-th site after another's.
  struct Candidates {
    std::vector<Arc> arcs;
    std::vector<int32_t> sizes;
  };

  // Replaces all lists by those in `parts`, one after another, every one nonempty; existing flow is kept on its
  // stewards (which must be in the new lists), and a network without flow sends each site to its best arc. The work is
  // shared among up to `threads` threads. Ends early when cancelled: the network is then of no more use.
  void ReplaceLists(std::vector<Candidates> parts, int threads, const RunContext& context);

  int64_t TotalCost() const;

  // The dual value of the prices over the candidate arcs.
  int64_t DualValue() const;

 private:
  void AddFlow(int32_t s, int32_t a, int32_t units);
  void RemoveFlow(int32_t s, int32_t a, int32_t units);
  // New elements are left as they are, for the thread that fills them to touch first.
  template <typename T>
  using Unfilled = std::vector<T, boost::noinit_adaptor<std::allocator<T>>>;

  bool IsBest(int32_t s) const;  // all flow of s runs on arcs of least value
  void LinkStewards(int threads);
  void HoldFlows(int threads);
  template <typename EachArc, typename Placed>
  void HandOut(int threads, const EachArc& each_arc, std::vector<std::vector<Link>>& ends, const Placed& placed);

  std::vector<List> lists_;
  Unfilled<Arc> arcs_;
  Unfilled<Flow> flows_;
  std::vector<int32_t> load_;
  std::vector<std::vector<Link>> holdings_;
  std::vector<std::vector<Link>> links_;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_NETWORK_H_
