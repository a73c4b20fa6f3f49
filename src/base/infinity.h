// More than anything that is measured.
#ifndef LIANHU_SRC_BASE_INFINITY_H_
#define LIANHU_SRC_BASE_INFINITY_H_

#include <cstdint>
#include <limits>

namespace lianhu {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
// For costs in whole units; nothing may be added to it.
inline constexpr int64_t kInfiniteCost = std::numeric_limits<int64_t>::max();

}  // namespace lianhu

#endif  // LIANHU_SRC_BASE_INFINITY_H_
