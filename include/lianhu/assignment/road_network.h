// Distances along roads: a graph of nodes and edges with lengths, to which households and stewards are attached.
//
// Everyone is attached to the nearest node, measured in a straight line. The cost of a pair, in whole centimetres, is
//
//   cost(h, j) = access(h) + shortest path between their nodes + access(j),
//
// access being the straight distance to one's node (PairCost). Edges may be walked both ways. A pair without a path is
// not allowed. Households at one node differ by a constant only, so that work grows with the nodes, not with the pairs;
// the optimum is nonetheless exact and proved over all reachable pairs. Method: docs/algorithms/network_distance.md.
#ifndef LIANHU_ASSIGNMENT_ROAD_NETWORK_H_
#define LIANHU_ASSIGNMENT_ROAD_NETWORK_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/base/point.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment {

// Largest length of an edge, cm (1,000 km), and of all edges together.
inline constexpr int64_t kMaxEdgeLength = 100'000'000;

// Views of the caller's arrays: v nodes, e edges. Edges may be parallel or loops.
struct RoadNetwork {
  absl::Span<const Point> nodes = {};        // v positions
  Datum datum = Datum::kPlanarMetres;        // that of the problem
  absl::Span<const int32_t> from = {};       // e, 0..v-1
  absl::Span<const int32_t> to = {};         // e
  absl::Span<const int64_t> length_cm = {};  // e, 0..kMaxEdgeLength
};

// Checks shape and values; errors name the field and the row. O(v + e).
absl::Status Validate(const RoadNetwork& network);

// Where everyone stands on the network.
struct RoadAttachment {
  std::vector<int32_t> household_node;       // n: nearest node; -1 when there are no nodes
  std::vector<int32_t> steward_node;         // m
  std::vector<int64_t> household_access_cm;  // n
  std::vector<int64_t> steward_access_cm;    // m
};

// The nearest node of everyone; of equals the one of least index. Degrees are projected about the middle of households,
// stewards and nodes together. O((n + m) log v) on spread-out nodes.
absl::StatusOr<RoadAttachment> AttachToRoads(const Problem& problem, const RoadNetwork& network);

struct RoadPlan {
  Plan plan;                         // costs are those along roads; `price_cm` proves it over all reachable pairs
  RoadAttachment attachment;         //
  std::vector<int64_t> distance_cm;  // n: the cost of each household's link; -1 for none
  // Households that no steward of their jurisdiction (within max_distance) can be reached from. If there are any the
  // outcome is kInfeasible, or, in best effort, they are left over and the rest is planned.
  std::vector<int32_t> unreachable;
  int64_t pairs_listed = 0;  // pairs whose distance was worked with; the proof covers the others too
  int32_t rounds = 0;        // solves until no pair outside the lists could improve the plan
};

// Solves `problem` with distances along `network`. max_distance, if any, applies to these. Preferences, fixed and
// forbidden pairs, kinds, current plans and listed costs are not taken together with roads: an error. Errors: those of
// both Validates. Guarantees as those of Solve. Memory O(n x list) without max_distance, else O(pairs within it).
absl::StatusOr<RoadPlan> SolveOnRoads(const Problem& problem, const RoadNetwork& network, bool best_effort,
                                      RunContext& context);

// Checks a plan with distances along roads, sharing no code with the solver: everything is recomputed from the input,
// the nearest nodes by looking at all, the distances by a shortest-path tree from each steward's node. `price_cm`: m,
// or empty. The bound is over all reachable pairs (within max_distance).
absl::StatusOr<Verification> VerifyOnRoads(const Problem& problem, const RoadNetwork& network,
                                           absl::Span<const int32_t> steward_of, absl::Span<const int64_t> price_cm);

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_ROAD_NETWORK_H_
