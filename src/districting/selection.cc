#include "lianhu/districting/selection.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "districting/pace.h"
#include "districting/region_search.h"
#include "districting/selection_bound.h"
#include "lianhu/base/status.h"

namespace lianhu::districting {
namespace {

using internal::RegionSearch;
using internal::SelectionBound;

// A short annealing for a first plan, the bound, a long annealing, the bound again; shares of the work.
constexpr double kFirstSearch = 0.05;          // or less, where that is more work than
constexpr double kFirstWorkOfHousehold = 1e6;  // this for each household: small problems are often solved by then
constexpr double kFirstBound = 0.08;
constexpr double kSearch = 0.75;
constexpr double kLastBound = 0.12;
// The long one is several where each has so many steps for a cluster; more where there are more clusters.
constexpr double kStepsForCluster = 5000;
constexpr double kStepsForClusters = 8;
constexpr int64_t kMostAnnealings = 10;
// After each, centres are moved far, for at most this share of the work.
constexpr double kRelocationShare = 0.01;

absl::Status CheckPoints(absl::Span<const Point> points, const char* field) {
  for (size_t i = 0; i < points.size(); ++i) {
    if (std::abs(points[i].x) <= kMaxCoordinate && std::abs(points[i].y) <= kMaxCoordinate) continue;
    return InvalidField(field, static_cast<int64_t>(i),
                        absl::StrCat("(", points[i].x, ", ", points[i].y, ") is not a position in range"));
  }
  return absl::OkStatus();
}

absl::Status CheckColumn(absl::Span<const int32_t> column, size_t size, int32_t least, const char* field) {
  if (column.size() != size) {
    return InvalidField(field, -1, absl::StrCat("has ", column.size(), " entries, expected ", size));
  }
  const auto fault = std::find_if(column.begin(), column.end(), [&](int32_t value) { return value < least; });
  if (fault == column.end()) return absl::OkStatus();
  return InvalidField(field, fault - column.begin(), absl::StrCat("is ", *fault, ": need at least ", least));
}

absl::Status Validate(const SelectionProblem& problem) {
  if (problem.households.empty()) return InvalidField("households", -1, "has no entries");
  if (auto status = CheckPoints(problem.households, "households"); !status.ok()) return status;
  if (auto status = CheckPoints(problem.candidates, "candidates"); !status.ok()) return status;
  if (!problem.demand.empty()) {
    if (auto status = CheckColumn(problem.demand, problem.households.size(), 1, "demand"); !status.ok()) return status;
  }
  if (auto status = CheckColumn(problem.capacity, problem.candidates.size(), 0, "capacity"); !status.ok())
    return status;
  if (problem.count < 1 || problem.count > static_cast<int64_t>(problem.candidates.size())) {
    return InvalidField("count", -1,
                        absl::StrCat("is ", problem.count, ": need 1 to ", problem.candidates.size(), " candidates"));
  }
  return absl::OkStatus();
}

int64_t DemandOf(const SelectionProblem& problem, size_t h) {
  return problem.demand.empty() ? 1 : problem.demand[h];
}

// Whether demand and capacity alone rule a plan out.
bool Fits(const SelectionProblem& problem, Selection& selection) {
  int64_t largest_demand = 0;
  for (size_t h = 0; h < problem.households.size(); ++h) {
    selection.demand += DemandOf(problem, h);
    largest_demand = std::max(largest_demand, DemandOf(problem, h));
  }
  std::vector<int32_t> capacity(problem.capacity.begin(), problem.capacity.end());
  std::sort(capacity.begin(), capacity.end(), std::greater<>());
  selection.capacity = std::accumulate(capacity.begin(), capacity.begin() + problem.count, int64_t{0});
  return selection.demand <= selection.capacity && largest_demand <= capacity[0];
}

void Adopt(const SelectionProblem& problem, const RegionSearch& search, Selection& selection) {
  selection.chosen = search.centres();
  std::sort(selection.chosen.begin(), selection.chosen.end());
  selection.candidate_of.clear();
  selection.objective = 0;
  for (size_t h = 0; h < problem.households.size(); ++h) {
    const int32_t j = search.centres()[search.cluster_of()[h]];
    selection.candidate_of.push_back(j);
    selection.objective += Distance(problem.households[h], problem.candidates[j], problem.rule);
  }
  selection.regions = search.regions();
}

// About what it costs to look at every centre and candidate once: regions of eight clusters, several passes each.
double RelocationWork(const SelectionProblem& problem) {
  const double region = 8 * static_cast<double>(problem.households.size()) / problem.count;
  return 160 * region * static_cast<double>(problem.candidates.size() + problem.count);
}

// The distance at which each household is served.
std::vector<double> ServedAt(const SelectionProblem& problem, const Selection& selection) {
  std::vector<double> served_at;
  served_at.reserve(problem.households.size());
  for (size_t h = 0; h < problem.households.size(); ++h) {
    served_at.push_back(Distance(problem.households[h], problem.candidates[selection.candidate_of[h]], problem.rule));
  }
  return served_at;
}

// The gap to the bound, which is whole where distances are.
void Compare(const SelectionProblem& problem, Selection& selection) {
  if (problem.rule != DistanceRule::kEuclidean) selection.bound = std::ceil(selection.bound - 1e-6);
  selection.bound = std::min(selection.bound, selection.objective);
  selection.gap_percent =
      selection.objective > 0 ? 100 * (selection.objective - selection.bound) / selection.objective : 0;
}

void Raise(const SelectionProblem& problem, int64_t work, const std::function<bool(double)>& stop,
           SelectionBound& bound, Selection& selection) {
  selection.bound = bound.Ascend(selection.objective, work, stop);
  Compare(problem, selection);
}

}  // namespace

double Distance(Point a, Point b, DistanceRule rule) {
  return internal::PairDistance(a, b, rule);
}

const char* OutcomeName(SelectionOutcome outcome) {
  switch (outcome) {
    case SelectionOutcome::kFeasible:
      return "feasible";
    case SelectionOutcome::kInfeasible:
      return "infeasible";
    case SelectionOutcome::kNotFound:
      return "not_found";
    case SelectionOutcome::kCancelled:
      return "cancelled";
  }
  return "unknown";
}

absl::StatusOr<Selection> Select(const SelectionProblem& problem, const SelectionOptions& options,
                                 RunContext& context) {
  internal::Pace pace(options.seconds, context);
  if (auto status = Validate(problem); !status.ok()) return status;
  if (!(options.seconds > 0)) {
    return InvalidField("options.seconds", -1, absl::StrCat("is ", options.seconds, ": need more than 0"));
  }
  if (options.work < 0) return InvalidField("options.work", -1, absl::StrCat("is ", options.work, ": need 0 or more"));

  Selection selection;
  const auto finish = [&](SelectionOutcome outcome) {
    selection.outcome = outcome;
    selection.seconds = pace.Elapsed();
    return selection;
  };
  if (!Fits(problem, selection)) return finish(SelectionOutcome::kInfeasible);
  const internal::SearchProblem searched = internal::SearchProblemOf(problem);
  RegionSearch search(searched, context.seed);
  if (context.cancelled()) return finish(SelectionOutcome::kCancelled);
  if (!search.Start()) return finish(SelectionOutcome::kNotFound);

  const double work = options.work > 0 ? static_cast<double>(options.work)
                                       : std::min(internal::kWorkPerSecond * options.seconds, internal::kMostWork);
  pace.Begin();
  double done = 0;
  const auto anneal = [&](double share) {
    const internal::Pace::Window window = pace.Open(done, share);
    search.Anneal(static_cast<int64_t>(work * share), 1.0, [&](double part) { return window(part); });
    done += share;
    Adopt(problem, search, selection);
  };
  const auto raise = [&](double share, SelectionBound& bound) {
    const internal::Pace::Window window = pace.Open(done, share);
    Raise(
        problem, static_cast<int64_t>(work * share), [&](double part) { return window.Over(part); }, bound, selection);
    done += share;
  };
  const double first =
      std::min(kFirstSearch, kFirstWorkOfHousehold * static_cast<double>(problem.households.size()) / work);
  const double rest = kFirstSearch + kSearch - first;
  anneal(first);
  const double steps = static_cast<double>(search.regions()) * rest / first;
  const double wanted = (kStepsForCluster + kStepsForClusters * problem.count) * problem.count;
  const auto annealings = static_cast<int64_t>(std::clamp(steps / wanted, 1.0, static_cast<double>(kMostAnnealings)));
  SelectionBound bound(problem, ServedAt(problem, selection));
  raise(kFirstBound, bound);
  for (int64_t k = 0; k < annealings && selection.gap_percent > 0; ++k) {
    anneal(rest / static_cast<double>(annealings));
    search.Relocate(static_cast<int64_t>(kRelocationShare * work / RelocationWork(problem)),
                    [&] { return pace.Ended(); });
    Adopt(problem, search, selection);
    Compare(problem, selection);
  }
  if (selection.gap_percent > 0) raise(kLastBound, bound);
  selection.by_clock = pace.by_clock();
  selection.cancelled = context.cancelled();
  context.Report(1);
  return finish(SelectionOutcome::kFeasible);
}

absl::StatusOr<double> VerifySelection(const SelectionProblem& problem, absl::Span<const int32_t> candidate_of) {
  if (auto status = Validate(problem); !status.ok()) return status;
  if (candidate_of.size() != problem.households.size()) {
    return InvalidField("candidate_of", -1,
                        absl::StrCat("has ", candidate_of.size(), " entries, expected ", problem.households.size()));
  }
  std::vector<int64_t> load(problem.candidates.size(), 0);
  std::vector<uint8_t> used(problem.candidates.size(), 0);
  double objective = 0;
  for (size_t h = 0; h < candidate_of.size(); ++h) {
    const int32_t j = candidate_of[h];
    if (j < 0 || j >= static_cast<int64_t>(problem.candidates.size())) {
      return InvalidField("candidate_of", static_cast<int64_t>(h), absl::StrCat(j, " is no candidate"));
    }
    used[j] = 1;
    load[j] += DemandOf(problem, h);
    objective += Distance(problem.households[h], problem.candidates[j], problem.rule);
  }
  for (size_t j = 0; j < load.size(); ++j) {
    if (load[j] <= problem.capacity[j]) continue;
    return InvalidField("capacity", static_cast<int64_t>(j),
                        absl::StrCat("is ", problem.capacity[j], ", but the plan gives it ", load[j]));
  }
  const auto count = std::count(used.begin(), used.end(), 1);
  if (count <= problem.count) return objective;
  return InvalidField("count", -1, absl::StrCat("is ", problem.count, ", but the plan uses ", count, " candidates"));
}

std::string Describe(const Selection& selection, const SelectionProblem& problem, Language language) {
  const bool chinese = language == Language::kChinese;
  if (selection.outcome == SelectionOutcome::kNotFound) {
    return chinese ? absl::StrCat("容量合计足够（需要", selection.demand, "，", problem.count, "处最多容纳",
                                  selection.capacity, "），但未能把各户装进去：增加处数或容量")
                   : absl::StrCat("the capacities are enough in sum (", selection.demand, " of ", selection.capacity,
                                  " at the ", problem.count,
                                  " largest), but no way was found to divide the demands among them: choose more or"
                                  " raise capacities");
  }
  if (selection.outcome != SelectionOutcome::kInfeasible) return "";
  if (selection.demand > selection.capacity) {
    return chinese ? absl::StrCat("需要", selection.demand, "，", problem.count, "处最多容纳", selection.capacity,
                                  "，还差", selection.demand - selection.capacity)
                   : absl::StrCat("the demand is ", selection.demand, ", the ", problem.count,
                                  " largest capacities together are ", selection.capacity, ": ",
                                  selection.demand - selection.capacity, " short");
  }
  return chinese ? "有一户的需要超过任何一处的容量" : "the demand of one household is above every capacity";
}

}  // namespace lianhu::districting
