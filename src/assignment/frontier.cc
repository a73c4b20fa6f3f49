#include "lianhu/assignment/frontier.h"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "assignment/exchange.h"
#include "assignment/live_events.h"
#include "assignment/live_network.h"
#include "assignment/live_search.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/base/status.h"
#include "lianhu/base/stopwatch.h"

namespace lianhu::assignment {
namespace {

using internal::Exchange;
using internal::LiveNetwork;
using internal::LiveSearch;

// Prices sum up along a path; beyond this they might leave 64 bits.
constexpr int64_t kGreatestPrice = int64_t{1} << 61;

// A plan on the hull.
struct Corner {
  int64_t moves = 0;
  int64_t cost = 0;
  std::vector<int32_t> holder;  // of each household: a steward, or m + unit for the unserved of a unit
};

absl::Status CheckCurrent(const Problem& problem, absl::Span<const int32_t> current) {
  if (auto status = Validate(problem); !status.ok()) return status;
  if (auto status = internal::CheckLiveConditions(problem, internal::Kinds::kAllowed); !status.ok()) return status;
  if (current.size() != problem.households.size()) {
    return InvalidField("current", -1,
                        absl::StrCat("has ", current.size(), " entries, expected ", problem.households.size()));
  }
  if (problem.switch_cost_cm != 0) {
    return InvalidField("switch_cost", -1, "moves are limited instead: must be 0");
  }
  for (size_t h = 0; h < current.size(); ++h) {
    if (current[h] < -1 || current[h] >= static_cast<int64_t>(problem.stewards.size())) {
      return InvalidField("current", static_cast<int64_t>(h), absl::StrCat("no such steward: ", current[h]));
    }
  }
  return absl::OkStatus();
}

SwitchCost Slope(const Corner& few, const Corner& many) {
  const int64_t saved = few.cost - many.cost;
  const int64_t moves = many.moves - few.moves;
  const int64_t common = std::gcd(saved, moves);
  return {.numerator = saved / common, .denominator = moves / common};
}

// The plan as it is optimal at one switch cost after another.
class Parametric {
 public:
  // Solves for the least distance; false when cancelled, or (see outcome()) without a plan.
  bool Begin(const Problem& problem, absl::Span<const int32_t> current, const FrontierOptions& options,
             RunContext& context) {
    Problem shortest = problem;
    shortest.current = {};
    shortest.switch_cost_cm = 0;
    auto plan = Solve(shortest, {.best_effort = options.best_effort}, context);
    outcome_ = plan->outcome;
    infeasibilities_ = std::move(plan->infeasibilities);
    if (outcome_ == Outcome::kInfeasible || outcome_ == Outcome::kCancelled) return false;
    if (problem.datum == Datum::kWgs84Degrees) {
      std::vector<Point> all(problem.households.begin(), problem.households.end());
      all.insert(all.end(), problem.stewards.begin(), problem.stewards.end());
      planar_ = ProjectWgs84(all, Middle(all));
    }
    Problem flat = problem;
    if (!planar_.empty()) {
      flat.datum = Datum::kPlanarMetres;
      flat.households = absl::MakeConstSpan(planar_).subspan(0, problem.households.size());
      flat.stewards = absl::MakeConstSpan(planar_).subspan(problem.households.size());
    }
    if (!problem.household_kinds.empty() || !problem.steward_kinds.empty()) {
      JoinKinds(problem);
      flat.household_units = household_sets_;
      flat.steward_units = steward_sets_;
    }
    network_.Load(flat, plan->steward_of, plan->price_cm, current);
    for (size_t h = 0; h < current.size(); ++h) {
      forced_ += current[h] >= 0 && plan->steward_of[h] >= 0 && network_.household(static_cast<int32_t>(h)).current < 0;
    }
    internal::Box box;
    for (const Point p : flat.households) box.Add(p);
    for (const Point p : flat.stewards) box.Add(p);
    if (!flat.households.empty()) greatest_cost_ = PairCost(box.low, box.high) + 1;
    // More than there are households, so that one part of it is a switch cost that no distance is given up for; and
    // many small divisors, because slopes are mostly fractions with small denominators.
    constexpr int64_t kManyDivisors = 720720;  // by all of 1..16
    const int64_t households = network_.households();
    scale_ = (households / kManyDivisors + 1) * kManyDivisors;
    if (absl::int128(scale_) * Dearest().numerator > kGreatestPrice) scale_ = households + 1;
    return true;
  }

  // The optimum at a switch cost; false when cancelled. Fractions that the common scale can hold cost no more than the
  // moves that they bring; others are brought to a scale of their own, for which every household is looked at.
  bool SolveAt(SwitchCost cost, RunContext& context) {
    ++solves_;
    network_.BeginChange();
    if (scale_ % cost.denominator == 0) {
      network_.SetCosts(scale_, cost.numerator * (scale_ / cost.denominator));
    } else {
      network_.SetCosts(cost.denominator, cost.numerator);
    }
    if (!search_.Repair(context)) {
      outcome_ = Outcome::kCancelled;
      return false;
    }
    return true;
  }

  // A switch cost above everything that any chain or ring of moves could save.
  SwitchCost Dearest() const { return {.numerator = 2 * (int64_t{network_.stewards()} + 2) * greatest_cost_}; }
  // One so low that only plans of least distance are optimal, those with the fewest moves.
  SwitchCost Cheapest() const { return {.numerator = 1, .denominator = scale_}; }
  // The nearest that the common scale can hold.
  SwitchCost Rounded(SwitchCost cost) const {
    return {.numerator = static_cast<int64_t>(absl::int128(cost.numerator) * scale_ / cost.denominator),
            .denominator = scale_};
  }

  Corner Take() const {
    Corner corner{.moves = network_.changed() + forced_, .cost = network_.total_cost_cm(), .holder = {}};
    corner.holder.reserve(network_.households());
    for (int32_t h = 0; h < network_.households(); ++h) {
      const int32_t i = network_.household(h).holder;
      corner.holder.push_back(i >= 0 ? i : network_.stewards() + ~i);
    }
    return corner;
  }

  // The pieces between two ends of an edge, by increasing moves, and what each saves.
  struct Piece {
    Exchange households;
    int64_t moves = 0;
    int64_t saved = 0;
  };
  std::vector<Piece> Pieces(const Corner& few, const Corner& many) const {
    std::vector<Piece> pieces;
    for (Exchange& exchange :
         internal::SplitDifference(few.holder, many.holder, network_.stewards() + network_.units())) {
      Piece piece{.households = std::move(exchange)};
      for (const int32_t h : piece.households) {
        piece.moves += Moved(h, many.holder[h]) - Moved(h, few.holder[h]);
        piece.saved += Distance(h, few.holder[h]) - Distance(h, many.holder[h]);
      }
      if (piece.moves > 0) pieces.push_back(std::move(piece));
    }
    std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.moves < b.moves; });
    return pieces;
  }

  const LiveNetwork& network() const { return network_; }
  // The present switch cost in the present scale, which is that of the network's prices.
  SwitchCost cost() const { return {.numerator = network_.charge(), .denominator = network_.scale()}; }
  Outcome outcome() const { return outcome_; }
  std::vector<Infeasibility>& infeasibilities() { return infeasibilities_; }
  int64_t solves() const { return solves_; }

 private:
  int64_t Moved(int32_t h, int32_t i) const {
    const int32_t current = network_.household(h).current;
    return current >= 0 && i < network_.stewards() && i != current;
  }
  int64_t Distance(int32_t h, int32_t i) const {
    return i < network_.stewards() ? PairCost(network_.household(h).point, network_.holder(i).point) : 0;
  }

  // A number for each unit and kind that there is together: the network's jurisdictions.
  void JoinKinds(const Problem& problem) {
    std::map<std::pair<int32_t, int32_t>, int32_t> numbers;
    const auto number = [&](int32_t unit, int32_t kind) {
      return numbers.try_emplace({unit, kind}, static_cast<int32_t>(numbers.size())).first->second;
    };
    for (int64_t h = 0; h < std::ssize(problem.households); ++h) {
      household_sets_.push_back(number(problem.HouseholdUnit(h), problem.HouseholdKind(h)));
    }
    for (int64_t j = 0; j < std::ssize(problem.stewards); ++j) {
      steward_sets_.push_back(number(problem.StewardUnit(j), problem.StewardKind(j)));
    }
  }

  LiveNetwork network_;
  LiveSearch search_{network_};
  std::vector<int32_t> household_sets_;
  std::vector<int32_t> steward_sets_;
  std::vector<Point> planar_;
  Outcome outcome_ = Outcome::kOptimal;
  std::vector<Infeasibility> infeasibilities_;
  int64_t greatest_cost_ = 1;
  int64_t scale_ = 1;
  int64_t forced_ = 0;  // served households whose current steward is in another jurisdiction
  int64_t solves_ = 0;
};

// Whether `found` lies between few and many and below both at this switch cost.
bool Below(const Corner& found, const Corner& few, const Corner& many, SwitchCost at) {
  if (found.moves <= few.moves || found.moves >= many.moves) return false;
  const auto value = [&](const Corner& c) {
    return absl::int128(c.cost) * at.denominator + absl::int128(at.numerator) * c.moves;
  };
  return value(found) < std::min(value(few), value(many));
}

enum class Between { kCorner, kEdge, kCancelled };

// Looks for a corner between two. A switch cost near the slope will do to find one; that there is none, the slope
// itself has to show.
Between FindBetween(Parametric& parametric, const Corner& few, const Corner& many, RunContext& context, Corner& found) {
  const SwitchCost slope = Slope(few, many);
  for (const SwitchCost cost : {parametric.Rounded(slope), slope}) {
    if (!parametric.SolveAt(cost, context)) return Between::kCancelled;
    found = parametric.Take();
    if (Below(found, few, many, cost)) return Between::kCorner;
    if (absl::int128(cost.numerator) * slope.denominator == absl::int128(slope.numerator) * cost.denominator) break;
  }
  return Between::kEdge;
}

// Appends the points of the edge few-many after `few`, up to and without `many`.
void AppendWithin(const Parametric& parametric, const Corner& few, const Corner& many, SwitchCost slope,
                  std::vector<FrontierPoint>& points) {
  int64_t moves = few.moves;
  int64_t cost = few.cost;
  for (const Parametric::Piece& piece : parametric.Pieces(few, many)) {
    moves += piece.moves;
    cost -= piece.saved;
    if (moves >= many.moves) break;
    points.push_back({.moves = moves, .total_cost_cm = cost, .switch_cost = slope, .vertex = false});
  }
}

}  // namespace

absl::StatusOr<Frontier> ComputeFrontier(const Problem& problem, absl::Span<const int32_t> current,
                                         const FrontierOptions& options, RunContext& context) {
  const Stopwatch stopwatch;
  if (auto status = CheckCurrent(problem, current); !status.ok()) return status;
  Frontier frontier;
  const auto parametric = std::make_unique<Parametric>();
  const auto finish = [&]() -> Frontier {
    frontier.outcome = parametric->outcome();
    frontier.infeasibilities = std::move(parametric->infeasibilities());
    frontier.solves = parametric->solves();
    frontier.seconds = stopwatch.Seconds();
    if (frontier.outcome == Outcome::kCancelled) frontier.points.clear();
    return std::move(frontier);
  };
  if (!parametric->Begin(problem, current, options, context)) return finish();
  if (!parametric->SolveAt(parametric->Cheapest(), context)) return finish();
  std::vector<Corner> ends{parametric->Take()};  // what is to come, the next last
  if (!parametric->SolveAt(parametric->Dearest(), context)) return finish();
  Corner few = parametric->Take();
  const int64_t first = few.moves;
  const int64_t span = std::max<int64_t>(1, ends.front().moves - first);
  if (few.moves == ends.front().moves) ends.pop_back();

  while (!ends.empty()) {
    const Corner& many = ends.back();
    const SwitchCost slope = Slope(few, many);
    if (many.moves - few.moves > 1) {
      Corner found;
      const Between between = FindBetween(*parametric, few, many, context, found);
      if (between == Between::kCancelled) return finish();
      if (between == Between::kCorner) {
        ends.push_back(std::move(found));
        continue;
      }
    }
    // An edge. A corner is where the slope changes; found points may lie on one line.
    const bool vertex =
        frontier.points.empty() || absl::int128(frontier.points.back().switch_cost.numerator) * slope.denominator !=
                                       absl::int128(slope.numerator) * frontier.points.back().switch_cost.denominator;
    frontier.points.push_back({.moves = few.moves, .total_cost_cm = few.cost, .switch_cost = slope, .vertex = vertex});
    AppendWithin(*parametric, few, many, slope, frontier.points);
    few = std::move(ends.back());
    ends.pop_back();
    context.Report(static_cast<double>(few.moves - first) / static_cast<double>(span));
  }
  frontier.points.push_back({.moves = few.moves, .total_cost_cm = few.cost, .switch_cost = {}, .vertex = true});
  return finish();
}

absl::StatusOr<LimitedPlan> SolveWithMaxMoves(const Problem& problem, absl::Span<const int32_t> current,
                                              int64_t max_moves, const FrontierOptions& options, RunContext& context) {
  const Stopwatch stopwatch;
  if (auto status = CheckCurrent(problem, current); !status.ok()) return status;
  if (max_moves < 0) return InvalidField("max_moves", -1, absl::StrCat("must not be negative: ", max_moves));
  LimitedPlan limited;
  const auto parametric = std::make_unique<Parametric>();
  const auto finish = [&]() -> LimitedPlan {
    limited.outcome = parametric->outcome();
    limited.infeasibilities = std::move(parametric->infeasibilities());
    limited.unserved = parametric->network().unserved();
    limited.seconds = stopwatch.Seconds();
    return std::move(limited);
  };
  // Takes up a corner as the plan, with the prices that prove it at the present switch cost.
  const auto take = [&](const Corner& corner) {
    const LiveNetwork& network = parametric->network();
    limited.steward_of.assign(corner.holder.size(), kUnassigned);
    limited.load.assign(problem.stewards.size(), 0);
    for (size_t h = 0; h < corner.holder.size(); ++h) {
      if (corner.holder[h] >= network.stewards()) continue;
      limited.steward_of[h] = corner.holder[h];
      ++limited.load[corner.holder[h]];
    }
    limited.scaled_price.clear();
    for (int32_t j = 0; j < network.stewards(); ++j) limited.scaled_price.push_back(network.holder(j).price);
    limited.moves = corner.moves;
    limited.total_cost_cm = limited.bound_cm = corner.cost;
    limited.switch_cost = parametric->cost();
  };

  if (!parametric->Begin(problem, current, options, context)) return finish();
  if (!parametric->SolveAt(parametric->Dearest(), context)) return finish();
  Corner few = parametric->Take();
  limited.fewest_moves = few.moves;
  take(few);
  if (few.moves >= max_moves) {
    limited.within_limit = few.moves == max_moves;
    return finish();
  }
  if (!parametric->SolveAt(parametric->Cheapest(), context)) return finish();
  Corner many = parametric->Take();
  if (many.moves <= max_moves) {
    take(many);
    return finish();
  }
  // few.moves < max_moves < many.moves: narrow down to the edge above max_moves.
  while (true) {
    const SwitchCost slope = Slope(few, many);
    Corner found;
    const Between between = FindBetween(*parametric, few, many, context, found);
    if (between == Between::kCancelled) return finish();
    if (between == Between::kCorner) {
      if (found.moves == max_moves) {
        take(found);
        return finish();
      }
      (found.moves < max_moves ? few : many) = std::move(found);
      continue;
    }
    std::vector<Parametric::Piece> pieces = parametric->Pieces(few, many);
    std::vector<int64_t> sizes;
    sizes.reserve(pieces.size());
    for (const Parametric::Piece& piece : pieces) sizes.push_back(piece.moves);
    const int64_t bound_at_few = few.cost;
    const int64_t moves_at_few = few.moves;
    for (const int32_t k : internal::LargestSubset(sizes, max_moves - few.moves)) {
      for (const int32_t h : pieces[k].households) few.holder[h] = many.holder[h];
      few.moves += pieces[k].moves;
      few.cost -= pieces[k].saved;
    }
    take(few);
    // The line at max_moves, rounded up: distances are whole centimetres.
    const absl::int128 fall = absl::int128(slope.numerator) * (max_moves - moves_at_few) / slope.denominator;
    limited.bound_cm = bound_at_few - static_cast<int64_t>(fall);
    if (limited.bound_cm > 0) {
      limited.gap_percent =
          100 * static_cast<double>(limited.total_cost_cm - limited.bound_cm) / static_cast<double>(limited.bound_cm);
    }
    return finish();
  }
}

}  // namespace lianhu::assignment
