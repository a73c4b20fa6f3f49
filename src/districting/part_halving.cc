#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "districting/part_search.h"

namespace lianhu::districting::internal {
namespace {

class Halving {
 public:
  explicit Halving(const PartTask& task) : task_(task), order_(task.at.size()), part_of_(task.at.size(), 0) {
    std::iota(order_.begin(), order_.end(), 0);
    unit_weights_ = std::all_of(task.weight.begin(), task.weight.end(), [](int32_t w) { return w == 1; });
  }

  std::vector<int32_t> Run() {
    Split(0, static_cast<int64_t>(order_.size()), 0, task_.parts);
    return std::move(part_of_);
  }

 private:
  void Split(int64_t from, int64_t to, int32_t first, int32_t parts) {
    if (parts == 1) {
      for (int64_t i = from; i < to; ++i) part_of_[order_[i]] = first;
      return;
    }
    const int32_t left = parts / 2;
    const int64_t cut = SortAndCut(from, to, left, parts - left);
    Split(from, cut, first, left);
    Split(cut, to, first + left, parts - left);
  }

  int64_t SortAndCut(int64_t from, int64_t to, int32_t left, int32_t right) {
    Point low = task_.at[order_[from]];
    Point high = low;
    for (int64_t i = from; i < to; ++i) {
      const Point p = task_.at[order_[i]];
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    const bool across = high.x - low.x >= high.y - low.y;
    const auto before = [&](int32_t a, int32_t b) {
      const Point p = task_.at[a];
      const Point q = task_.at[b];
      const double d = across ? p.x - q.x : p.y - q.y;
      const double e = across ? p.y - q.y : p.x - q.x;
      return d != 0 ? d < 0 : e != 0 ? e < 0 : a < b;
    };
    if (!unit_weights_) std::sort(order_.begin() + from, order_.begin() + to, before);
    const int64_t cut = Cut(from, to, left, right);
    if (unit_weights_) std::nth_element(order_.begin() + from, order_.begin() + cut, order_.begin() + to, before);
    return cut;
  }

  // Where to cut so that `left` parts go before and `right` behind, each with an atom for every part.
  int64_t Cut(int64_t from, int64_t to, int32_t left, int32_t right) const {
    int64_t total = 0;
    for (int64_t i = from; i < to; ++i) total += task_.weight[order_[i]];
    const auto [min, max] = task_.bounds;
    const int64_t low = std::max(left * min, total - right * max);
    const int64_t high = std::min(left * max, total - right * min);
    const double even = static_cast<double>(total) * left / (left + right);
    int64_t best = from + left;
    double best_fault = -1;
    int64_t before = 0;
    for (int64_t cut = from + 1; cut <= to - right; ++cut) {
      before += task_.weight[order_[cut - 1]];
      if (cut < from + left) continue;
      const int64_t out = std::max({int64_t{0}, low - before, before - high});
      const double fault = static_cast<double>(out) * 1e6 + std::abs(static_cast<double>(before) - even);
      if (best_fault >= 0 && fault >= best_fault) continue;
      best_fault = fault;
      best = cut;
    }
    return best;
  }

  const PartTask& task_;
  std::vector<int32_t> order_;
  std::vector<int32_t> part_of_;
  bool unit_weights_ = true;  // the place of the cut is then known without sorting
};

}  // namespace

std::vector<int32_t> HalveIntoParts(const PartTask& task) {
  return Halving(task).Run();
}

}  // namespace lianhu::districting::internal
