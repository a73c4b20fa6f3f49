// The search for good plans of weighted assignment: shifts, swaps and ejection chains under adaptive penalties.
#ifndef LIANHU_SRC_ASSIGNMENT_GAP_SEARCH_H_
#define LIANHU_SRC_ASSIGNMENT_GAP_SEARCH_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "assignment/gap_bound.h"
#include "assignment/gap_model.h"
#include "lianhu/base/random.h"

namespace lianhu::assignment::internal {

// An iterated local search. A plan may break bounds on loads; a unit above the maximum or below the minimum costs the
// agent's penalty, which rises while he stays outside his bounds and falls slowly while he keeps them. A round disturbs
// a few items that follow one another from agent to agent, improves what they touch until no move of its neighbourhood
// does, and is taken back unless an annealing rule accepts it.
//
// Moves of an item j: *shift* to another agent; *swap* with an item of another agent; *ejection chain*: j leaves, the
// hole is filled by the item that gains most by the prices of capacity, whose own hole is filled likewise, up to a few
// steps, and j goes wherever it is cheapest by then. After Yagiura, Ibaraki and Glover, "An ejection chain approach for
// the generalized assignment problem", 2004.
class GapSearch {
 public:
  // `price`: of a unit of capacity at each agent (gap_bound.h), to guide chains and the first plan.
  // Asks `keep_going` every few milliseconds and stops when it says so, with the best so far.
  GapSearch(const GapModel& model, std::vector<double> price, uint64_t seed, KeepGoing keep_going);

  // Builds a plan and improves it. `fixed`: arcs to begin with, an item twice or not at all being settled here; empty:
  // none.
  void Construct(const std::vector<int32_t>& fixed);

  // Starts from a plan that has an arc for each item.
  void Start(const ArcOf& plan);

  // Rounds until `evaluations` moves have been looked at, or the best cost is at most `target`.
  // `done`: told the share of the evaluations used, answers the share of the work that is done (time may run out
  // sooner); the annealing cools by it.
  void Run(int64_t evaluations, double target, const std::function<double(double)>& done);

  bool found() const { return found_; }
  int64_t best_cost() const { return best_cost_; }
  const ArcOf& best() const { return best_; }
  int64_t evaluations() const { return evaluations_; }

 private:
  // The best change found for one item: its new arc, and the arcs that others take before it.
  struct Move {
    double gain = 0;
    int32_t arc = -1;
    int32_t others = 0;
  };
  static constexpr int kChain = 6;

  double Penalty(int32_t i, int64_t load) const {
    const int64_t over = load - model_.maximum[i];
    if (over > 0) return penalty_[i] * static_cast<double>(over);
    const int64_t lack = model_.minimum[i] - load;
    return lack > 0 ? penalty_[i] * static_cast<double>(lack) : 0.0;
  }
  double Change(int32_t i, int64_t weight) const { return Penalty(i, load_[i] + weight) - Penalty(i, load_[i]); }
  bool Violates(int32_t i) const { return load_[i] > model_.maximum[i] || load_[i] < model_.minimum[i]; }
  int32_t AgentOf(int32_t h) const { return model_.arcs[arc_of_[h]].agent; }

  void Reassign(int32_t h, int32_t arc);
  void NoteViolation(int32_t i);
  void Disturb();
  void Improve();
  void QueueAgent(int32_t i);
  void Queue(int32_t h);
  Move BestShiftOrSwap(int32_t h);
  Move BestChain(int32_t h);
  void AdaptPenalties();
  void Repair();
  void SetPenalty(int32_t i, double penalty);
  void Record();
  int32_t RandomArc(int32_t h);

  const GapModel& model_;
  std::vector<double> price_;
  std::vector<double> penalty_;
  std::vector<double> least_penalty_;
  Random random_;
  KeepGoing keep_going_;

  ArcOf arc_of_;
  std::vector<int64_t> load_;
  std::vector<std::vector<int32_t>> members_;
  std::vector<int32_t> place_;  // of an item among the members
  double cost_ = 0;             // with penalties
  int64_t plain_cost_ = 0;

  std::vector<int32_t> violating_;        // agents outside their bounds
  std::vector<int32_t> violating_place_;  // -1: within

  std::vector<int32_t> queue_;
  std::vector<uint8_t> queued_;
  std::vector<int32_t> touched_;  // agents since the round began
  std::vector<uint8_t> is_touched_;
  struct Undo {
    int32_t item;
    int32_t arc;
  };
  std::vector<Undo> undo_;
  bool logging_ = false;

  std::vector<int32_t> arc_to_;  // of the item being looked at, by agent; -1
  int32_t chain_[kChain] = {};   // arcs that others take
  std::vector<uint8_t> in_chain_;

  bool found_ = false;
  int64_t best_cost_ = 0;
  ArcOf best_;
  std::vector<int32_t> changed_;  // items since best_ was recorded
  int64_t evaluations_ = 0;
  double temperature_ = 0;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_GAP_SEARCH_H_
