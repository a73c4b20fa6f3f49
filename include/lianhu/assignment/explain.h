// Why a plan is as it is: for a household, why its steward and no nearer one; for a steward, what a place is worth; for
// a town, where one more steward would save the most.
//
//   auto explainer = Explainer::Create(problem, plan.steward_of, plan.price_cm, {}, context);  // checks the proof
//   auto why = (*explainer)->ExplainHousehold(h, {}, context);
//   for (const Alternative& a : why->alternatives) ...   // why not him, what it would cost, who would have to move
//
// Every figure is exact: the difference between the optimum of the problem as it is and of the problem so changed, over
// all pairs. None is read off the prices, which only bound it from one side. Forcing a household somewhere, adding a
// place or taking one away sends one unit around the residual graph of the plan, so that one shortest path, by
// reduced costs, gives the new optimum and those who would have to move (docs/algorithms/explain.md). All conditions of
// problem.h are heeded; switch costs, preferences and load costs count.
#ifndef LIANHU_ASSIGNMENT_EXPLAIN_H_
#define LIANHU_ASSIGNMENT_EXPLAIN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/assignment/infeasibility.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/assignment/rebalancer.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment {

// Why a household is not served by a certain steward; the first that applies.
enum class WhyNot : int32_t {
  // Conditions: he may not serve it.
  kOtherJurisdiction = 0,
  kOtherKind = 1,
  kFixedElsewhere = 2,  // the household is fixed to another
  kForbidden = 3,
  kUnreachable = 4,  // the caller lists no cost for the pair
  kTooFar = 5,       // beyond max_distance

  // He may serve it.
  kImpossible = 6,    // no plan that serves as many and keeps the bounds has it with him
  kEquallyGood = 7,   // another plan, just as good, has it with him: chance
  kDearer = 8,        // the pair itself costs as much or more: he is farther, or preference and switch cost make it so
  kFull = 9,          // he has his maximum, and those whom he serves gain more by him than this household would
  kNeededByOwn = 10,  // its own steward has just his minimum, and another in its place would cost more
  kLoadCost = 11,     // the cost of load of one more household is greater than what it would gain
};

// "other_jurisdiction", ..., "full", ...: the words used in files; "unknown" for another number.
const char* WhyNotName(WhyNot reason);

// A steward whom a household does not have.
struct Alternative {
  int32_t steward = -1;
  int64_t distance_cm = -1;  // of the pair; -1 when the caller lists none
  int64_t pair_cost_cm = 0;  // with preference and switch cost
  int64_t price_cm = 0;      // his price in the plan: a place with him is worth about this
  int32_t load = 0;          // households that he serves
  int32_t max = 0;           // places that he has
  WhyNot reason = WhyNot::kFull;
  bool lifted = false;  // a condition forbids the pair; what follows supposes it lifted for this pair alone

  // What the optimum rises by when the household must be served by him, and how: this household's own difference plus
  // that of all others who then move. Negative only when `lifted`. Not `possible`: no plan that keeps all else has it
  // there; or the pair has no cost; or the bounds of a jurisdiction concerned cannot be met and a condition is lifted.
  bool possible = false;
  int64_t cost_cm = 0;              // own_cm + knock_on_cm
  int64_t own_cm = 0;               // pair_cost_cm - the household's present cost (0 when unserved)
  int64_t knock_on_cm = 0;          // what the others cost more, load costs included
  int64_t served_change = 0;        // best effort: households served more; -1 is not reported as possible
  std::vector<Transfer> knock_ons;  // the others who then move, in the order of the chain; -1: unserved
};

struct HouseholdQuestion {
  // How many of the nearest stewards to look at, its own not counted; 0 or more. Those nearer than its own come first
  // in any case, since the order is that of distance.
  int32_t count = 10;
  // Stewards to look at whatever their distance, after the nearest; each once.
  absl::Span<const int32_t> stewards = {};
};

struct HouseholdExplanation {
  int32_t household = -1;
  int32_t steward = -1;      // -1: unserved
  int64_t distance_cm = 0;   // to him; 0 when unserved
  int64_t pair_cost_cm = 0;  // with preference and switch cost
  int64_t price_cm = 0;      // his
  int32_t load = 0;          // his
  LoadBounds bounds;         // his
  // Stewards of any jurisdiction and kind strictly nearer than its own; all that have a distance when unserved.
  int64_t nearer = 0;
  std::vector<Alternative> alternatives;  // the nearest by distance, then by index; then those asked for
};

// What a bound that is one greater or one less would do to the optimum.
struct BoundChange {
  // The changed bound makes sense: 0 <= min <= max. For minima also: they are not set aside (best effort).
  bool applies = false;
  // There is a plan then that serves as many as now. Otherwise one more is left over, at the cost said, or, with
  // `unserved_change` 0, the minimum cannot be filled.
  bool possible = false;
  int64_t cost_change_cm = 0;       // the new optimum less the present one, at unserved_change
  int64_t unserved_change = 0;      // -1, 0 or 1
  std::vector<Transfer> transfers;  // who would change hands, in the order of the chain; -1: unserved
};

struct StewardExplanation {
  int32_t steward = -1;
  int32_t load = 0;
  LoadBounds bounds;
  int64_t price_cm = 0;
  BoundChange max_more;  // one place more
  BoundChange max_less;  // one place less
  BoundChange min_more;
  BoundChange min_less;
};

// Where one more steward would save the most.
struct TownQuestion {
  int32_t count = 10;                // sites that are solved anew; 0 or more
  std::optional<LoadBounds> bounds;  // of the new steward; otherwise the problem's common ones
};

// One more steward, at the door of a household, for its jurisdiction and kind.
struct NewSteward {
  int32_t household = -1;
  int32_t unit = -1;
  int32_t kind = -1;
  int64_t bound_cm = 0;     // he cannot save more, by the prices; where households are left over an estimate
  int64_t served_more = 0;  // best effort: households served more
  int64_t saving_cm = 0;  // the present optimum less that with him; below 0 when more are served, or his minimum costs
  int32_t load = 0;       // households that he then serves
};

// How a jurisdiction stands.
struct JurisdictionState {
  int32_t unit = -1;
  int32_t kind = -1;
  int64_t households = 0;
  int64_t stewards = 0;
  int64_t capacity = 0;       // sum of maxima
  int64_t required = 0;       // sum of minima
  int64_t left_over = 0;      // households without a steward
  bool minima_aside = false;  // best effort: some steward has fewer than his minimum
  int64_t cost_cm = 0;        // its part of the total
  int64_t bound_cm = 0;       // nobody more at any of its doors saves more; where households are left over an estimate
};

struct TownExplanation {
  std::vector<JurisdictionState> jurisdictions;  // by unit, then kind
  std::vector<Infeasibility> infeasibilities;    // who lacks how many
  // Solved anew, best first: more served, then the greater saving, then the lower household. One of each
  // neighbourhood: sites whose households are mostly those of a better one by `bound_cm` are passed over. Those where
  // the new steward's minimum cannot be filled are left out.
  std::vector<NewSteward> sites;
  // No steward at a household's door, solved anew or not, in a jurisdiction that leaves nobody over saves more; it is
  // the greatest saving where the sites solved settle it.
  int64_t bound_cm = 0;
};

struct ExplainerOptions {
  bool best_effort = false;  // the plan is judged as best effort (solve.h)
};

class Explainer {
 public:
  // Takes up a plan after proving it: with `price_cm` (m) by Verify; when that is empty the problem is solved anew, and
  // the plan stands if its total is the optimum. The problem's arrays must outlive the explainer. Errors: those of
  // Validate and Verify; a plan that is not optimal or breaks a bound (FailedPrecondition, with the figures);
  // kCancelled. O(n + m) memory.
  static absl::StatusOr<std::unique_ptr<Explainer>> Create(const Problem& problem, absl::Span<const int32_t> steward_of,
                                                           absl::Span<const int64_t> price_cm,
                                                           const ExplainerOptions& options, RunContext& context);
  ~Explainer();
  Explainer(const Explainer&) = delete;
  Explainer& operator=(const Explainer&) = delete;

  // Each is one search or two, plus, once for each jurisdiction, O(n log n) to build its trees. Errors: an index out of
  // range, a count below 0, a steward twice; kCancelled.
  absl::StatusOr<HouseholdExplanation> ExplainHousehold(int32_t household, const HouseholdQuestion& question,
                                                        RunContext& context);
  absl::StatusOr<StewardExplanation> ExplainSteward(int32_t steward, RunContext& context);

  // Bounds what one more steward would save at every household's door by the prices, then solves the jurisdiction anew
  // with each of the `count` most promising. O(n x max x log n) and `count` solves, on the context's threads. Errors: a
  // count below 0, bounds out of order; FailedPrecondition when the problem lists the caller's own costs, which a new
  // steward does not have; kCancelled.
  absl::StatusOr<TownExplanation> ExplainTown(const TownQuestion& question, RunContext& context);

 private:
  struct State;
  explicit Explainer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_EXPLAIN_H_
