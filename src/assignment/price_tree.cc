#include "assignment/price_tree.h"

namespace lianhu::assignment::internal {

PriceTree::PriceTree(absl::Span<const Point> points, absl::Span<const int64_t> prices)
    : points_(points), prices_(prices) {
  if (points.empty()) return;
  std::vector<Node> leaves((points.size() + kFanout - 1) / kFanout);
  for (size_t k = 0; k < points.size(); ++k) leaves[k / kFanout].box.Add(points[k]);
  levels_.push_back(std::move(leaves));
  while (levels_.back().size() > 1) {
    const std::vector<Node>& below = levels_.back();
    std::vector<Node> above((below.size() + kFanout - 1) / kFanout);
    for (size_t k = 0; k < below.size(); ++k) above[k / kFanout].box.Add(below[k].box);
    levels_.push_back(std::move(above));
  }
  Refresh();
}

void PriceTree::Refresh() {
  for (size_t level = 0; level < levels_.size(); ++level) {
    for (size_t k = 0; k < levels_[level].size(); ++k) RefreshNode(level, k);
  }
}

void PriceTree::Refresh(int32_t index) {
  size_t k = static_cast<size_t>(index);
  for (size_t level = 0; level < levels_.size(); ++level) RefreshNode(level, k /= kFanout);
}

void PriceTree::RefreshNode(size_t level, size_t k) {
  int64_t least = std::numeric_limits<int64_t>::max();
  const size_t end = ChildEnd(static_cast<uint32_t>(level), k);
  for (size_t c = k * kFanout; c < end; ++c) {
    least = std::min(least, level == 0 ? prices_[c] : levels_[level - 1][c].least_price);
  }
  levels_[level][k].least_price = least;
}

void PriceTree::Collect(const Box& box, int64_t limit, std::vector<int32_t>& found, int64_t max_cost) const {
  found.clear();
  if (empty()) return;
  // 2 cm more than the figure: a cost is rounded, and so is what is computed here.
  const auto within = [&](const Box& other, int64_t price) {
    const double reach = 0.01 * static_cast<double>(std::min(limit - price, max_cost) + 2);
    return reach >= 0 && SquaredDistance(box, other) <= reach * reach;
  };
  Visit stack[kMaxStack];
  size_t size = 0;
  stack[size++] = {0, static_cast<uint32_t>(levels_.size() - 1), 0};
  while (size > 0) {
    const Visit visit = stack[--size];
    const size_t begin = visit.node * kFanout;
    const size_t end = ChildEnd(visit.level, visit.node);
    if (visit.level == 0) {
      for (size_t k = begin; k < end; ++k) {
        if (within({points_[k], points_[k]}, prices_[k])) found.push_back(static_cast<int32_t>(k));
      }
      continue;
    }
    for (size_t k = end; k-- > begin;) {
      const Node& node = levels_[visit.level - 1][k];
      if (within(node.box, node.least_price)) stack[size++] = {0, visit.level - 1, static_cast<uint32_t>(k)};
    }
  }
}

}  // namespace lianhu::assignment::internal
