// Where one more steward would save the most. With the plan's prices a household h gains v_h - c_h by going to him, v_h
// being what it costs now with its place's price; the dual bound of the problem with him is that of the plan less the
// greatest sum of at most max (and at least min) such gains. So no more can be saved, whoever then moves: the sites are
// ranked by that bound, and the best are solved anew.
#include <algorithm>
#include <atomic>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "assignment/explain_state.h"
#include "assignment/hall.h"
#include "assignment/live_network.h"
#include "lianhu/base/parallel.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

using internal::JurisdictionInput;
using internal::JurisdictionPlan;
using internal::NearestWalk;
using internal::ResidualGraph;

// A door at which a new steward might be.
struct Site {
  int32_t jurisdiction;
  int32_t household;    // by the jurisdiction's index, the first at its position
  int64_t served_more;  // an estimate
  int64_t bound_cm;     // of the saving
  bool fits = true;     // there are households enough for his minimum
  bool solved = false;
};

std::vector<int32_t> FirstAtEachPosition(absl::Span<const Point> points) {
  std::vector<int32_t> order(points.size());
  std::iota(order.begin(), order.end(), 0);
  const auto key = [&](int32_t h) { return std::make_tuple(points[h].x, points[h].y, h); };
  std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) { return key(a) < key(b); });
  order.erase(std::unique(order.begin(), order.end(), [&](int32_t a, int32_t b) { return points[a] == points[b]; }),
              order.end());
  std::sort(order.begin(), order.end());
  return order;
}

// The households that gain most by a new steward at the site, within `bounds`; sets its bound.
std::vector<int32_t> BestHouseholds(const ResidualGraph& graph, LoadBounds bounds, Site& site) {
  const JurisdictionInput& input = graph.input();
  const auto needed = std::min<int64_t>(std::max<int64_t>(bounds.min, graph.LeftOver()), bounds.max);
  site.served_more = std::min<int64_t>(bounds.max, graph.LeftOver());
  site.bound_cm = 0;
  std::vector<int32_t> taken;
  NearestWalk walk(graph.household_tree(), input.households[site.household], 1);
  for (auto next = walk.Next(); next.id >= 0 && std::ssize(taken) < bounds.max; next = walk.Next()) {
    const int64_t distance = next.value - input.rules.Base(next.id) + graph.Value(next.id);
    if (distance > input.rules.max_cost) continue;
    const int64_t gain = -next.value - graph.MarginalLoadCost(std::ssize(taken) + 1);
    if (gain <= 0 && std::ssize(taken) >= needed) break;
    site.bound_cm += gain;
    taken.push_back(next.id);
  }
  site.fits = std::ssize(taken) >= bounds.min;
  return taken;
}

// The jurisdiction with one more steward at the end.
JurisdictionInput WithOneMore(const JurisdictionInput& input, int32_t household, LoadBounds bounds) {
  JurisdictionInput more = input;
  more.stewards.push_back(input.households[household]);
  more.bounds.push_back(bounds);
  return more;
}

// Households that cannot be served; -1 when the minima cannot be filled.
int64_t LeftOver(const JurisdictionInput& input, bool ruled, RunContext& context) {
  const auto n = static_cast<int64_t>(input.households.size());
  if (ruled) {
    const internal::HallViolators violators = internal::FindHallViolators(input, context);
    if (!violators.surpluses.empty()) return -1;
    int64_t left = 0;
    for (const internal::HallViolator& violator : violators.shortages) left += violator.missing;
    return left;
  }
  int64_t capacity = 0;
  int64_t required = 0;
  for (const LoadBounds& bounds : input.bounds) {
    capacity += bounds.max;
    required += bounds.min;
  }
  return required > n ? -1 : std::max<int64_t>(0, n - capacity);
}

}  // namespace

JurisdictionState Explainer::State::StateOf(int32_t u) {
  const internal::Members& who = members[u];
  const Jurisdiction& jurisdiction = JurisdictionAt(u);
  JurisdictionState result{.unit = who.unit, .kind = who.kind, .minima_aside = jurisdiction.minima_aside};
  result.households = std::ssize(who.households);
  result.stewards = std::ssize(who.stewards);
  result.left_over = jurisdiction.graph.LeftOver();
  for (const int32_t h : who.households) {
    if (plan[h] >= 0) result.cost_cm += book.Cost(h, plan[h]);
  }
  for (const int32_t j : who.stewards) {
    result.capacity += problem.BoundsOf(j).max;
    result.required += problem.BoundsOf(j).min;
    result.cost_cm += book.LoadCost(load[j]);
  }
  return result;
}

absl::StatusOr<TownExplanation> Explainer::ExplainTown(const TownQuestion& question, RunContext& context) {
  State& state = *state_;
  if (question.count < 0) return InvalidField("count", -1, absl::StrCat("must be at least 0, got ", question.count));
  const LoadBounds given = question.bounds.value_or(state.problem.bounds);
  if (given.min < 0 || given.max < given.min) {
    return InvalidField("bounds", -1, absl::StrCat("need 0 <= min <= max, got ", given.min, " to ", given.max));
  }
  if (!state.problem.cost_begin.empty()) {
    return absl::FailedPreconditionError("a new steward has none of the caller's own costs: his saving is not known");
  }
  const auto bounds_in = [&](int32_t u) {
    return LoadBounds{.min = state.jurisdictions[u]->minima_aside ? 0 : given.min, .max = given.max};
  };

  TownExplanation result;
  if (!FindInfeasibilities(state.problem, context, result.infeasibilities)) return absl::CancelledError("cancelled");
  std::vector<Site> sites;
  for (size_t k = 0; k < state.members.size(); ++k) {
    if (context.cancelled()) return absl::CancelledError("cancelled");
    const auto u = static_cast<int32_t>(k);
    result.jurisdictions.push_back(state.StateOf(u));
    for (const int32_t h : FirstAtEachPosition(state.jurisdictions[u]->graph.input().households)) {
      sites.push_back({.jurisdiction = u, .household = h, .served_more = 0, .bound_cm = 0});
    }
  }
  constexpr int64_t kPiece = 64;
  const int64_t pieces = (std::ssize(sites) + kPiece - 1) / kPiece;
  ParallelFor(context.ThreadsFor(pieces), pieces, [&](int64_t piece) {
    const int64_t end = std::min((piece + 1) * kPiece, std::ssize(sites));
    for (int64_t k = piece * kPiece; k < end && !context.cancelled(); ++k) {
      const int32_t u = sites[k].jurisdiction;
      BestHouseholds(state.jurisdictions[u]->graph, bounds_in(u), sites[k]);
    }
  });
  std::erase_if(sites, [](const Site& site) { return !site.fits; });
  std::stable_sort(sites.begin(), sites.end(), [](const Site& a, const Site& b) {
    return std::tie(a.served_more, a.bound_cm) > std::tie(b.served_more, b.bound_cm);
  });

  // One of each neighbourhood.
  std::vector<Site*> chosen;
  std::vector<bool> claimed(state.plan.size(), false);
  for (Site& site : sites) {
    if (std::ssize(chosen) >= question.count || context.cancelled()) break;
    const internal::Members& who = state.members[site.jurisdiction];
    const std::vector<int32_t> taken =
        BestHouseholds(state.jurisdictions[site.jurisdiction]->graph, bounds_in(site.jurisdiction), site);
    const auto known = std::count_if(taken.begin(), taken.end(), [&](int32_t h) { return claimed[who.households[h]]; });
    if (taken.empty() || 2 * known > std::ssize(taken)) continue;
    for (const int32_t h : taken) claimed[who.households[h]] = true;
    chosen.push_back(&site);
  }

  std::vector<NewSteward> solved(chosen.size());
  ParallelFor(context.ThreadsFor(std::ssize(chosen)), std::ssize(chosen), [&](int64_t k) {
    if (context.cancelled()) return;
    Site& site = *chosen[k];
    const int32_t u = site.jurisdiction;
    const ResidualGraph& graph = state.jurisdictions[u]->graph;
    JurisdictionInput input = WithOneMore(graph.input(), site.household, bounds_in(u));
    input.left_over = LeftOver(input, state.common.ruled(), context);
    if (input.left_over < 0) return;
    JurisdictionPlan plan;
    if (!internal::SolveJurisdiction(
            input, 1, context, internal::StopSignal(context, {}), [](double) {}, plan))
      return;
    const auto newcomer = static_cast<int32_t>(graph.input().stewards.size());
    solved[k] = {.household = state.members[u].households[site.household],
                 .unit = state.members[u].unit,
                 .kind = state.members[u].kind,
                 .bound_cm = site.bound_cm,
                 .served_more = graph.LeftOver() - input.left_over,
                 .saving_cm = result.jurisdictions[u].cost_cm - plan.total_cost_cm};
    solved[k].load = static_cast<int32_t>(std::count(plan.steward_of.begin(), plan.steward_of.end(), newcomer));
    site.solved = true;
  });
  if (context.cancelled()) return absl::CancelledError("cancelled");

  // What a site can save at most: what it does save when it has been solved.
  for (const Site& site : sites) {
    JurisdictionState& where = result.jurisdictions[site.jurisdiction];
    if (!site.solved) where.bound_cm = std::max(where.bound_cm, site.bound_cm);
  }
  for (size_t k = 0; k < chosen.size(); ++k) {
    if (!chosen[k]->solved) continue;
    JurisdictionState& where = result.jurisdictions[chosen[k]->jurisdiction];
    where.bound_cm = std::max(where.bound_cm, solved[k].saving_cm);
    result.sites.push_back(solved[k]);
  }
  for (const JurisdictionState& where : result.jurisdictions) {
    if (where.left_over == 0) result.bound_cm = std::max(result.bound_cm, where.bound_cm);
  }
  std::sort(result.sites.begin(), result.sites.end(), [](const NewSteward& a, const NewSteward& b) {
    return std::make_tuple(-a.served_more, -a.saving_cm, a.household) <
           std::make_tuple(-b.served_more, -b.saving_cm, b.household);
  });
  return result;
}

}  // namespace lianhu::assignment
