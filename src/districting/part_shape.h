// What a part looks like: its medoid and its hull; and the order along a space-filling curve.
#ifndef LIANHU_SRC_DISTRICTING_PART_SHAPE_H_
#define LIANHU_SRC_DISTRICTING_PART_SHAPE_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "lianhu/base/point.h"

namespace lianhu::districting::internal {

struct Medoid {
  int32_t member = 0;   // index of `points`
  int64_t cost_cm = 0;  // sum over points of weight x assignment::PairCost
};

// The point of the least sum of weighted distances; of equals the first. At least one point; weights >= 1, or empty for
// 1 each. About O(s^1.5), by the triangle inequality. Source: Newling and Fleuret, "A sub-quadratic exact medoid
// algorithm", AISTATS 2017.
Medoid MedoidOf(absl::Span<const Point> points, absl::Span<const int32_t> weight);

// Corners of the convex hull, anticlockwise, as indices of `points`: Andrew's monotone chain, O(s log s). One corner
// when all points are in one place, two when they lie on a line.
std::vector<int32_t> HullOf(absl::Span<const Point> points);

// The place of `p` along the Hilbert curve through the square from `low` of this side.
uint64_t HilbertKey(Point p, Point low, double side);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_PART_SHAPE_H_
