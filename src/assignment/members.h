// A problem cut into its jurisdictions: who belongs to each, and what each one's solver is given.
#ifndef LIANHU_SRC_ASSIGNMENT_MEMBERS_H_
#define LIANHU_SRC_ASSIGNMENT_MEMBERS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "assignment/jurisdiction.h"
#include "assignment/pair_rules.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/point.h"

namespace lianhu::assignment::internal {

// The households and stewards of one unit and kind, by the caller's indices, ascending.
struct Members {
  int32_t unit = -1;
  int32_t kind = -1;
  std::vector<int32_t> households;
  std::vector<int32_t> stewards;
};

// By increasing unit, then kind; one when the problem has neither. O(n + m) and a map of them.
std::vector<Members> SplitByJurisdiction(const Problem& problem);

// What all jurisdictions of a problem have in common: planar positions and pair rules.
class Common {
 public:
  // The problem must be valid and stay where it is; `all` are its members.
  Common(const Problem& problem, const std::vector<Members>& all);

  absl::Span<const Point> households() const { return households_; }
  absl::Span<const Point> stewards() const { return stewards_; }
  bool ruled() const { return problem_.HasPairConditions(); }

  // With the bounds that the problem gives; nobody left over.
  JurisdictionInput InputOf(const Members& members) const;

 private:
  const Problem& problem_;
  std::vector<Point> projected_;
  absl::Span<const Point> households_;
  absl::Span<const Point> stewards_;
  PairRules rules_;
  std::vector<int32_t> place_;  // of each steward in his jurisdiction
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_MEMBERS_H_
