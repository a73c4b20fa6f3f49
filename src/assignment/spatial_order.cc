#include "assignment/spatial_order.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/infinity.h"

namespace lianhu::assignment::internal {
namespace {

constexpr int kBitsPerAxis = 16;

uint32_t SpreadBits(uint32_t v) {
  v &= 0xffff;
  v = (v | (v << 8)) & 0x00ff00ff;
  v = (v | (v << 4)) & 0x0f0f0f0f;
  v = (v | (v << 2)) & 0x33333333;
  return (v | (v << 1)) & 0x55555555;
}

struct Keyed {
  uint32_t key;
  int32_t index;
};

// Least-significant-digit radix sort by key; stable, so equal keys stay in order of index.
void SortByKey(std::vector<Keyed>& items) {
  std::vector<Keyed> scratch(items.size());
  for (int shift = 0; shift < 2 * kBitsPerAxis; shift += 8) {
    std::array<size_t, 257> start{};
    for (const Keyed& item : items) ++start[((item.key >> shift) & 0xff) + 1];
    for (size_t d = 1; d < start.size(); ++d) start[d] += start[d - 1];
    for (const Keyed& item : items) scratch[start[(item.key >> shift) & 0xff]++] = item;
    items.swap(scratch);
  }
}

}  // namespace

Frame FrameOf(absl::Span<const Point> a, absl::Span<const Point> b) {
  Point low{kInfinity, kInfinity};
  Point high{-kInfinity, -kInfinity};
  for (const auto points : {a, b}) {
    for (const Point& p : points) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
  }
  if (low.x > high.x) return {};
  return {.origin = low, .side = std::max({high.x - low.x, high.y - low.y, 1.0})};
}

std::vector<int32_t> SpatialOrder(absl::Span<const Point> points, const Frame& frame) {
  const double scale = ((1 << kBitsPerAxis) - 1) / frame.side;
  std::vector<Keyed> items(points.size());
  for (size_t i = 0; i < points.size(); ++i) {
    const auto x = static_cast<uint32_t>((points[i].x - frame.origin.x) * scale);
    const auto y = static_cast<uint32_t>((points[i].y - frame.origin.y) * scale);
    items[i] = {.key = SpreadBits(x) | (SpreadBits(y) << 1), .index = static_cast<int32_t>(i)};
  }
  SortByKey(items);

  // Within one cell of the curve's finest grid: equal positions together.
  for (size_t begin = 0; begin < items.size();) {
    size_t end = begin + 1;
    while (end < items.size() && items[end].key == items[begin].key) ++end;
    if (end - begin > 1) {
      std::sort(items.begin() + static_cast<std::ptrdiff_t>(begin), items.begin() + static_cast<std::ptrdiff_t>(end),
                [&](const Keyed& a, const Keyed& b) {
                  const Point p = points[a.index];
                  const Point q = points[b.index];
                  return std::tie(p.x, p.y, a.index) < std::tie(q.x, q.y, b.index);
                });
    }
    begin = end;
  }

  std::vector<int32_t> order(items.size());
  for (size_t i = 0; i < items.size(); ++i) order[i] = items[i].index;
  return order;
}

}  // namespace lianhu::assignment::internal
