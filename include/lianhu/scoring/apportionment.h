// Dividing an amount of whole fen (or seats) in proportion to weights: largest remainder and the divisor methods.
//
// Every share is a whole number, the shares sum to the amount, and none leaves its floor and ceiling. All comparisons
// are between whole numbers of up to 512 bits: nothing is ever compared as a float, whatever the size.
//
//   largest remainder   the quota weight * amount / sum of weights, rounded down; what is left goes, one each, to the
//   (Hamilton)          largest remainders. Stays within one of every quota; not house-monotone (the Alabama paradox).
//   divisor methods     weight / d rounded, with a divisor d for which the shares sum to the amount:
//     Adams               up;                              favours small weights
//     Huntington-Hill     at sqrt(s * (s + 1))
//     Sainte-Lague        at s + 1/2 (Webster)             favours neither
//     D'Hondt             down (Jefferson);                favours large weights
//                       House-monotone and population-monotone; may leave the quota.
//
// Floors and ceilings: for a divisor method each rounded share is clamped. For largest remainder the quotas are those
// of the continuous solution share = clamp(weight / d, floor, ceiling) that sums to the amount; who is at a bound
// stays.
//
// Equal claims on the last fen are decided by `tie_order`, and reported.
//
// A weight of 0 has a claim on its floor only. Sources: Balinski and Young, "Fair Representation", 1982; Pukelsheim,
// "Proportional Representation", 2nd ed. 2017 (jump and step: find a divisor whose shares are at most n off, then
// step).
#ifndef LIANHU_SCORING_APPORTIONMENT_H_
#define LIANHU_SCORING_APPORTIONMENT_H_

#include <cstdint>
#include <limits>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace lianhu::scoring {

enum class ApportionmentMethod : int32_t {
  kLargestRemainder = 0,
  kAdams = 1,
  kHuntingtonHill = 2,
  kSainteLague = 3,
  kDHondt = 4,
};

// "largest-remainder", "adams", "huntington-hill", "sainte-lague", "dhondt".
const char* MethodName(ApportionmentMethod method);

// Amounts, weights and the sum of the weights are at most this: all of a signed 128-bit number, about 1.7e38.
inline constexpr absl::int128 kMaxAmount = absl::MakeInt128(std::numeric_limits<int64_t>::max(), ~uint64_t{0});

// Views of the caller's arrays: n parties by dense index.
struct ApportionmentInput {
  absl::int128 amount = 0;                       // fen, 0..kMaxAmount
  absl::Span<const absl::int128> weights = {};   // n, each >= 0
  absl::Span<const absl::int128> floors = {};    // empty (all 0), or n, each >= 0
  absl::Span<const absl::int128> ceilings = {};  // empty (all the amount), or n, each >= its floor
  // Empty (by index), or n different numbers: of equal claims the one with the smallest number is served.
  absl::Span<const int32_t> tie_order = {};
};

struct ApportionmentOptions {
  ApportionmentMethod method = ApportionmentMethod::kLargestRemainder;
};

enum class ApportionmentOutcome : int32_t {
  kDivided = 0,
  kFloorsExceedAmount = 1,
  kCeilingsBelowAmount = 2,  // of those with a weight, and the floors of those without
};

struct Apportionment {
  ApportionmentOutcome outcome = ApportionmentOutcome::kDivided;
  std::vector<absl::int128> shares;  // n; empty unless divided
  // Those who had the same claim on the last fen, ascending; `tied_served` of them, the first by tie_order, got one.
  // Both empty when nothing hung on the order.
  std::vector<int32_t> tied;
  int32_t tied_served = 0;
  absl::int128 bound_sum = 0;  // of the floors or ceilings, when these are the reason
};

// Errors: lengths that do not agree, a negative or too large number, a ceiling below its floor, numbers of tie_order
// that are there twice; they name the field and the row. O(n log n), whatever the amount.
absl::StatusOr<Apportionment> Apportion(const ApportionmentInput& input, const ApportionmentOptions& options);

}  // namespace lianhu::scoring

#endif  // LIANHU_SCORING_APPORTIONMENT_H_
