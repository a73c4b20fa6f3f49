#include "districting/selection_bound.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "districting/neighbours.h"
#include "districting/search_problem.h"

namespace lianhu::districting::internal {
namespace {

// Households listed for each candidate: so many times those of a cluster of mean size.
constexpr int64_t kListFactor = 8;
constexpr int64_t kShortestList = 64;
constexpr int64_t kLongestList = 2000;
// Branch and bound of one knapsack gives up after so many nodes.
constexpr int64_t kMostBranches = 20000;
constexpr int kStepPatience = 20;         // steps without a better bound before they are halved
constexpr double kDirectionMemory = 0.7;  // of the last direction
constexpr double kLeastStep = 1e-4;

}  // namespace

SelectionBound::SelectionBound(const SelectionProblem& problem, const std::vector<double>& served_at)
    : problem_(problem), multiplier_(served_at) {
  const double mean = std::accumulate(served_at.begin(), served_at.end(), 0.0) / static_cast<double>(served_at.size());
  for (double& u : multiplier_) u += mean / 2;
  best_multiplier_ = multiplier_;
  direction_.assign(multiplier_.size(), 0);
  open_.resize(problem.candidates.size());
  std::iota(open_.begin(), open_.end(), 0);
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
      near_distance_.push_back(PairDistance(problem_.households[h], place, problem_.rule));
    }
  }
}

// All households whose multiplier is above their distance: those of the list, and beyond it those that reach so far.
void SelectionBound::Collect(int32_t candidate) {
  items_.clear();
  pairs_ += near_count_;
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
    const double d = PairDistance(problem_.households[h], problem_.candidates[candidate], problem_.rule);
    if (d < radius) continue;  // listed
    const auto listed_begin = near_.begin() + static_cast<std::ptrdiff_t>(begin);
    // Among those as far as the last one listed, some are.
    const bool listed =
        d == radius && std::find(listed_begin, listed_begin + near_count_, h) != listed_begin + near_count_;
    if (!listed) add(h, d);
  }
}

// Items by worth for each unit of demand, greatest first, are taken whole until one does not fit: found by partitioning
// as in quickselect (Balas and Zemel, "An algorithm for large zero-one knapsack problems", 1980).
double SelectionBound::Relaxed(int64_t capacity) {
  const auto ratio = [](const Item& item) { return item.worth / item.demand; };
  taken_.assign(items_.size(), 0);
  double worth = 0;
  size_t low = 0;
  size_t high = items_.size();
  const auto take = [&](size_t end) {
    for (; low < end; ++low) {
      taken_[low] = 1;
      worth += items_[low].worth;
      capacity -= items_[low].demand;
    }
  };
  while (low < high && capacity > 0) {
    const double a = ratio(items_[low]);
    const double b = ratio(items_[low + (high - low) / 2]);
    const double c = ratio(items_[high - 1]);
    const double pivot = std::max(std::min(a, b), std::min(std::max(a, b), c));
    // Better ones to the front, worse ones to the back, equal ones between.
    size_t better = low;
    size_t worse = high;
    int64_t better_demand = 0;
    for (size_t i = low; i < worse;) {
      const double r = ratio(items_[i]);
      if (r > pivot) {
        better_demand += items_[i].demand;
        std::swap(items_[better++], items_[i++]);
      } else if (r < pivot) {
        std::swap(items_[i], items_[--worse]);
      } else {
        ++i;
      }
    }
    pairs_ += static_cast<int64_t>(high - low);
    if (better_demand > capacity) {
      high = better;
      continue;
    }
    take(better);
    while (low < worse && items_[low].demand <= capacity) take(low + 1);
    if (low == worse) continue;
    taken_[low] = static_cast<double>(capacity) / items_[low].demand;
    worth += taken_[low] * items_[low].worth;
    break;
  }
  return worth;
}

// Depth first, the items in the order of the relaxation, which bounds what is left (Horowitz and Sahni 1974). Where
// that takes too long it is the relaxation that is returned, with the best that was found.
double SelectionBound::Exact(int64_t capacity) {
  std::sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) {
    const double left = a.worth * b.demand;
    const double right = b.worth * a.demand;
    return left != right ? left > right : a.household < b.household;
  });
  const size_t n = items_.size();
  demand_before_.assign(n + 1, 0);
  worth_before_.assign(n + 1, 0);
  for (size_t i = 0; i < n; ++i) {
    demand_before_[i + 1] = demand_before_[i] + items_[i].demand;
    worth_before_[i + 1] = worth_before_[i] + items_[i].worth;
  }
  // From item i with so much room left: items that fit whole, to `end`, and the bound.
  const auto relax = [&](size_t i, int64_t room, size_t& end) {
    const auto last = std::upper_bound(demand_before_.begin() + static_cast<std::ptrdiff_t>(i), demand_before_.end(),
                                       demand_before_[i] + room);
    end = static_cast<size_t>(last - demand_before_.begin()) - 1;
    double bound = worth_before_[end] - worth_before_[i];
    const int64_t left = demand_before_[i] + room - demand_before_[end];
    if (end < n) bound += static_cast<double>(left) * items_[end].worth / items_[end].demand;
    return bound;
  };
  taken_.assign(n, 0);
  in_.assign(n, 0);
  size_t end = 0;
  const double relaxed = relax(0, capacity, end);
  double best = -1;
  double worth = 0;
  int64_t room = capacity;
  size_t i = 0;
  for (int64_t nodes = 0;; ++nodes, ++pairs_) {
    if (nodes > kMostBranches) {
      best = relaxed;
      break;
    }
    // Forwards: as much as fits, while that can be better than the best.
    bool better = false;
    while (true) {
      if (worth + relax(i, room, end) <= best) break;
      for (; i < end; ++i) {
        in_[i] = 1;
        worth += items_[i].worth;
        room -= items_[i].demand;
      }
      if (i == n) {
        better = worth > best;
        break;
      }
      in_[i++] = 0;
    }
    if (better) {
      best = worth;
      for (size_t k = 0; k < n; ++k) taken_[k] = in_[k];
    }
    // Backwards: without the last one that is in.
    while (i > 0 && in_[i - 1] == 0) --i;
    if (i == 0) break;
    --i;
    in_[i] = 0;
    worth -= items_[i].worth;
    room += items_[i].demand;
    ++i;
  }
  return best;
}

// `worth` by place in open_; who is so much below the last of the p best that no plan within `slack` has him goes.
void SelectionBound::Exclude(double slack, double last, const std::vector<double>& worth) {
  size_t kept = 0;
  for (size_t i = 0; i < open_.size(); ++i) {
    const int32_t j = open_[i];
    if (last - worth[i] <= slack) open_[kept++] = j;
  }
  open_.resize(kept);
}

// bound(u), and how often each household is covered by the p best candidates.
double SelectionBound::Evaluate(double target, std::vector<double>& covered) {
  const auto m = static_cast<int32_t>(problem_.candidates.size());
  double least_radius = std::numeric_limits<double>::infinity();
  for (const int32_t j : open_) {
    least_radius = std::min(least_radius, near_distance_[static_cast<size_t>(j + 1) * near_count_ - 1]);
  }
  far_reaching_.clear();
  for (size_t h = 0; h < multiplier_.size(); ++h) {
    if (multiplier_[h] > least_radius) far_reaching_.push_back(static_cast<int32_t>(h));
  }
  // By relaxed worth first. Whoever is among the first is solved exactly and put back, until p of them are.
  std::vector<std::pair<double, int32_t>> queue;
  queue.reserve(open_.size());
  std::vector<double> relaxed;
  relaxed.reserve(open_.size());
  for (const int32_t j : open_) {
    Collect(j);
    relaxed.push_back(Relaxed(problem_.capacity[j]));
    queue.emplace_back(relaxed.back(), j);
  }
  std::make_heap(queue.begin(), queue.end());
  constexpr size_t kUnsolved = std::numeric_limits<size_t>::max();
  std::vector<std::pair<size_t, size_t>> kept_of(m, {kUnsolved, kUnsolved});
  std::vector<std::pair<int32_t, double>> kept;  // household, and how much of it
  double bound = std::accumulate(multiplier_.begin(), multiplier_.end(), 0.0);
  std::fill(covered.begin(), covered.end(), 0);
  double last = 0;
  for (int32_t found = 0; found < problem_.count;) {
    std::pop_heap(queue.begin(), queue.end());
    auto& [worth, j] = queue.back();
    if (kept_of[j].first == kUnsolved) {
      Collect(j);
      const double solved = problem_.demand.empty() ? Relaxed(problem_.capacity[j]) : Exact(problem_.capacity[j]);
      worth = std::min(worth, solved);
      kept_of[j].first = kept.size();
      for (size_t i = 0; i < items_.size(); ++i) {
        if (taken_[i] > 0) kept.emplace_back(items_[i].household, taken_[i]);
      }
      kept_of[j].second = kept.size();
      std::push_heap(queue.begin(), queue.end());
      continue;
    }
    bound -= worth;
    last = worth;
    ++found;
    for (size_t i = kept_of[j].first; i < kept_of[j].second; ++i) covered[kept[i].first] += kept[i].second;
    queue.pop_back();
  }
  if (bound < target) Exclude(target * (1 + 1e-9) - bound, last, relaxed);
  return bound;
}

double SelectionBound::Ascend(double target, int64_t work, const std::function<bool(double fraction)>& stop) {
  std::vector<double> covered(multiplier_.size());
  const int64_t begin = pairs_;
  while (!converged_ && pairs_ - begin < work) {
    if (stop(static_cast<double>(pairs_ - begin) / static_cast<double>(work))) break;
    const double bound = Evaluate(target, covered);
    if (bound > best_) {
      if (bound > best_ + 1e-6 * target) stale_ = 0;
      best_ = bound;
      best_multiplier_ = multiplier_;
    }
    if (++stale_ > kStepPatience) {
      step_ /= 2;
      stale_ = 0;
      multiplier_ = best_multiplier_;
      std::fill(direction_.begin(), direction_.end(), 0);
      converged_ = step_ < kLeastStep;
      continue;
    }
    if (bound >= target) {
      converged_ = true;
      break;
    }
    double norm = 0;
    for (size_t h = 0; h < multiplier_.size(); ++h) {
      direction_[h] = kDirectionMemory * direction_[h] + 1 - covered[h];
      if (multiplier_[h] <= 0) direction_[h] = std::max(0.0, direction_[h]);
      norm += direction_[h] * direction_[h];
    }
    converged_ = norm < 1e-12;
    if (converged_) break;
    const double length = step_ * (1.01 * target - bound) / norm;
    for (size_t h = 0; h < multiplier_.size(); ++h) {
      multiplier_[h] = std::max(0.0, multiplier_[h] + length * direction_[h]);
    }
  }
  // Sums of doubles: no more is claimed than they can tell.
  return best_ * (1 - 1e-12);
}

}  // namespace lianhu::districting::internal
