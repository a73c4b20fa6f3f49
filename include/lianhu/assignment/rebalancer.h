// A plan that lives on: households arrive, leave and move, stewards join, leave and change, and after each event the
// plan is optimal again, proved over all pairs, by moving only what must move.
//
//   auto rebalancer = Rebalancer::Create(problem, {}, context);                 // solves it, or takes a proved plan
//   auto change = (*rebalancer)->Apply({{.type = EventType::kHouseholdArrives, .position = {120, 40}}}, context);
//   for (const Transfer& t : change->transfers) ...                             // who moved, from whom, to whom
//
// Guarantees:
//  1. After every Apply that is not cancelled the plan is an optimum of Solve(best_effort) on the present households
//     and stewards, over all pairs of each jurisdiction; the prices in Snapshot() prove it to Verify. No pair is left
//     to a list of near ones, see docs/algorithms/rebalancing.md.
//  2. Where an event leaves a jurisdiction without a plan within its bounds the event is not refused; the outcome is
//     kBestEffort and says so in numbers. Too few places: exactly the shortage is unserved, those whose service would
//     cost most, until a place appears. Too few households for the minima: they count as 0 there until there are
//     enough.
//  3. A batch (several events in one Apply) ends in a plan of the same total as the events one by one, and is faster:
//     what the events undo among themselves is never done. Equal totals may be reached by different plans.
//  4. Bad events are refused before anything is touched, naming the row and the field.
//  5. Determinism: same problem and same sequence of calls, same plans.
//  6. Cancelled: the call returns within 100 ms with outcome kCancelled. The events are taken up, some bounds may be
//     exceeded; the next Apply, which may be without events, goes on where it stopped.
//
// Handles. Households and stewards keep the numbers of the problem's rows; who arrives or joins gets the next number
// above all that were ever given. Numbers of those who left are not used again.
//
// Switch cost. With the problem's switch_cost_cm S the plan minimises distance + S x (households served by another than
// their current steward), exactly. The current stewards are the problem's, or where it has none those of the plan
// given. A household without a current steward (new here, its steward gone, moved to another jurisdiction) moves
// freely. AdoptAsCurrent begins anew from the plan as it is.
//
// Not for problems with other pair conditions, kinds, costs of the caller's own or a cost of load: Create refuses them
// by name, Solve takes them.
//
// Complexity: an event settles a handful of stewards (docs/algorithms/rebalancing.md has the distribution), each by a
// walk through a tree of households or stewards. Memory about 250 bytes a household and 500 a steward, plus what Solve
// needs at the start: 14 MB for 46,445 x 2,744.
#ifndef LIANHU_ASSIGNMENT_REBALANCER_H_
#define LIANHU_ASSIGNMENT_REBALANCER_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment {

enum class EventType : int32_t {
  kHouseholdArrives = 0,  // position, unit
  kHouseholdLeaves = 1,   // id
  kHouseholdMoves = 2,    // id; position, unit, or both
  kStewardJoins = 3,      // position, unit; min and max, or the problem's common bounds
  kStewardLeaves = 4,     // id
  kStewardChanges = 5,    // id; any of position, unit, min, max
};

// "household_arrives", ...: the words used in files and in the C ABI; "unknown" for another number.
const char* EventTypeName(EventType type);

inline constexpr Point kSamePosition{std::numeric_limits<double>::quiet_NaN(),
                                     std::numeric_limits<double>::quiet_NaN()};

struct Event {
  EventType type = EventType::kHouseholdArrives;
  int32_t id = -1;                 // the household or steward; -1 for those that arrive or join
  Point position = kSamePosition;  // in the problem's datum; kSamePosition (both NaN): as it was
  int32_t unit = -1;               // with jurisdictions; -1: as it was
  int32_t min = -1;                // -1: as it was
  int32_t max = -1;                // -1: as it was
};

// A household that changed hands. -1 stands for nobody: just arrived, gone, or unserved.
struct Transfer {
  int32_t household = -1;
  int32_t from = -1;
  int32_t to = -1;
};

struct Change {
  Outcome outcome = Outcome::kOptimal;  // kOptimal, kBestEffort (see above) or kCancelled
  std::vector<Transfer> transfers;      // by increasing household; those who arrived and left included
  int32_t first_household = -1;         // the number of the first that arrived in this batch, the others follow; -1
  int32_t first_steward = -1;           // the same for those that joined
  int64_t total_cost_cm = 0;            // the objective: distance and switch costs
  int64_t dual_bound_cm = 0;            // == total_cost_cm, unless cancelled
  int64_t distance_cm = 0;              // sum of distances of the served
  int64_t switched = 0;                 // households served by another than their current steward
  int64_t unserved = 0;                 // households for whom there is no place
  int64_t settled = 0;                  // stewards that the searches settled: the work done
  double seconds = 0;                   // wall time
};

// How the first plan came about.
enum class StartKind : int32_t {
  kSolved = 0,        // no plan was given
  kGivenProved = 1,   // the given prices prove the given plan
  kGivenOptimal = 2,  // they do not, or none were given, but solving found no better total: the given plan is kept
  kImproved = 3,      // the given plan was not optimal, or not within bounds: solved anew
};

struct Start {
  StartKind kind = StartKind::kSolved;
  Change change;                  // transfers from the given plan, if any, to the first one
  bool given_feasible = false;    // the given plan kept bounds and jurisdictions and served all that can be served
  int64_t given_distance_cm = 0;  // the given plan's
};

// The present households and stewards as columns, in increasing order of their numbers; views of it make a Problem.
struct Snapshot {
  std::vector<int32_t> household_ids;  // n
  std::vector<Point> households;       // n, planar metres
  std::vector<int32_t> household_units;
  std::vector<int32_t> steward_ids;  // m
  std::vector<Point> stewards;       // m, planar metres
  std::vector<int32_t> steward_units;
  std::vector<int32_t> steward_min;
  std::vector<int32_t> steward_max;
  std::vector<int32_t> current;  // n: row of the current steward, or -1
  int64_t switch_cost_cm = 0;
  std::vector<int32_t> steward_of;  // n: row of the steward in this snapshot, or -1
  std::vector<int64_t> price_cm;    // m

  Problem View() const;
};

struct RebalancerOptions {
  // A plan to start from: a steward or -1 for each household, and the prices that prove it. Either may be empty.
  absl::Span<const int32_t> steward_of = {};
  absl::Span<const int64_t> price_cm = {};

  // With degrees: where to project about; otherwise about the middle of the problem's positions.
  std::optional<Point> projection_middle = std::nullopt;
};

// One steward's offer to take one more household (Rebalancer::Offers).
struct Offer {
  int32_t steward = -1;
  int64_t distance_cm = 0;          // of the household to him
  int64_t knock_on_cm = 0;          // what the households that move on then cost more (or less), switch costs included
  int64_t total_cm = 0;             // the sum: what the optimum rises by when he is made to take it
  std::vector<Transfer> knock_ons;  // in the order of the chain; the last may go to nobody (-1) where all is full
};

class Rebalancer {
 public:
  // Errors: those of Validate, plan or prices of the wrong length or out of range, options out of range; kCancelled
  // when the caller cancels. A problem that has no plan within bounds is no error: the plan is then best effort.
  static absl::StatusOr<std::unique_ptr<Rebalancer>> Create(const Problem& problem, const RebalancerOptions& options,
                                                            RunContext& context);
  ~Rebalancer();
  Rebalancer(const Rebalancer&) = delete;
  Rebalancer& operator=(const Rebalancer&) = delete;

  const Start& start() const;

  absl::StatusOr<Change> Apply(absl::Span<const Event> events, RunContext& context);

  // The `count` stewards for whom taking a new household at `position` would cost least in all, best first; equal
  // totals by number. Exact: for each the least total of any plan in which he serves it, over all pairs. Fewer than
  // `count` when the unit has fewer stewards who may serve anybody. Where every place is taken, the last knock-on says
  // who would be left over. The plan is not touched. Errors: position or unit as for an arrival, count < 1; kCancelled.
  absl::StatusOr<std::vector<Offer>> Offers(Point position, int32_t unit, int32_t count, RunContext& context);

  // From now on the present steward of every household is its current one. O(n log n); nobody moves.
  void AdoptAsCurrent();

  // Plain reads, O(1).
  bool HasHousehold(int32_t household) const;
  bool HasSteward(int32_t steward) const;
  int32_t StewardOf(int32_t household) const;  // -1: nobody, or not here
  int64_t PriceOf(int32_t steward) const;      // 0 when not here
  int32_t LoadOf(int32_t steward) const;       // 0 when not here
  int32_t next_household() const;              // the number that the next arrival gets
  int32_t next_steward() const;

  // O(n + m).
  Snapshot TakeSnapshot() const;
  std::vector<Infeasibility> Infeasibilities() const;

 private:
  struct State;
  explicit Rebalancer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_REBALANCER_H_
