// Orders points along a Morton (Z-order) curve, so that what is near on the map is near in memory.
#ifndef LIANHU_SRC_ASSIGNMENT_SPATIAL_ORDER_H_
#define LIANHU_SRC_ASSIGNMENT_SPATIAL_ORDER_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "lianhu/base/point.h"

namespace lianhu::assignment::internal {

// The square that a set of points lies in.
struct Frame {
  Point origin;
  double side = 1;
};

// The smallest frame around both sets; a unit square when both are empty.
Frame FrameOf(absl::Span<const Point> a, absl::Span<const Point> b);

// A permutation of 0..points.size()-1 along the curve through `frame`; equal positions come out adjacent and, like all
// ties, in increasing order of index. O(n log n) worst case, O(n) for points that are spread out.
std::vector<int32_t> SpatialOrder(absl::Span<const Point> points, const Frame& frame);

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_SPATIAL_ORDER_H_
