// Graphs of neighbours for tests.
#ifndef LIANHU_TESTS_DISTRICTING_RANDOM_GRAPHS_H_
#define LIANHU_TESTS_DISTRICTING_RANDOM_GRAPHS_H_

#include <cstdint>
#include <vector>

#include "lianhu/base/random.h"
#include "lianhu/hierarchy/contiguity.h"

namespace lianhu::districting {

// A grid from which some nodes are cut off: they border nothing.
inline Contiguity GridWithHoles(int32_t columns, int32_t rows, const std::vector<uint8_t>& hole) {
  std::vector<Border> borders;
  const auto solid = [&](int32_t v) { return hole.empty() || hole[v] == 0; };
  for (int32_t v = 0; v < columns * rows; ++v) {
    if (!solid(v)) continue;
    if (v % columns + 1 < columns && solid(v + 1)) borders.push_back({v, v + 1});
    if (v / columns + 1 < rows && solid(v + columns)) borders.push_back({v, v + columns});
  }
  return *Contiguity::FromBorders(columns * rows, borders);
}

inline Contiguity GridGraph(int32_t columns, int32_t rows) {
  return GridWithHoles(columns, rows, {});
}

inline Contiguity StarGraph(int32_t leaves) {
  std::vector<Border> borders;
  for (int32_t v = 1; v <= leaves; ++v) borders.push_back({0, v});
  return *Contiguity::FromBorders(leaves + 1, borders);
}

// A random tree and `extra` random edges beside.
inline Contiguity RandomConnectedGraph(int32_t n, int32_t extra, Random& random) {
  std::vector<Border> borders;
  for (int32_t v = 1; v < n; ++v) borders.push_back({v, static_cast<int32_t>(random.Below(v))});
  for (int32_t e = 0; e < extra; ++e) {
    const auto a = static_cast<int32_t>(random.Below(n));
    const auto b = static_cast<int32_t>(random.Below(n));
    if (a != b) borders.push_back({a, b});
  }
  return *Contiguity::FromBorders(n, borders);
}

// A grid with holes and islands, a tree, a star or a tangle, of at most 150 nodes.
inline Contiguity RandomGraph(Random& random) {
  switch (random.Below(4)) {
    case 0: {
      const int32_t columns = random.Between(2, 12);
      const int32_t rows = random.Between(2, 12);
      std::vector<uint8_t> hole;
      for (int32_t v = 0; v < columns * rows; ++v) hole.push_back(random.Below(5) == 0 ? 1 : 0);
      return GridWithHoles(columns, rows, hole);
    }
    case 1:
      return StarGraph(random.Between(1, 40));
    case 2:
      return RandomConnectedGraph(random.Between(1, 100), 0, random);
    default: {
      const int32_t n = random.Between(2, 80);
      return RandomConnectedGraph(n, 2 * n, random);
    }
  }
}

}  // namespace lianhu::districting

#endif  // LIANHU_TESTS_DISTRICTING_RANDOM_GRAPHS_H_
