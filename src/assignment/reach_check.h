// Whether a plan could have served more, or filled what it left empty: what Verify asks of best effort.
#ifndef LIANHU_SRC_ASSIGNMENT_REACH_CHECK_H_
#define LIANHU_SRC_ASSIGNMENT_REACH_CHECK_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "assignment/pair_book.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

// One jurisdiction of a plan, by the caller's indices. Plain searches over all pairs, O(households x stewards) each.
class ReachCheck {
 public:
  ReachCheck(const PairBook& book, const std::vector<int32_t>& households, const std::vector<int32_t>& stewards,
             absl::Span<const int32_t> steward_of, RunContext& context);

  // Whether some household without a steward could have one, if need be by moving others along a path (Berge 1957: no
  // such path, no more can be served).
  bool CouldServeMore() const;

  // Whether the minima could all be filled, whoever else goes without: paths from the plan, one unit each, until all
  // are filled or one steward has none.
  bool CouldFillMinima() const;

 private:
  const PairBook& book_;
  const std::vector<int32_t>& households_;
  const std::vector<int32_t>& stewards_;
  absl::Span<const int32_t> steward_of_;
  RunContext& context_;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_REACH_CHECK_H_
