#include "lianhu/assignment/weighted.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "assignment/gap_bound.h"
#include "assignment/gap_model.h"
#include "assignment/gap_search.h"
#include "assignment/price_tree.h"
#include "assignment/spatial_order.h"
#include "assignment/weighted_lists.h"
#include "lianhu/base/parallel.h"
#include "lianhu/base/status.h"
#include "lianhu/base/stopwatch.h"

namespace lianhu::assignment {
namespace {

using internal::AscendMultipliers;
using internal::GapModel;
using internal::GapSearch;
using internal::KnapsackRelaxation;
using internal::Multipliers;
using internal::WeightedInput;

// Length of candidate lists.
constexpr int32_t kList = 10;
constexpr int kRoundingIterations = 80;
// Above the bound of the prices, as a share of it: where the least total is looked for.
constexpr double kGuess = 0.005;

// At least the length of a degree of longitude or latitude.
constexpr double kMetresADegree = 112'000;

// The households and stewards of one unit, by the caller's indices, each in spatial order.
struct Unit {
  int32_t unit = -1;
  std::vector<int32_t> households;
  std::vector<int32_t> stewards;
  WeightedInput input;
};

struct UnitPlan {
  bool found = false;
  std::vector<int32_t> steward_of;  // by place in Unit::households and Unit::stewards
  int64_t total_cm = 0;
  int64_t bound_cm = 0;
  std::vector<double> multiplier;
};

std::vector<Unit> SplitByUnit(const Problem& problem, absl::Span<const int32_t> weights) {
  std::vector<Point> planar(problem.households.begin(), problem.households.end());
  planar.insert(planar.end(), problem.stewards.begin(), problem.stewards.end());
  if (problem.datum == Datum::kWgs84Degrees) planar = ProjectWgs84(planar, Middle(planar));
  const size_t n = problem.households.size();

  std::map<int32_t, Unit> by_unit;
  for (size_t h = 0; h < n; ++h) {
    by_unit[problem.household_units.empty() ? -1 : problem.household_units[h]].households.push_back(
        static_cast<int32_t>(h));
  }
  for (size_t j = 0; j < problem.stewards.size(); ++j) {
    by_unit[problem.steward_units.empty() ? -1 : problem.steward_units[j]].stewards.push_back(static_cast<int32_t>(j));
  }
  std::vector<Unit> units;
  for (auto& [value, unit] : by_unit) {
    unit.unit = value;
    std::vector<Point> households;
    std::vector<Point> stewards;
    households.reserve(unit.households.size());
    for (const int32_t h : unit.households) households.push_back(planar[h]);
    stewards.reserve(unit.stewards.size());
    for (const int32_t j : unit.stewards) stewards.push_back(planar[n + j]);
    const internal::Frame frame = internal::FrameOf(households, stewards);
    const auto reorder = [&](std::vector<Point>& points, std::vector<int32_t>& members, std::vector<Point>& out) {
      std::vector<int32_t> ordered;
      ordered.reserve(members.size());
      out.reserve(members.size());
      for (const int32_t k : internal::SpatialOrder(points, frame)) {
        ordered.push_back(members[k]);
        out.push_back(points[k]);
      }
      members = std::move(ordered);
    };
    reorder(households, unit.households, unit.input.households);
    reorder(stewards, unit.stewards, unit.input.stewards);
    for (const int32_t h : unit.households) unit.input.weights.push_back(weights[h]);
    for (const int32_t j : unit.stewards) unit.input.bounds.push_back(problem.BoundsOf(j));
    units.push_back(std::move(unit));
  }
  return units;
}

// What the sums alone show.
WeightShortage ShortageOf(const Unit& unit) {
  WeightShortage s{.unit = unit.unit,
                   .households = static_cast<int64_t>(unit.households.size()),
                   .stewards = static_cast<int64_t>(unit.stewards.size())};
  int32_t most = 0;
  for (const LoadBounds& bounds : unit.input.bounds) {
    s.capacity += bounds.max;
    s.required += bounds.min;
    most = std::max(most, bounds.max);
  }
  for (size_t k = 0; k < unit.households.size(); ++k) {
    const int32_t weight = unit.input.weights[k];
    s.weight += weight;
    if (weight > most && weight > s.household_weight) {
      s.household = unit.households[k];
      s.household_weight = weight;
    }
  }
  s.proved = s.weight > s.capacity || s.weight < s.required || s.household >= 0;
  return s;
}

// `progress` is told the share of the work that is done.
UnitPlan SolveUnit(const WeightedInput& input, int64_t evaluations, uint64_t seed, RunContext& context,
                   const internal::KeepGoing& keep_going, const std::function<double(double)>& progress) {
  UnitPlan plan;
  const auto n = static_cast<int32_t>(input.households.size());
  internal::SharedPlan shared;
  if (!ShareHouseholds(input, context, shared) || !keep_going()) return plan;
  GapModel model = ListedModel(input, shared, kList);
  progress(0.1);

  // Multipliers are whole centimetres, so that a tree over the map can price the pairs outside the lists. Those of the
  // shared plan give its total as the bound; the ascent goes on from there.
  constexpr double kScale = 1;
  const auto price = [&](int32_t i) { return static_cast<double>(shared.price[i]); };
  std::vector<double> multiplier(n);
  double value = 0;
  for (int32_t h = 0; h < n; ++h) {
    double least = std::numeric_limits<double>::max();
    for (int64_t a = model.item_begin[h]; a < model.item_begin[h + 1]; ++a) {
      const GapModel::Arc& arc = model.arcs[a];
      least = std::min(least, static_cast<double>(arc.cost) + price(arc.agent) * static_cast<double>(arc.weight));
    }
    multiplier[h] = least;
    value += least;
  }
  for (int32_t i = 0; i < model.agents; ++i) {
    value -= price(i) * static_cast<double>(price(i) > 0 ? model.maximum[i] : model.minimum[i]);
  }
  KnapsackRelaxation listed(model, kScale);
  const double target = value * (1 + kGuess);
  Multipliers best = AscendMultipliers(
      listed, model, kScale, std::move(multiplier), kRoundingIterations, [&] { return target; }, nullptr, keep_going);
  plan.multiplier = std::move(best.value);
  std::vector<double> outside = PriceOutside(input, plan.multiplier, model);
  KnapsackRelaxation relaxation(model, kScale);
  relaxation.SetOutside(std::move(outside));
  plan.bound_cm = static_cast<int64_t>(relaxation.Evaluate(plan.multiplier, nullptr));
  progress(0.3);
  if (!keep_going()) return plan;

  GapSearch search(model, std::vector<double>(shared.price.begin(), shared.price.end()), seed, keep_going);
  internal::ArcOf start(n);  // each to whom the shared plan gives most of it
  for (int32_t h = 0; h < n; ++h) start[h] = static_cast<int32_t>(model.item_begin[h]);
  search.Start(start);
  search.Run(evaluations, static_cast<double>(plan.bound_cm),
             [&](double share) { return progress(0.3 + 0.7 * share); });
  if (!search.found()) return plan;
  plan.found = true;
  plan.total_cm = search.best_cost();
  plan.steward_of.resize(n);
  for (int32_t h = 0; h < n; ++h) plan.steward_of[h] = model.arcs[search.best()[h]].agent;
  return plan;
}

absl::Status CheckWeights(const Problem& problem, absl::Span<const int32_t> weights) {
  if (weights.size() != problem.households.size()) {
    return InvalidField("weights", -1,
                        absl::StrCat("has ", weights.size(), " entries, not ", problem.households.size()));
  }
  if (problem.HasPairConditions() || !problem.load_cost.empty() || !problem.household_kinds.empty() ||
      !problem.steward_kinds.empty()) {
    return InvalidField("weights", -1, "cannot be taken together with pair conditions, kinds or costs of load");
  }
  double sum = 0;
  for (size_t h = 0; h < weights.size(); ++h) {
    if (weights[h] < 1 || weights[h] > kMostHouseholdWeight) {
      return InvalidField("weights", static_cast<int64_t>(h),
                          absl::StrCat("is not in 1..", kMostHouseholdWeight, ": ", weights[h]));
    }
    sum += weights[h];
  }
  internal::Box box;
  for (const Point p : problem.households) box.Add(p);
  for (const Point p : problem.stewards) box.Add(p);
  const double to_cm = problem.datum == Datum::kWgs84Degrees ? 100 * kMetresADegree : 100;
  const double most = sum == 0 ? 0 : sum * to_cm * std::hypot(box.high.x - box.low.x, box.high.y - box.low.y);
  if (most > 0x1p52) {  // so that sums of doubles are exact
    return InvalidField("weights", -1,
                        absl::StrCat("sum to ", static_cast<int64_t>(sum), ", too much for this extent"));
  }
  return absl::OkStatus();
}

}  // namespace

const char* WeightedOutcomeName(WeightedOutcome outcome) {
  switch (outcome) {
    case WeightedOutcome::kOptimal:
      return "optimal";
    case WeightedOutcome::kFeasible:
      return "feasible";
    case WeightedOutcome::kInfeasible:
      return "infeasible";
    case WeightedOutcome::kNotFound:
      return "not_found";
    case WeightedOutcome::kCancelled:
      return "cancelled";
  }
  return "";
}

std::string Describe(const WeightShortage& s, absl::string_view unit_name, absl::string_view household_id,
                     Language language) {
  const bool chinese = language == Language::kChinese;
  std::string text = unit_name.empty() ? "" : absl::StrCat(unit_name, chinese ? "：" : ": ");
  if (s.weight > s.capacity) {
    return chinese
               ? absl::StrCat(text, s.households, "户的权重合计", s.weight, "，", s.stewards, "名红管事的上限合计",
                              s.capacity, "，超出", s.weight - s.capacity, "。")
               : absl::StrCat(text, s.households, " households weigh ", s.weight, ", but the maxima of ", s.stewards,
                              " stewards sum to ", s.capacity, ": ", s.weight - s.capacity, " too much.");
  }
  if (s.weight < s.required) {
    return chinese ? absl::StrCat(text, s.stewards, "名红管事的下限合计", s.required, "，", s.households,
                                  "户的权重合计只有", s.weight, "，少", s.required - s.weight, "。")
                   : absl::StrCat(text, "the minima of ", s.stewards, " stewards sum to ", s.required, ", but ",
                                  s.households, " households weigh only ", s.weight, ": ", s.required - s.weight,
                                  " too little.");
  }
  if (s.household >= 0) {
    return chinese
               ? absl::StrCat(text, "住户", household_id, "的权重", s.household_weight, "超过了每一名红管事的上限。")
               : absl::StrCat(text, "household ", household_id, " weighs ", s.household_weight,
                              ", more than the maximum of any steward.");
  }
  return chinese ? absl::StrCat(text, "在限定的工作量内未找到满足上下限的方案；并未证明无解。")
                 : absl::StrCat(text, "no plan within the bounds was found; that there is none is not proved.");
}

absl::StatusOr<WeightedPlan> SolveWeighted(const Problem& problem, absl::Span<const int32_t> weights,
                                           const WeightedOptions& options, RunContext& context) {
  const Stopwatch stopwatch;
  if (auto status = Validate(problem); !status.ok()) return status;
  if (auto status = CheckWeights(problem, weights); !status.ok()) return status;
  if (!(options.seconds >= 0)) return InvalidField("seconds", -1, absl::StrCat("is negative: ", options.seconds));
  if (options.evaluations < 0) {
    return InvalidField("evaluations", -1, absl::StrCat("is negative: ", options.evaluations));
  }

  WeightedPlan plan;
  const auto finish = [&](WeightedOutcome outcome) {
    plan.outcome = outcome;
    if (outcome != WeightedOutcome::kOptimal && outcome != WeightedOutcome::kFeasible) {
      plan.steward_of.assign(problem.households.size(), -1);
      plan.load.assign(problem.stewards.size(), 0);
      plan.total_cost_cm = plan.distance_cm = plan.bound_cm = 0;
    }
    plan.seconds = stopwatch.Seconds();
    return plan;
  };
  plan.steward_of.assign(problem.households.size(), -1);
  plan.load.assign(problem.stewards.size(), 0);
  plan.multiplier_cm.assign(problem.households.size(), 0);
  const std::vector<Unit> units = SplitByUnit(problem, weights);
  for (const Unit& unit : units) {
    const WeightShortage shortage = ShortageOf(unit);
    if (shortage.proved) plan.shortages.push_back(shortage);
  }
  if (!plan.shortages.empty()) return finish(WeightedOutcome::kInfeasible);

  std::vector<int32_t> order;  // the largest first
  for (size_t u = 0; u < units.size(); ++u) {
    if (!units[u].households.empty()) order.push_back(static_cast<int32_t>(u));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](int32_t a, int32_t b) { return units[a].households.size() > units[b].households.size(); });
  const auto all = static_cast<double>(std::max<size_t>(1, problem.households.size()));
  std::vector<UnitPlan> parts(units.size());
  std::atomic<int64_t> done{0};
  const int threads = context.ThreadsFor(static_cast<int64_t>(order.size()));
  ParallelFor(threads, static_cast<int64_t>(order.size()), [&](int64_t k) {
    const int32_t u = order[k];
    const auto size = static_cast<int64_t>(units[u].households.size());
    // A time limit is shared out by size; with several threads each has its own share of it.
    const double began = stopwatch.Seconds();
    const double limit = options.seconds * static_cast<double>(threads) * static_cast<double>(size) / all;
    const auto keep_going = [&] {
      return !context.cancelled() && !(options.seconds > 0 && (stopwatch.Seconds() > options.seconds ||
                                                               stopwatch.Seconds() - began > std::max(limit, 0.05)));
    };
    const auto progress = [&](double share) {
      if (options.seconds > 0) share = std::max(share, (stopwatch.Seconds() - began) / std::max(limit, 0.05));
      context.Report((static_cast<double>(done) + static_cast<double>(size) * std::min(share, 1.0)) / all);
      return share;
    };
    const int64_t evaluations = options.evaluations > std::numeric_limits<int64_t>::max() / std::max<int64_t>(1, size)
                                    ? std::numeric_limits<int64_t>::max()
                                    : options.evaluations * size;
    parts[u] =
        SolveUnit(units[u].input, evaluations, context.seed + static_cast<uint64_t>(u), context, keep_going, progress);
    done += size;
  });
  if (context.cancelled()) return finish(WeightedOutcome::kCancelled);

  for (const int32_t u : order) {
    if (!parts[u].found) plan.shortages.push_back(ShortageOf(units[u]));
  }
  std::sort(plan.shortages.begin(), plan.shortages.end(),
            [](const WeightShortage& a, const WeightShortage& b) { return a.unit < b.unit; });
  if (!plan.shortages.empty()) return finish(WeightedOutcome::kNotFound);
  for (const int32_t u : order) {
    for (size_t k = 0; k < units[u].households.size(); ++k) {
      const int32_t h = units[u].households[k];
      const int32_t j = units[u].stewards[parts[u].steward_of[k]];
      plan.steward_of[h] = j;
      plan.load[j] += weights[h];
      plan.distance_cm += PairCost(units[u].input.households[k], units[u].input.stewards[parts[u].steward_of[k]]);
      plan.multiplier_cm[h] = static_cast<int64_t>(parts[u].multiplier[k]);
    }
    plan.total_cost_cm += parts[u].total_cm;
    plan.bound_cm += parts[u].bound_cm;
  }
  context.Report(1);
  return finish(plan.total_cost_cm == plan.bound_cm ? WeightedOutcome::kOptimal : WeightedOutcome::kFeasible);
}

}  // namespace lianhu::assignment
