// The points nearest to each of some places: a uniform grid.
#ifndef LIANHU_SRC_DISTRICTING_NEIGHBOURS_H_
#define LIANHU_SRC_DISTRICTING_NEIGHBOURS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "lianhu/base/point.h"

namespace lianhu::districting::internal {

inline double SquaredDistance(Point a, Point b) {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

class PointGrid {
 public:
  // Views `points`, at least one.
  explicit PointGrid(absl::Span<const Point> points);

  // The `count` points nearest to `place` (all when there are fewer), nearest first, equal ones by index. Expected
  // O(count log count) on spread-out points.
  void Nearest(Point place, int32_t count, std::vector<int32_t>& found) const;

 private:
  int32_t Column(double x) const;
  int32_t Row(double y) const;

  absl::Span<const Point> points_;
  Point low_;
  double cell_ = 1;
  int32_t columns_ = 1;
  int32_t rows_ = 1;
  std::vector<int32_t> begin_;  // of each cell in members_
  std::vector<int32_t> members_;
};

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_NEIGHBOURS_H_
