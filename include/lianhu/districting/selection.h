// Choosing stewards among candidates: the capacitated p-median problem.
//
// Choose p of m candidates and give each of n households to a chosen one so that nobody takes more than his capacity
// and the sum of distances is least. Distances are not weighted by demand. NP-hard, so that a plan comes with a lower
// bound, and the gap between them is stated, never "optimal" without proof.
//
//   absl::StatusOr<Selection> selection = Select({.households = nodes, .demand = demand, .candidates = nodes,
//                                                 .capacity = capacity, .count = 40}, {.seconds = 5}, context);
//
// Method and figures: docs/algorithms/selection.md.
#ifndef LIANHU_DISTRICTING_SELECTION_H_
#define LIANHU_DISTRICTING_SELECTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/base/language.h"
#include "lianhu/base/point.h"
#include "lianhu/base/run_context.h"

namespace lianhu::districting {

// What a pair costs, from the planar distance between the two.
enum class DistanceRule : int32_t {
  kCentimetre = 0,  // 100 x distance rounded half away from zero, as in assignment
  kEuclidean = 1,   // the distance itself, a double
  kWhole = 2,       // the distance cut off to a whole number: what some published instances ask for
};

double Distance(Point a, Point b, DistanceRule rule);

// Views of the caller's arrays, which must outlive every call that takes the problem.
struct SelectionProblem {
  absl::Span<const Point> households = {};  // n positions, planar
  absl::Span<const int32_t> demand = {};    // n, each >= 1; empty: 1 each
  absl::Span<const Point> candidates = {};  // m positions, planar
  absl::Span<const int32_t> capacity = {};  // m, each >= 0: the most demand that the candidate takes
  int32_t count = 0;                        // p, 1..m
  DistanceRule rule = DistanceRule::kCentimetre;
};

struct SelectionOptions {
  // Time to spend, > 0, on one core: four fifths on the search, the rest on the bound. Less when the two meet.
  double seconds = 5;
  // Pairs of household and candidate to look at; 0: as many as a core does in the time. Seed and work decide the
  // answer; where the machine is slower than that the clock hurries the search to its end (`by_clock`).
  int64_t work = 0;
};

enum class SelectionOutcome : int32_t {
  kFeasible = 0,    // a plan with its bound
  kInfeasible = 1,  // the p largest capacities together are below the demand, or one household's is above all of them
  kNotFound = 2,    // no plan was found, though capacities are enough in sum: demands do not divide (bin packing)
  kCancelled = 3,   // cancelled before there was a plan
};

const char* OutcomeName(SelectionOutcome outcome);

struct Selection {
  SelectionOutcome outcome = SelectionOutcome::kFeasible;
  std::vector<int32_t> chosen;        // p candidates, ascending
  std::vector<int32_t> candidate_of;  // n: whom each household is given to
  double objective = 0;               // sum of distances, added up in the order of the households
  double bound = 0;                   // no plan is below it
  double gap_percent = 0;             // (objective - bound) / objective x 100
  int64_t demand = 0;                 // in all
  int64_t capacity = 0;               // of the p largest
  int64_t regions = 0;                // searched: the work done
  bool by_clock = false;              // the clock ended the search before its work was done
  bool cancelled = false;             // the caller did; the plan is the best so far
  double seconds = 0;
};

// Errors name field and row: lengths that differ, a coordinate that is not finite or out of range (base/point.h),
// demand below 1, capacity below 0, count outside 1..m, no household, seconds not above 0. context.seed seeds the
// search; context.threads is not used. Cancelled: within 100 ms, with the best plan so far. Memory O(n + m) times the
// length of the neighbour lists (about 8 n / p, at most 2,000).
absl::StatusOr<Selection> Select(const SelectionProblem& problem, const SelectionOptions& options, RunContext& context);

// Checks a plan without the search: p candidates, everybody given to one of them, nobody above his capacity. Returns
// the objective, or an error that names the household or candidate at fault.
absl::StatusOr<double> VerifySelection(const SelectionProblem& problem, absl::Span<const int32_t> candidate_of);

// Why there is no plan, for an official; empty when there is one.
std::string Describe(const Selection& selection, const SelectionProblem& problem, Language language);

}  // namespace lianhu::districting

#endif  // LIANHU_DISTRICTING_SELECTION_H_
