#include "lianhu/assignment/solve.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

#include "assignment/jurisdiction.h"
#include "lianhu/base/parallel.h"

namespace lianhu::assignment {
namespace {

using internal::JurisdictionInput;
using internal::JurisdictionPlan;

// The households and stewards of one unit, by the caller's indices.
struct Members {
  std::vector<int32_t> households;
  std::vector<int32_t> stewards;
};

std::vector<Members> SplitByUnit(const Problem& problem) {
  std::vector<Members> members;
  if (problem.household_units.empty() && problem.steward_units.empty()) {
    members.resize(1);
    members[0].households.resize(problem.households.size());
    members[0].stewards.resize(problem.stewards.size());
    std::iota(members[0].households.begin(), members[0].households.end(), 0);
    std::iota(members[0].stewards.begin(), members[0].stewards.end(), 0);
    return members;
  }
  std::map<int32_t, Members> by_unit;
  for (size_t h = 0; h < problem.households.size(); ++h) {
    by_unit[problem.household_units[h]].households.push_back(static_cast<int32_t>(h));
  }
  for (size_t j = 0; j < problem.stewards.size(); ++j) {
    by_unit[problem.steward_units[j]].stewards.push_back(static_cast<int32_t>(j));
  }
  members.reserve(by_unit.size());
  for (auto& [unit, m] : by_unit) members.push_back(std::move(m));
  return members;
}

// Positions in planar metres: the caller's own, or projected here.
struct Positions {
  std::vector<Point> projected;
  absl::Span<const Point> households;
  absl::Span<const Point> stewards;
};

Positions PlanarPositions(const Problem& problem) {
  Positions positions{.projected = {}, .households = problem.households, .stewards = problem.stewards};
  if (problem.datum == Datum::kWgs84Degrees) {
    std::vector<Point> all(problem.households.begin(), problem.households.end());
    all.insert(all.end(), problem.stewards.begin(), problem.stewards.end());
    positions.projected = ProjectWgs84(all, Middle(all));
    positions.households = absl::MakeConstSpan(positions.projected).subspan(0, problem.households.size());
    positions.stewards = absl::MakeConstSpan(positions.projected).subspan(problem.households.size());
  }
  return positions;
}

JurisdictionInput Gather(const Problem& problem, const Positions& positions, const Members& members) {
  JurisdictionInput input;
  input.households.reserve(members.households.size());
  for (const int32_t h : members.households) input.households.push_back(positions.households[h]);
  int64_t required = 0;
  for (const int32_t j : members.stewards) {
    input.stewards.push_back(positions.stewards[j]);
    input.bounds.push_back(problem.BoundsOf(j));
    required += input.bounds.back().min;
  }
  // Only best effort comes here with more places to fill than households: the minimum is set aside.
  if (required > static_cast<int64_t>(members.households.size())) {
    for (LoadBounds& bounds : input.bounds) bounds.min = 0;
  }
  return input;
}

void Merge(const Members& members, const JurisdictionPlan& part, Plan& plan) {
  for (size_t k = 0; k < members.households.size(); ++k) {
    const int32_t j = part.steward_of[k];
    if (j < 0) continue;
    plan.steward_of[members.households[k]] = members.stewards[j];
    ++plan.load[members.stewards[j]];
  }
  for (size_t k = 0; k < members.stewards.size(); ++k) plan.price_cm[members.stewards[k]] = part.price_cm[k];
  plan.total_cost_cm += part.total_cost_cm;
  plan.dual_bound_cm += part.dual_bound_cm;
}

// Solves every jurisdiction that has both households and stewards; false when cancelled.
bool SolveAll(const Problem& problem, RunContext& context, Plan& plan) {
  const Positions positions = PlanarPositions(problem);
  const std::vector<Members> members = SplitByUnit(problem);
  std::vector<int32_t> order;  // the largest first, so that no thread is left with it at the end
  for (size_t u = 0; u < members.size(); ++u) {
    if (!members[u].households.empty() && !members[u].stewards.empty()) order.push_back(static_cast<int32_t>(u));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](int32_t a, int32_t b) { return members[a].households.size() > members[b].households.size(); });

  const auto count = static_cast<double>(std::max<size_t>(1, problem.households.size()));
  const int outer = context.ThreadsFor(static_cast<int64_t>(order.size()));
  const int inner = order.size() == 1 ? context.ThreadsFor(problem.households.size() / 20000 + 1) : 1;
  std::vector<JurisdictionPlan> parts(members.size());
  std::atomic<int64_t> done{0};
  ParallelFor(outer, static_cast<int64_t>(order.size()), [&](int64_t k) {
    const int32_t u = order[k];
    if (context.cancelled()) return;
    const auto size = static_cast<double>(members[u].households.size());
    const auto progress = [&](double fraction) {
      context.Report((static_cast<double>(done.load()) + fraction * size) / count);
    };
    if (!SolveJurisdiction(Gather(problem, positions, members[u]), inner, context, progress, parts[u])) return;
    done += static_cast<int64_t>(members[u].households.size());
  });
  if (context.cancelled()) return false;
  for (const int32_t u : order) Merge(members[u], parts[u], plan);
  return true;
}

}  // namespace

absl::StatusOr<Plan> Solve(const Problem& problem, const SolveOptions& options, RunContext& context) {
  const auto start = std::chrono::steady_clock::now();
  if (auto status = Validate(problem); !status.ok()) return status;

  const auto empty_plan = [&](Outcome outcome) {
    Plan plan;
    plan.outcome = outcome;
    plan.steward_of.assign(problem.households.size(), kUnassigned);
    plan.price_cm.assign(problem.stewards.size(), 0);
    plan.load.assign(problem.stewards.size(), 0);
    return plan;
  };
  Plan plan = empty_plan(Outcome::kOptimal);
  plan.infeasibilities = FindInfeasibilities(problem);
  if (!plan.infeasibilities.empty()) {
    plan.outcome = options.best_effort ? Outcome::kBestEffort : Outcome::kInfeasible;
  }
  if (plan.outcome != Outcome::kInfeasible) {
    if (SolveAll(problem, context, plan)) {
      plan.unserved = std::count(plan.steward_of.begin(), plan.steward_of.end(), kUnassigned);
      context.Report(1);
    } else {
      plan = empty_plan(Outcome::kCancelled);
    }
  }
  plan.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return plan;
}

}  // namespace lianhu::assignment
