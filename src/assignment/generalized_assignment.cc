#include "lianhu/assignment/generalized_assignment.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "assignment/gap_bound.h"
#include "assignment/gap_model.h"
#include "assignment/gap_search.h"
#include "lianhu/base/status.h"
#include "lianhu/base/stopwatch.h"

namespace lianhu::assignment {
namespace {

using internal::AscendCapacityPrices;
using internal::AscendMultipliers;
using internal::CapacityPrices;
using internal::GapModel;
using internal::GapSearch;
using internal::KnapsackRelaxation;
using internal::Multipliers;

constexpr int64_t kMostCost = int64_t{1} << 40;
constexpr int64_t kMostWeight = (int64_t{1} << 31) - 1;
constexpr int64_t kMostCapacity = int64_t{1} << 40;
// All costs of one plan stay below this, so that sums of doubles in the bound are exact.
constexpr double kMostTotal = 0x1p48;

constexpr int kPriceIterations = 400;
constexpr int kMultiplierIterations = 1500;
constexpr int kPlanEvery = 2;  // of the starts that the relaxation offers

absl::Status CheckCount(const char* field, size_t have, int64_t want) {
  if (static_cast<int64_t>(have) == want) return absl::OkStatus();
  return InvalidField(field, -1, absl::StrCat("has ", have, " entries, not ", want));
}

absl::Status CheckRange(const char* field, absl::Span<const int64_t> values, int64_t low, int64_t high) {
  for (size_t k = 0; k < values.size(); ++k) {
    if (values[k] < low || values[k] > high) {
      return InvalidField(field, static_cast<int64_t>(k), absl::StrCat("is not in ", low, "..", high, ": ", values[k]));
    }
  }
  return absl::OkStatus();
}

GapModel ModelOf(const GeneralizedAssignment& problem) {
  GapModel model;
  model.agents = problem.agents;
  model.items = problem.items;
  model.maximum.assign(problem.capacity.begin(), problem.capacity.end());
  model.minimum.assign(problem.agents, 0);
  if (!problem.minimum.empty()) model.minimum.assign(problem.minimum.begin(), problem.minimum.end());
  for (int32_t h = 0; h < problem.items; ++h) {
    for (int32_t i = 0; i < problem.agents; ++i) {
      const int64_t at = int64_t{i} * problem.items + h;
      if (problem.weight[at] > problem.capacity[i]) continue;
      model.arcs.push_back({.item = h, .agent = i, .cost = problem.cost[at], .weight = problem.weight[at]});
    }
  }
  model.Index();
  return model;
}

// Simple proofs that there is no plan: an item that fits no agent; weights beyond all capacity or below all minima.
bool IsInfeasible(const GapModel& model) {
  int64_t least = 0;
  int64_t most = 0;
  for (int32_t h = 0; h < model.items; ++h) {
    if (model.item_begin[h] == model.item_begin[h + 1]) return true;
    int64_t light = model.arcs[model.item_begin[h]].weight;
    int64_t heavy = light;
    for (int64_t a = model.item_begin[h]; a < model.item_begin[h + 1]; ++a) {
      light = std::min(light, model.arcs[a].weight);
      heavy = std::max(heavy, model.arcs[a].weight);
    }
    least += light;
    most += heavy;
  }
  int64_t capacity = 0;
  int64_t required = 0;
  for (int32_t i = 0; i < model.agents; ++i) {
    capacity += model.maximum[i];
    required += model.minimum[i];
  }
  return least > capacity || most < required;
}

}  // namespace

const char* GapOutcomeName(GapOutcome outcome) {
  switch (outcome) {
    case GapOutcome::kOptimal:
      return "optimal";
    case GapOutcome::kFeasible:
      return "feasible";
    case GapOutcome::kInfeasible:
      return "infeasible";
    case GapOutcome::kNotFound:
      return "not_found";
    case GapOutcome::kCancelled:
      return "cancelled";
  }
  return "";
}

absl::Status Validate(const GeneralizedAssignment& problem) {
  if (problem.agents < 0) return InvalidField("agents", -1, absl::StrCat("is negative: ", problem.agents));
  if (problem.items < 0) return InvalidField("items", -1, absl::StrCat("is negative: ", problem.items));
  const int64_t pairs = int64_t{problem.agents} * problem.items;
  if (pairs > kMostWeight) return InvalidField("cost", -1, "has 2^31 pairs or more");
  if (auto s = CheckCount("cost", problem.cost.size(), pairs); !s.ok()) return s;
  if (auto s = CheckCount("weight", problem.weight.size(), pairs); !s.ok()) return s;
  if (auto s = CheckCount("capacity", problem.capacity.size(), problem.agents); !s.ok()) return s;
  if (!problem.minimum.empty()) {
    if (auto s = CheckCount("minimum", problem.minimum.size(), problem.agents); !s.ok()) return s;
  }
  if (auto s = CheckRange("cost", problem.cost, -kMostCost, kMostCost); !s.ok()) return s;
  if (auto s = CheckRange("weight", problem.weight, 0, kMostWeight); !s.ok()) return s;
  if (auto s = CheckRange("capacity", problem.capacity, 0, kMostCapacity); !s.ok()) return s;
  for (size_t i = 0; i < problem.minimum.size(); ++i) {
    if (problem.minimum[i] < 0 || problem.minimum[i] > problem.capacity[i]) {
      return InvalidField("minimum", static_cast<int64_t>(i),
                          absl::StrCat("is not in 0..", problem.capacity[i], ", the capacity: ", problem.minimum[i]));
    }
  }
  double total = 0;
  for (int32_t h = 0; h < problem.items; ++h) {
    int64_t most = 0;
    for (int32_t i = 0; i < problem.agents; ++i) {
      most = std::max(most, std::abs(problem.cost[int64_t{i} * problem.items + h]));
    }
    total += static_cast<double>(most);
  }
  if (total > kMostTotal) return InvalidField("cost", -1, "a plan may cost more than 2^48");
  return absl::OkStatus();
}

absl::StatusOr<GapPlan> SolveGeneralizedAssignment(const GeneralizedAssignment& problem, const GapOptions& options,
                                                   RunContext& context) {
  const Stopwatch clock;
  if (!(options.seconds >= 0)) return InvalidField("seconds", -1, absl::StrCat("is negative: ", options.seconds));
  if (options.evaluations < 0) {
    return InvalidField("evaluations", -1, absl::StrCat("is negative: ", options.evaluations));
  }
  if (auto status = Validate(problem); !status.ok()) return status;

  GapPlan plan;
  plan.multiplier.assign(problem.items, 0);
  const auto finish = [&](GapOutcome outcome) {
    plan.outcome = outcome;
    plan.seconds = clock.Seconds();
    context.Report(1);
    return plan;
  };
  const GapModel model = ModelOf(problem);
  if (IsInfeasible(model)) return finish(GapOutcome::kInfeasible);
  if (model.items == 0) {
    plan.load.assign(model.agents, 0);
    return finish(GapOutcome::kOptimal);
  }

  const bool limited = options.seconds > 0;
  const auto within = [&](double share) {
    return [&context, &clock, limited, limit = options.seconds * share] {
      return !context.cancelled() && !(limited && clock.Seconds() > limit);
    };
  };

  // Prices of capacity, then a first plan that they guide.
  double dearest = 0;  // no plan costs more
  for (int32_t h = 0; h < model.items; ++h) {
    int64_t most = model.arcs[model.item_begin[h]].cost;
    for (int64_t a = model.item_begin[h]; a < model.item_begin[h + 1]; ++a) most = std::max(most, model.arcs[a].cost);
    dearest += static_cast<double>(most);
  }
  CapacityPrices prices = AscendCapacityPrices(model, std::vector<double>(model.agents, 0), dearest, dearest,
                                               kPriceIterations, within(0.1));
  context.Report(0.05);
  GapSearch search(model, prices.price, context.seed, within(1));
  search.Construct({});

  // The bound, and with it better starts.
  const double scale = KnapsackRelaxation::ScaleFor(model);
  KnapsackRelaxation relaxation(model, scale);
  std::vector<double> start(model.items);
  for (int32_t h = 0; h < model.items; ++h) {
    double least = 0;
    for (int64_t a = model.item_begin[h]; a < model.item_begin[h + 1]; ++a) {
      const GapModel::Arc& arc = model.arcs[a];
      const double v = static_cast<double>(arc.cost) + prices.price[arc.agent] * static_cast<double>(arc.weight);
      least = a == model.item_begin[h] ? v : std::min(least, v);
    }
    start[h] = least * scale;
  }
  double value = prices.value;
  const auto upper = [&] {
    if (search.found()) return static_cast<double>(search.best_cost());
    return value + 0.01 * std::abs(value) + 1;
  };
  int calls = 0;
  const auto primal = [&](const std::vector<int32_t>& arcs) {
    if (++calls % kPlanEvery == 0) search.Construct(arcs);
  };
  const Multipliers multipliers =
      AscendMultipliers(relaxation, model, scale, std::move(start), kMultiplierIterations, upper, primal, within(0.3));
  for (int32_t h = 0; h < model.items; ++h) plan.multiplier[h] = static_cast<int64_t>(multipliers.value[h]);
  plan.multiplier_scale = static_cast<int64_t>(scale);
  plan.bound = static_cast<int64_t>(std::ceil(multipliers.bound / scale));
  context.Report(0.3);
  if (context.cancelled()) return finish(GapOutcome::kCancelled);
  if (static_cast<double>(plan.bound) > dearest) return finish(GapOutcome::kInfeasible);

  search.Run(options.evaluations, static_cast<double>(plan.bound), [&](double share) {
    if (limited) share = std::max(share, clock.Seconds() / options.seconds);
    context.Report(0.3 + 0.7 * std::min(share, 1.0));
    return share;
  });
  if (context.cancelled()) return finish(GapOutcome::kCancelled);
  if (!search.found()) return finish(GapOutcome::kNotFound);

  plan.objective = search.best_cost();
  plan.agent_of.resize(model.items);
  plan.load.assign(model.agents, 0);
  for (int32_t h = 0; h < model.items; ++h) {
    const GapModel::Arc& arc = model.arcs[search.best()[h]];
    plan.agent_of[h] = arc.agent;
    plan.load[arc.agent] += arc.weight;
  }
  return finish(plan.objective == plan.bound ? GapOutcome::kOptimal : GapOutcome::kFeasible);
}

}  // namespace lianhu::assignment
