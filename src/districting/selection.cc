#include "lianhu/districting/selection.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "districting/region_search.h"
#include "districting/selection_bound.h"
#include "lianhu/base/status.h"

namespace lianhu::districting {
namespace {

using internal::RegionSearch;
using internal::SelectionBound;

// The search gets the first part of the time, in several annealings from the best plan so far; the bound the rest.
constexpr double kSearchShare = 0.8;
constexpr int kAnnealings = 3;
// Work units (region_search.h) that a core of 2020 does in a second, with a margin.
constexpr double kWorkPerSecond = 1.2e7;
constexpr double kMostWork = 1e15;

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

}  // namespace

double Distance(Point a, Point b, DistanceRule rule) {
  const double dx = a.x - b.x;
  const double dy = a.y - b.y;
  const double distance = std::sqrt(dx * dx + dy * dy);
  switch (rule) {
    case DistanceRule::kCentimetre:
      return std::round(100 * distance);
    case DistanceRule::kWhole:
      return std::floor(distance);
    case DistanceRule::kEuclidean:
      break;
  }
  return distance;
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
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  if (auto status = Validate(problem); !status.ok()) return status;
  if (!(options.seconds > 0)) {
    return InvalidField("options.seconds", -1, absl::StrCat("is ", options.seconds, ": need more than 0"));
  }
  if (options.work < 0) return InvalidField("options.work", -1, absl::StrCat("is ", options.work, ": need 0 or more"));

  Selection selection;
  const auto finish = [&](SelectionOutcome outcome) {
    selection.outcome = outcome;
    selection.seconds = elapsed();
    return selection;
  };
  if (!Fits(problem, selection)) return finish(SelectionOutcome::kInfeasible);
  const internal::SearchProblem searched = internal::SearchProblemOf(problem);
  RegionSearch search(searched, context.seed);
  if (context.cancelled()) return finish(SelectionOutcome::kCancelled);
  if (!search.Start()) return finish(SelectionOutcome::kNotFound);

  const double work = options.work > 0 ? static_cast<double>(options.work)
                                       : std::min(kWorkPerSecond * options.seconds * kSearchShare, kMostWork);
  for (int k = 0; k < kAnnealings && !context.cancelled() && !selection.by_clock; ++k) {
    search.Anneal(static_cast<int64_t>(work / kAnnealings), 1.0, [&](double fraction) {
      context.Report(kSearchShare * (k + fraction) / kAnnealings);
      selection.by_clock |= elapsed() > options.seconds * kSearchShare;
      return context.cancelled() || selection.by_clock;
    });
  }
  Adopt(problem, search, selection);

  std::vector<double> served_at;
  served_at.reserve(problem.households.size());
  for (size_t h = 0; h < problem.households.size(); ++h) {
    served_at.push_back(Distance(problem.households[h], problem.candidates[selection.candidate_of[h]], problem.rule));
  }
  SelectionBound bound(problem, served_at);
  selection.bound = bound.Ascend(selection.objective, [&](double fraction) {
    context.Report(kSearchShare + (1 - kSearchShare) * fraction);
    return context.cancelled() || elapsed() > options.seconds;
  });
  // Whole distances sum to whole objectives.
  if (problem.rule != DistanceRule::kEuclidean) selection.bound = std::ceil(selection.bound - 1e-6);
  selection.bound = std::min(selection.bound, selection.objective);
  if (selection.objective > 0) {
    selection.gap_percent = 100 * (selection.objective - selection.bound) / selection.objective;
  }
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
