#include "lianhu/districting/contiguous_partition.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "districting/contiguous_check.h"
#include "districting/contiguous_regions.h"
#include "districting/region_partition.h"
#include "lianhu/base/parallel.h"
#include "lianhu/base/random.h"
#include "lianhu/base/status.h"
#include "lianhu/base/stopwatch.h"

namespace lianhu::districting {
namespace {

using internal::ContiguousRegion;
using internal::NodeGraph;
using internal::RegionPlan;
using internal::RegionTask;

// Moves that a core of 2020 proposes in a second, with a margin.
constexpr double kProposalsPerSecond = 3e6;
constexpr double kMostProposals = 1e15;
// A region is searched from the beginning a few times, as often as the first part of the work allows with so many moves
// a node; the rest goes to improving the best of these plans.
constexpr double kStartShare = 0.4;
constexpr double kStartWorkPerNode = 700;
constexpr int64_t kMostStarts = 8;
constexpr size_t kMostImproved = 2;
// Where as few parts as will do were asked for: how many more to try before giving up.
constexpr int32_t kMoreParts = 3;

// Numbers the parts by their first node.
void Renumber(std::vector<int32_t>& part_of) {
  std::vector<int32_t> number(part_of.size(), -1);
  int32_t next = 0;
  for (int32_t& part : part_of) {
    if (number[part] < 0) number[part] = next++;
    part = number[part];
  }
}

// The regions one by one or side by side: what a task does depends on its number alone, so that threads change nothing.
class RegionsSearch {
 public:
  RegionsSearch(const ContiguousProblem& problem, const ContiguousOptions& options, RunContext& context,
                std::function<bool()> is_late)
      : problem_(problem),
        context_(context),
        is_late_(std::move(is_late)),
        by_distance_(options.objective == PartitionObjective::kInertia),
        seeder_(context.seed) {
    work_ = options.work > 0 ? static_cast<double>(options.work)
                             : std::min(kProposalsPerSecond * options.seconds, kMostProposals);
    work_per_node_ = work_ / problem.graph->size();
    stop_ = [this] {
      if (is_late_()) by_clock_ = true;
      return by_clock_ || context_.cancelled();
    };
  }

  void Run(std::vector<ContiguousRegion>& regions) {
    graphs_.resize(regions.size());
    plans_.resize(regions.size());
    std::vector<size_t> open;
    for (size_t r = 0; r < regions.size(); ++r) {
      if (regions[r].parts == 1) continue;
      graphs_[r] = internal::GraphOf(problem_, regions[r]);
      open.push_back(r);
    }
    for (int32_t more = 0; !open.empty(); ++more) {
      Plan(regions, open);
      if (problem_.count > 0 || more == kMoreParts || stop_()) return;
      std::erase_if(open, [&](size_t r) {
        return !regions[r].fits || plans_[r].excess == 0 || regions[r].parts == regions[r].most_parts;
      });
      for (const size_t r : open) {
        ++regions[r].parts;
        plans_[r] = {};
      }
    }
  }

  const RegionPlan& plan(size_t region) const { return plans_[region]; }
  bool by_clock() const { return by_clock_; }
  int64_t work() const { return static_cast<int64_t>(work_); }

 private:
  RegionTask TaskOf(const ContiguousRegion& region, size_t r, double share, uint64_t seed) const {
    const double nodes = graphs_[r].size();
    return {.graph = &graphs_[r],
            .parts = region.parts,
            .low = problem_.bounds.min,
            .high = problem_.bounds.max,
            .by_distance = by_distance_,
            .work = static_cast<int64_t>(work_per_node_ * nodes * share),
            .seed = seed};
  }

  void Plan(const std::vector<ContiguousRegion>& regions, const std::vector<size_t>& open) {
    const auto starts =
        std::clamp<int64_t>(static_cast<int64_t>(kStartShare * work_per_node_ / kStartWorkPerNode), 1, kMostStarts);
    const size_t improved = std::min<size_t>(kMostImproved, starts);
    std::vector<RegionPlan> found(open.size() * starts);
    Parallel(found.size(), 0, kStartShare, [&](int64_t t, uint64_t seed) {
      const size_t r = open[t / starts];
      // A later start that comes too late is not needed: the first has a plan.
      if (t % starts != 0 && stop_()) return;
      found[t] = PartitionRegion(TaskOf(regions[r], r, kStartShare / static_cast<double>(starts), seed), stop_);
    });
    for (size_t k = 0; k < open.size(); ++k) {
      std::stable_sort(found.begin() + k * starts, found.begin() + (k + 1) * starts,
                       [](const RegionPlan& a, const RegionPlan& b) {
                         if (a.part_of.empty() || b.part_of.empty()) return b.part_of.empty() && !a.part_of.empty();
                         return a.BetterThan(b);
                       });
    }
    Parallel(open.size() * improved, kStartShare, 1, [&](int64_t t, uint64_t seed) {
      const size_t r = open[t / improved];
      RegionPlan& plan = found[t / improved * starts + t % improved];
      if (plan.part_of.empty()) return;
      const double share = (1 - kStartShare) / static_cast<double>(improved);
      plan = ImproveRegion(TaskOf(regions[r], r, share, seed), std::move(plan), stop_);
    });
    for (size_t k = 0; k < open.size(); ++k) {
      size_t best = k * starts;
      for (size_t i = 1; i < improved; ++i) {
        const RegionPlan& plan = found[k * starts + i];
        if (!plan.part_of.empty() && plan.BetterThan(found[best])) best = k * starts + i;
      }
      plans_[open[k]] = std::move(found[best]);
    }
  }

  void Parallel(size_t tasks, double from, double to, const std::function<void(int64_t, uint64_t)>& task) {
    std::vector<uint64_t> seeds(tasks);
    for (uint64_t& seed : seeds) seed = seeder_.Next();
    std::atomic<int64_t> done{0};
    const auto count = static_cast<int64_t>(tasks);
    ParallelFor(context_.ThreadsFor(count), count, [&](int64_t t) {
      task(t, seeds[t]);
      context_.Report(from + (to - from) * static_cast<double>(++done) / static_cast<double>(count));
    });
  }

  const ContiguousProblem& problem_;
  RunContext& context_;
  const std::function<bool()> is_late_;
  const bool by_distance_;
  Random seeder_;
  double work_ = 0;
  double work_per_node_ = 0;
  std::atomic<bool> by_clock_{false};
  std::function<bool()> stop_;
  std::vector<NodeGraph> graphs_;
  std::vector<RegionPlan> plans_;  // no parts: one part
};

}  // namespace

WeightBounds BoundsWithin(int64_t total, int32_t count, double percent) {
  const long double mean = static_cast<long double>(total) / count;
  const long double room = mean * percent / 100;
  // A hair of tolerance, so that a bound that is whole is not missed by rounding.
  constexpr long double kHair = 1e-9L;
  WeightBounds bounds{static_cast<int64_t>(std::ceil(std::max(0.0L, mean - room) - kHair)),
                      static_cast<int64_t>(std::floor(mean + room + kHair))};
  if (bounds.min > bounds.max) {
    bounds = {static_cast<int64_t>(std::floor(mean)), static_cast<int64_t>(std::ceil(mean))};
  }
  return bounds;
}

const char* PartitionFaultName(PartitionFaultKind kind) {
  switch (kind) {
    case PartitionFaultKind::kTooSmall:
      return "too_small";
    case PartitionFaultKind::kNoCount:
      return "no_count";
    case PartitionFaultKind::kNodeTooHeavy:
      return "too_heavy";
    case PartitionFaultKind::kCount:
      return "count";
  }
  return "unknown";
}

const char* OutcomeName(PartitionOutcome outcome) {
  switch (outcome) {
    case PartitionOutcome::kFeasible:
      return "feasible";
    case PartitionOutcome::kInfeasible:
      return "infeasible";
    case PartitionOutcome::kNotFound:
      return "not_found";
    case PartitionOutcome::kCancelled:
      return "cancelled";
  }
  return "unknown";
}

absl::StatusOr<ContiguousPartition> PartitionContiguously(const ContiguousProblem& problem,
                                                          const ContiguousOptions& options, RunContext& context) {
  const Stopwatch stopwatch;
  if (auto status = internal::CheckContiguousProblem(problem); !status.ok()) return status;
  if (options.objective == PartitionObjective::kInertia && problem.positions.empty()) {
    return InvalidField("options.objective", -1, "is inertia, which needs positions");
  }
  if (!(options.seconds > 0)) {
    return InvalidField("options.seconds", -1, absl::StrCat("is ", options.seconds, ": need more than 0"));
  }
  if (options.work < 0) return InvalidField("options.work", -1, absl::StrCat("is ", options.work, ": need 0 or more"));

  std::vector<ContiguousRegion> regions = internal::FindRegions(problem);
  std::vector<PartitionFault> faults = internal::AllotParts(problem, regions);
  ContiguousPartition cancelled;
  cancelled.outcome = PartitionOutcome::kCancelled;
  cancelled.cancelled = true;
  if (context.cancelled()) return cancelled;

  RegionsSearch search(problem, options, context, [&] { return stopwatch.Seconds() > options.seconds; });
  search.Run(regions);
  std::vector<int32_t> part_of(problem.graph->size(), 0);
  int32_t first = 0;
  for (size_t r = 0; r < regions.size(); ++r) {
    const RegionPlan& plan = search.plan(r);
    for (size_t i = 0; i < regions[r].nodes.size(); ++i) {
      part_of[regions[r].nodes[i]] = first + (plan.part_of.empty() ? 0 : plan.part_of[i]);
    }
    first += regions[r].parts;
  }
  Renumber(part_of);
  absl::StatusOr<ContiguousPartition> partition = FiguresOf(problem, part_of);
  if (!partition.ok()) return partition.status();
  partition->faults = std::move(faults);
  partition->cancelled = context.cancelled();
  partition->by_clock = search.by_clock();
  partition->proposals = search.work();
  if (!partition->faults.empty()) {
    partition->outcome = PartitionOutcome::kInfeasible;
  } else if (partition->out_of_bounds > 0) {
    partition->outcome = partition->cancelled ? PartitionOutcome::kCancelled : PartitionOutcome::kNotFound;
  } else if (options.objective == PartitionObjective::kEdgesCut) {
    // A connected region falls into k parts only where at least k - 1 of its borders are cut.
    partition->edges_cut_bound = partition->forced_cut + static_cast<int64_t>(partition->parts.size() - regions.size());
  }
  partition->seconds = stopwatch.Seconds();
  context.Report(1);
  return partition;
}

std::string Describe(const PartitionFault& fault, const ContiguousProblem& problem, absl::string_view unit_name,
                     Language language) {
  const bool chinese = language == Language::kChinese;
  const WeightBounds bounds = problem.bounds;
  const std::string where = unit_name.empty() ? ""
                            : chinese         ? absl::StrCat(unit_name, "：")
                                              : absl::StrCat(unit_name, ": ");
  const auto nodes = static_cast<int64_t>(fault.nodes.size());
  switch (fault.kind) {
    case PartitionFaultKind::kTooSmall:
      return chinese ? absl::StrCat(where, "有一片与别处不相连，共", nodes, "个点，合计", fault.weight, "，不到下限",
                                    bounds.min, "：单独成片")
                     : absl::StrCat(where, nodes, nodes == 1 ? " node borders" : " nodes border",
                                    " nothing else of the jurisdiction and together weigh ", fault.weight,
                                    ", less than the minimum of ", bounds.min, ": kept as a part of their own");
    case PartitionFaultKind::kNoCount:
      return chinese ? absl::StrCat(where, "相连的", nodes, "个点合计", fault.weight, "，分", fault.fewer, "片超过上限",
                                    bounds.max, "，分", fault.more, "片不到下限", bounds.min)
                     : absl::StrCat(where, nodes, " connected nodes weigh ", fault.weight, ": too much for ",
                                    fault.fewer, fault.fewer == 1 ? " part" : " parts", " of at most ", bounds.max,
                                    ", too little for ", fault.more, " of at least ", bounds.min);
    case PartitionFaultKind::kNodeTooHeavy:
      return chinese ? absl::StrCat(where, "有一个点的数量是", fault.weight, "，超过上限", bounds.max)
                     : absl::StrCat(where, "one node weighs ", fault.weight, ", more than the maximum of ", bounds.max);
    case PartitionFaultKind::kCount:
      return chinese ? absl::StrCat("合计", fault.weight, "，按每片", bounds.min, "至", bounds.max, "可分", fault.fewer,
                                    "至", fault.more, "片，不能分", problem.count, "片")
                     : absl::StrCat("a weight of ", fault.weight, " in parts of ", bounds.min, " to ", bounds.max,
                                    " makes ", fault.fewer, " to ", fault.more, " parts, not ", problem.count);
  }
  return "";
}

}  // namespace lianhu::districting
