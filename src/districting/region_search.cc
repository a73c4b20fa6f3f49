#include "districting/region_search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "districting/neighbours.h"
#include "lianhu/assignment/solve.h"

namespace lianhu::districting::internal {
namespace {

constexpr int32_t kNearby = 48;
constexpr int32_t kMostClusters = 8;  // a region
// With at most this many clusters all are compared (more where clusters are large), else they are found through their
// households.
constexpr int32_t kFewClusters = 40;
constexpr int kStarts = 30;
// A relative change below this is none.
constexpr double kLeastChange = 1e-9;
// What a step costs besides the pairs that it looks at.
constexpr int64_t kStepPairs = 300;
// Temperatures, as multiples of the mean distance: a region may get worse by about that.
constexpr double kLastTemperature = 0.03;

// The household nearest to each candidate.
std::vector<int32_t> NearestHouseholds(const SearchProblem& problem, const PointGrid& grid) {
  std::vector<int32_t> nearest(problem.candidates.size());
  std::vector<int32_t> found;
  for (size_t j = 0; j < nearest.size(); ++j) {
    grid.Nearest(problem.candidates[j], 1, found);
    // Where candidates are the households themselves each belongs to itself, also among equal positions.
    const bool itself = j < problem.households.size() && problem.households[j] == problem.candidates[j];
    nearest[j] = itself ? static_cast<int32_t>(j) : found[0];
  }
  return nearest;
}

Attached Attach(const std::vector<int32_t>& nearest, size_t households) {
  Attached attached{.begin = std::vector<int32_t>(households + 1, 0),
                    .candidate = std::vector<int32_t>(nearest.size())};
  for (const int32_t h : nearest) ++attached.begin[h + 1];
  for (size_t h = 0; h < households; ++h) attached.begin[h + 1] += attached.begin[h];
  std::vector<int32_t> next(attached.begin.begin(), attached.begin.end() - 1);
  for (size_t j = 0; j < nearest.size(); ++j) attached.candidate[next[nearest[j]]++] = static_cast<int32_t>(j);
  return attached;
}

}  // namespace

RegionSearch::RegionSearch(const SearchProblem& problem, uint64_t seed)
    : problem_(problem), random_(seed), region_(problem_, attached_, is_centre_) {
  const PointGrid grid(problem.households);
  nearest_ = NearestHouseholds(problem, grid);
  attached_ = Attach(nearest_, problem.households.size());
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
  int32_t pinned = 0;
  while (static_cast<int32_t>(centres.size()) < problem_.count) {
    double left = random_.Real() * std::accumulate(weight.begin(), weight.end(), 0.0);
    int32_t pick = -1;
    while (pinned < m && !problem_.Pinned(pinned)) ++pinned;
    if (pinned < m) pick = pinned++;
    for (int32_t j = 0; j < m && pinned == m; ++j) {
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

// The least-cost assignment to these centres as the plan; false when there is none within bounds.
bool RegionSearch::AssignExactly(const std::vector<int32_t>& centres) {
  std::vector<Point> places;
  std::vector<int32_t> least;
  std::vector<int32_t> most;
  for (const int32_t c : centres) {
    places.push_back(problem_.candidates[c]);
    least.push_back(problem_.LeastOf(c));
    most.push_back(problem_.capacity[c]);
  }
  RunContext context;
  context.threads = 1;
  const absl::StatusOr<assignment::Plan> plan = assignment::Solve(
      {.households = problem_.households, .stewards = places, .bounds = {}, .steward_min = least, .steward_max = most},
      {}, context);
  if (!plan.ok() || plan->outcome != assignment::Outcome::kOptimal) return false;
  cluster_of_ = plan->steward_of;
  return true;
}

bool RegionSearch::Adopt(const std::vector<int32_t>& centres, bool largest_first) {
  const auto n = static_cast<int32_t>(problem_.households.size());
  std::vector<int32_t> households(n);
  std::iota(households.begin(), households.end(), 0);
  cluster_of_.assign(n, -1);
  is_centre_.assign(problem_.candidates.size(), 0);
  if (problem_.demand.empty()) {
    if (!AssignExactly(centres)) return false;
  } else if (largest_first) {
    // Best fit decreasing, wherever the places are.
    const auto demand = [&](int32_t h) { return problem_.DemandOf(h); };
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
  members_.assign(centres_.size(), {});
  cost_ = 0;
  for (const int32_t c : centres_) cost_ += problem_.OpeningOf(c);
  for (int32_t h = 0; h < n; ++h) {
    members_[cluster_of_[h]].push_back(h);
    cost_ += PairDistance(problem_.households[h], problem_.candidates[centres_[cluster_of_[h]]], problem_.rule);
  }
  picked_in_.assign(centres_.size(), 0);
  KeepBest();
  return true;
}

// Replaces centres until together they can take everybody and everybody is enough for them; false where that is not
// found. One exchange a step, the one that leaves least out of bounds; of bounds there are few kinds.
bool RegionSearch::FitBounds(std::vector<int32_t>& centres) const {
  const auto n = static_cast<int64_t>(problem_.households.size());
  int64_t most = 0;
  int64_t least = 0;
  std::vector<uint8_t> chosen(problem_.candidates.size(), 0);
  for (const int32_t c : centres) {
    most += problem_.capacity[c];
    least += problem_.LeastOf(c);
    chosen[c] = 1;
  }
  const auto excess = [&](int64_t more_least, int64_t more_most) {
    return std::max<int64_t>(0, least + more_least - n) + std::max<int64_t>(0, n - most - more_most);
  };
  struct Kind {
    int64_t least;
    int64_t most;
    int64_t at;  // in centres, or the candidate
  };
  for (size_t step = 0; excess(0, 0) > 0; ++step) {
    if (step > 2 * problem_.candidates.size()) return false;
    // The first of each kind of bounds, inside and outside.
    std::vector<Kind> inside;
    std::vector<Kind> outside;
    const auto note = [](std::vector<Kind>& kinds, const Kind& kind) {
      const auto same = [&](const Kind& k) { return k.least == kind.least && k.most == kind.most; };
      if (std::none_of(kinds.begin(), kinds.end(), same)) kinds.push_back(kind);
    };
    for (size_t k = 0; k < centres.size(); ++k) {
      const int32_t c = centres[k];
      if (!problem_.Pinned(c)) note(inside, {problem_.LeastOf(c), problem_.capacity[c], static_cast<int64_t>(k)});
    }
    for (size_t j = 0; j < chosen.size(); ++j) {
      const auto c = static_cast<int64_t>(j);
      if (chosen[j] == 0) note(outside, {problem_.LeastOf(c), problem_.capacity[j], c});
    }
    int64_t fewest = excess(0, 0);
    const Kind* out = nullptr;
    const Kind* in = nullptr;
    for (const Kind& a : inside) {
      for (const Kind& b : outside) {
        if (excess(b.least - a.least, b.most - a.most) >= fewest) continue;
        fewest = excess(b.least - a.least, b.most - a.most);
        out = &a;
        in = &b;
      }
    }
    if (out == nullptr) return false;
    chosen[centres[out->at]] = 0;
    chosen[in->at] = 1;
    centres[out->at] = static_cast<int32_t>(in->at);
    most += in->most - out->most;
    least += in->least - out->least;
  }
  return true;
}

bool RegionSearch::StartFrom(std::vector<int32_t> centres) {
  return FitBounds(centres) && Adopt(centres, false);
}

bool RegionSearch::Start() {
  if (problem_.demand.empty()) return StartFrom(DrawCentres());
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
void RegionSearch::PickClusters(int32_t household, int32_t count, Random& random) {
  picked_.assign(1, cluster_of_[household]);
  const int32_t p = clusters();
  const auto mean_size = static_cast<int64_t>(cluster_of_.size()) / p;
  if (p <= std::max<int64_t>(kFewClusters, 4 * mean_size)) {
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
    const std::vector<int32_t>& members = members_[picked_[random.Below(static_cast<int64_t>(picked_.size()))]];
    if (!members.empty()) at = members[random.Below(static_cast<int64_t>(members.size()))];
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
  members_.assign(centres_.size(), {});
  picked_in_.assign(centres_.size(), 0);
  for (size_t h = 0; h < cluster_of_.size(); ++h) members_[cluster_of_[h]].push_back(static_cast<int32_t>(h));
}

// Takes the picked clusters out of the plan, into the region; what they cost.
double RegionSearch::LoadPicked() {
  loaded_households_.clear();
  loaded_centres_.clear();
  double cost = 0;
  for (const int32_t cluster : picked_) {
    const int32_t centre = centres_[cluster];
    loaded_centres_.push_back(centre);
    is_centre_[centre] = 0;
    cost += problem_.OpeningOf(centre);
    for (const int32_t h : members_[cluster]) {
      loaded_households_.push_back(h);
      cost += PairDistance(problem_.households[h], problem_.candidates[centre], problem_.rule);
    }
  }
  region_.Load(loaded_households_, loaded_centres_);
  ++regions_;
  return cost;
}

// Leaves the picked clusters as they were.
void RegionSearch::LeavePicked() {
  for (const int32_t c : loaded_centres_) is_centre_[c] = 1;
}

// Puts the region in the place of the picked clusters; it may have one more or one less.
void RegionSearch::CommitPicked(double change) {
  if (region_.clusters() > static_cast<int32_t>(picked_.size())) {
    picked_.push_back(clusters());
    centres_.push_back(-1);
    members_.emplace_back();
    picked_in_.push_back(0);
  }
  for (const int32_t cluster : picked_) members_[cluster].clear();
  for (int32_t k = 0; k < region_.clusters(); ++k) {
    centres_[picked_[k]] = region_.centre(k);
    is_centre_[region_.centre(k)] = 1;
  }
  for (int32_t a = 0; a < region_.size(); ++a) Fill(region_.household(a), picked_[region_.cluster_of(a)]);
  cost_ += change;
  if (region_.clusters() < static_cast<int32_t>(picked_.size())) RemoveCluster(picked_.back());
}

// The last cluster takes its number.
void RegionSearch::RemoveCluster(int32_t cluster) {
  centres_[cluster] = centres_.back();
  members_[cluster].swap(members_.back());
  for (const int32_t h : members_[cluster]) cluster_of_[h] = cluster;
  centres_.pop_back();
  members_.pop_back();
  picked_in_.pop_back();
}

void RegionSearch::Anneal(int64_t work, double first_temperature, const Pace& pace) {
  RestoreBest();
  region_.TakePairs();
  const auto n = static_cast<int64_t>(problem_.households.size());
  const double mean = cost_ / static_cast<double>(n);
  const int32_t most = std::min(clusters(), kMostClusters);
  int64_t done = 0;
  double temperature = 0;
  for (int64_t step = 0; done < work; ++step) {
    if (step % 16 == 0) {
      const double fraction = pace(static_cast<double>(done) / static_cast<double>(work));
      if (fraction >= 1) break;
      temperature = mean * first_temperature * std::pow(kLastTemperature / first_temperature, fraction);
    }
    const auto household = static_cast<int32_t>(random_.Below(n));
    PickClusters(household, random_.Between(std::min(2, most), most), random_);
    const double before = LoadPicked();
    Perturb();
    const bool assigned = region_.Assign();
    if (assigned) region_.Improve();
    done += region_.TakePairs() + kStepPairs;
    const double change = assigned ? region_.Cost() - before : 0;
    if (!assigned || (change > 0 && change >= -temperature * std::log(random_.Real()))) {
      LeavePicked();
      continue;
    }
    CommitPicked(change);
    if (cost_ < best_cost_ - 1e-9 * best_cost_) KeepBest();
  }
}

// Loads the cluster and its neighbours and does without it; what that costs more, or kNoChange.
double RegionSearch::TryWithout(int32_t cluster) {
  if (problem_.Pinned(centres_[cluster])) return kNoChange;
  // The same region whenever it is asked for.
  Random random(static_cast<uint64_t>(centres_[cluster]));
  PickClusters(members_[cluster].empty() ? nearest_[centres_[cluster]] : members_[cluster][0],
               std::min(clusters(), kMostClusters), random);
  // Whose number goes to the last one of the region.
  const auto found = std::find(picked_.begin(), picked_.end(), cluster);
  if (found == picked_.end()) picked_.push_back(cluster);
  std::iter_swap(std::find(picked_.begin(), picked_.end(), cluster), picked_.end() - 1);
  if (picked_.size() < 2) return kNoChange;
  const double before = LoadPicked();
  region_.Remove(region_.clusters() - 1);
  if (!region_.Assign()) return kNoChange;
  region_.Improve();
  return region_.Cost() - before;
}

// Loads the clusters about a candidate and lets it be a centre as well.
double RegionSearch::TryWith(int32_t candidate) {
  Random random(static_cast<uint64_t>(candidate));
  PickClusters(nearest_[candidate], std::min(clusters(), kMostClusters - 1), random);
  const double before = LoadPicked();
  if (!region_.Add(candidate) || !region_.Assign()) return kNoChange;
  region_.Improve();
  return region_.Cost() - before;
}

RegionSearch::Change RegionSearch::BestRemoval(const std::function<bool()>& stop) {
  RestoreBest();
  Change best;
  for (int32_t cluster = 0; cluster < clusters() && !stop(); ++cluster) {
    const double cost = TryWithout(cluster);
    LeavePicked();
    if (cost < best.cost) best = {cost, centres_[cluster]};
  }
  return best;
}

RegionSearch::Change RegionSearch::BestAddition(const std::function<bool()>& stop) {
  RestoreBest();
  Change best;
  for (int32_t j = 0; j < static_cast<int32_t>(problem_.candidates.size()); ++j) {
    if (is_centre_[j] != 0) continue;
    if (stop()) break;
    const double cost = TryWith(j);
    LeavePicked();
    if (cost < best.cost) best = {cost, j};
  }
  return best;
}

void RegionSearch::Apply(const Change& change) {
  RestoreBest();
  const auto cluster = std::find(centres_.begin(), centres_.end(), change.place);
  const double cost =
      cluster != centres_.end() ? TryWithout(static_cast<int32_t>(cluster - centres_.begin())) : TryWith(change.place);
  if (cost == kNoChange) {
    LeavePicked();
    return;
  }
  CommitPicked(cost);
  KeepBest();
}

void RegionSearch::Relocate(int64_t times, const std::function<bool()>& stop) {
  for (int64_t k = 0; k < times; ++k) {
    const Change removal = BestRemoval(stop);
    const Change addition = BestAddition(stop);
    const double before = best_cost_;
    if (stop() || removal.cost + addition.cost >= -kLeastChange * before) return;
    const std::vector<int32_t> centres = best_centres_;
    const std::vector<int32_t> cluster_of = best_cluster_of_;
    Apply(addition);
    Apply(removal);
    // The two may have met.
    if (best_centres_.size() == centres.size() && best_cost_ < before * (1 - kLeastChange)) continue;
    best_centres_ = centres;
    best_cluster_of_ = cluster_of;
    best_cost_ = before;
    return;
  }
}

void RegionSearch::Polish() {
  constexpr int kPolishings = 8;
  for (int round = 0; round < kPolishings; ++round) {
    RestoreBest();
    const double before = best_cost_;
    if (!Adopt(std::vector<int32_t>(best_centres_), false)) return;
    for (int32_t cluster = 0; cluster < clusters(); ++cluster) {
      picked_.assign(1, cluster);
      const double cost = LoadPicked();
      if (region_.size() > 0 && region_.Assign()) {
        region_.Improve();
        CommitPicked(region_.Cost() - cost);
      } else {
        LeavePicked();
      }
    }
    KeepBest();
    if (best_cost_ >= before - 1e-9 * before) return;
  }
}

}  // namespace lianhu::districting::internal
