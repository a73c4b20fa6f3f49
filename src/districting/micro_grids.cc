#include "lianhu/districting/micro_grids.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <numeric>
#include <utility>

#include "districting/micro_grid_bound.h"
#include "districting/micro_grid_check.h"
#include "districting/micro_grid_contiguity.h"
#include "districting/micro_grid_numbering.h"
#include "districting/micro_grid_units.h"
#include "lianhu/base/random.h"
#include "lianhu/base/stopwatch.h"

namespace lianhu::districting {
namespace {

using internal::DrawnUnit;

// Looks at an atom and a part that a core of 2020 does in a second, with a margin.
constexpr double kLooksPerSecond = 1e8;
constexpr double kMostLooks = 1e15;
// Of the work that is left, where atoms differ in weight: the rest is for jurisdictions where not all of it fits.
constexpr double kFirstShare = 0.75;
// Of the work, where a bound is wanted.
constexpr double kSearchShare = 0.75;

double WorkOf(const MicroGridOptions& options) {
  return options.work > 0 ? static_cast<double>(options.work) : std::min(kLooksPerSecond * options.seconds, kMostLooks);
}

double SearchShareOf(const MicroGridOptions& options) {
  return options.bound ? kSearchShare : 1;
}

MicroGridPlan CancelledPlan() {
  MicroGridPlan plan;
  plan.outcome = PartitionOutcome::kCancelled;
  plan.cancelled = true;
  return plan;
}

// The search over all jurisdictions. Whether atoms of different weight fit into the least number of parts is bin
// packing: where they do not, and the number is open, it is tried with more parts; then, with kept buildings, without
// keeping them.
class UnitsSearch {
 public:
  UnitsSearch(const MicroGridProblem& problem, absl::Span<const Point> places, const MicroGridOptions& options,
              RunContext& context, std::function<bool()> is_late)
      : problem_(problem), places_(places), context_(context), is_late_(std::move(is_late)), seeder_(context.seed) {
    share_ = SearchShareOf(options);
    work_ = share_ * WorkOf(options);
  }

  void Run(std::vector<DrawnUnit>& units) {
    part_of_.resize(units.size());
    std::vector<size_t> open(units.size());
    std::iota(open.begin(), open.end(), 0);
    const bool kept = problem_.keep_buildings && !problem_.buildings.empty();
    const bool differ = kept || !problem_.weight.empty();
    double left = 1;  // of the work
    double share = differ ? kFirstShare : 1;
    std::vector<int64_t> excess = Search(units, open, share);
    for (int64_t more = 1; differ && problem_.count == 0; more *= 2) {
      std::erase_if(open, [&](size_t u) { return excess[u] == 0 || units[u].parts >= MostPartsOf(units[u]); });
      if (open.empty()) break;
      for (const size_t u : open) {
        internal::Allot(units[u], std::min(MostPartsOf(units[u]), units[u].parts + more), problem_.bounds);
      }
      left -= share;
      share = left / 2;
      SearchAgain(units, open, share, excess);
    }
    if (!kept) return;
    open.clear();
    for (size_t u = 0; u < units.size(); ++u) {
      if (excess[u] == 0 || units[u].at.size() == units[u].households.size()) continue;
      open.push_back(u);
      internal::MakeAtoms(problem_, places_, false, units[u]);
      internal::Allot(units[u], problem_.count == 0 ? units[u].least_parts : units[u].parts, problem_.bounds);
    }
    if (!open.empty()) SearchAgain(units, open, left - share, excess);
  }

  const std::vector<int32_t>& part_of(size_t unit) const { return part_of_[unit]; }
  bool by_clock() const { return by_clock_; }
  int64_t work() const { return done_; }

 private:
  static int64_t MostPartsOf(const DrawnUnit& unit) {
    return std::min(unit.most_parts, static_cast<int64_t>(unit.at.size()));
  }

  void SearchAgain(const std::vector<DrawnUnit>& units, const std::vector<size_t>& open, double share,
                   std::vector<int64_t>& excess) {
    const std::vector<int64_t> found = Search(units, open, share);
    for (const size_t u : open) excess[u] = found[u];
  }

  // Excess by unit; 0 for those that are not open.
  std::vector<int64_t> Search(const std::vector<DrawnUnit>& units, const std::vector<size_t>& open, double share) {
    std::vector<internal::PartTask> tasks;
    tasks.reserve(open.size());
    for (const size_t u : open) tasks.push_back(internal::TaskOf(problem_, units[u]));
    const internal::PartEffort effort{.work = static_cast<int64_t>(work_ * share),
                                      .seed = seeder_.Next(),
                                      .threads = context_.ThreadsFor(static_cast<int64_t>(places_.size())),
                                      .stop = [this](double fraction) {
                                        context_.Report(share_ * fraction);
                                        if (is_late_()) by_clock_ = true;
                                        return by_clock_ || context_.cancelled();
                                      }};
    internal::PartsFound found = internal::SearchParts(tasks, effort);
    done_ += found.work;
    std::vector<int64_t> excess(units.size(), 0);
    for (size_t k = 0; k < open.size(); ++k) {
      part_of_[open[k]] = std::move(found.part_of[k]);
      excess[open[k]] = found.excess[k];
    }
    return excess;
  }

  const MicroGridProblem& problem_;
  absl::Span<const Point> places_;
  RunContext& context_;
  const std::function<bool()> is_late_;
  Random seeder_;
  double share_ = 1;  // of work and progress
  double work_ = 0;
  int64_t done_ = 0;
  std::atomic<bool> by_clock_{false};
  std::vector<std::vector<int32_t>> part_of_;
};

// Figures of a search's parts, with what else it says.
absl::StatusOr<MicroGridPlan> Finish(const MicroGridProblem& problem, absl::Span<const Point> places,
                                     MicroGridPlan drawn, const RunContext& context) {
  if (drawn.part_of.empty()) return CancelledPlan();
  internal::NumberParts(problem, places, drawn.part_of);
  absl::StatusOr<MicroGridPlan> plan = FiguresOf(problem, drawn.part_of);
  if (!plan.ok()) return plan.status();
  plan->faults = std::move(drawn.faults);
  plan->work = drawn.work;
  plan->by_clock = drawn.by_clock;
  plan->cancelled = context.cancelled();
  if (!plan->faults.empty()) {
    plan->outcome = PartitionOutcome::kInfeasible;
  } else if (plan->cancelled && plan->outcome == PartitionOutcome::kNotFound) {
    plan->outcome = PartitionOutcome::kCancelled;
  }
  return plan;
}

// Without a graph.
absl::StatusOr<MicroGridPlan> DrawWithin(const MicroGridProblem& problem, absl::Span<const Point> places,
                                         const MicroGridOptions& options, RunContext& context,
                                         const Stopwatch& stopwatch) {
  std::vector<DrawnUnit> units = internal::SplitIntoUnits(problem, places);
  MicroGridPlan drawn;
  drawn.faults = internal::AllotMicroGrids(problem, units);
  UnitsSearch search(problem, places, options, context,
                     [&] { return stopwatch.Seconds() > SearchShareOf(options) * options.seconds; });
  search.Run(units);
  drawn.part_of.assign(places.size(), 0);
  int32_t first = 0;
  for (size_t u = 0; u < units.size(); ++u) {
    const DrawnUnit& unit = units[u];
    const std::vector<int32_t>& parts = search.part_of(u);
    for (size_t a = 0; a < parts.size(); ++a) {
      for (int32_t i = unit.begin[a]; i < unit.begin[a + 1]; ++i) drawn.part_of[unit.members[i]] = first + parts[a];
    }
    first += unit.parts;
  }
  drawn.by_clock = search.by_clock();
  drawn.work = search.work();
  absl::StatusOr<MicroGridPlan> plan = Finish(problem, places, std::move(drawn), context);
  if (!plan.ok() || !options.bound || plan->outcome != PartitionOutcome::kFeasible) return plan;

  std::atomic<bool> late{false};
  const auto stop = [&] {
    if (stopwatch.Seconds() > options.seconds) late = true;
    return late || context.cancelled();
  };
  plan->bound =
      internal::BoundOf(problem, places, units, *plan, static_cast<int64_t>((1 - kSearchShare) * WorkOf(options)),
                        context.ThreadsFor(static_cast<int64_t>(units.size())), stop);
  if (plan->objective > 0) plan->gap_percent = 100 * (plan->objective - plan->bound) / plan->objective;
  plan->by_clock = plan->by_clock || late;
  return plan;
}

}  // namespace

absl::StatusOr<MicroGridPlan> DrawMicroGrids(const MicroGridProblem& problem, const MicroGridOptions& options,
                                             RunContext& context) {
  const Stopwatch stopwatch;
  if (auto status = internal::CheckMicroGridProblem(problem); !status.ok()) return status;
  if (auto status = internal::CheckMicroGridOptions(options); !status.ok()) return status;
  std::vector<Point> places(problem.households.begin(), problem.households.end());
  if (problem.datum == Datum::kWgs84Degrees) places = ProjectWgs84(places, Middle(places));
  if (context.cancelled()) return CancelledPlan();
  absl::StatusOr<MicroGridPlan> plan;
  if (problem.graph == nullptr) {
    plan = DrawWithin(problem, places, options, context, stopwatch);
  } else {
    absl::StatusOr<MicroGridPlan> drawn = internal::DrawConnected(problem, places, options, context);
    if (!drawn.ok()) return drawn.status();
    plan = Finish(problem, places, *std::move(drawn), context);
  }
  if (!plan.ok()) return plan.status();
  plan->seconds = stopwatch.Seconds();
  context.Report(1);
  return plan;
}

}  // namespace lianhu::districting
