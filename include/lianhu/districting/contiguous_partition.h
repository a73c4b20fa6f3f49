// Contiguous grouping: nodes of a graph of neighbours into connected parts of like weight.
//
// Nodes are blocks, precincts, buildings or households; an edge says that two of them border each other. Every part is
// connected in the graph, lies in one jurisdiction and has a node, always and for any input; its weight (population,
// households) is within min_weight..max_weight wherever the outcome is kFeasible. Among such plans the search looks for
// few borders between parts, or for short distances to the parts' centres. NP-hard: a plan comes with a lower bound
// where one can be had, and is never called optimal without proof.
//
//   const WeightBounds bounds = BoundsWithin(total_weight, 4, 1.0);  // four parts, each within 1 % of the mean
//   absl::StatusOr<ContiguousPartition> partition =
//       PartitionContiguously({.graph = &graph, .weight = population, .count = 4, .bounds = bounds}, {}, context);
//
// What lies apart (an island, a jurisdiction's exclave) is a region of its own, from which no part leaves. A region
// that no number of parts can bring within the bounds is a fault, named with its nodes, and is planned as near to the
// bounds as can be: nothing is dropped. Method and figures: docs/algorithms/contiguity.md.
#ifndef LIANHU_DISTRICTING_CONTIGUOUS_PARTITION_H_
#define LIANHU_DISTRICTING_CONTIGUOUS_PARTITION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/base/language.h"
#include "lianhu/base/point.h"
#include "lianhu/base/run_context.h"
#include "lianhu/hierarchy/contiguity.h"

namespace lianhu::districting {

// Bounds of a part's weight, both included; 0 <= min <= max.
struct WeightBounds {
  int64_t min = 0;
  int64_t max = 0;
  friend bool operator==(const WeightBounds&, const WeightBounds&) = default;
};

// The whole weights that deviate from total / count by at most `percent` (>= 0) of it; count >= 1. Where none does, min
// and max are the whole numbers below and above the mean.
WeightBounds BoundsWithin(int64_t total, int32_t count, double percent);

// Views of the caller's arrays and graph, which must outlive every call that takes the problem.
struct ContiguousProblem {
  const Contiguity* graph = nullptr;            // n nodes
  absl::Span<const int32_t> weight = {};        // n, each >= 0; empty: 1 each
  absl::Span<const Point> positions = {};       // n, planar metres, or empty
  absl::Span<const int32_t> units = {};         // n, the jurisdiction, any number; empty: one
  absl::Span<const double> area = {};           // n, >= 0, square metres, or empty
  absl::Span<const double> border_length = {};  // a border of the graph, >= 0, metres, or empty
  absl::Span<const double> outer_length = {};   // n, >= 0, of the node's edge that borders nobody, metres, or empty
  int32_t count = 0;                            // parts that are wanted; 0: as few as the bounds allow
  WeightBounds bounds;
};

enum class PartitionObjective : int32_t {
  kEdgesCut = 0,  // borders between parts
  kInertia = 1,   // sum over nodes of weight x squared distance to the part's centre, square metres; needs positions
};

struct ContiguousOptions {
  PartitionObjective objective = PartitionObjective::kEdgesCut;
  // Time to spend, > 0, on one core.
  double seconds = 10;
  // Moves to propose; 0: as many as a core does in the time. The search ends when this work is done, so that seed and
  // work decide the plan; the clock only ends it before (`by_clock`) where the machine is slower than that.
  int64_t work = 0;
};

enum class PartitionOutcome : int32_t {
  kFeasible = 0,    // every part within bounds
  kInfeasible = 1,  // `faults` says why no plan is; the plan given is near
  kNotFound = 2,    // none was found, though nothing is known that rules it out; the plan given is near
  kCancelled = 3,   // cancelled before there was one within bounds; the plan, if any, is near
};

const char* OutcomeName(PartitionOutcome outcome);

enum class PartitionFaultKind : int32_t {
  kTooSmall = 0,      // a region lighter than bounds.min: an island
  kNoCount = 1,       // a region that is too heavy for `fewer` parts and too light for one more
  kNodeTooHeavy = 2,  // a node heavier than bounds.max
  kCount = 3,         // `count` is below the `fewer` or above the `more` parts that the regions allow together
};

// too_small, no_count, too_heavy or count.
const char* PartitionFaultName(PartitionFaultKind kind);

struct PartitionFault {
  PartitionFaultKind kind = PartitionFaultKind::kTooSmall;
  int32_t unit = -1;                // the jurisdiction's value in the input; -1 when the problem has none
  std::vector<int32_t> nodes = {};  // of the region, or the one node; ascending; empty for kCount
  int64_t weight = 0;               // of these nodes; for kCount of all
  int64_t fewer = 0;
  int64_t more = 0;
};

// One part of a plan, recomputed from the problem.
struct PartFigures {
  int32_t unit = -1;
  int32_t nodes = 0;
  int64_t weight = 0;
  int32_t pieces = 0;         // connected components: 1 in every plan of this library
  Point centre;               // of the nodes by weight; {0, 0} without positions
  double inertia = 0;         // weight x square metres; 0 without positions
  double polsby_popper = -1;  // 4 pi area / perimeter^2, 0..1; -1 where areas or lengths are not known
};

struct ContiguousPartition {
  PartitionOutcome outcome = PartitionOutcome::kFeasible;
  std::vector<int32_t> part_of;  // n: 0..parts-1, numbered by the first node; empty when cancelled before any plan
  std::vector<PartFigures> parts;
  std::vector<PartitionFault> faults;  // in order of unit, then of their first node
  int64_t edges_cut = 0;               // borders whose ends are in different parts
  int64_t forced_cut = 0;              // of these, borders between jurisdictions
  double inertia = 0;                  // of all parts
  double deviation_percent = 0;        // the greatest of a part from the mean weight of a part, of that mean
  int64_t out_of_bounds = 0;           // parts
  // No plan within the bounds with this number of parts cuts fewer edges; 0 with no such plan or another objective.
  int64_t edges_cut_bound = 0;
  int64_t proposals = 0;   // moves: the work done
  bool by_clock = false;   // the clock stopped the search before its work was done
  bool cancelled = false;  // the caller did; the plan is the best so far
  double seconds = 0;
};

// Errors name field and row: no graph or no node, lengths that differ, a negative weight or length, a coordinate that
// is not finite or out of range (base/point.h), bounds out of order, a negative count or one above n, kInertia without
// positions, seconds not above 0, negative work. context.seed seeds the search. Cancelled: within 100 ms for up to a
// million nodes. Memory O(n + m) a thread.
absl::StatusOr<ContiguousPartition> PartitionContiguously(const ContiguousProblem& problem,
                                                          const ContiguousOptions& options, RunContext& context);

// The figures of any grouping, recomputed without the search: parts, edges cut, inertia, deviation and what is out of
// bounds; outcome kFeasible or kNotFound by the bounds. Errors: as above, part_of of the wrong length or negative, a
// part without nodes below the greatest, a part with nodes of two jurisdictions.
absl::StatusOr<ContiguousPartition> FiguresOf(const ContiguousProblem& problem, absl::Span<const int32_t> part_of);

// One sentence for an official; `unit_name` may be empty. Names of nodes are the caller's to add.
std::string Describe(const PartitionFault& fault, const ContiguousProblem& problem, absl::string_view unit_name,
                     Language language);

}  // namespace lianhu::districting

#endif  // LIANHU_DISTRICTING_CONTIGUOUS_PARTITION_H_
