// A generated street grid with people along it. Everything follows from the seed.
#ifndef LIANHU_TESTS_ASSIGNMENT_ROAD_TOWN_H_
#define LIANHU_TESTS_ASSIGNMENT_ROAD_TOWN_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "assignment/instances.h"
#include "lianhu/assignment/road_network.h"
#include "lianhu/base/random.h"

namespace lianhu::assignment::testing {

struct RoadTown {
  Instance people;
  std::vector<Point> nodes;
  std::vector<int32_t> from;
  std::vector<int32_t> to;
  std::vector<int64_t> length_cm;

  RoadNetwork Network() const {
    return {.nodes = nodes, .datum = Datum::kPlanarMetres, .from = from, .to = to, .length_cm = length_cm};
  }
};

// side x side crossings `spacing` metres apart, a share of the roads missing (per mille), some longer than straight.
inline RoadTown MakeRoadTown(int32_t side, double spacing, int32_t missing, int32_t n, int32_t m, uint64_t seed) {
  RoadTown town;
  Random random(seed);
  for (int32_t k = 0; k < side * side; ++k) {
    town.nodes.push_back({ToCentimetre(k % side * spacing + random.Real() * spacing / 5),
                          ToCentimetre(k / side * spacing + random.Real() * spacing / 5)});
  }
  const auto road = [&](int32_t a, int32_t b) {
    if (random.Below(1000) < missing) return;
    town.from.push_back(a);
    town.to.push_back(b);
    town.length_cm.push_back(PairCost(town.nodes[a], town.nodes[b]) * random.Between(100, 140) / 100);
  };
  for (int32_t k = 0; k < side * side; ++k) {
    if (k % side + 1 < side) road(k, k + 1);
    if (k / side + 1 < side) road(k, k + side);
  }
  const auto somewhere = [&] {
    return Point{ToCentimetre(random.Real() * spacing * side), ToCentimetre(random.Real() * spacing * side)};
  };
  for (int32_t h = 0; h < n; ++h) {
    const bool same = h > 0 && random.Below(3) == 0;
    town.people.households.push_back(same ? town.people.households.back() : somewhere());
  }
  for (int32_t j = 0; j < m; ++j) town.people.stewards.push_back(somewhere());
  return town;
}

// Costs of all pairs by their definition: nearest nodes by looking at all, Floyd and Warshall between nodes. Row-major
// n x m, -1 without a path.
inline std::vector<int64_t> AllRoadCosts(const RoadTown& town) {
  constexpr int64_t kFar = int64_t{1} << 50;
  const auto v = static_cast<int64_t>(town.nodes.size());
  std::vector<int64_t> d(v * v, kFar);
  for (int64_t k = 0; k < v; ++k) d[k * v + k] = 0;
  for (size_t e = 0; e < town.from.size(); ++e) {
    int64_t& there = d[town.from[e] * v + town.to[e]];
    int64_t& back = d[town.to[e] * v + town.from[e]];
    there = back = std::min(there, town.length_cm[e]);
  }
  for (int64_t k = 0; k < v; ++k) {
    for (int64_t a = 0; a < v; ++a) {
      for (int64_t b = 0; b < v; ++b) d[a * v + b] = std::min(d[a * v + b], d[a * v + k] + d[k * v + b]);
    }
  }
  const auto nearest = [&](Point p) {
    int64_t best = 0;
    for (int64_t k = 1; k < v; ++k) {
      if (PairCost(p, town.nodes[k]) < PairCost(p, town.nodes[best])) best = k;
    }
    return best;
  };
  std::vector<int64_t> costs;
  for (const Point h : town.people.households) {
    const int64_t a = nearest(h);
    for (const Point j : town.people.stewards) {
      const int64_t b = nearest(j);
      const int64_t path = d[a * v + b];
      costs.push_back(path >= kFar ? -1 : PairCost(h, town.nodes[a]) + path + PairCost(j, town.nodes[b]));
    }
  }
  return costs;
}

}  // namespace lianhu::assignment::testing

#endif  // LIANHU_TESTS_ASSIGNMENT_ROAD_TOWN_H_
