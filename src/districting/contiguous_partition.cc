#include "lianhu/districting/contiguous_partition.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "districting/contiguous_check.h"
#include "districting/contiguous_regions.h"
#include "districting/region_partition.h"
#include "lianhu/base/parallel.h"
#include "lianhu/base/random.h"
#include "lianhu/base/status.h"

namespace lianhu::districting {
namespace {

using internal::ContiguousRegion;
using internal::NodeGraph;
using internal::RegionPlan;
using internal::RegionTask;

// Moves that a core of 2020 proposes in a second, with a margin.
constexpr double kWorkPerSecond = 3e6;
constexpr double kMostWork = 1e15;
// Searches of a region, each from the beginning, the best of which is kept; fewer where they would be too short.
constexpr int32_t kStarts = 4;
constexpr double kWorkPerNode = 400;

// Numbers the parts by their first node.
void Renumber(std::vector<int32_t>& part_of) {
  std::vector<int32_t> number(part_of.size(), -1);
  int32_t next = 0;
  for (int32_t& part : part_of) {
    if (number[part] < 0) number[part] = next++;
    part = number[part];
  }
}

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
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
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

  // A task is one start in one region; what it does depends on its number alone.
  const double work =
      options.work > 0 ? static_cast<double>(options.work) : std::min(kWorkPerSecond * options.seconds, kMostWork);
  const double work_per_node = work / problem.graph->size();
  const auto starts = std::clamp<int64_t>(static_cast<int64_t>(work_per_node / kWorkPerNode), 1, kStarts);
  std::vector<NodeGraph> graphs(regions.size());
  std::vector<RegionPlan> plans(regions.size() * starts);
  std::vector<uint64_t> seeds(plans.size());
  Random seeder(context.seed);
  for (uint64_t& seed : seeds) seed = seeder.Next();
  for (size_t r = 0; r < regions.size(); ++r) {
    if (regions[r].parts > 1) graphs[r] = internal::GraphOf(problem, regions[r]);
  }
  std::atomic<bool> by_clock{false};
  std::atomic<int64_t> done{0};
  const auto stop = [&] {
    if (elapsed() > options.seconds) by_clock = true;
    return by_clock || context.cancelled();
  };
  const auto task_count = static_cast<int64_t>(plans.size());
  ParallelFor(context.ThreadsFor(task_count), task_count, [&](int64_t t) {
    const ContiguousRegion& region = regions[t / starts];
    if (region.parts == 1) return;
    // A later start that comes too late is not needed: the first has a plan.
    if (t % starts != 0 && stop()) return;
    const RegionTask task{.graph = &graphs[t / starts],
                          .parts = region.parts,
                          .low = problem.bounds.min,
                          .high = problem.bounds.max,
                          .by_distance = options.objective == PartitionObjective::kInertia,
                          .work = static_cast<int64_t>(work_per_node * static_cast<double>(region.nodes.size()) /
                                                       static_cast<double>(starts)),
                          .seed = seeds[t]};
    plans[t] = internal::PartitionRegion(task, stop);
    context.Report(static_cast<double>(++done) / static_cast<double>(task_count));
  });

  std::vector<int32_t> part_of(problem.graph->size(), 0);
  int32_t first = 0;
  for (size_t r = 0; r < regions.size(); ++r) {
    const RegionPlan* best = nullptr;
    for (int64_t s = 0; s < starts && regions[r].parts > 1; ++s) {
      const RegionPlan& plan = plans[r * starts + s];
      if (!plan.part_of.empty() && (best == nullptr || plan.BetterThan(*best))) best = &plan;
    }
    for (size_t i = 0; i < regions[r].nodes.size(); ++i) {
      part_of[regions[r].nodes[i]] = first + (best == nullptr ? 0 : best->part_of[i]);
    }
    first += regions[r].parts;
  }
  Renumber(part_of);
  absl::StatusOr<ContiguousPartition> partition = FiguresOf(problem, part_of);
  if (!partition.ok()) return partition.status();
  partition->faults = std::move(faults);
  partition->cancelled = context.cancelled();
  partition->by_clock = by_clock;
  if (!partition->faults.empty()) {
    partition->outcome = PartitionOutcome::kInfeasible;
  } else if (partition->out_of_bounds > 0) {
    partition->outcome = partition->cancelled ? PartitionOutcome::kCancelled : PartitionOutcome::kNotFound;
  } else if (options.objective == PartitionObjective::kEdgesCut) {
    // A connected region falls into k parts only where at least k - 1 of its borders are cut.
    partition->edges_cut_bound = partition->forced_cut + static_cast<int64_t>(partition->parts.size() - regions.size());
  }
  partition->seconds = elapsed();
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
