// The pair conditions of a problem in the form that the solver works with: listed pairs, a limit for all others.
#ifndef LIANHU_SRC_ASSIGNMENT_PAIR_RULES_H_
#define LIANHU_SRC_ASSIGNMENT_PAIR_RULES_H_

#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/span.h"
#include "lianhu/assignment/problem.h"

namespace lianhu::assignment::internal {

// Rows are households, or sites of equal households. A pair that is not listed costs its distance and is allowed up to
// `max_cost`, unless only listed pairs are; a listed one has a cost of its own, which already counts its preference, or
// is forbidden. What every pair of a row costs in common, the switch cost, is left out of both: `base` has it.
struct PairRules {
  static constexpr int32_t kForbidden = std::numeric_limits<int32_t>::max();
  struct Listed {
    int32_t steward;
    int32_t cost;  // cm, or kForbidden
    friend bool operator==(const Listed&, const Listed&) = default;
  };

  static constexpr int64_t kNoLimit = std::numeric_limits<int64_t>::max();

  int64_t max_cost = kNoLimit;
  std::vector<int64_t> begin;     // rows + 1; empty: nothing is listed
  std::vector<Listed> listed;     // by row, by steward
  std::vector<char> listed_only;  // by row; empty: no such row
  std::vector<int32_t> base;      // by row, cm; empty: 0 everywhere

  absl::Span<const Listed> ListedOf(int64_t row) const {
    if (begin.empty()) return {};
    return absl::MakeConstSpan(listed).subspan(begin[row], begin[row + 1] - begin[row]);
  }
  bool HasLists() const { return !begin.empty(); }
  bool ListedOnly(int64_t row) const { return !listed_only.empty() && listed_only[row] != 0; }
  int32_t Base(int64_t row) const { return base.empty() ? 0 : base[row]; }

  // The entry of a pair; nullptr when it is not listed. O(log listed).
  const Listed* Find(int64_t row, int32_t steward) const;

  // Whether two rows at one position are interchangeable.
  bool SameRow(int64_t a, int64_t b) const;
};

// Rows are the problem's households, stewards its stewards. `households` and `stewards` are planar positions. The
// problem must be valid. O(n + c log c) for c conditions.
PairRules CompileRules(const Problem& problem, absl::Span<const Point> households, absl::Span<const Point> stewards);

// The distance of an allowed pair, or the caller's cost in its place. Positions are planar.
int64_t PairDistance(const Problem& problem, absl::Span<const Point> households, absl::Span<const Point> stewards,
                     int32_t household, int32_t steward);

// The rows of `households`, with the stewards of `stewards` numbered by their place in it; pairs with others are
// dropped. `place[j]` is the place of steward j in the list that he is on, whichever it is.
PairRules SelectRules(const PairRules& rules, const std::vector<int32_t>& households,
                      const std::vector<int32_t>& stewards, const std::vector<int32_t>& place);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_PAIR_RULES_H_
