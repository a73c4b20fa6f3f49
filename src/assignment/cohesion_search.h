// The moves that bring a building's households together.
#ifndef LIANHU_SRC_ASSIGNMENT_COHESION_SEARCH_H_
#define LIANHU_SRC_ASSIGNMENT_COHESION_SEARCH_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/point.h"
#include "lianhu/base/run_context.h"

namespace lianhu::assignment::internal {

// A *part* is what one steward serves in one building; a household in no building is a part by itself. Keeps for each
// steward his parts, and for each building its stewards.
class CohesionSearch {
 public:
  // Positions are planar metres. `steward_of` is the plan to start from.
  CohesionSearch(const Problem& problem, absl::Span<const Point> households, absl::Span<const Point> stewards,
                 absl::Span<const int32_t> buildings, int64_t price_cm, std::vector<int32_t> steward_of,
                 absl::Span<const int32_t> least_load);

  // Moves until none lowers the objective; false when cancelled.
  bool Run(RunContext& context);

  const std::vector<int32_t>& steward_of() const { return steward_of_; }

 private:
  struct Part {
    int32_t building;
    std::vector<int32_t> households;
  };
  // Households to hand over, and what that changes in the objective.
  struct Handover {
    int64_t change = 0;
    std::vector<int32_t> households;
  };
  static constexpr int32_t kNear = 8;

  int64_t Cost(int32_t h, int32_t j) const { return PairCost(households_[h], stewards_[j]); }
  bool Serves(int32_t j, int32_t building) const;
  int32_t Load(int32_t j) const { return load_[j]; }
  bool TryGather(int32_t building, int32_t from);
  // The cheapest `count` households of `from`, none of `building`, for `to`; false when there are not so many.
  bool BestHandover(int32_t from, int32_t to, int32_t building, int32_t count, Handover& best) const;
  void Move(int32_t h, int32_t to);

  const Problem& problem_;
  absl::Span<const Point> households_;
  absl::Span<const Point> stewards_;
  absl::Span<const int32_t> buildings_;
  const int64_t price_;
  std::vector<int32_t> steward_of_;
  absl::Span<const int32_t> least_load_;
  std::vector<int32_t> load_;
  std::vector<std::vector<Part>> parts_;           // by steward
  std::vector<std::vector<int32_t>> stewards_in_;  // by building, ascending
  std::vector<std::vector<int32_t>> near_;         // by steward: others of his jurisdiction
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_COHESION_SEARCH_H_
