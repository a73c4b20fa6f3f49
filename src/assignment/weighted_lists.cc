#include "assignment/weighted_lists.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include "assignment/jurisdiction.h"
#include "assignment/price_tree.h"

namespace lianhu::assignment::internal {
namespace {

// Units of weight a household on average, at most, when households are shared.
constexpr int64_t kUnitsAHousehold = 8;

GapModel::Arc PairArc(const WeightedInput& input, int32_t h, int32_t i) {
  return {.item = h,
          .agent = i,
          .cost = input.weights[h] * PairCost(input.households[h], input.stewards[i]),
          .weight = input.weights[h]};
}

}  // namespace

bool ShareHouseholds(const WeightedInput& input, RunContext& context, SharedPlan& plan) {
  const int64_t weight = std::accumulate(input.weights.begin(), input.weights.end(), int64_t{0});
  const auto n = static_cast<int64_t>(input.households.size());
  const int64_t divisor = std::max<int64_t>(1, weight / std::max<int64_t>(1, kUnitsAHousehold * n));
  JurisdictionInput units;
  units.stewards = input.stewards;
  for (const LoadBounds& bounds : input.bounds) {
    units.bounds.push_back({.min = static_cast<int32_t>(bounds.min / divisor),
                            .max = static_cast<int32_t>((bounds.max + divisor - 1) / divisor)});
  }
  std::vector<int32_t> household_of;
  for (int32_t h = 0; h < n; ++h) {
    const int64_t copies = std::max<int64_t>(1, (input.weights[h] + divisor / 2) / divisor);
    units.households.insert(units.households.end(), copies, input.households[h]);
    household_of.insert(household_of.end(), copies, h);
  }
  int64_t required = 0;
  for (const LoadBounds& bounds : units.bounds) required += bounds.min;
  if (required > static_cast<int64_t>(units.households.size())) {
    for (LoadBounds& bounds : units.bounds) bounds.min = 0;
  }
  JurisdictionPlan exact;
  const StopSignal only_cancel(context, nullptr);
  if (!SolveJurisdiction(
          units, 1, context, only_cancel, [](double) {}, exact))
    return false;
  plan.price = std::move(exact.price_cm);
  plan.used.assign(n, {});
  std::map<int32_t, int32_t> parts;  // of one household, by steward
  for (size_t k = 0; k < household_of.size();) {
    const int32_t h = household_of[k];
    parts.clear();
    for (; k < household_of.size() && household_of[k] == h; ++k) {
      const int32_t i = exact.steward_of[k];
      if (i >= 0 && input.weights[h] <= input.bounds[i].max) ++parts[i];
    }
    for (const auto& [i, count] : parts) plan.used[h].push_back(i);
    std::stable_sort(plan.used[h].begin(), plan.used[h].end(),
                     [&](int32_t a, int32_t b) { return parts[a] > parts[b]; });
  }
  return true;
}

GapModel ListedModel(const WeightedInput& input, const SharedPlan& shared, int32_t per_household) {
  GapModel model;
  model.items = static_cast<int32_t>(input.households.size());
  model.agents = static_cast<int32_t>(input.stewards.size());
  for (const LoadBounds& bounds : input.bounds) {
    model.minimum.push_back(bounds.min);
    model.maximum.push_back(bounds.max);
  }
  const PriceTree tree(input.stewards, shared.price);
  for (int32_t h = 0; h < model.items; ++h) {
    std::vector<int32_t> list = shared.used[h];
    const auto skip = [&](int32_t i) {
      return input.weights[h] > input.bounds[i].max || std::find(list.begin(), list.end(), i) != list.end();
    };
    while (static_cast<int32_t>(list.size()) < per_household) {
      const PriceTree::Nearest nearest = tree.FindNearest(input.households[h], skip);
      if (nearest.index < 0) break;
      list.push_back(nearest.index);
    }
    for (const int32_t i : list) model.arcs.push_back(PairArc(input, h, i));
  }
  model.Index();
  return model;
}

std::vector<double> PriceOutside(const WeightedInput& input, const std::vector<double>& multiplier, GapModel& model) {
  // A unit's multiplier, rounded up: cost - multiplier >= 0 exactly where PairCost is at least this.
  std::vector<int64_t> prices(model.items);
  for (int32_t h = 0; h < model.items; ++h) {
    prices[h] = -static_cast<int64_t>(std::ceil(multiplier[h] / input.weights[h]));
  }
  const PriceTree tree(input.households, prices);
  std::vector<double> outside(model.agents, std::numeric_limits<double>::infinity());
  std::vector<GapModel::Arc> more;
  std::vector<int32_t> listed_by(model.items, -1);  // the last agent whose list an item was seen in
  for (int32_t i = 0; i < model.agents; ++i) {
    for (int64_t k = model.agent_begin[i]; k < model.agent_begin[i + 1]; ++k) {
      listed_by[model.arcs[model.agent_arcs[k]].item] = i;
    }
    const auto skip = [&](int32_t h) { return listed_by[h] == i || input.weights[h] > input.bounds[i].max; };
    PriceTree::Nearest nearest = tree.FindNearest(input.stewards[i], skip);
    for (; nearest.index >= 0 && nearest.value < 0; nearest = tree.FindNearest(input.stewards[i], skip)) {
      listed_by[nearest.index] = i;
      more.push_back(PairArc(input, nearest.index, i));
    }
    if (nearest.index >= 0) outside[i] = static_cast<double>(nearest.value);
  }
  if (!more.empty()) {
    model.arcs.insert(model.arcs.end(), more.begin(), more.end());
    std::stable_sort(model.arcs.begin(), model.arcs.end(),
                     [](const GapModel::Arc& a, const GapModel::Arc& b) { return a.item < b.item; });
    model.Index();
  }
  return outside;
}

}  // namespace lianhu::assignment::internal
