#include "lianhu/assignment/solve.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "assignment/jurisdiction.h"
#include "assignment/members.h"
#include "assignment/stop_signal.h"
#include "lianhu/base/parallel.h"
#include "lianhu/base/status.h"
#include "lianhu/base/stopwatch.h"

namespace lianhu::assignment {
namespace {

using internal::Common;
using internal::JurisdictionInput;
using internal::JurisdictionPlan;
using internal::Members;
// What the reasons against a plan mean for the one that best effort makes of a jurisdiction.
struct Relaxation {
  int64_t left_over = 0;
  bool no_minimum = false;
};

std::map<std::pair<int32_t, int32_t>, Relaxation> RelaxationsFor(const std::vector<Infeasibility>& reasons) {
  std::map<std::pair<int32_t, int32_t>, Relaxation> relaxations;
  for (const Infeasibility& reason : reasons) {
    Relaxation& relaxation = relaxations[{reason.unit, reason.kind}];
    relaxation.left_over += reason.shortage;
    relaxation.no_minimum |= reason.surplus > 0;
  }
  return relaxations;
}

JurisdictionInput Gather(const Common& common, const Members& members, const Relaxation& relaxation) {
  JurisdictionInput input = common.InputOf(members);
  input.left_over = relaxation.left_over;
  if (relaxation.no_minimum) {
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

// What the assignment comes to, apart from the objective.
void AddFigures(const Problem& problem, const Common& common, Plan& plan) {
  for (size_t h = 0; h < plan.steward_of.size(); ++h) {
    const int32_t j = plan.steward_of[h];
    if (j == kUnassigned) continue;
    plan.distance_cm +=
        internal::PairDistance(problem, common.households(), common.stewards(), static_cast<int32_t>(h), j);
    plan.switches += !problem.current.empty() && problem.current[h] >= 0 && problem.current[h] != j;
  }
}

// Solves every jurisdiction that has both households and stewards; false when cancelled.
bool SolveAll(const Problem& problem, RunContext& context, const internal::StopSignal& stop, Plan& plan) {
  const std::vector<Members> members = internal::SplitByJurisdiction(problem);
  const Common common(problem, members);
  const auto relaxations = RelaxationsFor(plan.infeasibilities);
  const auto relaxation_of = [&](const Members& m) {
    const auto found = relaxations.find({m.unit, m.kind});
    return found == relaxations.end() ? Relaxation{} : found->second;
  };
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
    const JurisdictionInput input = Gather(common, members[u], relaxation_of(members[u]));
    if (!SolveJurisdiction(input, inner, context, stop, progress, parts[u])) return;
    done += static_cast<int64_t>(members[u].households.size());
  });
  if (context.cancelled()) return false;
  for (const int32_t u : order) Merge(members[u], parts[u], plan);
  AddFigures(problem, common, plan);
  return true;
}

}  // namespace

absl::StatusOr<Plan> Solve(const Problem& problem, const SolveOptions& options, RunContext& context) {
  const Stopwatch stopwatch;
  if (auto status = Validate(problem); !status.ok()) return status;
  if (!(options.time_limit_seconds >= 0)) {
    return InvalidField("time_limit_seconds", -1,
                        absl::StrCat("is ", options.time_limit_seconds, ": need seconds >= 0, 0 for no limit"));
  }

  const auto empty_plan = [&](Outcome outcome) {
    Plan plan;
    plan.outcome = outcome;
    plan.steward_of.assign(problem.households.size(), kUnassigned);
    plan.price_cm.assign(problem.stewards.size(), 0);
    plan.load.assign(problem.stewards.size(), 0);
    return plan;
  };
  Plan plan = empty_plan(Outcome::kOptimal);
  if (!FindInfeasibilities(problem, context, plan.infeasibilities)) return empty_plan(Outcome::kCancelled);
  if (!plan.infeasibilities.empty()) {
    plan.outcome = options.best_effort ? Outcome::kBestEffort : Outcome::kInfeasible;
  }
  if (plan.outcome != Outcome::kInfeasible) {
    std::function<bool()> expired;
    if (options.time_limit_seconds > 0) {
      expired = [stopwatch, limit = options.time_limit_seconds] { return stopwatch.Seconds() >= limit; };
    }
    if (SolveAll(problem, context, internal::StopSignal(context, expired), plan)) {
      if (plan.dual_bound_cm < plan.total_cost_cm) plan.outcome = Outcome::kTimeLimit;
      plan.unserved = std::count(plan.steward_of.begin(), plan.steward_of.end(), kUnassigned);
      context.Report(1);
    } else {
      plan = empty_plan(Outcome::kCancelled);
    }
  }
  plan.seconds = stopwatch.Seconds();
  return plan;
}

}  // namespace lianhu::assignment
