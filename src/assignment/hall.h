// Whether every household can be served and every minimum filled under pair conditions, and if not, who is to blame.
#ifndef LIANHU_SRC_ASSIGNMENT_HALL_H_
#define LIANHU_SRC_ASSIGNMENT_HALL_H_

#include <cstdint>
#include <vector>

#include "assignment/jurisdiction.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

// A set whose neighbours are too few (Hall 1935). Of a shortage: `households` can be served by nobody but `stewards`,
// whose maxima are `missing` short. Of a surplus: `stewards` can serve nobody but `households`, who are `missing` fewer
// than the minima. Both by the jurisdiction's indices, ascending.
struct HallViolator {
  std::vector<int32_t> households;
  std::vector<int32_t> stewards;
  int64_t missing = 0;
};

// Disjoint violators with nothing between them. Households that can reach nobody make one, as do stewards. The sum of
// `missing` over the shortages is n less the most households that can be served; likewise for places of the minima.
struct HallViolators {
  std::vector<HallViolator> shortages;
  std::vector<HallViolator> surpluses;
  bool cancelled = false;
};

// A plan within all bounds exists if and only if there is neither (Mendelsohn and Dulmage 1958: a flow that serves all
// households and one that fills all minima make one that does both). Two maximum flows over the allowed pairs, which
// are not listed but found in a spatial tree from which what a search has reached is struck out: each phase reaches
// every household and steward once, O((n + m) log m). `left_over` and the load cost of the input are not looked at.
HallViolators FindHallViolators(const JurisdictionInput& input, RunContext& context);

// The two questions without the reasons, for searches that ask them often.
bool CanServeAll(const JurisdictionInput& input, RunContext& context);
bool CanFillMinima(const JurisdictionInput& input, RunContext& context);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_HALL_H_
