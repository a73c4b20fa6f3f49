#include "districting/region.h"

#include <algorithm>

#include "base/infinity.h"

namespace lianhu::districting::internal {
namespace {

// Differences of sums of doubles below this are no gain.
constexpr double kRoundingOfSums = 1e-7;
constexpr int kPasses = 20;
constexpr int kRecentrings = 6;
// Clusters above this size look for a centre near the middle only.
constexpr size_t kLargeCluster = 30;

}  // namespace

void Region::Load(const std::vector<int32_t>& households, const std::vector<int32_t>& centres) {
  households_ = households;
  centres_ = centres;
  demand_.resize(households_.size());
  for (int32_t a = 0; a < size(); ++a) demand_[a] = problem_.DemandOf(households_[a]);
  capacity_.resize(centres_.size());
  least_.resize(centres_.size());
  load_.assign(centres_.size(), 0);
  cluster_of_.assign(households_.size(), -1);
  distances_.resize(households_.size() * centres_.size());
  members_.resize(std::max(members_.size(), centres_.size()));
  for (int32_t k = 0; k < clusters(); ++k) LoadCentre(k);
}

void Region::LoadCentre(int32_t cluster) {
  const int32_t candidate = centres_[cluster];
  capacity_[cluster] = problem_.capacity[candidate];
  least_[cluster] = problem_.LeastOf(candidate);
  const Point place = problem_.candidates[candidate];
  pairs_ += size();
  for (int32_t a = 0; a < size(); ++a) {
    distance(a, cluster) = PairDistance(problem_.households[households_[a]], place, problem_.rule);
  }
}

bool Region::Free(int32_t candidate) const {
  return taken_[candidate] == 0 && std::find(centres_.begin(), centres_.end(), candidate) == centres_.end();
}

bool Region::Replace(int32_t cluster, int32_t candidate) {
  if (!Free(candidate) || problem_.Pinned(centres_[cluster])) return false;
  centres_[cluster] = candidate;
  LoadCentre(cluster);
  return true;
}

bool Region::Add(int32_t candidate) {
  if (!Free(candidate)) return false;
  std::vector<int32_t> centres = centres_;
  centres.push_back(candidate);
  Load(std::vector<int32_t>(households_), centres);
  return true;
}

void Region::Remove(int32_t cluster) {
  std::vector<int32_t> centres = centres_;
  centres[cluster] = centres.back();
  centres.pop_back();
  Load(std::vector<int32_t>(households_), centres);
}

void Region::MoveTo(int32_t a, int32_t cluster) {
  if (cluster_of_[a] >= 0) load_[cluster_of_[a]] -= demand_[a];
  cluster_of_[a] = cluster;
  load_[cluster] += demand_[a];
}

bool Region::Assign() {
  return problem_.demand.empty() ? Transport() : AssignInOrder();
}

bool Region::AssignInOrder() {
  order_.clear();
  pairs_ += int64_t{2} * size() * clusters();
  for (int32_t a = 0; a < size(); ++a) {
    double best = kInfinity;
    double second = kInfinity;
    for (int32_t k = 0; k < clusters(); ++k) {
      const double d = distance(a, k);
      second = std::min(second, std::max(best, d));
      best = std::min(best, d);
    }
    order_.push_back({second - best, a});
  }
  std::sort(order_.begin(), order_.end(), [](const Regret& a, const Regret& b) {
    return a.loss != b.loss ? a.loss > b.loss : a.household < b.household;
  });
  std::fill(load_.begin(), load_.end(), 0);
  std::fill(cluster_of_.begin(), cluster_of_.end(), -1);
  std::vector<int32_t> left;
  for (const Regret& each : order_) {
    int32_t nearest = -1;
    for (int32_t k = 0; k < clusters(); ++k) {
      if (!Fits(k, demand_[each.household])) continue;
      if (nearest < 0 || distance(each.household, k) < distance(each.household, nearest)) nearest = k;
    }
    if (nearest >= 0) {
      MoveTo(each.household, nearest);
    } else {
      left.push_back(each.household);
    }
  }
  std::stable_sort(left.begin(), left.end(), [&](int32_t a, int32_t b) { return demand_[a] > demand_[b]; });
  return std::all_of(left.begin(), left.end(), [&](int32_t a) { return PlaceByChain(a); });
}

// Puts a in the place of a household that finds room elsewhere, at the least cost.
bool Region::PlaceByChain(int32_t a) {
  double best = kInfinity;
  int32_t out = -1;
  int32_t out_to = -1;
  pairs_ += size();
  for (int32_t b = 0; b < size(); ++b) {
    const int32_t k = cluster_of_[b];
    if (k < 0 || !Fits(k, int64_t{demand_[a]} - demand_[b])) continue;
    for (int32_t to = 0; to < clusters(); ++to) {
      if (to == k || !Fits(to, demand_[b])) continue;
      const double cost = distance(a, k) + distance(b, to) - distance(b, k);
      if (cost >= best) continue;
      best = cost;
      out = b;
      out_to = to;
    }
  }
  if (out < 0) return false;
  const int32_t k = cluster_of_[out];
  MoveTo(out, out_to);
  MoveTo(a, k);
  return true;
}

void Region::ListMembers() {
  for (int32_t k = 0; k < clusters(); ++k) members_[k].clear();
  for (int32_t a = 0; a < size(); ++a) members_[cluster_of_[a]].push_back(a);
}

bool Region::Shift() {
  bool gained = false;
  pairs_ += int64_t{size()} * clusters();
  for (int32_t a = 0; a < size(); ++a) {
    int32_t best = cluster_of_[a];
    double least = distance(a, best) - kRoundingOfSums;
    for (int32_t k = 0; k < clusters(); ++k) {
      if (k == cluster_of_[a] || distance(a, k) >= least || !Fits(k, demand_[a])) continue;
      least = distance(a, k);
      best = k;
    }
    if (best == cluster_of_[a]) continue;
    MoveTo(a, best);
    gained = true;
  }
  return gained;
}

// Lets a into the cluster it wants by sending somebody of there to a's cluster or a third one, where that is a gain.
bool Region::ExchangeFor(int32_t a, int32_t wanted) {
  const int32_t from = cluster_of_[a];
  const double gain = distance(a, from) - distance(a, wanted);
  double best = kRoundingOfSums;
  size_t slot = 0;
  int32_t to = -1;
  pairs_ += static_cast<int64_t>(members_[wanted].size());
  for (size_t t = 0; t < members_[wanted].size(); ++t) {
    const int32_t b = members_[wanted][t];
    if (cluster_of_[b] != wanted || !Fits(wanted, int64_t{demand_[a]} - demand_[b])) continue;
    const double base = gain + distance(b, wanted);
    pairs_ += clusters();
    for (int32_t k = 0; k < clusters(); ++k) {
      if (k == wanted || base - distance(b, k) <= best) continue;
      if (!Fits(k, k == from ? int64_t{demand_[b]} - demand_[a] : demand_[b])) continue;
      best = base - distance(b, k);
      slot = t;
      to = k;
    }
  }
  if (to < 0) return false;
  const int32_t b = members_[wanted][slot];
  MoveTo(b, to);
  MoveTo(a, wanted);
  members_[wanted][slot] = a;
  members_[to].push_back(b);
  return true;
}

bool Region::Exchange() {
  bool gained = false;
  ListMembers();
  pairs_ += int64_t{size()} * clusters();
  for (int32_t a = 0; a < size(); ++a) {
    for (int32_t k = 0; k < clusters(); ++k) {
      if (distance(a, cluster_of_[a]) - distance(a, k) > kRoundingOfSums) gained |= ExchangeFor(a, k);
    }
  }
  return gained;
}

bool Region::Recentre() {
  ListMembers();
  bool changed = false;
  for (int32_t k = 0; k < clusters(); ++k) {
    const std::vector<int32_t>& members = members_[k];
    if (members.empty()) continue;
    double least = 0;
    Point middle;
    for (const int32_t a : members) {
      least += distance(a, k);
      const Point p = problem_.households[households_[a]];
      middle = {middle.x + p.x, middle.y + p.y};
    }
    const auto count = static_cast<double>(members.size());
    middle = {middle.x / count, middle.y / count};
    pairs_ += static_cast<int64_t>(members.size());
    const double radius = members.size() > kLargeCluster ? least / count : kInfinity;
    int32_t best = centres_[k];
    if (problem_.Pinned(best)) continue;
    least += problem_.OpeningOf(best);
    for (const int32_t a : members) {
      const int32_t h = households_[a];
      for (int32_t c = attached_.begin[h]; c < attached_.begin[h + 1]; ++c) {
        const int32_t candidate = attached_.candidate[c];
        const Point place = problem_.candidates[candidate];
        if (problem_.capacity[candidate] < load_[k] || problem_.LeastOf(candidate) > load_[k]) continue;
        if (PairDistance(place, middle, problem_.rule) > radius) continue;
        double sum = problem_.OpeningOf(candidate);
        for (const int32_t b : members) {
          ++pairs_;
          sum += PairDistance(problem_.households[households_[b]], place, problem_.rule);
          if (sum >= least - kRoundingOfSums) break;
        }
        if (sum >= least - kRoundingOfSums || !Free(candidate)) continue;
        least = sum;
        best = candidate;
      }
    }
    if (best != centres_[k]) changed |= Replace(k, best);
  }
  return changed;
}

void Region::Improve() {
  for (int round = 0; round < kRecentrings; ++round) {
    if (problem_.demand.empty()) {
      if (round > 0) Transport();  // could be done before, and centres only suit it better
    } else {
      for (int pass = 0; pass < kPasses; ++pass) {
        const bool shifted = Shift();
        if (!Exchange() && !shifted) break;
      }
    }
    if (!Recentre()) break;
  }
}

double Region::Cost() const {
  double cost = 0;
  for (const int32_t c : centres_) cost += problem_.OpeningOf(c);
  for (int32_t a = 0; a < size(); ++a) cost += distance(a, cluster_of_[a]);
  return cost;
}

}  // namespace lianhu::districting::internal
