// Why a jurisdiction cannot be planned within its bounds, in numbers and in a sentence an official can act on.
#ifndef LIANHU_ASSIGNMENT_INFEASIBILITY_H_
#define LIANHU_ASSIGNMENT_INFEASIBILITY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/language.h"

namespace lianhu::assignment {

// One jurisdiction that no plan can satisfy: either households > capacity (too few stewards) or households < required
// (too many stewards for their minimum). Within a jurisdiction every pair is allowed, so these two are all there is.
struct Infeasibility {
  int32_t unit = -1;       // the jurisdiction's value in the input; -1 when the problem has none
  int64_t households = 0;  //
  int64_t stewards = 0;    //
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
};

// Every jurisdiction that cannot be planned, in increasing order of unit. Jurisdictions with stewards but no household
// are a surplus if any minimum is positive. The problem must be valid. O(n + m log m).
std::vector<Infeasibility> FindInfeasibilities(const Problem& problem);

// One sentence for an official; `unit_name` may be empty (one jurisdiction: "the whole area").
std::string Describe(const Infeasibility& infeasibility, LoadBounds bounds, absl::string_view unit_name,
                     Language language);

}  // namespace lianhu::assignment

#endif  // LIANHU_ASSIGNMENT_INFEASIBILITY_H_
