// Building cohesion: households of one building shared by as few stewards as the distance allows.
//
// As problem.h, with a further charge: every steward beyond the first who serves in a building costs `price_cm`. The
// sum of distances and charges is to be least. A charge that does not depend on how many households a steward takes
// makes this a fixed-charge transportation problem, NP-hard in general: what is returned is a heuristic plan and a
// lower bound. Method and figures: docs/algorithms/cohesion.md.
#ifndef LIANHU_ASSIGNMENT_COHESION_H_
#define LIANHU_ASSIGNMENT_COHESION_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment {

// Sums over all buildings that have a household which is served.
struct BuildingFigures {
  int64_t buildings = 0;
  int64_t pairs = 0;        // of a building and a steward who serves in it
  int64_t further = 0;      // pairs - buildings: stewards beyond the first
  int64_t shared = 0;       // buildings with two stewards or more
  int32_t most = 0;         // stewards in one building
  int64_t distance_cm = 0;  // of all households
};

// `buildings`: n entries, each >= 0, or -1 for a household that is in none. `costs_cm`: n, of each household's link.
BuildingFigures CountBuildings(absl::Span<const int32_t> buildings, absl::Span<const int32_t> steward_of,
                               absl::Span<const int64_t> costs_cm);

struct CohesionOptions {
  int64_t price_cm = 5000;  // what a further steward in a building is worth in distance, 0..kMaxCharge
  bool best_effort = false;
};

struct CohesionPlan {
  // The exact plan without the charge, its prices and its proof; outcomes other than kOptimal and kBestEffort end here.
  Plan exact;
  std::vector<int32_t> steward_of;  // n
  std::vector<int32_t> load;        // m
  BuildingFigures before;           // of the exact plan
  BuildingFigures after;
  int64_t objective_cm = 0;  // after.distance_cm + price * after.further
  // No plan has less: the exact plan's distance, and for each building the fewest stewards that have room for it.
  int64_t bound_cm = 0;
  double seconds = 0;
};

// Starts from the exact plan and takes moves that lower the objective until none does: all that a steward serves in a
// building goes to another who serves there or lives near, who hands as many as he must, chosen exactly, back or to a
// third near by. Guarantees: (1) bounds and jurisdictions hold as in the exact plan, and the same households are
// served; (2) objective_cm is at most that of the exact plan, and bound_cm at most that of any plan (kOptimal only; in
// best effort 0); (3) the same bytes for any number of threads. Cancelling ends the moves early, with outcome
// kCancelled. Pair conditions, kinds and costs of load are not taken together with buildings: an error.
absl::StatusOr<CohesionPlan> SolveCohesive(const Problem& problem, absl::Span<const int32_t> buildings,
                                           const CohesionOptions& options, RunContext& context);

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_COHESION_H_
