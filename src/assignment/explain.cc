#include "lianhu/assignment/explain.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "assignment/explain_state.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {

using internal::Objection;
using internal::ResidualGraph;
using Path = std::optional<ResidualGraph::Path>;

namespace {

absl::Status NotOptimal(const Verification& verification, const Plan* best) {
  if (!verification.feasible) {
    return absl::FailedPreconditionError(absl::StrCat("the plan breaks a bound or a condition at ",
                                                      verification.violation_count,
                                                      " places: only an optimal plan can be explained"));
  }
  const int64_t bound = best != nullptr ? best->total_cost_cm : verification.dual_bound_cm;
  return absl::FailedPreconditionError(absl::StrCat(
      "the plan is not proved optimal: its total is ", verification.total_cost_cm, " cm, the ",
      best != nullptr ? "optimum " : "bound by its prices ", bound, " cm: only an optimal plan can be explained"));
}

// The prices that prove the plan, or why there are none.
absl::StatusOr<std::vector<int64_t>> ProvingPrices(const Problem& problem, absl::Span<const int32_t> steward_of,
                                                   absl::Span<const int64_t> price_cm, bool best_effort,
                                                   RunContext& context) {
  const auto verification = Verify(problem, steward_of, price_cm, {.best_effort = best_effort}, context);
  if (!verification.ok()) return verification.status();
  if (verification->cancelled) return absl::CancelledError("cancelled");
  if (!price_cm.empty() || problem.stewards.empty()) {
    if (!verification->proved && !problem.stewards.empty()) return NotOptimal(*verification, nullptr);
    return std::vector<int64_t>(price_cm.begin(), price_cm.end());
  }
  if (!verification->feasible) return NotOptimal(*verification, nullptr);
  absl::StatusOr<Plan> best = Solve(problem, {.best_effort = best_effort}, context);
  if (!best.ok()) return best.status();
  if (best->outcome == Outcome::kCancelled) return absl::CancelledError("cancelled");
  if (best->total_cost_cm != verification->total_cost_cm) return NotOptimal(*verification, &*best);
  return std::move(best->price_cm);
}

WhyNot ReasonOf(Objection objection) {
  switch (objection) {
    case Objection::kUnit:
      return WhyNot::kOtherJurisdiction;
    case Objection::kKind:
      return WhyNot::kOtherKind;
    case Objection::kFixedElsewhere:
      return WhyNot::kFixedElsewhere;
    case Objection::kForbidden:
      return WhyNot::kForbidden;
    case Objection::kNoListedCost:
      return WhyNot::kUnreachable;
    case Objection::kTooFar:
      return WhyNot::kTooFar;
    case Objection::kNone:
      break;
  }
  return WhyNot::kImpossible;
}

}  // namespace

const char* WhyNotName(WhyNot reason) {
  static constexpr const char* kNames[] = {
      "other_jurisdiction", "other_kind",   "fixed_elsewhere", "forbidden", "unreachable",   "too_far",
      "impossible",         "equally_good", "dearer",          "full",      "needed_by_own", "load_cost"};
  const auto k = static_cast<size_t>(reason);
  return k < std::size(kNames) ? kNames[k] : "unknown";
}

Explainer::State::State(const Problem& given, absl::Span<const int32_t> steward_of, std::vector<int64_t> price_cm)
    : problem(given),
      plan(steward_of.begin(), steward_of.end()),
      price(std::move(price_cm)),
      book(problem),
      members(internal::SplitByJurisdiction(problem)),
      common(problem, members),
      load(problem.stewards.size(), 0),
      jurisdictions(members.size()),
      household_place(problem.households.size()),
      steward_place(problem.stewards.size()) {
  for (const int32_t j : plan) {
    if (j >= 0) ++load[j];
  }
  for (size_t u = 0; u < members.size(); ++u) {
    for (size_t k = 0; k < members[u].households.size(); ++k) {
      household_place[members[u].households[k]] = {static_cast<int32_t>(u), static_cast<int32_t>(k)};
    }
    for (size_t k = 0; k < members[u].stewards.size(); ++k) {
      steward_place[members[u].stewards[k]] = {static_cast<int32_t>(u), static_cast<int32_t>(k)};
    }
  }
}

Explainer::State::Jurisdiction& Explainer::State::JurisdictionAt(int32_t u) {
  std::unique_ptr<Jurisdiction>& found = jurisdictions[u];
  if (found != nullptr) return *found;
  const internal::Members& who = members[u];
  internal::JurisdictionInput input = common.InputOf(who);
  bool aside = false;
  for (const int32_t j : who.stewards) aside |= load[j] < problem.BoundsOf(j).min;
  if (aside) {
    for (LoadBounds& bounds : input.bounds) bounds.min = 0;
  }
  std::vector<int32_t> steward_of;
  steward_of.reserve(who.households.size());
  for (const int32_t h : who.households) steward_of.push_back(plan[h] < 0 ? -1 : steward_place[plan[h]].index);
  std::vector<int64_t> prices;
  prices.reserve(who.stewards.size());
  for (const int32_t j : who.stewards) prices.push_back(price[j]);
  found = std::make_unique<Jurisdiction>(
      Jurisdiction{ResidualGraph(std::move(input), std::move(steward_of), std::move(prices)), aside});
  return *found;
}

void Explainer::State::AppendSteps(int32_t u, const std::vector<ResidualGraph::Step>& steps,
                                   std::vector<Transfer>& transfers) {
  const internal::Members& who = members[u];
  const auto steward = [&](int32_t node) {
    return node < static_cast<int32_t>(who.stewards.size()) ? who.stewards[node] : -1;
  };
  for (const ResidualGraph::Step& step : steps) {
    transfers.push_back({who.households[step.household], steward(step.from), steward(step.to)});
  }
}

Explainer::Explainer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Explainer::~Explainer() = default;

absl::StatusOr<std::unique_ptr<Explainer>> Explainer::Create(const Problem& problem,
                                                             absl::Span<const int32_t> steward_of,
                                                             absl::Span<const int64_t> price_cm,
                                                             const ExplainerOptions& options, RunContext& context) {
  absl::StatusOr<std::vector<int64_t>> prices =
      ProvingPrices(problem, steward_of, price_cm, options.best_effort, context);
  if (!prices.ok()) return prices.status();
  return std::unique_ptr<Explainer>(new Explainer(std::make_unique<State>(problem, steward_of, *std::move(prices))));
}

namespace {

// The nearest stewards of a household, by distance, then by index, without its own; how many are nearer than it.
struct Near {
  std::vector<int32_t> stewards;
  int64_t nearer = 0;
};

Near FindNear(const internal::PairBook& book, int32_t h, int32_t own, int32_t count) {
  const auto m = static_cast<int32_t>(book.stewards().size());
  const int64_t limit = own < 0 ? std::numeric_limits<int64_t>::max() : book.Distance(h, own);
  std::vector<std::pair<int64_t, int32_t>> all;
  all.reserve(m);
  Near near;
  for (int32_t j = 0; j < m; ++j) {
    const int64_t distance = book.Distance(h, j);
    if (j == own || distance < 0) continue;
    near.nearer += distance < limit;
    all.emplace_back(distance, j);
  }
  const auto kept = static_cast<std::ptrdiff_t>(std::min<size_t>(all.size(), static_cast<size_t>(count)));
  std::partial_sort(all.begin(), all.begin() + kept, all.end());
  for (std::ptrdiff_t k = 0; k < kept; ++k) near.stewards.push_back(all[k].second);
  return near;
}

}  // namespace

// The ways to force household h to the stewards of its own jurisdiction. All searches run against the edges, towards
// the place that it leaves, so that one answers for every steward asked for.
void Explainer::State::ForceWithin(int32_t h, std::vector<Alternative>& alternatives, RunContext& context) {
  const Place home = household_place[h];
  Jurisdiction& jurisdiction = JurisdictionAt(home.jurisdiction);
  ResidualGraph& graph = jurisdiction.graph;
  const int32_t left = plan[h] < 0 ? graph.pool() : steward_place[plan[h]].index;
  std::vector<Alternative*> asked;
  std::vector<int32_t> nodes;
  bool any_lifted = false;
  for (Alternative& a : alternatives) {
    if (steward_place[a.steward].jurisdiction != home.jurisdiction || a.distance_cm < 0) continue;
    if (a.lifted && jurisdiction.minima_aside) continue;
    asked.push_back(&a);
    nodes.push_back(steward_place[a.steward].index);
    any_lifted |= a.lifted;
  }
  if (asked.empty()) return;
  const std::vector<Path> paths = graph.PathsTo(left, nodes, context);
  // A pair that was not allowed may make room for one household more: it takes a place that is free, and somebody who
  // was left over takes what it leaves.
  std::vector<Path> to_free(nodes.size());
  Path from_pool;
  if (any_lifted && graph.LeftOver() > 0) {
    from_pool = graph.PathsTo(left, {graph.pool()}, context)[0];
    if (from_pool.has_value()) to_free = graph.PathsTo(graph.elsewhere(), nodes, context);
  }
  for (size_t k = 0; k < asked.size(); ++k) {
    Alternative& a = *asked[k];
    const Path& free = to_free[k];
    const Path& path = paths[k];
    if (a.lifted && free.has_value() && from_pool.has_value()) {
      a.possible = true;
      a.served_change = 1;
      a.knock_on_cm = free->cost_cm + from_pool->cost_cm;
      AppendSteps(home.jurisdiction, free->steps, a.knock_ons);
      AppendSteps(home.jurisdiction, from_pool->steps, a.knock_ons);
    } else if (path.has_value()) {
      a.possible = true;
      a.knock_on_cm = path->cost_cm;
      AppendSteps(home.jurisdiction, path->steps, a.knock_ons);
    }
  }
}

// The same for stewards of other jurisdictions: there one household more must find room, here one fewer must do.
void Explainer::State::ForceAcross(int32_t h, std::vector<Alternative>& alternatives, RunContext& context) {
  const int32_t home = household_place[h].jurisdiction;
  absl::flat_hash_map<int32_t, std::vector<Alternative*>> asked;
  for (Alternative& a : alternatives) {
    const int32_t u = steward_place[a.steward].jurisdiction;
    if (u != home && a.distance_cm >= 0) asked[u].push_back(&a);
  }
  if (asked.empty()) return;
  Jurisdiction& own = JurisdictionAt(home);
  if (own.minima_aside) return;
  Path refill;  // of the place it leaves
  int64_t served_change = 1;
  if (plan[h] < 0) {
    refill.emplace();
  } else {
    const int32_t left = steward_place[plan[h]].index;
    const std::vector<Path> paths = own.graph.PathsTo(left, {own.graph.pool(), own.graph.elsewhere()}, context);
    const bool from_pool = own.graph.LeftOver() > 0 && paths[0].has_value();
    refill = from_pool ? paths[0] : paths[1];
    served_change = from_pool ? 1 : 0;
  }
  if (!refill.has_value()) return;
  for (auto& [u, there] : asked) {
    Jurisdiction& other = JurisdictionAt(u);
    if (other.minima_aside) continue;
    std::vector<int32_t> nodes;
    for (const Alternative* a : there) nodes.push_back(steward_place[a->steward].index);
    const std::vector<Path> rooms = other.graph.PathsTo(other.graph.elsewhere(), nodes, context);
    for (size_t k = 0; k < there.size(); ++k) {
      const Path& room = rooms[k];
      if (!room.has_value()) continue;
      Alternative& a = *there[k];
      a.possible = true;
      a.served_change = served_change;
      a.knock_on_cm = room->cost_cm + refill->cost_cm;
      AppendSteps(u, room->steps, a.knock_ons);
      AppendSteps(home, refill->steps, a.knock_ons);
    }
  }
}

// Why a steward who may serve it does not.
WhyNot Explainer::State::ReasonAgainst(const Alternative& a, int32_t own) const {
  if (!a.possible) return WhyNot::kImpossible;
  if (a.cost_cm == 0 && a.served_change == 0 && own >= 0) return WhyNot::kEquallyGood;
  if (own >= 0 && a.own_cm >= 0) return WhyNot::kDearer;
  if (a.load >= a.max && a.price_cm > 0) return WhyNot::kFull;
  if (own >= 0 && price[own] < 0) return WhyNot::kNeededByOwn;
  return a.load >= a.max ? WhyNot::kFull : WhyNot::kLoadCost;
}

absl::StatusOr<HouseholdExplanation> Explainer::ExplainHousehold(int32_t household, const HouseholdQuestion& question,
                                                                 RunContext& context) {
  State& state = *state_;
  const auto m = static_cast<int32_t>(state.problem.stewards.size());
  if (household < 0 || household >= static_cast<int64_t>(state.plan.size())) {
    return InvalidField("household", -1, absl::StrCat("no such household: ", household));
  }
  if (question.count < 0) return InvalidField("count", -1, absl::StrCat("must be at least 0, got ", question.count));
  absl::flat_hash_set<int32_t> asked;
  for (size_t k = 0; k < question.stewards.size(); ++k) {
    const int32_t j = question.stewards[k];
    if (j < 0 || j >= m) {
      return InvalidField("stewards", static_cast<int64_t>(k), absl::StrCat("no such steward: ", j));
    }
    if (!asked.insert(j).second) {
      return InvalidField("stewards", static_cast<int64_t>(k), absl::StrCat("is there already: ", j));
    }
  }

  const internal::PairBook& book = state.book;
  const int32_t own = state.plan[household];
  HouseholdExplanation result;
  result.household = household;
  result.steward = own;
  if (own >= 0) {
    result.distance_cm = book.Distance(household, own);
    result.pair_cost_cm = book.Cost(household, own);
    result.price_cm = state.price[own];
    result.load = state.load[own];
    result.bounds = state.problem.BoundsOf(own);
  }
  Near near = FindNear(book, household, own, question.count);
  result.nearer = near.nearer;
  const absl::flat_hash_set<int32_t> listed(near.stewards.begin(), near.stewards.end());
  for (const int32_t j : question.stewards) {
    if (j != own && !listed.contains(j)) near.stewards.push_back(j);
  }
  for (const int32_t j : near.stewards) {
    Alternative a{.steward = j, .distance_cm = book.Distance(household, j), .knock_ons = {}};
    a.price_cm = state.price[j];
    a.load = state.load[j];
    a.max = state.problem.BoundsOf(j).max;
    const Objection objection = book.ObjectionTo(household, j);
    a.lifted = objection != Objection::kNone;
    a.reason = ReasonOf(objection);
    if (a.distance_cm >= 0) {
      a.pair_cost_cm = book.Cost(household, j);
      a.own_cm = a.pair_cost_cm - result.pair_cost_cm;
    }
    result.alternatives.push_back(std::move(a));
  }
  state.ForceWithin(household, result.alternatives, context);
  state.ForceAcross(household, result.alternatives, context);
  if (context.cancelled()) return absl::CancelledError("cancelled");
  for (Alternative& a : result.alternatives) {
    if (a.possible) a.cost_cm = a.own_cm + a.knock_on_cm;
    if (!a.lifted) a.reason = state.ReasonAgainst(a, own);
  }
  return result;
}

}  // namespace lianhu::assignment
