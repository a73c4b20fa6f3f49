#include "districting/choice_bound.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/infinity.h"
#include "districting/neighbours.h"
#include "lianhu/base/parallel.h"

namespace lianhu::districting::internal {
namespace {

constexpr int kPatience = 20;  // steps without a better bound before they are halved
constexpr double kSmallestStep = 2e-4;
// Of the direction before, in the present one.
constexpr double kMemory = 0.7;
// Weight of one step's choice in the frequencies.
constexpr double kNews = 0.05;

}  // namespace

ChoiceBound::ChoiceBound(const std::vector<Community>& communities, int64_t reach, int threads)
    : communities_(communities), threads_(threads), parts_(communities.size()) {
  ParallelFor(threads_, static_cast<int64_t>(parts_.size()),
              [&](int64_t u) { List(communities_[u], reach, parts_[u]); });
}

void ChoiceBound::List(const Community& community, int64_t reach, Part& part) const {
  const auto n = static_cast<int64_t>(community.home.size());
  part.multiplier.resize(n);
  part.direction.assign(n, 0);
  part.covered.resize(n);
  part.value.resize(community.place.size());
  part.frequency.assign(community.place.size(), 0);
  part.order.resize(community.place.size());
  if (n == 0) return;
  int64_t most = 0;
  for (const int32_t least : community.least) most = std::max<int64_t>(most, least);
  part.near_count = static_cast<int32_t>(std::min(n, std::max(reach, most)));
  const PointGrid grid(community.home);
  std::vector<int32_t> found;
  part.near.reserve(community.place.size() * part.near_count);
  part.near_distance.reserve(community.place.size() * part.near_count);
  for (const Point place : community.place) {
    grid.Nearest(place, part.near_count, found);
    for (const int32_t h : found) {
      part.near.push_back(h);
      part.near_distance.push_back(PairDistance(community.home[h], place, DistanceRule::kCentimetre));
    }
  }
}

void ChoiceBound::Limit(std::vector<int64_t> low, std::vector<int64_t> high, int64_t total) {
  low_ = std::move(low);
  high_ = std::move(high);
  total_ = total;
}

// v of one candidate, and in part.items whom it takes.
double ChoiceBound::Solve(const Community& own, int32_t candidate, Part& part) const {
  const auto least = static_cast<size_t>(own.least[candidate]);
  const auto most = static_cast<size_t>(own.most[candidate]);
  const size_t begin = static_cast<size_t>(candidate) * part.near_count;
  auto& items = part.items;
  items.clear();
  if (least > own.home.size()) return kInfinity;
  for (int32_t k = 0; k < part.near_count; ++k) {
    const int32_t h = part.near[begin + k];
    const double reduced = part.near_distance[begin + k] - part.multiplier[h];
    if (reduced < 0) items.push_back({reduced, h});
  }
  const bool all_listed = part.near_count == static_cast<int64_t>(own.home.size());
  const double radius = all_listed ? kInfinity : part.near_distance[begin + part.near_count - 1];
  // Those of `far` who are not listed and whose distance is at least their multiplier, or below it.
  const auto add_far = [&](bool below) {
    for (const int32_t h : part.far) {
      if (below && part.multiplier[h] <= radius) continue;
      const double distance = PairDistance(own.home[h], own.place[candidate], DistanceRule::kCentimetre);
      if (distance < radius || (distance < part.multiplier[h]) != below) continue;
      const auto list = part.near.begin() + static_cast<std::ptrdiff_t>(begin);
      // Among those as far as the last one listed, some are.
      if (distance == radius && std::find(list, list + part.near_count, h) != list + part.near_count) continue;
      items.push_back({distance - part.multiplier[h], h});
    }
  };
  if (!all_listed) add_far(true);
  const auto before = [](const Item& a, const Item& b) {
    return a.reduced != b.reduced ? a.reduced < b.reduced : a.household < b.household;
  };
  if (items.size() < least) {
    // Nobody else, neither listed nor far, is below this.
    const double floor = all_listed ? kInfinity : std::max(0.0, radius - part.highest);
    for (int32_t k = 0; k < part.near_count; ++k) {
      const int32_t h = part.near[begin + k];
      const double reduced = part.near_distance[begin + k] - part.multiplier[h];
      if (reduced >= 0) items.push_back({std::min(reduced, floor), reduced < floor ? h : -1});
    }
    if (!all_listed) add_far(false);
    std::nth_element(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(least) - 1, items.end(), before);
    items.resize(least);
  } else if (items.size() > most) {
    if (most > 0) {
      std::nth_element(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(most) - 1, items.end(), before);
    }
    items.resize(most);
  }
  double value = own.opening[candidate];
  for (const Item& item : items) value += item.reduced;
  return value;
}

void ChoiceBound::SolveAll(const Community& community, Part& part) const {
  part.far.clear();
  part.highest = -kInfinity;
  double least_radius = kInfinity;
  for (size_t end = part.near_count; end > 0 && end <= part.near_distance.size(); end += part.near_count) {
    least_radius = std::min(least_radius, part.near_distance[end - 1]);
  }
  for (size_t h = 0; h < part.multiplier.size(); ++h) {
    if (part.multiplier[h] > least_radius) {
      part.far.push_back(static_cast<int32_t>(h));
    } else {
      part.highest = std::max(part.highest, part.multiplier[h]);
    }
  }
  for (size_t j = 0; j < part.value.size(); ++j) {
    part.value[j] = Solve(community, static_cast<int32_t>(j), part);
    part.order[j] = static_cast<int32_t>(j);
  }
  std::sort(part.order.begin(), part.order.end(), [&](int32_t a, int32_t b) {
    if (community.pinned[a] != community.pinned[b]) return community.pinned[a] > community.pinned[b];
    return part.value[a] != part.value[b] ? part.value[a] < part.value[b] : a < b;
  });
}

// How many of each community are chosen, those first in its order; their values in sum.
double ChoiceBound::Choose(std::vector<int64_t>& taken) const {
  taken = low_;
  int64_t count = 0;
  double sum = 0;
  for (size_t u = 0; u < parts_.size(); ++u) {
    count += taken[u];
    for (int64_t k = 0; k < taken[u]; ++k) sum += parts_[u].value[parts_[u].order[k]];
  }
  std::vector<std::pair<double, size_t>> offers;
  const auto offer = [&](size_t u) {
    if (taken[u] >= high_[u]) return;
    offers.emplace_back(-parts_[u].value[parts_[u].order[taken[u]]], u);
    std::push_heap(offers.begin(), offers.end());
  };
  for (size_t u = 0; u < parts_.size(); ++u) offer(u);
  while (!offers.empty() && (total_ < 0 ? offers.front().first > 0 : count < total_)) {
    const auto [worth, u] = offers.front();
    std::pop_heap(offers.begin(), offers.end());
    offers.pop_back();
    sum -= worth;
    ++taken[u];
    ++count;
    offer(u);
  }
  return sum;
}

void ChoiceBound::Cover(const Community& community, int64_t taken, Part& part) const {
  std::fill(part.covered.begin(), part.covered.end(), 0);
  for (double& frequency : part.frequency) frequency *= 1 - kNews;
  for (int64_t k = 0; k < taken; ++k) {
    Solve(community, part.order[k], part);
    part.frequency[part.order[k]] += kNews;
    for (const Item& item : part.items) {
      if (item.household >= 0) part.covered[item.household] += 1;
    }
  }
}

// bound(u), and how often it covers each household.
double ChoiceBound::Evaluate() {
  const auto count = static_cast<int64_t>(parts_.size());
  ParallelFor(threads_, count, [&](int64_t u) { SolveAll(communities_[u], parts_[u]); });
  std::vector<int64_t> taken;
  double bound = Choose(taken);
  for (const Part& part : parts_) bound = std::accumulate(part.multiplier.begin(), part.multiplier.end(), bound);
  ParallelFor(threads_, count, [&](int64_t u) { Cover(communities_[u], taken[u], parts_[u]); });
  return bound;
}

// bound(u) where everybody's multiplier is the distance to his nearest candidate: what no plan is below at sight.
double ChoiceBound::NearestBound() {
  ParallelFor(threads_, static_cast<int64_t>(parts_.size()), [&](int64_t u) {
    const Community& community = communities_[u];
    if (community.place.empty()) return;
    const PointGrid grid(community.place);
    std::vector<int32_t> nearest;
    for (size_t h = 0; h < community.home.size(); ++h) {
      grid.Nearest(community.home[h], 1, nearest);
      parts_[u].multiplier[h] = PairDistance(community.home[h], community.place[nearest[0]], DistanceRule::kCentimetre);
    }
  });
  const double bound = Evaluate();
  for (Part& part : parts_) std::fill(part.frequency.begin(), part.frequency.end(), 0);
  return bound;
}

double ChoiceBound::Ascend(const std::vector<double>& served_at, double target, int64_t steps,
                           const std::function<bool(double fraction)>& stop) {
  if (!started_) {
    floor_ = NearestBound();
    const double mean =
        std::accumulate(served_at.begin(), served_at.end(), 0.0) / static_cast<double>(served_at.size());
    for (size_t u = 0; u < parts_.size(); ++u) {
      Part& part = parts_[u];
      for (size_t h = 0; h < part.multiplier.size(); ++h) {
        part.multiplier[h] = served_at[communities_[u].households[h]] + mean / 2;
      }
      part.best_multiplier = part.multiplier;
    }
    best_ = -kInfinity;
    started_ = true;
  }
  int stale = 0;
  for (int64_t k = 0; k < steps && step_ > kSmallestStep; ++k) {
    if (stop(static_cast<double>(k) / static_cast<double>(steps))) break;
    const double bound = Evaluate();
    ++stale;
    if (bound > best_) {
      if (bound > best_ + 1e-6 * std::abs(target)) stale = 0;
      best_ = bound;
      for (Part& part : parts_) part.best_multiplier = part.multiplier;
    }
    if (best_ >= target) break;
    if (stale > kPatience) {
      step_ /= 2;
      stale = 0;
      for (Part& part : parts_) {
        part.multiplier = part.best_multiplier;
        std::fill(part.direction.begin(), part.direction.end(), 0);
      }
      continue;
    }
    double norm = 0;
    for (Part& part : parts_) {
      for (size_t h = 0; h < part.direction.size(); ++h) {
        part.direction[h] = kMemory * part.direction[h] + 1 - part.covered[h];
        norm += part.direction[h] * part.direction[h];
      }
    }
    if (norm < 1e-12) break;
    const double length = step_ * (1.01 * target - bound) / norm;
    for (Part& part : parts_) {
      for (size_t h = 0; h < part.direction.size(); ++h) part.multiplier[h] += length * part.direction[h];
    }
  }
  // Sums of doubles: no more is claimed than they can tell.
  const double bound = std::max(best_, floor_);
  return bound - 1e-12 * std::abs(bound);
}

}  // namespace lianhu::districting::internal
