// The check of a generalised assignment: plain loops and plain dynamic programs, no code of the solver's.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "assignment/least_knapsack.h"
#include "lianhu/assignment/generalized_assignment.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

using internal::KnapsackFits;
using internal::kNoKnapsack;
using internal::LeastKnapsack;

constexpr int64_t kMostMultiplier = int64_t{1} << 52;

}  // namespace

absl::StatusOr<GapVerification> VerifyGeneralizedAssignment(const GeneralizedAssignment& problem,
                                                            absl::Span<const int32_t> agent_of,
                                                            absl::Span<const int64_t> multiplier,
                                                            int64_t multiplier_scale) {
  if (auto status = Validate(problem); !status.ok()) return status;
  const int32_t items = problem.items;
  if (static_cast<int64_t>(agent_of.size()) != items) {
    return InvalidField("agent_of", -1, absl::StrCat("has ", agent_of.size(), " entries, not ", items));
  }
  if (static_cast<int64_t>(multiplier.size()) != items) {
    return InvalidField("multiplier", -1, absl::StrCat("has ", multiplier.size(), " entries, not ", items));
  }
  if (multiplier_scale < 1 || multiplier_scale > 1024) {
    return InvalidField("multiplier_scale", -1, absl::StrCat("is not in 1..1024: ", multiplier_scale));
  }
  GapVerification result{.feasible = true, .objective = 0, .bound_held = true, .bound = 0};
  std::vector<int64_t> load(problem.agents, 0);
  for (int32_t h = 0; h < items; ++h) {
    const int32_t i = agent_of[h];
    if (i < -1 || i >= problem.agents) {
      return InvalidField("agent_of", h, absl::StrCat("is not in -1..", problem.agents - 1, ": ", i));
    }
    if (multiplier[h] < -kMostMultiplier || multiplier[h] > kMostMultiplier) {
      return InvalidField("multiplier", h, absl::StrCat("is beyond +-2^52: ", multiplier[h]));
    }
    if (i < 0) {
      result.feasible = false;
      continue;
    }
    result.objective += problem.cost[int64_t{i} * items + h];
    load[i] += problem.weight[int64_t{i} * items + h];
  }

  __extension__ using Wide = __int128;
  Wide scaled = 0;
  for (const int64_t u : multiplier) scaled += u;
  std::vector<int64_t> reduced(items);
  for (int32_t i = 0; i < problem.agents; ++i) {
    const int64_t low = problem.minimum.empty() ? 0 : problem.minimum[i];
    const absl::Span<const int64_t> weights = problem.weight.subspan(int64_t{i} * items, items);
    if (load[i] > problem.capacity[i] || load[i] < low) result.feasible = false;
    int64_t all = 0;
    for (int32_t h = 0; h < items; ++h) {
      reduced[h] = problem.cost[int64_t{i} * items + h] * multiplier_scale - multiplier[h];
      all += weights[h];
    }
    const int64_t high = std::min(problem.capacity[i], all);
    if (high < low || !KnapsackFits(high, items)) {
      result.bound_held = false;
      continue;
    }
    const int64_t least = LeastKnapsack(reduced, weights, low, high);
    if (least == kNoKnapsack) {
      result.bound_held = false;
    } else {
      scaled += least;
    }
  }
  if (!result.bound_held) return result;
  // Rounded up: costs are integers.
  const Wide quotient = scaled / multiplier_scale;
  result.bound = static_cast<int64_t>(quotient) + (scaled > quotient * multiplier_scale ? 1 : 0);
  return result;
}

}  // namespace lianhu::assignment
