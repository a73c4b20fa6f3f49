// Drawing micro-grids without given centres: size-constrained clustering of households.
//
// Every household gets a part (a micro-grid) of its own jurisdiction, and every part between bounds.min and bounds.max
// households (or of their weight). Among such plans the search looks for the least
//
//   kMedians   sum over households of weight x distance to the part's medoid, centimetres (assignment::PairCost), the
//              medoid being the household of the part for which that sum is least (the capacitated p-median);
//   kMeans     sum over households of weight x squared distance to the part's mean, square metres (balanced k-means);
//
// plus move_price for each household that leaves the part it is in today. NP-hard: a plan comes with a lower bound
// where one can be had, and the gap between.
//
//   absl::StatusOr<MicroGridPlan> plan = DrawMicroGrids({.households = homes, .units = communities}, {}, context);
//
// The same call draws grids over micro-grids: their medoids as households, their sizes as weight.
// Method and figures: docs/algorithms/districting.md.
#ifndef LIANHU_DISTRICTING_MICRO_GRIDS_H_
#define LIANHU_DISTRICTING_MICRO_GRIDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/base/language.h"
#include "lianhu/base/point.h"
#include "lianhu/base/run_context.h"
#include "lianhu/districting/contiguous_partition.h"
#include "lianhu/hierarchy/contiguity.h"

namespace lianhu::districting {

enum class MicroGridObjective : int32_t { kMedians = 0, kMeans = 1 };

// Largest price of a move.
inline constexpr double kMaxMovePrice = 1e12;

// Views of the caller's arrays, which must outlive every call that takes the problem. n households.
struct MicroGridProblem {
  absl::Span<const Point> households = {};   // n positions, n >= 1
  Datum datum = Datum::kPlanarMetres;        // degrees are projected once about the middle of all positions
  absl::Span<const int32_t> units = {};      // n, the jurisdiction, each >= 0; empty: one
  absl::Span<const int32_t> buildings = {};  // n, any number >= 0, or -1: in none; empty: none
  absl::Span<const int32_t> weight = {};     // n, each >= 1; empty: 1 each
  WeightBounds bounds = {10, 20};            // of a part's weight
  // Parts that are wanted, 0..n. 0: the fewest that each jurisdiction's bounds allow; where weights or kept buildings
  // do not fit into so many, 1, 3, 7, ... more.
  int64_t count = 0;
  MicroGridObjective objective = MicroGridObjective::kMedians;

  // The households of a building (within one jurisdiction) stay in one part where they weigh no more than bounds.max; a
  // greater building falls into as few pieces as will do.
  bool keep_buildings = false;

  // Today's parts: empty, or n entries, any number >= 0, or -1 for a household that is in none. A part of the plan
  // continues at most one of them (MicroGrid::continues); who was in another one has moved. A household without one
  // moves for nothing. Cannot be given with a graph.
  absl::Span<const int32_t> current = {};
  double move_price = 0;  // per unit of weight, 0..kMaxMovePrice: centimetres for kMedians, square metres for kMeans

  // Who borders whom, n nodes: every part is then connected (contiguous_partition.h). nullptr: no such condition.
  const Contiguity* graph = nullptr;
};

struct MicroGridOptions {
  // Time to spend, > 0, on one core; more threads end sooner.
  double seconds = 10;
  // Work to do, in looks at a household and a part; 0: as much as a core does in the time. Seed (context.seed) and work
  // decide the plan; the clock only ends the search before (`by_clock`).
  int64_t work = 0;
  // Whether to look for a lower bound, within a quarter of the time.
  bool bound = true;
};

// One part, recomputed from the problem.
struct MicroGrid {
  int32_t unit = -1;
  int32_t households = 0;
  int64_t weight = 0;
  int32_t medoid = 0;         // the household of the least sum of weighted distances; of equals the first
  Point centre;               // mean by weight, in the problem's datum
  double radius = 0;          // greatest distance from the medoid, metres
  std::vector<int32_t> hull;  // households at the corners of the convex hull, anticlockwise; one or two when it is flat
  double area = 0;            // of the hull, square metres
  double perimeter = 0;       // of the hull, metres; there and back when it is flat
  double compactness = -1;    // Polsby-Popper of the hull, 4 pi area / perimeter^2: 0..1; -1 when all are in one place
  double objective = 0;       // this part's share, without moves
  int32_t continues = -1;     // the part of `current` that it goes on from; -1: none
  int64_t moved = 0;          // weight of those who are in another part today
  bool within_bounds = true;
};

struct SplitBuilding {
  int32_t building = 0;
  int32_t unit = -1;
  int32_t households = 0;
  int64_t weight = 0;
  int32_t parts = 0;      // over so many
  bool too_large = true;  // heavier than bounds.max; false: kept together no plan was found within bounds
};

struct MicroGridPlan {
  PartitionOutcome outcome = PartitionOutcome::kFeasible;
  std::vector<int32_t> part_of;  // n: 0..parts-1, by unit and then along a space-filling curve; empty: none was made
  std::vector<MicroGrid> parts;
  // Why there is no plan within bounds; nobody is dropped, the plan given is as near as can be. `nodes` are households.
  std::vector<PartitionFault> faults;
  std::vector<SplitBuilding> split_buildings;  // with keep_buildings: what could not be kept, by unit and building
  int64_t out_of_bounds = 0;                   // parts
  int64_t not_connected = 0;                   // parts, with a graph
  double objective = 0;                        // of all parts and moves
  int64_t moved = 0;                           // weight of households that left their part
  double bound = 0;        // no plan with as many parts in each jurisdiction is below; 0: none known
  double gap_percent = 0;  // (objective - bound) / objective x 100
  int64_t work = 0;        // done
  bool by_clock = false;   // the clock stopped the search before its work was done
  bool cancelled = false;  // the caller did; the plan, if any, is the best so far
  double seconds = 0;
};

// Guarantees: (1) no part has households of two jurisdictions, with a graph every part is connected, and where the
// outcome is kFeasible every part is within bounds; (2) the same bytes for any number of threads as long as the clock
// plays no part (`by_clock`); (3) without weights or kept buildings a plan within bounds is found wherever there is
// one. Errors name field and row: lengths that differ, coordinates out of range (base/point.h), a negative unit, a
// building or a current part below -1, a weight below 1, bounds out of order or bounds.max below 1, a count, a price or
// an option out of range, a graph of another size, or `current` beside a graph. Cancelled: within 100 ms for up to
// 100,000 households, beyond in proportion. Memory O(n).
absl::StatusOr<MicroGridPlan> DrawMicroGrids(const MicroGridProblem& problem, const MicroGridOptions& options,
                                             RunContext& context);

// What a repair changed.
struct MicroGridRepair {
  MicroGridPlan plan;
  std::vector<int32_t> moved;      // households that left their part of today, ascending
  std::vector<int32_t> changed;    // parts of the plan with other households than the part of today they go on from
  std::vector<int32_t> created;    // parts of the plan that go on from none: split off
  std::vector<int32_t> dissolved;  // parts of today that none goes on from: joined to others
};

// Brings today's parts (`current`, which must be given) within bounds after a change: newcomers (-1 in `current`) join
// the part nearest to them, then what is around them and what is out of bounds is shifted, split or joined; all other
// parts stay as they are. In each jurisdiction that is touched the number of parts may change by one, or by what the
// bounds ask for; of the ways within bounds the one that moves least weight is taken, of those that of the least
// objective. `count` must be 0; kept buildings stay together as in DrawMicroGrids. No bound is given.
// Errors: as DrawMicroGrids, no `current`, a count. A few milliseconds of search for one building in a street; the
// figures are those of all parts.
absl::StatusOr<MicroGridRepair> RepairMicroGrids(const MicroGridProblem& problem, RunContext& context);

// The figures of any grouping, recomputed without the search: parts, objective, moves, split buildings, what is out of
// bounds or not connected; kFeasible or kNotFound by these. Errors: as above; part_of of the wrong length, negative or
// with a number that nobody has, a part with households of two jurisdictions. O(n log n), and of parts of s households
// about s^1.5 for the medoids.
absl::StatusOr<MicroGridPlan> FiguresOf(const MicroGridProblem& problem, absl::Span<const int32_t> part_of);

// Checks a plan against the problem: that every figure of it is that of FiguresOf, that the outcome is what bounds and
// connections say, that the bound is not above the objective. OK, or an error that names the first difference.
absl::Status VerifyMicroGrids(const MicroGridProblem& problem, const MicroGridPlan& plan);

// One sentence for an official; `unit_name` may be empty.
std::string Describe(const PartitionFault& fault, const MicroGridProblem& problem, absl::string_view unit_name,
                     Language language);
std::string Describe(const SplitBuilding& building, const MicroGridProblem& problem, absl::string_view building_name,
                     Language language);

}  // namespace lianhu::districting

#endif  // LIANHU_DISTRICTING_MICRO_GRIDS_H_
