// The pairs of a problem as Verify sees them: allowed or not, and at what cost, straight from the definition in
// problem.h. Shares no code with the solver.
#ifndef LIANHU_SRC_ASSIGNMENT_PAIR_BOOK_H_
#define LIANHU_SRC_ASSIGNMENT_PAIR_BOOK_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "lianhu/assignment/problem.h"

namespace lianhu::assignment::internal {

// Why a household may not be served by a steward.
enum class Objection { kNone, kUnit, kKind, kFixedElsewhere, kForbidden, kNoListedCost, kTooFar };

class PairBook {
 public:
  // The problem must be valid and stay where it is. O(n + m + conditions).
  explicit PairBook(const Problem& problem);

  const Problem& problem() const { return problem_; }
  Point household(int64_t h) const { return households_[h]; }
  Point steward(int64_t j) const { return stewards_[j]; }
  const std::vector<Point>& stewards() const { return stewards_; }

  // The first that applies, in the order of the enumeration.
  Objection ObjectionTo(int32_t h, int32_t j) const;
  bool Allowed(int32_t h, int32_t j) const { return ObjectionTo(h, j) == Objection::kNone; }

  // The distance, or the caller's cost in its place; -1 when he lists none.
  int64_t Distance(int32_t h, int32_t j) const;

  // What an allowed pair costs: distance, preference, switch cost.
  int64_t Cost(int32_t h, int32_t j) const { return Distance(h, j) + Charge(h, j); }

  // Of a household's pairs: what preference and switch cost add.
  int64_t Charge(int32_t h, int32_t j) const;
  // The most that these can take off any pair of h: <= 0.
  int64_t LeastCharge(int32_t h) const { return least_charge_.empty() ? 0 : least_charge_[h]; }

  // The steward h is fixed to; -1: none.
  int32_t FixedTo(int32_t h) const { return fixed_to_.empty() ? -1 : fixed_to_[h]; }

  // Pairs of h farther than this are not allowed, unless fixed.
  int64_t max_cost() const { return max_cost_; }

  // Marginal cost of a steward's k-th household, k >= 1.
  int64_t MarginalLoadCost(int64_t k) const;
  // Of `load` households.
  int64_t LoadCost(int64_t load) const;

 private:
  using Key = std::pair<int32_t, int32_t>;

  const Problem& problem_;
  std::vector<Point> households_;
  std::vector<Point> stewards_;
  int64_t max_cost_;
  absl::flat_hash_set<Key> forbidden_;
  absl::flat_hash_map<Key, int64_t> preference_;
  std::vector<int32_t> fixed_to_;
  std::vector<int64_t> least_charge_;
};

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_PAIR_BOOK_H_
