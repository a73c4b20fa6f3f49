// The founding street, 集里街道 in Liuyang, Hunan, as an example.
//
// Facts (Liuyang Daily, 2020-03-31; statistical codes of 2023): the 15 communities and villages with their codes,
// 46,445 households, 2,744 household stewards, 106 of them in 太平桥村, 130 grids, more than 3,000 micro-grids, 12,000
// shops and 143 merchant stewards. Synthetic, from a seed: every position, and how the figures divide among the units
// where no figure was published. In communities households live in tower blocks, many at one position; in villages in
// hamlets.
#ifndef LIANHU_EXAMPLES_JILI_STREET_STREET_H_
#define LIANHU_EXAMPLES_JILI_STREET_STREET_H_

#include <cstdint>
#include <string>
#include <vector>

#include "lianhu/base/point.h"

namespace jili {

inline constexpr int64_t kStreetCode = 430181002;
inline constexpr int32_t kHouseholds = 46445;
inline constexpr int32_t kStewards = 2744;
inline constexpr int32_t kGrids = 130;
inline constexpr int32_t kMicroGrids = 3050;  // "3000+"
inline constexpr int32_t kShops = 12000;
inline constexpr int32_t kMerchantStewards = 143;

// A community or village.
struct Community {
  int64_t code;
  const char* name;
  bool village;
  int32_t stewards;
};

const std::vector<Community>& Communities();

struct Street {
  std::vector<lianhu::Point> households;     // kHouseholds, metres
  std::vector<int32_t> household_community;  // index into Communities()
  std::vector<int32_t> household_micro_grid;
  std::vector<lianhu::Point> stewards;  // kStewards: each lives in one of the households
  std::vector<int32_t> steward_community;
  std::vector<int64_t> grid_codes;  // kGrids, 15 digits
  std::vector<int32_t> grid_community;
  std::vector<int64_t> micro_grid_codes;  // kMicroGrids, 18 digits
  std::vector<int32_t> micro_grid_grid;
  std::vector<int32_t> micro_grid_holder;  // a steward, or -1 where the post is vacant; some hold two
  std::vector<lianhu::Point> shops;        // kShops
  std::vector<lianhu::Point> merchant_stewards;
};

// The same street for the same seed on every machine.
Street MakeStreet(uint64_t seed);

}  // namespace jili

#endif  // LIANHU_EXAMPLES_JILI_STREET_STREET_H_
