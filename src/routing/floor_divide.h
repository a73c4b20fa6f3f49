// Division of whole numbers that rounds down, for days before 1970 and the like.
#ifndef LIANHU_SRC_ROUTING_FLOOR_DIVIDE_H_
#define LIANHU_SRC_ROUTING_FLOOR_DIVIDE_H_

#include <cstdint>

namespace lianhu::routing {

// The greatest whole number that is at most value / by; `by` is not 0.
constexpr int64_t FloorDivide(int64_t value, int64_t by) {
  return value / by - (value % by != 0 && (value < 0) != (by < 0) ? 1 : 0);
}

}  // namespace lianhu::routing

#endif  // LIANHU_SRC_ROUTING_FLOOR_DIVIDE_H_
