#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "assignment/objective_limits.h"
#include "assignment/pair_book.h"
#include "lianhu/assignment/objective.h"

namespace lianhu::assignment {
namespace {

using internal::Bounded;

// Adds the reasons why `problem` cannot be planned, of shortages or of surpluses or both; false when there is none.
// Each must hold by itself.
absl::StatusOr<bool> AddReasons(const Problem& problem, bool shortages, bool surpluses, RunContext& context,
                                std::vector<Infeasibility>& reasons) {
  std::vector<Infeasibility> found;
  if (!FindInfeasibilities(problem, context, found)) return false;
  bool any = false;
  for (Infeasibility& reason : found) {
    if (!(reason.shortage > 0 ? shortages : surpluses)) continue;
    if (auto status = CheckInfeasibility(problem, reason); !status.ok()) {
      return absl::InternalError(absl::StrCat("a reason does not hold: ", status.message()));
    }
    reasons.push_back(std::move(reason));
    any = true;
  }
  return any;
}

// The greatest distance of the fixed pairs, which no limit touches; -1 without any.
int64_t GreatestFixed(const Problem& problem, const internal::PairBook& book) {
  int64_t greatest = -1;
  for (const Pair& pair : problem.fixed) greatest = std::max(greatest, book.Distance(pair.household, pair.steward));
  return greatest;
}

absl::StatusOr<bool> LeastDistance(const Problem& problem, int64_t distance_cm, RunContext& context,
                                   std::vector<Infeasibility>& reasons) {
  const internal::PairBook book(problem);
  if (distance_cm <= std::max<int64_t>(0, GreatestFixed(problem, book))) return true;
  return AddReasons(internal::Within(problem, distance_cm - 1), true, true, context, reasons);
}

absl::StatusOr<bool> LeastSpread(const Problem& problem, int32_t load_min, int32_t load_max, RunContext& context,
                                 std::vector<Infeasibility>& reasons) {
  if (problem.stewards.empty()) return true;
  const internal::LoadRange range = internal::LoadRangeOf(problem);
  if (load_max > range.low) {
    const Bounded less = internal::WithMost(problem, load_max - 1);
    auto held = AddReasons(less.View(problem), true, false, context, reasons);
    if (!held.ok() || !*held) return held;
  }
  if (load_min >= range.ceiling) return true;
  const Bounded more = internal::WithLeast(problem, load_min + 1);
  return AddReasons(more.View(problem), false, true, context, reasons);
}

}  // namespace

absl::StatusOr<ObjectiveVerification> VerifyObjective(const Problem& problem, Objective objective,
                                                      absl::Span<const int32_t> steward_of,
                                                      absl::Span<const int64_t> price_cm, RunContext& context) {
  ObjectiveVerification result;
  const bool total = objective == Objective::kTotal;
  absl::StatusOr<Verification> plain =
      Verify(problem, steward_of, total ? price_cm : absl::Span<const int64_t>(), {}, context);
  if (!plain.ok()) return plain.status();
  result.verification = *std::move(plain);
  result.first_proved = total;
  if (total || !result.verification.feasible) return result;

  const bool bottleneck = objective == Objective::kBottleneck;
  if (bottleneck) {
    result.distance_cm = result.verification.max_distance_cm;
  } else {
    result.load_min = result.verification.load_min;
    result.load_max = result.verification.load_max;
  }
  const absl::StatusOr<bool> first =
      bottleneck ? LeastDistance(problem, result.distance_cm, context, result.reasons)
                 : LeastSpread(problem, result.load_min, result.load_max, context, result.reasons);
  if (!first.ok()) return first.status();
  result.first_proved = *first;

  const Bounded both = bottleneck ? Bounded{} : internal::WithBoth(problem, result.load_min, result.load_max);
  const Problem restricted = bottleneck ? internal::Within(problem, result.distance_cm) : both.View(problem);
  absl::StatusOr<Verification> priced = Verify(restricted, steward_of, price_cm, {}, context);
  if (!priced.ok()) return priced.status();
  result.verification = *std::move(priced);
  result.verification.cancelled |= context.cancelled();
  return result;
}

}  // namespace lianhu::assignment
