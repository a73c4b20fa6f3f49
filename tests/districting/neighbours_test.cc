#include "districting/neighbours.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "lianhu/base/random.h"

namespace lianhu::districting::internal {
namespace {

std::vector<int32_t> ByScan(const std::vector<Point>& points, Point place, int32_t count) {
  std::vector<std::pair<double, int32_t>> all;
  for (size_t i = 0; i < points.size(); ++i) {
    const double dx = place.x - points[i].x;
    const double dy = place.y - points[i].y;
    all.emplace_back(dx * dx + dy * dy, static_cast<int32_t>(i));
  }
  std::sort(all.begin(), all.end());
  std::vector<int32_t> found;
  for (int32_t k = 0; k < std::min<int32_t>(count, static_cast<int32_t>(all.size())); ++k) {
    found.push_back(all[k].second);
  }
  return found;
}

TEST(Neighbours, AgreeWithAScan) {
  constexpr uint64_t kSeed = 7;
  SCOPED_TRACE(kSeed);
  Random random(kSeed);
  for (int round = 0; round < 60; ++round) {
    std::vector<Point> points(1 + random.Below(300));
    const bool lattice = round % 3 == 0;  // many equal distances
    const bool line = round % 7 == 0;
    for (Point& p : points) {
      p = lattice ? Point{static_cast<double>(random.Below(6)), static_cast<double>(random.Below(6))}
                  : Point{random.Real() * 1000, random.Real() * 100};
      if (line) p.y = 5;
    }
    const PointGrid grid(points);
    std::vector<int32_t> found;
    for (int query = 0; query < 20; ++query) {
      // Outside the points' box as well.
      const Point place{random.Real() * 1400 - 200, random.Real() * 300 - 100};
      const auto count = static_cast<int32_t>(1 + random.Below(40));
      grid.Nearest(place, count, found);
      EXPECT_EQ(found, ByScan(points, place, count));
    }
  }
}

TEST(Neighbours, OnePlaceForAll) {
  const std::vector<Point> points(5, Point{3, 4});
  std::vector<int32_t> found;
  PointGrid(points).Nearest({0, 0}, 3, found);
  EXPECT_EQ(found, (std::vector<int32_t>{0, 1, 2}));
}

}  // namespace
}  // namespace lianhu::districting::internal
