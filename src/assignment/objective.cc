#include "lianhu/assignment/objective.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "assignment/hall.h"
#include "assignment/members.h"
#include "assignment/objective_limits.h"
#include "lianhu/assignment/solve.h"

namespace lianhu::assignment {
namespace {

using internal::Bounded;
using internal::Within;
using internal::WithLeast;
using internal::WithMost;

enum class Question { kServeAll, kFillMinima };

// Whether the maxima serve all, or the minima can be filled.
bool Holds(const Problem& problem, Question question, RunContext& context) {
  const std::vector<internal::Members> jurisdictions = internal::SplitByJurisdiction(problem);
  const internal::Common common(problem, jurisdictions);
  return std::all_of(jurisdictions.begin(), jurisdictions.end(), [&](const internal::Members& members) {
    int64_t bound = 0;
    const auto households = static_cast<int64_t>(members.households.size());
    for (const int32_t j : members.stewards) {
      const LoadBounds bounds = problem.BoundsOf(j);
      bound += question == Question::kServeAll ? bounds.max : bounds.min;
    }
    if (question == Question::kServeAll ? households > bound : households < bound) return false;
    if (!problem.HasPairConditions()) return true;
    const internal::JurisdictionInput input = common.InputOf(members);
    return question == Question::kServeAll ? CanServeAll(input, context) : CanFillMinima(input, context);
  });
}

// The least value in [low, high] for which `holds`, which is known of `high` and rises with the value.
int64_t LeastThatHolds(int64_t low, int64_t high, const std::function<bool(int64_t)>& holds) {
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

// The greatest distance of a plan, and of its fixed pairs, which no limit touches.
std::pair<int64_t, int64_t> GreatestDistances(const Problem& problem, const Plan& plan) {
  const std::vector<internal::Members> jurisdictions = internal::SplitByJurisdiction(problem);
  const internal::Common common(problem, jurisdictions);
  const auto distance = [&](int32_t h, int32_t j) {
    return internal::PairDistance(problem, common.households(), common.stewards(), h, j);
  };
  std::pair<int64_t, int64_t> greatest(0, 0);
  for (size_t h = 0; h < plan.steward_of.size(); ++h) {
    greatest.first = std::max(greatest.first, distance(static_cast<int32_t>(h), plan.steward_of[h]));
  }
  for (const Pair& pair : problem.fixed) {
    greatest.second = std::max(greatest.second, distance(pair.household, pair.steward));
  }
  return greatest;
}

void FindBottleneck(const Problem& problem, RunContext& context, ObjectivePlan& result) {
  const auto [greatest, fixed] = GreatestDistances(problem, result.plan);
  result.distance_cm = LeastThatHolds(fixed, greatest, [&](int64_t limit) {
    const Problem within = Within(problem, limit);
    return Holds(within, Question::kServeAll, context) && Holds(within, Question::kFillMinima, context);
  });
  if (result.distance_cm > fixed) {
    FindInfeasibilities(Within(problem, result.distance_cm - 1), context, result.reasons);
  }
}

void FindEvenBounds(const Problem& problem, RunContext& context, ObjectivePlan& result) {
  if (problem.stewards.empty()) return;
  const auto [low, high, ceiling] = internal::LoadRangeOf(problem);
  const int64_t most = LeastThatHolds(low, high, [&](int64_t value) {
    const Bounded bounded = WithMost(problem, value);
    return Holds(bounded.View(problem), Question::kServeAll, context);
  });
  // The greatest minimum, as the least step down from the ceiling.
  const int64_t least = ceiling - LeastThatHolds(0, ceiling, [&](int64_t step) {
                          const Bounded bounded = WithLeast(problem, ceiling - step);
                          return Holds(bounded.View(problem), Question::kFillMinima, context);
                        });
  result.load_min = static_cast<int32_t>(least);
  result.load_max = static_cast<int32_t>(most);
  Bounded both = internal::WithBoth(problem, least, most);
  result.steward_min = std::move(both.min);
  result.steward_max = std::move(both.max);
  std::vector<Infeasibility> found;
  if (most > low) {
    const Bounded bounded = WithMost(problem, most - 1);
    FindInfeasibilities(bounded.View(problem), context, found);
    result.reasons = found;
  }
  if (least < ceiling) {
    const Bounded bounded = WithLeast(problem, least + 1);
    FindInfeasibilities(bounded.View(problem), context, found);
    for (Infeasibility& reason : found) {
      if (reason.surplus > 0) result.reasons.push_back(std::move(reason));
    }
  }
}

}  // namespace

Problem ObjectivePlan::Restricted(const Problem& problem) const {
  Problem restricted = objective == Objective::kBottleneck ? Within(problem, distance_cm) : problem;
  if (objective == Objective::kEven) {
    restricted.steward_min = steward_min;
    restricted.steward_max = steward_max;
  }
  return restricted;
}

absl::StatusOr<ObjectivePlan> SolveObjective(const Problem& problem, Objective objective, RunContext& context) {
  ObjectivePlan result;
  result.objective = objective;
  absl::StatusOr<Plan> plan = Solve(problem, {}, context);
  if (!plan.ok()) return plan.status();
  result.plan = *std::move(plan);
  if (objective == Objective::kTotal || result.plan.outcome != Outcome::kOptimal) return result;
  const double first_seconds = result.plan.seconds;
  if (objective == Objective::kBottleneck) {
    FindBottleneck(problem, context, result);
  } else {
    FindEvenBounds(problem, context, result);
  }
  plan = Solve(result.Restricted(problem), {}, context);
  if (!plan.ok()) return plan.status();
  if (plan->outcome != Outcome::kOptimal) {  // cancelled on the way: what was found says nothing
    result = {};
    result.objective = objective;
  }
  result.plan = *std::move(plan);
  result.plan.seconds += first_seconds;
  return result;
}

}  // namespace lianhu::assignment
