#include "districting/neighbours.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lianhu::districting::internal {
namespace {

constexpr double kPointsPerCell = 4;

}  // namespace

PointGrid::PointGrid(absl::Span<const Point> points) : points_(points), low_(points[0]) {
  Point high = points[0];
  for (const Point p : points) {
    low_ = {std::min(low_.x, p.x), std::min(low_.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  const double width = high.x - low_.x;
  const double height = high.y - low_.y;
  const double cells = std::max(1.0, static_cast<double>(points.size()) / kPointsPerCell);
  // As many cells as wanted, also when all points lie on a line.
  cell_ = std::max({std::sqrt(width * height / cells), std::max(width, height) / cells, 1e-9});
  columns_ = static_cast<int32_t>(width / cell_) + 1;
  rows_ = static_cast<int32_t>(height / cell_) + 1;
  begin_.assign(static_cast<size_t>(columns_) * rows_ + 1, 0);
  const auto cell_of = [&](Point p) { return static_cast<size_t>(Row(p.y)) * columns_ + Column(p.x); };
  for (const Point p : points) ++begin_[cell_of(p) + 1];
  for (size_t c = 1; c < begin_.size(); ++c) begin_[c] += begin_[c - 1];
  members_.resize(points.size());
  std::vector<int32_t> next(begin_.begin(), begin_.end() - 1);
  for (size_t i = 0; i < points.size(); ++i) members_[next[cell_of(points[i])]++] = static_cast<int32_t>(i);
}

int32_t PointGrid::Column(double x) const {
  return static_cast<int32_t>(std::clamp((x - low_.x) / cell_, 0.0, columns_ - 1.0));
}

int32_t PointGrid::Row(double y) const {
  return static_cast<int32_t>(std::clamp((y - low_.y) / cell_, 0.0, rows_ - 1.0));
}

void PointGrid::Nearest(Point place, int32_t count, std::vector<int32_t>& found) const {
  count = std::min<int32_t>(count, static_cast<int32_t>(points_.size()));
  std::vector<std::pair<double, int32_t>> near;
  const int32_t column = Column(place.x);
  const int32_t row = Row(place.y);
  const auto add_cell = [&](int32_t r, int32_t c) {
    if (r < 0 || r >= rows_ || c < 0 || c >= columns_) return;
    const size_t cell = static_cast<size_t>(r) * columns_ + c;
    for (int32_t k = begin_[cell]; k < begin_[cell + 1]; ++k) {
      near.emplace_back(SquaredDistance(place, points_[members_[k]]), members_[k]);
    }
  };
  // Rings of cells around the place, until whatever lies outside is farther than the count-th found.
  for (int32_t ring = 0; ring <= std::max(columns_, rows_); ++ring) {
    for (int32_t c = column - ring; c <= column + ring; ++c) {
      add_cell(row - ring, c);
      if (ring > 0) add_cell(row + ring, c);
    }
    for (int32_t r = row - ring + 1; r < row + ring; ++r) {
      add_cell(r, column - ring);
      if (ring > 0) add_cell(r, column + ring);
    }
    if (static_cast<int32_t>(near.size()) < count) continue;
    std::nth_element(near.begin(), near.begin() + (count - 1), near.end());
    // The place may lie outside the grid: what the rings cover of the grid is then farther off still.
    const double covered = ring * cell_;
    if (near[count - 1].first <= covered * covered) break;
  }
  std::sort(near.begin(), near.end());
  found.clear();
  for (int32_t k = 0; k < count; ++k) found.push_back(near[k].second);
}

}  // namespace lianhu::districting::internal
