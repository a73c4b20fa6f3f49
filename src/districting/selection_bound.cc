#include "districting/selection_bound.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "districting/neighbours.h"

namespace lianhu::districting::internal {
namespace {

// Households listed for each candidate: so many times those of a cluster of mean size.
constexpr int64_t kListFactor = 8;
constexpr int64_t kShortestList = 64;
constexpr int64_t kLongestList = 2000;
// Knapsacks of at most this many cells (items x capacity) are solved exactly.
constexpr int64_t kExactCells = 60000;
constexpr int kMostSteps = 2000;
constexpr int kPatience = 12;  // steps without a better bound before they are halved
constexpr double kSmallestStep = 1e-4;

}  // namespace

SelectionBound::SelectionBound(const SelectionProblem& problem, const std::vector<double>& served_at)
    : problem_(problem), multiplier_(served_at) {
  const double mean = std::accumulate(served_at.begin(), served_at.end(), 0.0) / static_cast<double>(served_at.size());
  for (double& u : multiplier_) u += mean / 2;
  ListNearby();
}

void SelectionBound::ListNearby() {
  const auto n = static_cast<int64_t>(problem_.households.size());
  near_count_ =
      static_cast<int32_t>(std::min(n, std::clamp(kListFactor * n / problem_.count, kShortestList, kLongestList)));
  const PointGrid grid(problem_.households);
  std::vector<int32_t> found;
  for (const Point place : problem_.candidates) {
    grid.Nearest(place, near_count_, found);
    for (const int32_t h : found) {
      near_.push_back(h);
      near_distance_.push_back(Distance(problem_.households[h], place, problem_.rule));
    }
  }
}

// All households whose multiplier is above their distance: those of the list, and beyond it those that reach so far.
void SelectionBound::Collect(int32_t candidate) {
  items_.clear();
  const auto add = [&](int32_t h, double d) {
    const int32_t demand = problem_.demand.empty() ? 1 : problem_.demand[h];
    if (multiplier_[h] > d && demand <= problem_.capacity[candidate]) items_.push_back({multiplier_[h] - d, h, demand});
  };
  const size_t begin = static_cast<size_t>(candidate) * near_count_;
  for (int32_t k = 0; k < near_count_; ++k) add(near_[begin + k], near_distance_[begin + k]);
  if (near_count_ == static_cast<int32_t>(problem_.households.size())) return;
  const double radius = near_distance_[begin + near_count_ - 1];
  for (const int32_t h : far_reaching_) {
    if (multiplier_[h] <= radius) continue;
    const double d = Distance(problem_.households[h], problem_.candidates[candidate], problem_.rule);
    if (d < radius) continue;  // listed
    const auto listed_begin = near_.begin() + static_cast<std::ptrdiff_t>(begin);
    // Among those as far as the last one listed, some are.
    const bool listed =
        d == radius && std::find(listed_begin, listed_begin + near_count_, h) != listed_begin + near_count_;
    if (!listed) add(h, d);
  }
}

double SelectionBound::Relaxed(int64_t capacity) {
  std::sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) {
    const double left = a.worth * b.demand;
    const double right = b.worth * a.demand;
    return left != right ? left > right : a.household < b.household;
  });
  taken_.assign(items_.size(), 0);
  double worth = 0;
  for (size_t i = 0; i < items_.size() && capacity > 0; ++i) {
    taken_[i] = std::min(1.0, static_cast<double>(capacity) / items_[i].demand);
    worth += taken_[i] * items_[i].worth;
    capacity -= items_[i].demand;
  }
  return worth;
}

double SelectionBound::Exact(int64_t capacity) {
  const auto width = static_cast<size_t>(capacity) + 1;
  best_worth_.assign(width, 0);
  choice_.assign(items_.size() * width, 0);
  for (size_t i = 0; i < items_.size(); ++i) {
    for (size_t c = width - 1; c + 1 > static_cast<size_t>(items_[i].demand); --c) {
      const double with = best_worth_[c - items_[i].demand] + items_[i].worth;
      if (with <= best_worth_[c]) continue;
      best_worth_[c] = with;
      choice_[i * width + c] = 1;
    }
  }
  taken_.assign(items_.size(), 0);
  size_t c = width - 1;
  for (size_t i = items_.size(); i-- > 0;) {
    if (choice_[i * width + c] == 0) continue;
    taken_[i] = 1;
    c -= items_[i].demand;
  }
  return best_worth_[width - 1];
}

// bound(u), and how often each household is covered by the p best candidates.
double SelectionBound::Evaluate(std::vector<double>& covered) {
  const auto m = static_cast<int32_t>(problem_.candidates.size());
  double least_radius = std::numeric_limits<double>::infinity();
  for (int32_t j = 0; j < m; ++j) {
    least_radius = std::min(least_radius, near_distance_[static_cast<size_t>(j + 1) * near_count_ - 1]);
  }
  far_reaching_.clear();
  for (size_t h = 0; h < multiplier_.size(); ++h) {
    if (multiplier_[h] > least_radius) far_reaching_.push_back(static_cast<int32_t>(h));
  }
  const auto solve = [&](int32_t j) {
    Collect(j);
    const int64_t capacity = problem_.capacity[j];
    int64_t wanted = 0;
    for (const Item& item : items_) wanted += item.demand;
    // Unit demands, or room for all: the relaxation is exact.
    const bool exact = problem_.demand.empty() || wanted <= capacity;
    const bool small = static_cast<int64_t>(items_.size()) * capacity <= kExactCells;
    return !exact && small ? Exact(capacity) : Relaxed(capacity);
  };
  std::vector<std::pair<double, int32_t>> value;
  value.reserve(m);
  for (int32_t j = 0; j < m; ++j) value.emplace_back(-solve(j), j);
  std::nth_element(value.begin(), value.begin() + (problem_.count - 1), value.end());
  double bound = std::accumulate(multiplier_.begin(), multiplier_.end(), 0.0);
  std::fill(covered.begin(), covered.end(), 0);
  for (int32_t k = 0; k < problem_.count; ++k) {
    bound += value[k].first;
    solve(value[k].second);
    for (size_t i = 0; i < items_.size(); ++i) covered[items_[i].household] += taken_[i];
  }
  return bound;
}

double SelectionBound::Ascend(double target, const std::function<bool(double fraction)>& stop) {
  std::vector<double> covered(multiplier_.size());
  std::vector<double> best_multiplier = multiplier_;
  double best = 0;  // distances are not negative
  double step = 1;
  int stale = 0;
  for (int k = 0; k < kMostSteps && step > kSmallestStep; ++k) {
    if (stop(static_cast<double>(k) / kMostSteps)) break;
    const double bound = Evaluate(covered);
    if (bound > best) {
      if (bound > best + 1e-6 * target) stale = 0;
      best = bound;
      best_multiplier = multiplier_;
    }
    if (++stale > kPatience) {
      step /= 2;
      stale = 0;
      multiplier_ = best_multiplier;
      continue;
    }
    double norm = 0;
    for (const double c : covered) norm += (1 - c) * (1 - c);
    if (norm < 1e-12 || bound >= target) break;
    const double length = step * (1.01 * target - bound) / norm;
    for (size_t h = 0; h < multiplier_.size(); ++h) {
      multiplier_[h] = std::max(0.0, multiplier_[h] + length * (1 - covered[h]));
    }
  }
  // Sums of doubles: no more is claimed than they can tell.
  return best * (1 - 1e-12);
}

}  // namespace lianhu::districting::internal
