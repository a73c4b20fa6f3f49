#include "assignment/layout.h"

#include <algorithm>
#include <utility>

#include "assignment/spatial_order.h"

namespace lianhu::assignment::internal {
namespace {

// Within runs of equal position, brings households with equal conditions together.
void GroupEqualRules(const JurisdictionInput& input, std::vector<int32_t>& households) {
  const auto before = [&](int32_t a, int32_t b) {
    const auto key = [&](int32_t h) { return std::pair(input.rules.ListedOnly(h), input.rules.Base(h)); };
    if (key(a) != key(b)) return key(a) < key(b);
    const auto list_a = input.rules.ListedOf(a);
    const auto list_b = input.rules.ListedOf(b);
    return std::lexicographical_compare(list_a.begin(), list_a.end(), list_b.begin(), list_b.end(),
                                        [](const PairRules::Listed& x, const PairRules::Listed& y) {
                                          return x.steward != y.steward ? x.steward < y.steward : x.cost < y.cost;
                                        });
  };
  for (auto first = households.begin(); first != households.end();) {
    const auto last = std::find_if(first, households.end(),
                                   [&](int32_t h) { return !(input.households[h] == input.households[*first]); });
    if (last - first > 1) std::stable_sort(first, last, before);
    first = last;
  }
}

void AddSites(const JurisdictionInput& input, const std::vector<int32_t>& households, Network& network,
              std::vector<int32_t>& first_household) {
  const bool ruled = input.rules.HasLists() || !input.rules.base.empty();
  for (const int32_t h : households) {
    const Point p = input.households[h];
    if (network.site.empty() || !(network.site.back() == p) ||
        (ruled && !input.rules.SameRow(first_household.back(), h))) {
      network.site.push_back(p);
      network.supply.push_back(0);
      first_household.push_back(h);
    }
    ++network.supply.back();
  }
}

// Each steward in the parts that the load cost divides his places into; without one, he is one part.
void AddStewards(const JurisdictionInput& input, const std::vector<int32_t>& order, Layout& layout) {
  for (const int32_t j : order) {
    int32_t begin = 0;  // places before this part
    for (size_t step = 0; step <= input.load_cost.size(); ++step) {
      const bool last = step == input.load_cost.size();
      const LoadBounds bounds = input.bounds[j];
      const int32_t end = last ? bounds.max : std::min(bounds.max, input.load_cost[step].above);
      if (end == begin && !(last && begin == 0)) continue;
      layout.stewards.push_back(j);
      layout.network.steward.push_back(input.stewards[j]);
      layout.network.bounds.push_back({.min = std::clamp(bounds.min - begin, 0, end - begin), .max = end - begin});
      if (!input.load_cost.empty()) {
        layout.network.offset.push_back(step == 0 ? 0 : static_cast<int32_t>(input.load_cost[step - 1].cost_cm));
      }
      begin = end;
    }
  }
}

// The conditions of sites and of parts of stewards.
PairRules LayOutRules(const JurisdictionInput& input, const std::vector<int32_t>& first_household,
                      const Layout& layout) {
  PairRules rules;
  rules.max_cost = input.rules.max_cost;
  for (const int32_t h : first_household) {
    if (!input.rules.base.empty()) rules.base.push_back(input.rules.base[h]);
    if (!input.rules.listed_only.empty()) rules.listed_only.push_back(input.rules.listed_only[h]);
  }
  if (!input.rules.HasLists()) return rules;
  std::vector<int32_t> first_part(input.stewards.size());
  for (size_t k = layout.stewards.size(); k-- > 0;) first_part[layout.stewards[k]] = static_cast<int32_t>(k);
  rules.begin.push_back(0);
  for (const int32_t h : first_household) {
    for (const PairRules::Listed& entry : input.rules.ListedOf(h)) {
      for (auto k = static_cast<size_t>(first_part[entry.steward]);
           k < layout.stewards.size() && layout.stewards[k] == entry.steward; ++k) {
        const auto part = static_cast<int32_t>(k);
        const bool allowed = entry.cost != PairRules::kForbidden;
        rules.listed.push_back({part, allowed ? entry.cost + layout.network.Offset(part) : entry.cost});
      }
    }
    std::sort(rules.listed.begin() + rules.begin.back(), rules.listed.end(),
              [](const PairRules::Listed& a, const PairRules::Listed& b) { return a.steward < b.steward; });
    rules.begin.push_back(static_cast<int64_t>(rules.listed.size()));
  }
  return rules;
}

}  // namespace

Layout MakeLayout(const JurisdictionInput& input) {
  const Frame frame = FrameOf(input.households, input.stewards);
  Layout layout{.network = {}, .households = SpatialOrder(input.households, frame), .stewards = {}};
  Network& network = layout.network;
  if (input.rules.HasLists() || !input.rules.base.empty()) GroupEqualRules(input, layout.households);
  std::vector<int32_t> first_household;
  AddSites(input, layout.households, network, first_household);
  AddStewards(input, SpatialOrder(input.stewards, frame), layout);
  network.rules = LayOutRules(input, first_household, layout);
  if (input.left_over > 0) {
    const auto shortage = static_cast<int32_t>(input.left_over);
    network.left_over = network.stewards();
    network.bounds.push_back({.min = shortage, .max = shortage});
    if (!network.offset.empty()) network.offset.push_back(0);
  }
  network.price.assign(network.bounds.size(), 0);
  return layout;
}

}  // namespace lianhu::assignment::internal
