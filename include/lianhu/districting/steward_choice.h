// Choosing stewards among those who volunteer, are recommended or are appointed.
//
// Choose candidates, as many as asked, and give each household to a chosen one of its own jurisdiction so that
// everybody chosen serves between his minimum and his maximum, and the sum of
//
//   distances (centimetres, as assignment::PairCost)  +  suitability of each chosen  +  cost per steward, where given
//
// is least. NP-hard: a choice comes with a lower bound and the gap between. For the candidates chosen the assignment is
// the exact optimum, with its prices (assignment::Solve): `plan` passes assignment::Verify on the chosen.
//
//   absl::StatusOr<StewardChoice> choice = ChooseStewards({.households = homes, .candidates = people, .count = 2744},
//                                                         {.seconds = 60}, context);
//
// Method and figures: docs/algorithms/selection.md.
#ifndef LIANHU_DISTRICTING_STEWARD_CHOICE_H_
#define LIANHU_DISTRICTING_STEWARD_CHOICE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/language.h"
#include "lianhu/base/point.h"
#include "lianhu/base/run_context.h"

namespace lianhu::districting {

enum class Requirement : int32_t {
  kFree = 0,
  kMustHave = 1,  // is chosen
  kMustNot = 2,   // is not
};

enum class CountRule : int32_t {
  kExactly = 0,         // `count` stewards in all, shared out among the jurisdictions at the least cost
  kCostPerSteward = 1,  // as many as pay: each costs `cost_per_steward_cm`
  kFewest = 2,          // as few as bounds allow in each jurisdiction, and among those choices the one of least cost
};

// Views of the caller's arrays, which must outlive every call that takes the problem. n households, m candidates.
struct CandidateProblem {
  absl::Span<const Point> households = {};  // n positions, n >= 1
  absl::Span<const Point> candidates = {};  // m positions, m >= 1, same datum
  Datum datum = Datum::kPlanarMetres;       // degrees are projected once about the middle of all positions

  // Jurisdictions, as in assignment::Problem: both empty, or n and m entries >= 0.
  absl::Span<const int32_t> household_units = {};
  absl::Span<const int32_t> candidate_units = {};

  assignment::LoadBounds bounds = {};            // for every candidate, unless the next two say otherwise
  absl::Span<const int32_t> candidate_min = {};  // empty, or m entries
  absl::Span<const int32_t> candidate_max = {};  // empty, or m entries

  // What choosing this candidate costs, cm, within +-assignment::kMaxCharge; empty: nothing.
  absl::Span<const int64_t> suitability_cm = {};
  absl::Span<const int32_t> requirement = {};  // m values of Requirement; empty: all free

  CountRule rule = CountRule::kExactly;
  int64_t count = 0;                // kExactly: 1..m
  int64_t cost_per_steward_cm = 0;  // kCostPerSteward: 0..assignment::kMaxCharge

  assignment::LoadBounds BoundsOf(int64_t j) const {
    return {.min = candidate_min.empty() ? bounds.min : candidate_min[j],
            .max = candidate_max.empty() ? bounds.max : candidate_max[j]};
  }
  Requirement RequirementOf(int64_t j) const {
    return requirement.empty() ? Requirement::kFree : static_cast<Requirement>(requirement[j]);
  }
};

struct ChoiceOptions {
  // Time to spend on one core, > 0: four fifths on the search, the rest on the bound. More threads finish it sooner.
  double seconds = 60;
  // Pairs of household and candidate to look at in the search; 0: as many as a core does in the time. As in
  // SelectionOptions: seed and work decide the answer, the clock only ends it before.
  int64_t work = 0;
  // For so many candidates that were not chosen, the most promising ones, what choosing them as well would save is
  // solved exactly. 0..1000.
  int32_t next = 10;
};

enum class ChoiceOutcome : int32_t {
  kFeasible = 0,    // a choice with its bound
  kInfeasible = 1,  // the reasons say why there is none
  kNotFound = 2,    // none was found, though numbers alone do not rule it out: bounds of their own do not combine
  kCancelled = 3,   // cancelled before there was a choice
};

const char* OutcomeName(ChoiceOutcome outcome);

// Why there is no choice; numbers of one jurisdiction (unit >= 0, or -1 without jurisdictions), or of all (`street`).
struct ChoiceShortfall {
  enum class Kind : int32_t {
    kCapacity = 0,  // all candidates together can take fewer households than there are: `capacity`
    kMustHave = 1,  // the minima of those who must be chosen are more than the households: `required`
    kMinimum = 2,   // the `least` candidates that are needed want more households than there are: `required`
    kTooFew = 3,    // street: the jurisdictions need `least` stewards, more than the count
    kTooMany = 4,   // street: no more than `most` can have their minimum, fewer than the count
  };
  Kind kind = Kind::kCapacity;
  int32_t unit = -1;
  int64_t households = 0;
  int64_t candidates = 0;  // who may be chosen
  int64_t capacity = 0;    // sum of their maxima
  int64_t required = 0;    // sum of minima, as above
  int64_t least = 0;
  int64_t most = 0;
  int64_t count = 0;  // asked for
};

const char* ShortfallName(ChoiceShortfall::Kind kind);

// One jurisdiction of the answer.
struct ChoiceUnit {
  int32_t unit = -1;
  int64_t households = 0;
  int64_t candidates = 0;  // who may be chosen
  int64_t chosen = 0;
  int64_t least = 0;  // stewards that bounds ask for
  int64_t most = 0;   // stewards that bounds allow
  int64_t distance_cm = 0;
};

// What one more steward would save.
struct NextCandidate {
  int32_t candidate = 0;
  bool feasible = true;  // false: no plan gives everybody chosen and this one their minimum
  int64_t saves_cm = 0;  // distance, less the suitability of this one; below 0: it would cost
};

struct StewardChoice {
  ChoiceOutcome outcome = ChoiceOutcome::kFeasible;
  std::vector<int32_t> chosen;        // candidates, ascending
  std::vector<int32_t> candidate_of;  // n: whom each household is given to
  std::vector<int64_t> price_cm;      // of each chosen, in their order: the proof of the assignment (assignment::Plan)
  std::vector<int32_t> load;          // of each chosen
  int64_t objective_cm = 0;           // = distance + suitability + stewards
  int64_t distance_cm = 0;
  int64_t suitability_cm = 0;
  int64_t stewards_cm = 0;  // the cost per steward, in all
  // No choice is below it. With kFewest: none of as many stewards.
  int64_t bound_cm = 0;
  double gap_percent = 0;           // (objective - bound) / objective x 100
  int64_t least_count = 0;          // of stewards, that bounds ask for
  int64_t most_count = 0;           // that they allow
  std::vector<ChoiceUnit> units;    // ascending
  std::vector<NextCandidate> next;  // the one that saves most first
  std::vector<ChoiceShortfall> shortfalls;
  int64_t regions = 0;     // searched: the work done
  bool by_clock = false;   // the clock stopped the search before its work was done
  bool cancelled = false;  // the caller did; the choice is the best so far
  double seconds = 0;
};

// Guarantees: (1) bounds, jurisdictions and requirements hold in every returned choice; (2) bound_cm is at most the
// objective of every choice; (3) the same bytes for any number of threads, as long as the clock plays no part
// (`by_clock`). Errors name field and row: lengths that differ, a coordinate that is not finite or out of range, a unit
// below 0, bounds out of order, a cost or a count out of range. Cancelled: the best so far. Memory O(n + m) times the
// length of the neighbour lists.
absl::StatusOr<StewardChoice> ChooseStewards(const CandidateProblem& problem, const ChoiceOptions& options,
                                             RunContext& context);

// One sentence or two for an official; `unit_name` may be empty (one jurisdiction: "the whole area").
std::string Describe(const ChoiceShortfall& shortfall, absl::string_view unit_name, Language language);

}  // namespace lianhu::districting

#endif  // LIANHU_DISTRICTING_STEWARD_CHOICE_H_
