#include "street.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "lianhu/base/random.h"

namespace jili {
namespace {

using lianhu::Point;
using lianhu::Random;

// Parts of `total` in proportion to `weights`, by largest remainder.
std::vector<int32_t> Divide(int64_t total, const std::vector<int64_t>& weights) {
  const int64_t sum = std::accumulate(weights.begin(), weights.end(), int64_t{0});
  std::vector<int32_t> parts;
  std::vector<size_t> order(weights.size());
  std::iota(order.begin(), order.end(), size_t{0});
  int64_t left = total;
  for (const int64_t weight : weights) {
    parts.push_back(static_cast<int32_t>(total * weight / sum));
    left -= parts.back();
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return total * weights[a] % sum > total * weights[b] % sum; });
  for (int64_t k = 0; k < left; ++k) ++parts[order[k]];
  return parts;
}

Point ToCentimetre(Point p) {
  return {std::round(p.x * 100) / 100, std::round(p.y * 100) / 100};
}

// Where people live together: a tower block or a hamlet.
struct Settlement {
  Point centre;
  double spread;  // metres; 0 for a tower
  int32_t households;
};

// Communities lie in the middle of the street, villages around them.
Point CommunityCentre(size_t index, bool village) {
  const double turn = 2 * std::numbers::pi * static_cast<double>(village ? index - 7 : index) / (village ? 8 : 7);
  const double radius = village ? 4200 : 1150;
  return {radius * std::cos(turn), radius * std::sin(turn)};
}

// Settlements of one unit for `count` households, ordered around the unit's centre so that neighbours follow each
// other.
std::vector<Settlement> Settle(Random& random, Point centre, bool village, int32_t count) {
  const double reach = village ? 1300 : 480;
  std::vector<std::pair<double, Settlement>> around;
  for (int32_t left = count; left > 0;) {
    const double turn = 2 * std::numbers::pi * random.Real();
    const double distance = reach * std::sqrt(random.Real());
    const int32_t size = std::min(left, village ? random.Between(4, 22) : random.Between(12, 66));
    around.push_back({turn,
                      {.centre = {centre.x + distance * std::cos(turn), centre.y + distance * std::sin(turn)},
                       .spread = village ? 35.0 : 0.0,
                       .households = size}});
    left -= size;
  }
  std::stable_sort(around.begin(), around.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Settlement> settlements;
  settlements.reserve(around.size());
  for (const auto& [turn, settlement] : around) settlements.push_back(settlement);
  return settlements;
}

// Adds a community's grids, micro-grids and households; each level cuts the households, in order, into equal runs.
void AddCommunity(Random& random, size_t index, int32_t households, int32_t grids, int32_t micro_grids,
                  Street& street) {
  const Community& community = Communities()[index];
  const auto first_micro_grid = static_cast<int32_t>(street.micro_grid_codes.size());
  const std::vector<int32_t> per_grid = Divide(micro_grids, std::vector<int64_t>(grids, 1));
  for (int32_t g = 0; g < grids; ++g) {
    const int64_t grid_code = community.code * 1000 + g + 1;
    for (int32_t k = 0; k < per_grid[g]; ++k) {
      street.micro_grid_codes.push_back(grid_code * 1000 + k + 1);
      street.micro_grid_grid.push_back(static_cast<int32_t>(street.grid_codes.size()));
    }
    street.grid_codes.push_back(grid_code);
    street.grid_community.push_back(static_cast<int32_t>(index));
  }

  const size_t first_household = street.households.size();
  for (const Settlement& place :
       Settle(random, CommunityCentre(index, community.village), community.village, households)) {
    for (int32_t k = 0; k < place.households; ++k) {
      street.households.push_back(ToCentimetre(
          {place.centre.x + random.Normal() * place.spread, place.centre.y + random.Normal() * place.spread}));
      street.household_community.push_back(static_cast<int32_t>(index));
    }
  }
  for (int64_t h = 0; h < households; ++h) {
    street.household_micro_grid.push_back(first_micro_grid + static_cast<int32_t>(h * micro_grids / households));
  }
  for (int64_t j = 0; j < community.stewards; ++j) {
    const int64_t run = households / community.stewards;
    const int64_t home = j * households / community.stewards + random.Below(run);
    street.stewards.push_back(street.households[first_household + home]);
    street.steward_community.push_back(static_cast<int32_t>(index));
  }
}

// Stewards take the micro-grids of their community in order; of those left over every second is a second post of a
// steward there, the others are vacant.
void FillPosts(Street& street) {
  const std::vector<Community>& communities = Communities();
  std::vector<int32_t> first(communities.size() + 1, 0);
  for (size_t c = 0; c < communities.size(); ++c) first[c + 1] = first[c] + communities[c].stewards;
  std::vector<int32_t> taken(communities.size(), 0);
  for (const int32_t grid : street.micro_grid_grid) {
    const int32_t c = street.grid_community[grid];
    const int32_t turn = taken[c]++;
    const int32_t extra = turn - communities[c].stewards;
    street.micro_grid_holder.push_back(extra < 0 ? first[c] + turn : extra % 2 == 0 ? first[c] + extra : -1);
  }
}

}  // namespace

const std::vector<Community>& Communities() {
  static const std::vector<Community>* const kCommunities =
      new std::vector<Community>{{430181002001, "集里桥社区", false, 300}, {430181002004, "神仙坳社区", false, 280},
                                 {430181002006, "百宜社区", false, 260},   {430181002007, "禧和社区", false, 290},
                                 {430181002008, "龚家桥社区", false, 270}, {430181002011, "北城社区", false, 310},
                                 {430181002013, "新屋岭社区", false, 220}, {430181002204, "道吾村", true, 105},
                                 {430181002211, "西湖村", true, 98},       {430181002212, "唐家园村", true, 112},
                                 {430181002213, "宏源村", true, 96},       {430181002214, "星镇村", true, 101},
                                 {430181002215, "合盛村", true, 97},       {430181002216, "太平桥村", true, 106},
                                 {430181002217, "锦美村", true, 99}};
  return *kCommunities;
}

Street MakeStreet(uint64_t seed) {
  Random random(seed);
  Street street;
  std::vector<int64_t> weights;
  for (const Community& community : Communities()) weights.push_back(community.stewards);
  const std::vector<int32_t> households = Divide(kHouseholds, weights);
  const std::vector<int32_t> grids = Divide(kGrids, weights);
  const std::vector<int32_t> micro_grids = Divide(kMicroGrids, weights);
  for (size_t c = 0; c < Communities().size(); ++c) {
    AddCommunity(random, c, households[c], grids[c], micro_grids[c], street);
  }
  FillPosts(street);
  for (int32_t k = 0; k < kShops; ++k) {
    const Point near = street.households[random.Below(kHouseholds)];
    street.shops.push_back(ToCentimetre({near.x + random.Normal() * 40, near.y + random.Normal() * 40}));
  }
  for (int32_t k = 0; k < kMerchantStewards; ++k)
    street.merchant_stewards.push_back(street.shops[random.Below(kShops)]);
  return street;
}

}  // namespace jili
