// Random instances for tests and benchmarks of the assignment room. Everything follows from the seed, on any machine.
#ifndef LIANHU_TESTS_ASSIGNMENT_INSTANCES_H_
#define LIANHU_TESTS_ASSIGNMENT_INSTANCES_H_

#include <cmath>
#include <cstdint>
#include <vector>

#include "lianhu/assignment/problem.h"
#include "lianhu/base/random.h"

namespace lianhu::assignment::testing {

// Owns the arrays that View() shows.
struct Instance {
  std::vector<Point> households;
  std::vector<Point> stewards;
  std::vector<int32_t> household_units;
  std::vector<int32_t> steward_units;
  std::vector<int32_t> steward_min;
  std::vector<int32_t> steward_max;
  LoadBounds bounds;

  Problem View() const {
    return {.households = households,
            .stewards = stewards,
            .household_units = household_units,
            .steward_units = steward_units,
            .bounds = bounds,
            .steward_min = steward_min,
            .steward_max = steward_max};
  }
};

inline double ToCentimetre(double metres) {
  return std::round(metres * 100) / 100;
}

// A square in which `count` points lie at the founding street's density.
inline double TownSide(int64_t count) {
  return 6000 * std::sqrt(static_cast<double>(count) / 46445);
}

// How positions are spread.
enum class Spread {
  kUniform,    // households and stewards anywhere in the square
  kTown,       // three quarters of the households in 40 quarters of the town; stewards live beside households
  kTowers,     // households in blocks of 1 to 60 at one position; stewards live among them
  kOneEnd,     // households anywhere, stewards in a strip at one end
  kPoints,     // all households at 50 points
  kNineToOne,  // nine tenths of the households in a twenty-fifth of the square, stewards anywhere in it
};
inline constexpr Spread kLastSpread = Spread::kNineToOne;

inline Instance MakeInstance(Spread spread, int32_t n, int32_t m, uint64_t seed) {
  Random random(seed);
  Instance instance;
  const double side = TownSide(n);
  const auto anywhere = [&] { return Point{ToCentimetre(random.Real() * side), ToCentimetre(random.Real() * side)}; };
  std::vector<Point> centres(spread == Spread::kPoints ? 50 : 40);
  for (Point& centre : centres) centre = anywhere();
  const auto in_town = [&] {
    if (random.Below(4) == 0) return anywhere();
    const Point centre = centres[random.Below(static_cast<int64_t>(centres.size()))];
    return Point{ToCentimetre(centre.x + random.Normal() * side / 25),
                 ToCentimetre(centre.y + random.Normal() * side / 25)};
  };
  while (static_cast<int32_t>(instance.households.size()) < n) {
    switch (spread) {
      case Spread::kUniform:
      case Spread::kOneEnd:
        instance.households.push_back(anywhere());
        break;
      case Spread::kTown:
        instance.households.push_back(in_town());
        break;
      case Spread::kTowers: {
        const Point tower = in_town();
        for (int32_t k = random.Between(1, 60); k > 0 && static_cast<int32_t>(instance.households.size()) < n; --k) {
          instance.households.push_back(tower);
        }
        break;
      }
      case Spread::kNineToOne:
        if (random.Below(10) == 0) {
          instance.households.push_back(anywhere());
        } else {
          instance.households.push_back(
              {ToCentimetre((0.4 + random.Real() / 5) * side), ToCentimetre((0.4 + random.Real() / 5) * side)});
        }
        break;
      case Spread::kPoints:
        instance.households.push_back(centres[instance.households.size() % centres.size()]);
        break;
    }
  }
  for (int32_t j = 0; j < m; ++j) {
    switch (spread) {
      case Spread::kUniform:
      case Spread::kPoints:
      case Spread::kNineToOne:
        instance.stewards.push_back(anywhere());
        break;
      case Spread::kTown:
      case Spread::kTowers: {
        const Point home = n > 0 ? instance.households[random.Below(n)] : anywhere();
        instance.stewards.push_back(
            {ToCentimetre(home.x + random.Normal() * 3), ToCentimetre(home.y + random.Normal() * 3)});
        break;
      }
      case Spread::kOneEnd:
        instance.stewards.push_back({ToCentimetre(random.Real() * side / 20), ToCentimetre(random.Real() * side)});
        break;
    }
  }
  return instance;
}

// Random units for both sides.
inline void AddUnits(Instance& instance, int32_t units, Random& random) {
  for (size_t h = 0; h < instance.households.size(); ++h)
    instance.household_units.push_back(random.Between(0, units - 1));
  for (size_t j = 0; j < instance.stewards.size(); ++j) instance.steward_units.push_back(random.Between(0, units - 1));
}

}  // namespace lianhu::assignment::testing

#endif  // LIANHU_TESTS_ASSIGNMENT_INSTANCES_H_
