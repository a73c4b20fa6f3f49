#include "districting/part_shape.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "lianhu/assignment/problem.h"

namespace lianhu::districting::internal {
namespace {

int64_t WeightAt(absl::Span<const int32_t> weight, size_t i) {
  return weight.empty() ? 1 : weight[i];
}

double Cross(Point a, Point b, Point c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

}  // namespace

Medoid MedoidOf(absl::Span<const Point> points, absl::Span<const int32_t> weight) {
  const size_t s = points.size();
  int64_t total = 0;
  Point mean;
  for (size_t i = 0; i < s; ++i) {
    const auto w = static_cast<double>(WeightAt(weight, i));
    total += WeightAt(weight, i);
    mean = {mean.x + w * points[i].x, mean.y + w * points[i].y};
  }
  mean = {mean.x / static_cast<double>(total), mean.y / static_cast<double>(total)};
  std::vector<int32_t> order(s);
  std::iota(order.begin(), order.end(), 0);
  std::vector<double> from_mean(s);
  for (size_t i = 0; i < s; ++i) from_mean[i] = std::hypot(points[i].x - mean.x, points[i].y - mean.y);
  std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) { return from_mean[a] < from_mean[b]; });

  Medoid best{.member = 0, .cost_cm = std::numeric_limits<int64_t>::max()};
  // A sum is at least its bound: W d(i, j) and the sum of j differ by no more than it. Rounding takes a centimetre from
  // each distance at most.
  std::vector<int64_t> bound(s, 0);
  for (const int32_t i : order) {
    if (bound[i] > best.cost_cm) continue;
    int64_t sum = 0;
    for (size_t k = 0; k < s; ++k) sum += WeightAt(weight, k) * assignment::PairCost(points[k], points[i]);
    if (sum < best.cost_cm || (sum == best.cost_cm && i < best.member)) best = {i, sum};
    for (size_t k = 0; k < s; ++k) {
      const int64_t apart = total * assignment::PairCost(points[k], points[i]);
      bound[k] = std::max(bound[k], std::abs(sum - apart) - 2 * total);
    }
  }
  return best;
}

std::vector<int32_t> HullOf(absl::Span<const Point> points) {
  std::vector<int32_t> order(points.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return points[a].x != points[b].x ? points[a].x < points[b].x : points[a].y < points[b].y;
  });
  const auto same = [&](int32_t a, int32_t b) { return points[a] == points[b]; };
  order.erase(std::unique(order.begin(), order.end(), same), order.end());
  if (order.size() < 3) return order;
  std::vector<int32_t> hull;
  const auto walk = [&](auto first, auto last) {
    const size_t base = hull.size();
    for (; first != last; ++first) {
      while (hull.size() >= base + 2 &&
             Cross(points[hull[hull.size() - 2]], points[hull.back()], points[*first]) <= 0) {
        hull.pop_back();
      }
      hull.push_back(*first);
    }
    hull.pop_back();
  };
  walk(order.begin(), order.end());
  walk(order.rbegin(), order.rend());
  return hull;
}

uint64_t HilbertKey(Point p, Point low, double side) {
  constexpr int kBits = 20;
  constexpr double kCells = 1 << kBits;
  const auto cell = [&](double v) { return static_cast<uint32_t>(std::clamp(v / side * kCells, 0.0, kCells - 1)); };
  uint32_t x = cell(p.x - low.x);
  uint32_t y = cell(p.y - low.y);
  uint64_t key = 0;
  for (uint32_t s = 1U << (kBits - 1); s > 0; s >>= 1) {
    const uint32_t right = (x & s) != 0 ? 1 : 0;
    const uint32_t upper = (y & s) != 0 ? 1 : 0;
    key = key << 2 | ((3 * right) ^ upper);
    if (upper != 0) continue;
    if (right != 0) {
      x = ~x;
      y = ~y;
    }
    std::swap(x, y);
  }
  return key;
}

}  // namespace lianhu::districting::internal
