#include "districting/part_search.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <queue>
#include <utility>

#include "districting/neighbours.h"
#include "districting/part_region.h"
#include "lianhu/base/parallel.h"
#include "lianhu/base/random.h"

namespace lianhu::districting::internal {
namespace {

// Up to so many parts are improved all together.
constexpr int32_t kWhole = 64;
// Atoms in a region, about, and the least and most parts of it.
constexpr double kRegionAtoms = 260;
constexpr int32_t kLeastRegion = 4;
constexpr int32_t kMostRegion = 14;
// A jurisdiction of few great parts is tried on a sample first, of so many atoms a part, so many times; the best of
// these go on with all atoms.
constexpr int64_t kSampled = 40;
constexpr int kSampleStarts = 24;
constexpr int kFinalists = 3;
// Rounds without shaking; shakes of a region at a time.
constexpr int kSettling = 3;
constexpr int kShakes = 4;
// A task rests when so many shakes a part have gained nothing.
constexpr int64_t kShakePatience = 60;
constexpr int kMostRepairs = 2000;
constexpr int kMostIdle = 20;

struct RegionOfParts {
  size_t task = 0;
  std::vector<int32_t> parts = {};
  uint64_t seed = 0;
  int shakes = 0;
  std::vector<int32_t> atoms = {};    // afterwards
  std::vector<int32_t> part_of = {};  // index of `parts`
  bool improved = false;
  int64_t work = 0;
};

class TaskState {
 public:
  TaskState(const PartTask& task, uint64_t seed) : task_(task), random_(seed), label_(task.parts, -1) {
    part_of_ = task.current.empty() ? HalveIntoParts(task) : ContinueParts(task, label_);
    Collect();
    const double size = static_cast<double>(task.at.size()) / task.parts;
    region_parts_ = std::clamp(static_cast<int32_t>(std::lround(kRegionAtoms / size)), kLeastRegion, kMostRegion);
  }

  bool resting() const { return resting_; }
  bool IsWhole() const { return task_.parts <= kWhole; }
  bool IsSampled() const {
    return IsWhole() && task_.current.empty() && static_cast<int64_t>(task_.at.size()) > 3 * kSampled / 2 * task_.parts;
  }
  const std::vector<int32_t>& part_of() const { return part_of_; }
  const PartTask& task() const { return task_; }
  absl::Span<const int32_t> label() const { return label_; }
  uint64_t NextSeed() { return random_.Next(); }

  int64_t Excess() const {
    int64_t excess = 0;
    for (int32_t p = 0; p < task_.parts; ++p) excess += ExcessOf(p);
    return excess;
  }

  std::vector<int32_t> AllParts() const {
    std::vector<int32_t> parts(task_.parts);
    std::iota(parts.begin(), parts.end(), 0);
    return parts;
  }

  // Regions that share no part and cover most of the task, around parts in random order.
  void AddRegions(size_t number, int shakes, std::vector<RegionOfParts>& regions) {
    UpdateCentres();
    const int32_t k = task_.parts;
    std::vector<int32_t> order = AllParts();
    for (int32_t i = k - 1; i > 0; --i) std::swap(order[i], order[random_.Below(i + 1)]);
    const PointGrid grid(centre_);
    std::vector<int32_t> near;
    std::vector<uint8_t> used(k, 0);
    const int32_t wanted = std::min(region_parts_, k);
    for (const int32_t p : order) {
      if (used[p] != 0) continue;
      grid.Nearest(centre_[p], std::min(k, 2 * wanted), near);
      RegionOfParts region{.task = number, .shakes = shakes};
      region.parts.push_back(p);
      for (const int32_t other : near) {
        if (other == p || used[other] != 0 || static_cast<int32_t>(region.parts.size()) == wanted) continue;
        region.parts.push_back(other);
      }
      if (region.parts.size() < 2) continue;
      for (const int32_t each : region.parts) used[each] = 1;
      region.seed = random_.Next();
      regions.push_back(std::move(region));
    }
  }

  // From a part out of bounds to the nearest that has room, and those between.
  bool FindRepair(RegionOfParts& region) {
    int32_t worst = -1;
    for (int32_t p = 0; p < task_.parts; ++p) {
      if (ExcessOf(p) > 0 && (worst < 0 || ExcessOf(p) > ExcessOf(worst))) worst = p;
    }
    if (worst < 0) return false;
    UpdateCentres();
    const PointGrid grid(centre_);
    const bool heavy = weight_[worst] > task_.bounds.max;
    std::vector<int32_t> parent(task_.parts, -1);
    std::queue<int32_t> open({worst});
    parent[worst] = worst;
    std::vector<int32_t> near;
    while (!open.empty()) {
      const int32_t p = open.front();
      open.pop();
      if (heavy ? weight_[p] < task_.bounds.max : weight_[p] > task_.bounds.min) {
        for (int32_t on = p; on != worst; on = parent[on]) region.parts.push_back(on);
        region.parts.push_back(worst);
        grid.Nearest(centre_[worst], std::min(task_.parts, region_parts_), near);
        for (const int32_t other : near) {
          if (std::find(region.parts.begin(), region.parts.end(), other) == region.parts.end()) {
            region.parts.push_back(other);
          }
        }
        return true;
      }
      grid.Nearest(centre_[p], std::min(task_.parts, 8), near);
      for (const int32_t other : near) {
        if (parent[other] >= 0) continue;
        parent[other] = p;
        open.push(other);
      }
    }
    return false;
  }

  // Around each part that has newcomers or is out of bounds.
  std::vector<RegionOfParts> TouchedRegions() {
    UpdateCentres();
    const PointGrid grid(centre_);
    std::vector<RegionOfParts> regions;
    std::vector<int32_t> near;
    for (int32_t p = 0; p < task_.parts; ++p) {
      const bool newcomers =
          std::any_of(members_[p].begin(), members_[p].end(), [&](int32_t a) { return task_.current[a] < 0; });
      if (!newcomers && ExcessOf(p) == 0 && label_[p] >= 0) continue;
      grid.Nearest(centre_[p], std::min(task_.parts, region_parts_), near);
      RegionOfParts region{.parts = near};
      if (region.parts.size() > 1) regions.push_back(std::move(region));
    }
    return regions;
  }

  // Weight of atoms in another part than today's, and the cost of all.
  void Measure(PartRepair& repair) const {
    RegionOfParts region{.parts = AllParts()};
    Gather(region);
    for (size_t i = 0; i < region.atoms.size(); ++i) {
      const int32_t today = task_.current[region.atoms[i]];
      if (today >= 0 && label_[region.part_of[i]] != today) repair.moved += task_.weight[region.atoms[i]];
    }
    PartRegion solver(task_);
    solver.Load(region.atoms, region.part_of, label_, task_.parts, task_.bounds);
    repair.cost = solver.Improve([] { return true; }).cost;
  }

  void Gather(RegionOfParts& region) const {
    for (size_t k = 0; k < region.parts.size(); ++k) {
      for (const int32_t a : members_[region.parts[k]]) {
        region.atoms.push_back(a);
        region.part_of.push_back(static_cast<int32_t>(k));
      }
    }
  }

  std::vector<int32_t> LabelsOf(const RegionOfParts& region) const {
    std::vector<int32_t> labels;
    labels.reserve(region.parts.size());
    for (const int32_t p : region.parts) labels.push_back(label_[p]);
    return labels;
  }

  void Take(const RegionOfParts& region) {
    fruitless_ = region.improved ? 0 : fruitless_ + region.shakes;
    if (region.shakes > 0 && fruitless_ > kShakePatience * task_.parts) resting_ = true;
    if (!region.improved) return;
    for (const int32_t p : region.parts) {
      members_[p].clear();
      weight_[p] = 0;
    }
    for (size_t i = 0; i < region.atoms.size(); ++i) {
      const int32_t a = region.atoms[i];
      const int32_t p = region.parts[region.part_of[i]];
      part_of_[a] = p;
      members_[p].push_back(a);
      weight_[p] += task_.weight[a];
    }
  }

 private:
  int64_t ExcessOf(int32_t p) const {
    return std::max({int64_t{0}, task_.bounds.min - weight_[p], weight_[p] - task_.bounds.max});
  }

  void Collect() {
    members_.assign(task_.parts, {});
    weight_.assign(task_.parts, 0);
    for (size_t a = 0; a < part_of_.size(); ++a) {
      members_[part_of_[a]].push_back(static_cast<int32_t>(a));
      weight_[part_of_[a]] += task_.weight[a];
    }
  }

  void UpdateCentres() {
    centre_.assign(task_.parts, {});
    for (int32_t p = 0; p < task_.parts; ++p) {
      for (const int32_t a : members_[p]) {
        centre_[p].x += task_.weight[a] * task_.at[a].x / static_cast<double>(weight_[p]);
        centre_[p].y += task_.weight[a] * task_.at[a].y / static_cast<double>(weight_[p]);
      }
    }
  }

  PartTask task_;
  Random random_;
  std::vector<int32_t> part_of_;
  std::vector<int32_t> label_;
  std::vector<std::vector<int32_t>> members_;
  std::vector<int64_t> weight_;
  std::vector<Point> centre_;
  int32_t region_parts_ = kLeastRegion;
  int64_t fruitless_ = 0;
  bool resting_ = false;
};

// Improves a region, then shakes it and keeps what is better.
void Work(const TaskState& state, const std::function<bool()>& stop, RegionOfParts& region) {
  state.Gather(region);
  PartRegion solver(state.task());
  Random random(region.seed);
  const auto parts = static_cast<int32_t>(region.parts.size());
  solver.Load(region.atoms, region.part_of, state.LabelsOf(region), parts, state.task().bounds);
  const std::vector<int32_t> before = region.part_of;
  PartScore best = solver.Improve(stop);
  region.part_of = solver.part_of();
  region.improved = region.part_of != before;
  for (int shake = 0; shake < region.shakes && !stop(); ++shake) {
    if (shake > 0) solver.SetPartOf(region.part_of);
    if (random.Below(8) == 0) {
      solver.Reseed(random);
    } else {
      solver.Perturb(random);
    }
    const PartScore score = solver.Improve(stop);
    if (!score.BetterThan(best)) continue;
    best = score;
    region.part_of = solver.part_of();
    region.improved = true;
  }
  region.work += solver.work();
}

// What a region cannot bring within bounds alone. Returns the work done.
int64_t RepairExcess(TaskState& state) {
  int64_t work = 0;
  int64_t excess = state.Excess();
  for (int repair = 0, idle = 0; repair < kMostRepairs && excess > 0 && idle < kMostIdle; ++repair) {
    RegionOfParts region;
    if (!state.FindRepair(region)) break;
    Work(
        state, [] { return false; }, region);
    state.Take(region);
    work += region.work;
    const int64_t left = state.Excess();
    idle = left < excess ? 0 : idle + 1;
    excess = left;
  }
  return work;
}

// Where to start with few great parts: the best of several starts on a sample, with its prices.
void StartFromSample(const TaskState& state, const std::function<bool()>& stop, RegionOfParts& region) {
  const PartTask& task = state.task();
  const auto n = static_cast<int64_t>(task.at.size());
  Random random(region.seed);
  std::vector<int32_t> chosen(n);
  std::iota(chosen.begin(), chosen.end(), 0);
  const int64_t sampled = kSampled * task.parts;
  for (int64_t i = 0; i < sampled; ++i) std::swap(chosen[i], chosen[i + random.Below(n - i)]);
  chosen.resize(sampled);
  std::sort(chosen.begin(), chosen.end());
  const double share = static_cast<double>(sampled) / static_cast<double>(n);
  const WeightBounds bounds{static_cast<int64_t>(std::floor(static_cast<double>(task.bounds.min) * share)),
                            static_cast<int64_t>(std::ceil(static_cast<double>(task.bounds.max) * share))};
  std::vector<int32_t> part_of;
  for (int64_t i = 0; i < sampled; ++i) part_of.push_back(static_cast<int32_t>(i % task.parts));
  PartRegion sample(task);
  sample.Load(chosen, part_of, {}, task.parts, bounds);
  struct Start {
    PartScore score;
    std::vector<Point> centres;
    std::vector<double> prices;
  };
  std::vector<Start> starts;
  for (int s = 0; s < kSampleStarts && (s == 0 || !stop()); ++s) {
    sample.Reseed(random);
    const PartScore score = sample.Improve(stop);
    starts.push_back({score, sample.Centres(), sample.Prices()});
  }
  std::stable_sort(starts.begin(), starts.end(),
                   [](const Start& a, const Start& b) { return a.score.BetterThan(b.score); });
  state.Gather(region);
  PartRegion whole(task);
  whole.Load(region.atoms, region.part_of, {}, task.parts, task.bounds);
  PartScore best = whole.Improve([] { return true; });
  for (size_t s = 0; s < std::min<size_t>(kFinalists, starts.size()) && (s == 0 || !stop()); ++s) {
    whole.StartAt(starts[s].centres, starts[s].prices);
    const PartScore score = whole.Improve(stop);
    if (!score.BetterThan(best)) continue;
    best = score;
    region.part_of = whole.part_of();
    region.improved = true;
  }
  region.work = sample.work() + whole.work();
}

class Search {
 public:
  Search(const std::vector<PartTask>& tasks, const PartEffort& effort) : effort_(effort) {
    Random seeder(effort.seed);
    states_.reserve(tasks.size());
    for (const PartTask& task : tasks) states_.emplace_back(task, seeder.Next());
    stop_ = [this] { return effort_.stop(Fraction()); };
  }

  PartsFound Run() {
    std::vector<RegionOfParts> regions;
    for (size_t t = 0; t < states_.size(); ++t) {
      if (states_[t].IsSampled() && states_[t].task().parts > 1) {
        regions.push_back({.task = t, .parts = states_[t].AllParts(), .seed = states_[t].NextSeed()});
      }
    }
    Do(regions, StartFromSample);
    for (int round = 0; round < kSettling && !stop_(); ++round) Round(0);
    Repair();
    while (!stop_() && work_ < effort_.work && Round(kShakes)) {
    }
    Repair();
    Finish();
    PartsFound found;
    found.work = work_;
    for (const TaskState& state : states_) {
      found.part_of.push_back(state.part_of());
      found.excess.push_back(state.Excess());
    }
    return found;
  }

 private:
  double Fraction() const {
    return std::min(1.0, static_cast<double>(work_.load()) / static_cast<double>(std::max<int64_t>(1, effort_.work)));
  }

  template <typename Worker>
  void Do(std::vector<RegionOfParts>& regions, const Worker& worker) {
    const auto count = static_cast<int64_t>(regions.size());
    ParallelFor(effort_.threads, count, [&](int64_t r) {
      if (stop_()) return;
      worker(states_[regions[r].task], stop_, regions[r]);
    });
    for (const RegionOfParts& region : regions) {
      work_ += region.work;
      states_[region.task].Take(region);
    }
  }

  bool Round(int shakes) {
    std::vector<RegionOfParts> regions;
    for (size_t t = 0; t < states_.size(); ++t) {
      if (states_[t].task().parts > 1 && !states_[t].resting()) states_[t].AddRegions(t, shakes, regions);
    }
    Do(regions, Work);
    return !regions.empty();
  }

  void Repair() {
    for (TaskState& state : states_) work_ += RepairExcess(state);
  }

  // Jurisdictions of few parts once more as a whole.
  void Finish() {
    std::vector<RegionOfParts> regions;
    for (size_t t = 0; t < states_.size(); ++t) {
      if (states_[t].task().parts > 1 && states_[t].IsWhole()) {
        regions.push_back({.task = t, .parts = states_[t].AllParts()});
      }
    }
    Do(regions, Work);
  }

  const PartEffort& effort_;
  std::vector<TaskState> states_;
  std::atomic<int64_t> work_{0};
  std::function<bool()> stop_;
};

}  // namespace

PartRepair RepairParts(const PartTask& task, uint64_t seed) {
  TaskState state(task, seed);
  for (RegionOfParts& region : state.TouchedRegions()) {
    Work(
        state, [] { return false; }, region);
    state.Take(region);
  }
  RepairExcess(state);
  PartRepair repair;
  repair.part_of = state.part_of();
  repair.excess = state.Excess();
  state.Measure(repair);
  return repair;
}

PartsFound SearchParts(const std::vector<PartTask>& tasks, const PartEffort& effort) {
  return Search(tasks, effort).Run();
}

}  // namespace lianhu::districting::internal
