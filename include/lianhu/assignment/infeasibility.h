// Why a jurisdiction cannot be planned within its bounds, in numbers and in a sentence an official can act on.
#ifndef LIANHU_ASSIGNMENT_INFEASIBILITY_H_
#define LIANHU_ASSIGNMENT_INFEASIBILITY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/language.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment {

// A set that no plan can satisfy. Without pair conditions it is a jurisdiction (a unit, and within it a kind) with
// households > capacity (too few stewards) or households < required (too many stewards for their minimum): every pair
// is allowed there, so these two are all there is.
//
// With pair conditions it is a Hall violator. Of a shortage: these households can be served by nobody but these
// stewards, whose maxima are less than them. Of a surplus: these stewards can serve nobody but these households, who
// are fewer than their minima. Sets of one jurisdiction do not touch each other, and their shortages add up to the
// least number of households that any plan leaves over. CheckInfeasibility (verify.h) checks one against the problem.
struct Infeasibility {
  int32_t unit = -1;       // the jurisdiction's value in the input; -1 when the problem has none
  int32_t kind = -1;       // likewise
  bool whole = true;       // the set is all of the jurisdiction, and the two lists below are empty
  int64_t households = 0;  // in the set
  int64_t stewards = 0;    // in the set
  int64_t capacity = 0;    // sum of max over its stewards
  int64_t required = 0;    // sum of min over its stewards
  int64_t shortage = 0;    // households - capacity when positive, else 0: households left over
  int64_t surplus = 0;     // required - households when positive, else 0: places that cannot be filled
  // The number of stewards closest to the present one that would do at the problem's common bounds (stewards with
  // bounds of their own are kept, those with the largest minimum being released first); -1 when no number would.
  int64_t stewards_needed = 0;
  // The common bound that would do with the present stewards: with a shortage the least max (ceil(households/stewards)
  // when no steward has bounds of his own), with a surplus the greatest min. -1 when none would (no stewards at all).
  int64_t bound_needed = 0;
  std::vector<int32_t> household_set = {};  // by index, ascending; empty when `whole`
  std::vector<int32_t> steward_set = {};
};

// Every reason why the problem cannot be planned, in increasing order of unit, then kind; within a jurisdiction
// shortages come first, the greatest first. Jurisdictions with stewards but no household are a surplus if any minimum
// is positive. The problem must be valid. O(n + m log m) without pair conditions, else that of two maximum flows
// (docs/algorithms/assignment.md). False when cancelled.
bool FindInfeasibilities(const Problem& problem, RunContext& context, std::vector<Infeasibility>& found);

// The same, not to be cancelled.
std::vector<Infeasibility> FindInfeasibilities(const Problem& problem);

// One sentence or two for an official; `unit_name` may be empty (one jurisdiction: "the whole area").
std::string Describe(const Infeasibility& infeasibility, LoadBounds bounds, absl::string_view unit_name,
                     Language language);

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_INFEASIBILITY_H_
