#include "districting/region_search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "districting/neighbours.h"

namespace lianhu::districting::internal {
namespace {

constexpr int32_t kNearby = 48;
constexpr int32_t kMostClusters = 8;  // a region
// With at most this many clusters all are compared, else they are found through their households.
constexpr int32_t kFewClusters = 40;
constexpr int kStarts = 30;
// Temperatures, as multiples of the mean distance: a region may get worse by about that.
constexpr double kFirstTemperature = 1.0;
constexpr double kLastTemperature = 0.03;

double SquaredDistance(Point a, Point b) {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

Attached Attach(const SelectionProblem& problem, const PointGrid& grid) {
  const size_t n = problem.households.size();
  std::vector<int32_t> nearest(problem.candidates.size());
  std::vector<int32_t> found;
  Attached attached{.begin = std::vector<int32_t>(n + 1, 0),
                    .candidate = std::vector<int32_t>(problem.candidates.size())};
  for (size_t j = 0; j < nearest.size(); ++j) {
    grid.Nearest(problem.candidates[j], 1, found);
    // Where candidates are the households themselves each belongs to itself, also among equal positions.
    const bool itself = j < n && problem.households[j] == problem.candidates[j];
    nearest[j] = itself ? static_cast<int32_t>(j) : found[0];
    ++attached.begin[nearest[j] + 1];
  }
  for (size_t h = 0; h < n; ++h) attached.begin[h + 1] += attached.begin[h];
  std::vector<int32_t> next(attached.begin.begin(), attached.begin.end() - 1);
  for (size_t j = 0; j < nearest.size(); ++j) attached.candidate[next[nearest[j]]++] = static_cast<int32_t>(j);
  return attached;
}

}  // namespace

RegionSearch::RegionSearch(const SelectionProblem& problem, uint64_t seed)
    : problem_(problem), random_(seed), region_(problem_, attached_, is_centre_) {
  const PointGrid grid(problem.households);
  attached_ = Attach(problem, grid);
  const auto n = static_cast<int32_t>(problem.households.size());
  nearby_count_ = std::min(n, kNearby);
  nearby_.reserve(static_cast<size_t>(n) * nearby_count_);
  std::vector<int32_t> found;
  for (const Point household : problem.households) {
    grid.Nearest(household, nearby_count_, found);
    nearby_.insert(nearby_.end(), found.begin(), found.end());
  }
}

std::vector<int32_t> RegionSearch::DrawCentres() {
  const auto m = static_cast<int32_t>(problem_.candidates.size());
  std::vector<double> weight(m, 1);
  std::vector<int32_t> centres;
  std::vector<uint8_t> drawn(m, 0);
  while (static_cast<int32_t>(centres.size()) < problem_.count) {
    double left = random_.Real() * std::accumulate(weight.begin(), weight.end(), 0.0);
    int32_t pick = -1;
    for (int32_t j = 0; j < m; ++j) {
      if (drawn[j] != 0) continue;
      pick = j;  // the last one left, should rounding or weights of 0 leave the draw without a winner
      left -= weight[j];
      if (left < 0) break;
    }
    drawn[pick] = 1;
    centres.push_back(pick);
    const bool first = centres.size() == 1;
    for (int32_t j = 0; j < m; ++j) {
      const double d = SquaredDistance(problem_.candidates[j], problem_.candidates[pick]);
      weight[j] = drawn[j] != 0 ? 0 : first ? d : std::min(weight[j], d);
    }
  }
  return centres;
}

void RegionSearch::Fill(int32_t household, int32_t cluster) {
  cluster_of_[household] = cluster;
  members_[cluster].push_back(household);
}

bool RegionSearch::Adopt(const std::vector<int32_t>& centres, bool largest_first) {
  const auto n = static_cast<int32_t>(problem_.households.size());
  std::vector<int32_t> households(n);
  std::iota(households.begin(), households.end(), 0);
  cluster_of_.assign(n, -1);
  is_centre_.assign(problem_.candidates.size(), 0);
  if (largest_first) {
    // Best fit decreasing, wherever the places are.
    const auto demand = [&](int32_t h) { return problem_.demand.empty() ? 1 : problem_.demand[h]; };
    std::stable_sort(households.begin(), households.end(), [&](int32_t a, int32_t b) { return demand(a) > demand(b); });
    std::vector<int64_t> room;
    room.reserve(centres.size());
    for (const int32_t c : centres) room.push_back(problem_.capacity[c]);
    for (const int32_t h : households) {
      int32_t best = -1;
      for (int32_t k = 0; k < problem_.count; ++k) {
        if (room[k] >= demand(h) && (best < 0 || room[k] < room[best])) best = k;
      }
      if (best < 0) return false;
      room[best] -= demand(h);
      cluster_of_[h] = best;
    }
  } else {
    region_.Load(households, centres);
    if (!region_.Assign()) return false;
    for (int32_t h = 0; h < n; ++h) cluster_of_[h] = region_.cluster_of(h);
  }
  centres_ = centres;
  for (const int32_t c : centres_) is_centre_[c] = 1;
  members_.assign(problem_.count, {});
  cost_ = 0;
  for (int32_t h = 0; h < n; ++h) {
    members_[cluster_of_[h]].push_back(h);
    cost_ += Distance(problem_.households[h], problem_.candidates[centres_[cluster_of_[h]]], problem_.rule);
  }
  picked_in_.assign(problem_.count, 0);
  KeepBest();
  return true;
}

bool RegionSearch::Start() {
  for (int start = 0; start < kStarts; ++start) {
    if (Adopt(DrawCentres(), false)) return true;
  }
  std::vector<int32_t> largest(problem_.candidates.size());
  std::iota(largest.begin(), largest.end(), 0);
  std::stable_sort(largest.begin(), largest.end(),
                   [&](int32_t a, int32_t b) { return problem_.capacity[a] > problem_.capacity[b]; });
  largest.resize(problem_.count);
  return Adopt(largest, false) || Adopt(largest, true);
}

// `count` clusters about that of a household, itself the first.
void RegionSearch::PickClusters(int32_t household, int32_t count) {
  picked_.assign(1, cluster_of_[household]);
  const int32_t p = problem_.count;
  if (p <= kFewClusters) {
    const Point here = problem_.candidates[centres_[picked_[0]]];
    std::vector<std::pair<double, int32_t>> others;
    for (int32_t k = 0; k < p; ++k) {
      if (k != picked_[0]) others.emplace_back(SquaredDistance(here, problem_.candidates[centres_[k]]), k);
    }
    const auto wanted = std::min<std::ptrdiff_t>(count - 1, static_cast<std::ptrdiff_t>(others.size()));
    std::partial_sort(others.begin(), others.begin() + wanted, others.end());
    for (std::ptrdiff_t k = 0; k < wanted; ++k) picked_.push_back(others[k].second);
    return;
  }
  picked_in_[picked_[0]] = ++pick_;
  int32_t at = household;
  for (int tries = 0; tries < 4 && static_cast<int32_t>(picked_.size()) < count; ++tries) {
    for (int32_t k = 0; k < nearby_count_ && static_cast<int32_t>(picked_.size()) < count; ++k) {
      const int32_t cluster = cluster_of_[nearby_[static_cast<size_t>(at) * nearby_count_ + k]];
      if (picked_in_[cluster] == pick_) continue;
      picked_in_[cluster] = pick_;
      picked_.push_back(cluster);
    }
    const std::vector<int32_t>& members = members_[picked_[random_.Below(static_cast<int64_t>(picked_.size()))]];
    if (!members.empty()) at = members[random_.Below(static_cast<int64_t>(members.size()))];
  }
}

// Replaces one centre, sometimes two, by candidates of the region.
void RegionSearch::Perturb() {
  const int changes = random_.Below(4) == 0 ? 2 : 1;
  for (int change = 0; change < changes; ++change) {
    const auto k = static_cast<int32_t>(random_.Below(region_.clusters()));
    const int32_t h = region_.household(static_cast<int32_t>(random_.Below(region_.size())));
    const int32_t choices = attached_.begin[h + 1] - attached_.begin[h];
    if (choices == 0) continue;
    region_.Replace(k, attached_.candidate[attached_.begin[h] + random_.Below(choices)]);
  }
}

void RegionSearch::KeepBest() {
  best_centres_ = centres_;
  best_cluster_of_ = cluster_of_;
  best_cost_ = cost_;
}

void RegionSearch::RestoreBest() {
  centres_ = best_centres_;
  cluster_of_ = best_cluster_of_;
  cost_ = best_cost_;
  is_centre_.assign(problem_.candidates.size(), 0);
  for (const int32_t c : centres_) is_centre_[c] = 1;
  members_.assign(problem_.count, {});
  for (size_t h = 0; h < cluster_of_.size(); ++h) members_[cluster_of_[h]].push_back(static_cast<int32_t>(h));
}

void RegionSearch::Anneal(int64_t work, const std::function<bool(double fraction)>& stop) {
  RestoreBest();
  const auto n = static_cast<int64_t>(problem_.households.size());
  const double mean = cost_ / static_cast<double>(n);
  const int32_t most = std::min(problem_.count, kMostClusters);
  std::vector<int32_t> households;
  std::vector<int32_t> centres;
  int64_t done = 0;
  double temperature = 0;
  for (int64_t step = 0; done < work; ++step) {
    if (step % 16 == 0) {
      const double fraction = static_cast<double>(done) / static_cast<double>(work);
      if (stop(fraction)) break;
      temperature = mean * kFirstTemperature * std::pow(kLastTemperature / kFirstTemperature, fraction);
    }
    PickClusters(static_cast<int32_t>(random_.Below(n)), random_.Between(std::min(2, most), most));
    households.clear();
    centres.clear();
    for (const int32_t cluster : picked_) {
      households.insert(households.end(), members_[cluster].begin(), members_[cluster].end());
      centres.push_back(centres_[cluster]);
    }
    ++regions_;
    region_.Load(households, centres);
    double before = 0;
    for (const int32_t h : households) {
      before += Distance(problem_.households[h], problem_.candidates[centres_[cluster_of_[h]]], problem_.rule);
    }
    for (const int32_t c : centres) is_centre_[c] = 0;
    Perturb();
    done += static_cast<int64_t>(households.size() * (centres.size() + 2)) + 20;
    const bool assigned = region_.Assign();
    if (assigned) region_.Improve();
    const double change = assigned ? region_.Cost() - before : 0;
    if (!assigned || (change > 0 && change >= -temperature * std::log(random_.Real()))) {
      for (const int32_t c : centres) is_centre_[c] = 1;
      continue;
    }
    for (const int32_t cluster : picked_) members_[cluster].clear();
    for (int32_t k = 0; k < region_.clusters(); ++k) {
      centres_[picked_[k]] = region_.centre(k);
      is_centre_[region_.centre(k)] = 1;
    }
    for (int32_t a = 0; a < region_.size(); ++a) Fill(region_.household(a), picked_[region_.cluster_of(a)]);
    cost_ += change;
    if (cost_ < best_cost_ - 1e-9 * best_cost_) KeepBest();
  }
}

}  // namespace lianhu::districting::internal
