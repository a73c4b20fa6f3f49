// A static spatial tree over points that each carry a price: finds all points, or the best, by distance plus price.
#ifndef LIANHU_SRC_ASSIGNMENT_PRICE_TREE_H_
#define LIANHU_SRC_ASSIGNMENT_PRICE_TREE_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/types/span.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/base/point.h"

namespace lianhu::assignment::internal {

// An axis-parallel box, empty at first.
struct Box {
  Point low{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  Point high{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

  void Add(const Box& box) {
    low = {std::min(low.x, box.low.x), std::min(low.y, box.low.y)};
    high = {std::max(high.x, box.high.x), std::max(high.y, box.high.y)};
  }
  void Add(Point p) { Add(Box{p, p}); }
  Point Middle() const { return {(low.x + high.x) / 2, (low.y + high.y) / 2}; }
};

inline double SquaredDistance(const Box& a, const Box& b) {
  const double dx = std::max({a.low.x - b.high.x, b.low.x - a.high.x, 0.0});
  const double dy = std::max({a.low.y - b.high.y, b.low.y - a.high.y, 0.0});
  return dx * dx + dy * dy;
}

// Prices that make a tree a set: what is struck from it is dearer than all that is in it.
inline constexpr int64_t kAlive = 0;
inline constexpr int64_t kStruck = int64_t{1} << 50;
inline constexpr int64_t kAliveLimit = int64_t{1} << 40;

// The points are given in spatial order (spatial_order.h); eight of them make a leaf, eight nodes a parent. Each node
// knows its box and the least price below it. Both arrays belong to the caller; call Refresh after prices change. Const
// calls may run on several threads.
class PriceTree {
 public:
  static constexpr int64_t kNoLimit = std::numeric_limits<int64_t>::max();

  PriceTree() = default;
  PriceTree(absl::Span<const Point> points, absl::Span<const int64_t> prices);

  bool empty() const { return points_.empty(); }

  // Takes up changed prices. O(n).
  void Refresh();

  // Takes up the changed price of one point. O(log n).
  void Refresh(int32_t index);

  // Fills `found` with a superset of the points whose 100 x distance to `box` plus price is at most `limit` cm: every
  // such point, and none whose distance exceeds it by more than 2 cm. Points that cost more than `max_cost` from
  // everywhere in the box may be left out. In tree order, which is deterministic.
  void Collect(const Box& box, int64_t limit, std::vector<int32_t>& found, int64_t max_cost = kNoLimit) const;

  struct Nearest {
    int32_t index = -1;  // -1 when every point is skipped
    int64_t value = 0;   // cost plus price, cm
  };

  // The point of least PairCost plus price among those with !skip(index) and a PairCost of at most `max_cost`.
  template <typename Skip>
  Nearest FindNearest(Point from, const Skip& skip, int64_t max_cost = kNoLimit) const {
    return FindBelow(from, kNoLimit, skip, max_cost);
  }

  // The same among those whose value is below `limit`.
  template <typename Skip>
  Nearest FindBelow(Point from, int64_t limit, const Skip& skip, int64_t max_cost = kNoLimit) const;

 private:
  static constexpr size_t kFanout = 8;

  struct Node {
    Box box;
    int64_t least_price = 0;
  };
  struct Visit {
    int64_t bound;
    uint32_t level;  // 0: a leaf
    uint32_t node;
  };
  // Depth at most 11 for 2^31 points, each level leaving at most seven siblings on the stack.
  static constexpr size_t kMaxStack = 128;

  void RefreshNode(size_t level, size_t k);

  size_t ChildEnd(uint32_t level, size_t node) const {
    const size_t below = level == 0 ? points_.size() : levels_[level - 1].size();
    return std::min((node + 1) * kFanout, below);
  }

  absl::Span<const Point> points_;
  absl::Span<const int64_t> prices_;
  std::vector<std::vector<Node>> levels_;  // leaves first
};

template <typename Skip>
PriceTree::Nearest PriceTree::FindBelow(Point from, int64_t limit, const Skip& skip, int64_t max_cost) const {
  Nearest best{.index = -1, .value = limit};
  if (empty()) return best;
  const Box at{from, from};
  Visit stack[kMaxStack];
  size_t size = 0;
  stack[size++] = {std::numeric_limits<int64_t>::min(), static_cast<uint32_t>(levels_.size() - 1), 0};
  while (size > 0) {
    const Visit visit = stack[--size];
    if (visit.bound >= best.value) continue;
    const size_t begin = visit.node * kFanout;
    const size_t end = ChildEnd(visit.level, visit.node);
    if (visit.level == 0) {
      for (size_t k = begin; k < end; ++k) {
        const int64_t cost = PairCost(from, points_[k]);
        const int64_t value = cost + prices_[k];
        if (value < best.value && cost <= max_cost && !skip(static_cast<int32_t>(k))) {
          best = {static_cast<int32_t>(k), value};
        }
      }
      continue;
    }
    const size_t first = size;
    for (size_t k = begin; k < end; ++k) {
      const Node& node = levels_[visit.level - 1][k];
      const auto near = static_cast<int64_t>(100.0 * std::sqrt(SquaredDistance(at, node.box))) - 1;
      const int64_t bound = near + node.least_price;
      if (bound >= best.value || near > max_cost) continue;
      size_t place = size++;  // nearest on top
      for (; place > first && stack[place - 1].bound < bound; --place) stack[place] = stack[place - 1];
      stack[place] = {bound, visit.level - 1, static_cast<uint32_t>(k)};
    }
  }
  return best;
}

}  // namespace lianhu::assignment::internal

#endif  // LIANHU_SRC_ASSIGNMENT_PRICE_TREE_H_
