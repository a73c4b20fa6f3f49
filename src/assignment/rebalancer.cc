#include "lianhu/assignment/rebalancer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "assignment/rebalancer_state.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/base/status.h"
#include "lianhu/base/stopwatch.h"

namespace lianhu::assignment {

using internal::LiveNetwork;

namespace {

// The problem in planar metres about a fixed middle.
struct Planar {
  std::vector<Point> households;
  std::vector<Point> stewards;
  Problem problem;
};

Planar Flatten(const Problem& problem, Point middle) {
  Planar planar{.households = {}, .stewards = {}, .problem = problem};
  if (problem.datum == Datum::kWgs84Degrees) {
    planar.households = ProjectWgs84(problem.households, middle);
    planar.stewards = ProjectWgs84(problem.stewards, middle);
    planar.problem.households = planar.households;
    planar.problem.stewards = planar.stewards;
    planar.problem.datum = Datum::kPlanarMetres;
  }
  return planar;
}

Point MiddleOf(const Problem& problem) {
  std::vector<Point> all(problem.households.begin(), problem.households.end());
  all.insert(all.end(), problem.stewards.begin(), problem.stewards.end());
  return Middle(all);
}

absl::Status CheckOptions(const Problem& problem, const RebalancerOptions& options) {
  const auto wrong_length = [](absl::string_view field, size_t length, size_t expected) {
    return InvalidField(field, -1, absl::StrCat("has ", length, " entries, expected ", expected));
  };
  const size_t n = problem.households.size();
  const size_t m = problem.stewards.size();
  if (!options.steward_of.empty() && options.steward_of.size() != n) {
    return wrong_length("steward_of", options.steward_of.size(), n);
  }
  for (size_t h = 0; h < options.steward_of.size(); ++h) {
    if (options.steward_of[h] < -1 || options.steward_of[h] >= static_cast<int64_t>(m)) {
      return InvalidField("steward_of", static_cast<int64_t>(h),
                          absl::StrCat("no such steward: ", options.steward_of[h]));
    }
  }
  if (!options.price_cm.empty() && options.price_cm.size() != m) {
    return wrong_length("price_cm", options.price_cm.size(), m);
  }
  return absl::OkStatus();
}

// The first plan and prices: the given ones if they can be proved, or those of a fresh solve.
struct FirstPlan {
  std::vector<int32_t> steward_of;
  std::vector<int64_t> price_cm;
};

absl::StatusOr<FirstPlan> MakeFirstPlan(const Problem& planar, const RebalancerOptions& options, RunContext& context,
                                        Start& start) {
  const bool given = !options.steward_of.empty() || (planar.households.empty() && !options.price_cm.empty());
  FirstPlan first;
  if (given) {
    const auto check = Verify(planar, options.steward_of, options.price_cm, {.best_effort = true}, context);
    if (!check.ok()) return check.status();
    start.given_feasible = check->feasible;
    start.given_distance_cm = check->total_cost_cm;
    if (check->proved && !check->cancelled) {
      start.kind = StartKind::kGivenProved;
      first.steward_of.assign(options.steward_of.begin(), options.steward_of.end());
      first.price_cm.assign(options.price_cm.begin(), options.price_cm.end());
      return first;
    }
  }
  auto plan = Solve(planar, {.best_effort = true}, context);
  if (!plan.ok()) return plan.status();
  if (plan->outcome == Outcome::kCancelled) return absl::CancelledError("cancelled");
  first.price_cm = std::move(plan->price_cm);
  if (given && start.given_feasible && start.given_distance_cm == plan->total_cost_cm) {
    start.kind = StartKind::kGivenOptimal;
    first.steward_of.assign(options.steward_of.begin(), options.steward_of.end());
  } else {
    start.kind = given ? StartKind::kImproved : StartKind::kSolved;
    first.steward_of = std::move(plan->steward_of);
  }
  return first;
}

int32_t StewardOrNobody(int32_t holder) {
  return holder < 0 ? -1 : holder;
}

Outcome OutcomeOf(const LiveNetwork& network) {
  if (network.unserved() > 0) return Outcome::kBestEffort;
  for (int32_t u = 0; u < network.units(); ++u) {
    if (network.unit(u).minima_aside) return Outcome::kBestEffort;
  }
  return Outcome::kOptimal;
}

void Summarise(const LiveNetwork& network, bool finished, Change& change) {
  change.outcome = finished ? OutcomeOf(network) : Outcome::kCancelled;
  change.total_cost_cm = static_cast<int64_t>(network.PrimalValue());
  change.dual_bound_cm = static_cast<int64_t>(network.DualValue());
  change.distance_cm = network.total_cost_cm();
  change.switched = network.changed();
  change.unserved = network.unserved();
}

}  // namespace

const char* EventTypeName(EventType type) {
  switch (type) {
    case EventType::kHouseholdArrives:
      return "household_arrives";
    case EventType::kHouseholdLeaves:
      return "household_leaves";
    case EventType::kHouseholdMoves:
      return "household_moves";
    case EventType::kStewardJoins:
      return "steward_joins";
    case EventType::kStewardLeaves:
      return "steward_leaves";
    case EventType::kStewardChanges:
      return "steward_changes";
  }
  return "unknown";
}

Problem Snapshot::View() const {
  Problem problem;
  problem.households = households;
  problem.stewards = stewards;
  problem.household_units = household_units;
  problem.steward_units = steward_units;
  problem.steward_min = steward_min;
  problem.steward_max = steward_max;
  problem.current = current;
  problem.switch_cost_cm = households.empty() ? 0 : switch_cost_cm;
  return problem;
}

Rebalancer::Rebalancer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Rebalancer::~Rebalancer() = default;

absl::StatusOr<std::unique_ptr<Rebalancer>> Rebalancer::Create(const Problem& problem, const RebalancerOptions& options,
                                                               RunContext& context) {
  const Stopwatch stopwatch;
  // With a plan to start from its stewards are the current ones, unless the problem says otherwise.
  Problem complete = problem;
  if (complete.current.empty()) complete.current = options.steward_of;
  if (auto status = CheckOptions(problem, options); !status.ok()) return status;
  if (auto status = Validate(complete); !status.ok()) return status;
  if (auto status = internal::CheckLiveConditions(complete, internal::Kinds::kRefused); !status.ok()) return status;
  auto state = std::make_unique<State>();
  LiveNetwork& network = state->network;
  const Point middle = options.projection_middle.value_or(MiddleOf(problem));
  Planar planar = Flatten(complete, middle);
  // The first plan is that of least distance; the switch cost is brought in afterwards, and the plan repaired to it.
  planar.problem.current = {};
  planar.problem.switch_cost_cm = 0;
  state->check = internal::EventCheck(problem, middle);

  auto first = MakeFirstPlan(planar.problem, options, context, state->start);
  if (!first.ok()) return first.status();
  network.Load(planar.problem, first->steward_of, first->price_cm, complete.current);
  network.BeginChange();
  network.SetCosts(1, complete.switch_cost_cm);
  if (!state->search.Repair(context)) return absl::CancelledError("cancelled");

  Change& change = state->start.change;
  Summarise(network, true, change);
  if (!options.steward_of.empty()) {
    for (int32_t h = 0; h < network.households(); ++h) {
      const int32_t to = StewardOrNobody(network.household(h).holder);
      if (to != options.steward_of[h]) change.transfers.push_back({h, options.steward_of[h], to});
    }
  }
  change.settled = state->search.settled();
  change.seconds = stopwatch.Seconds();
  return std::unique_ptr<Rebalancer>(new Rebalancer(std::move(state)));
}

const Start& Rebalancer::start() const {
  return state_->start;
}

absl::StatusOr<Change> Rebalancer::Apply(absl::Span<const Event> events, RunContext& context) {
  const Stopwatch stopwatch;
  LiveNetwork& network = state_->network;
  if (auto status = state_->check.Check(events, network); !status.ok()) return status;
  Change change;
  const int64_t settled = state_->search.settled();
  network.BeginChange();
  for (const Event& event : events) {
    const Point position = state_->check.Planar(event.position);
    switch (event.type) {
      case EventType::kHouseholdArrives: {
        const int32_t h = network.AddHousehold(position, network.UnitOf(event.unit), -1);
        if (change.first_household < 0) change.first_household = h;
        break;
      }
      case EventType::kHouseholdLeaves:
        network.RemoveHousehold(event.id);
        break;
      case EventType::kHouseholdMoves: {
        const LiveNetwork::Household& household = network.household(event.id);
        network.MoveHousehold(event.id, std::isnan(position.x) ? household.point : position,
                              event.unit < 0 ? household.unit : network.UnitOf(event.unit));
        break;
      }
      case EventType::kStewardJoins: {
        const int32_t j = network.AddSteward(position, network.UnitOf(event.unit), state_->check.BoundsAfter(event));
        if (change.first_steward < 0) change.first_steward = j;
        break;
      }
      case EventType::kStewardLeaves:
        network.RemoveSteward(event.id);
        break;
      case EventType::kStewardChanges: {
        const LiveNetwork::Holder& steward = network.holder(event.id);
        const LoadBounds bounds{.min = event.min < 0 ? steward.own.min : event.min,
                                .max = event.max < 0 ? steward.own.max : event.max};
        network.SetBounds(event.id, bounds);
        const int32_t unit = event.unit < 0 ? steward.unit : network.UnitOf(event.unit);
        if (!std::isnan(position.x) || unit != steward.unit) {
          network.MoveSteward(event.id, std::isnan(position.x) ? steward.point : position, unit);
        }
        break;
      }
    }
  }
  const bool finished = state_->search.Repair(context);
  for (const int32_t h : network.Moved()) {
    const LiveNetwork::Household& household = network.household(h);
    const int32_t from = StewardOrNobody(household.before);
    const int32_t to = household.slot < 0 ? -1 : StewardOrNobody(household.holder);
    if (from != to) change.transfers.push_back({h, from, to});
  }
  std::sort(change.transfers.begin(), change.transfers.end(),
            [](const Transfer& a, const Transfer& b) { return a.household < b.household; });
  Summarise(network, finished, change);
  change.settled = state_->search.settled() - settled;
  change.seconds = stopwatch.Seconds();
  return change;
}

void Rebalancer::AdoptAsCurrent() {
  state_->network.AdoptAsCurrent();
}

bool Rebalancer::HasHousehold(int32_t household) const {
  return state_->network.HasHousehold(household);
}
bool Rebalancer::HasSteward(int32_t steward) const {
  return state_->network.HasSteward(steward);
}

int32_t Rebalancer::StewardOf(int32_t household) const {
  return HasHousehold(household) ? StewardOrNobody(state_->network.household(household).holder) : -1;
}

int64_t Rebalancer::PriceOf(int32_t steward) const {
  return HasSteward(steward) ? std::as_const(state_->network).holder(steward).price : 0;
}

int32_t Rebalancer::LoadOf(int32_t steward) const {
  return HasSteward(steward) ? static_cast<int32_t>(std::as_const(state_->network).holder(steward).held.size()) : 0;
}

int32_t Rebalancer::next_household() const {
  return state_->network.households();
}
int32_t Rebalancer::next_steward() const {
  return state_->network.stewards();
}

Snapshot Rebalancer::TakeSnapshot() const {
  const LiveNetwork& network = state_->network;
  Snapshot snapshot;
  snapshot.switch_cost_cm = network.charge();
  std::vector<int32_t> row(network.stewards(), -1);
  bool by_unit = false;
  for (int32_t j = 0; j < network.stewards(); ++j) {
    if (!network.HasSteward(j)) continue;
    const LiveNetwork::Holder& steward = network.holder(j);
    row[j] = static_cast<int32_t>(snapshot.steward_ids.size());
    snapshot.steward_ids.push_back(j);
    snapshot.stewards.push_back(steward.point);
    snapshot.steward_units.push_back(network.unit(steward.unit).value);
    snapshot.steward_min.push_back(steward.own.min);
    snapshot.steward_max.push_back(steward.own.max);
    snapshot.price_cm.push_back(steward.price);
    by_unit |= snapshot.steward_units.back() >= 0;
  }
  for (int32_t h = 0; h < network.households(); ++h) {
    if (!network.HasHousehold(h)) continue;
    const LiveNetwork::Household& household = network.household(h);
    snapshot.household_ids.push_back(h);
    snapshot.households.push_back(household.point);
    snapshot.household_units.push_back(network.unit(household.unit).value);
    snapshot.current.push_back(household.current < 0 ? -1 : row[household.current]);
    snapshot.steward_of.push_back(household.holder < 0 ? -1 : row[household.holder]);
    by_unit |= snapshot.household_units.back() >= 0;
  }
  if (!by_unit) {
    snapshot.household_units.clear();
    snapshot.steward_units.clear();
  }
  return snapshot;
}

std::vector<Infeasibility> Rebalancer::Infeasibilities() const {
  const Snapshot snapshot = TakeSnapshot();
  return FindInfeasibilities(snapshot.View());
}

}  // namespace lianhu::assignment
