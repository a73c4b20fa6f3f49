// The digits of each level's codes.
#ifndef LIANHU_SRC_HIERARCHY_CODE_LEVELS_H_
#define LIANHU_SRC_HIERARCHY_CODE_LEVELS_H_

#include <array>
#include <cstdint>

namespace lianhu {

// By AdministrativeLevel: country, province, city, county, street, community, grid, micro-grid.
inline constexpr std::array<int32_t, 8> kCodeDigits = {0, 2, 4, 6, 9, 12, 15, 18};

constexpr int64_t PowerOfTen(int32_t exponent) {
  int64_t power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

// The first digits of a code of level `from`: those that a code of level `to` <= from has.
constexpr int64_t CodePrefix(int64_t code, int32_t from, int32_t to) {
  return code / PowerOfTen(kCodeDigits[from] - kCodeDigits[to]);
}

}  // namespace lianhu

#endif  // LIANHU_SRC_HIERARCHY_CODE_LEVELS_H_
