#include "lianhu/districting/steward_choice.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "districting/choice_bound.h"
#include "districting/choice_search.h"
#include "districting/community.h"
#include "districting/next_candidates.h"
#include "districting/pace.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/base/status.h"

namespace lianhu::districting {
namespace {

using internal::ChoiceBound;
using internal::ChoiceSearch;
using internal::Community;

// Of the time: to the first multipliers, to the search; the bound gets the rest.
constexpr double kMultiplierShare = 0.06;
constexpr double kChoiceShare = 0.8;
// Of this, to a short search before the bound is raised again, or as much work for each household if that is less.
constexpr double kQuickShare = 0.03;
constexpr double kQuickWorkOfHousehold = 1e6;
constexpr double kSecondBoundShare = 0.03;
// A step of the bound costs about as much as so many work units for each pair on its lists.
constexpr double kPairsPerWork = 2;

absl::Status Validate(const CandidateProblem& problem) {
  if (problem.households.empty()) return InvalidField("households", -1, "has no entries");
  if (problem.candidates.empty()) return InvalidField("candidates", -1, "has no entries");
  // The same as for stewards, under the names of this problem.
  if (auto status = assignment::Validate({.households = problem.households,
                                          .stewards = problem.candidates,
                                          .datum = problem.datum,
                                          .household_units = problem.household_units,
                                          .steward_units = problem.candidate_units,
                                          .bounds = problem.bounds,
                                          .steward_min = problem.candidate_min,
                                          .steward_max = problem.candidate_max});
      !status.ok()) {
    const ErrorDetail detail = GetErrorDetail(status);
    if (!absl::StartsWith(detail.field, "steward")) return status;
    const std::string field = absl::StrCat("candidate", detail.field.substr(7));
    const absl::string_view message = status.message();
    return InvalidField(field, detail.row, message.substr(message.find(": ") + 2));
  }
  const size_t m = problem.candidates.size();
  for (const auto& [name, size] : {std::pair{"suitability_cm", problem.suitability_cm.size()},
                                   std::pair{"requirement", problem.requirement.size()}}) {
    if (size != 0 && size != m) return InvalidField(name, -1, absl::StrCat("has ", size, " entries, expected ", m));
  }
  for (size_t j = 0; j < problem.suitability_cm.size(); ++j) {
    if (std::abs(problem.suitability_cm[j]) <= assignment::kMaxCharge) continue;
    return InvalidField("suitability_cm", static_cast<int64_t>(j),
                        absl::StrCat("is ", problem.suitability_cm[j], ": need -", assignment::kMaxCharge, " to ",
                                     assignment::kMaxCharge));
  }
  for (size_t j = 0; j < problem.requirement.size(); ++j) {
    if (problem.requirement[j] >= 0 && problem.requirement[j] <= 2) continue;
    return InvalidField("requirement", static_cast<int64_t>(j),
                        absl::StrCat("is ", problem.requirement[j], ": need 0, 1 or 2"));
  }
  switch (problem.rule) {
    case CountRule::kExactly:
      if (problem.count >= 1 && problem.count <= static_cast<int64_t>(m)) return absl::OkStatus();
      return InvalidField("count", -1, absl::StrCat("is ", problem.count, ": need 1 to ", m, " candidates"));
    case CountRule::kCostPerSteward:
      if (problem.cost_per_steward_cm >= 0 && problem.cost_per_steward_cm <= assignment::kMaxCharge) {
        return absl::OkStatus();
      }
      return InvalidField("cost_per_steward_cm", -1,
                          absl::StrCat("is ", problem.cost_per_steward_cm, ": need 0 to ", assignment::kMaxCharge));
    case CountRule::kFewest:
      return absl::OkStatus();
  }
  return InvalidField("rule", -1, absl::StrCat("is ", static_cast<int32_t>(problem.rule), ": need 0, 1 or 2"));
}

absl::Status Validate(const ChoiceOptions& options) {
  if (!(options.seconds > 0)) {
    return InvalidField("options.seconds", -1, absl::StrCat("is ", options.seconds, ": need more than 0"));
  }
  if (options.work < 0) return InvalidField("options.work", -1, absl::StrCat("is ", options.work, ": need 0 or more"));
  if (options.next >= 0 && options.next <= 1000) return absl::OkStatus();
  return InvalidField("options.next", -1, absl::StrCat("is ", options.next, ": need 0 to 1000"));
}

// The exact assignment to the chosen, its prices, and what it all comes to. False when that is no plan.
bool Settle(const CandidateProblem& problem, RunContext& context, StewardChoice& choice) {
  internal::ChosenStewards chosen(problem, choice.chosen);
  RunContext own;  // what is chosen is worth its plan, also when the caller has cancelled
  own.threads = context.threads;
  const absl::StatusOr<assignment::Plan> plan = assignment::Solve(chosen.View(), {}, own);
  if (!plan.ok() || plan->outcome != assignment::Outcome::kOptimal) return false;
  choice.candidate_of.clear();
  for (const int32_t j : plan->steward_of) choice.candidate_of.push_back(choice.chosen[j]);
  choice.price_cm = plan->price_cm;
  choice.load = plan->load;
  choice.distance_cm = plan->total_cost_cm;
  choice.suitability_cm = 0;
  if (!problem.suitability_cm.empty()) {
    for (const int32_t j : choice.chosen) choice.suitability_cm += problem.suitability_cm[j];
  }
  choice.stewards_cm = problem.rule == CountRule::kCostPerSteward
                           ? problem.cost_per_steward_cm * static_cast<int64_t>(choice.chosen.size())
                           : 0;
  choice.objective_cm = choice.distance_cm + choice.suitability_cm + choice.stewards_cm;
  return true;
}

// Degrees are projected about the middle of all positions for the search, and of households and the chosen for the
// plan, as whoever checks it does. What distances of the one may be above those of the other, in all, cm.
double ProjectionSlack(const CandidateProblem& problem, const StewardChoice& choice) {
  if (problem.datum != Datum::kWgs84Degrees) return 0;
  std::vector<Point> positions(problem.households.begin(), problem.households.end());
  for (const int32_t j : choice.chosen) positions.push_back(problem.candidates[j]);
  const Point chosen_middle = Middle(positions);
  positions.assign(problem.households.begin(), problem.households.end());
  positions.insert(positions.end(), problem.candidates.begin(), problem.candidates.end());
  const Point middle = Middle(positions);
  if (middle == chosen_middle) return 0;
  // Both are the same but for the scales of x and y.
  const std::vector<Point> cross = {{middle.x, middle.y}, {middle.x + 0.01, middle.y}, {middle.x, middle.y + 0.01}};
  const std::vector<Point> searched = ProjectWgs84(cross, middle);
  const std::vector<Point> planned = ProjectWgs84(cross, chosen_middle);
  const double x = (planned[1].x - planned[0].x) / (searched[1].x - searched[0].x);
  const double y = (planned[2].y - planned[0].y) / (searched[2].y - searched[0].y);
  const double shrink = std::max(0.0, 1.000001 - std::min(x, y));
  return static_cast<double>(problem.households.size()) + shrink * static_cast<double>(choice.distance_cm);
}

// Costs are whole, and so is the least of them.
int64_t RoundedBound(double bound, const StewardChoice& choice) {
  if (bound >= static_cast<double>(choice.objective_cm)) return choice.objective_cm;
  return std::min(choice.objective_cm, static_cast<int64_t>(std::ceil(bound)));
}

// Counts by community that add up to `total` between least and most: shares of it, the greatest remainders first.
std::vector<int64_t> ShareOut(const std::vector<Community>& communities, const std::vector<double>& shares,
                              int64_t total) {
  std::vector<int64_t> counts;
  int64_t left = total;
  for (size_t u = 0; u < communities.size(); ++u) {
    const auto share = static_cast<int64_t>(std::floor(shares[u]));
    counts.push_back(std::clamp(share, communities[u].least_count, communities[u].most_count));
    left -= counts.back();
  }
  while (left != 0) {
    size_t best = communities.size();
    for (size_t u = 0; u < communities.size(); ++u) {
      const bool open = left > 0 ? counts[u] < communities[u].most_count : counts[u] > communities[u].least_count;
      if (!open) continue;
      const auto lack = [&](size_t k) { return (shares[k] - static_cast<double>(counts[k])) * (left > 0 ? 1 : -1); };
      if (best == communities.size() || lack(u) > lack(best)) best = u;
    }
    if (best == communities.size()) break;
    counts[best] += left > 0 ? 1 : -1;
    left -= left > 0 ? 1 : -1;
  }
  return counts;
}

// The number of stewards in each community before anything is known: in proportion to households.
std::vector<int64_t> FirstCounts(const CandidateProblem& problem, const std::vector<Community>& communities) {
  const auto n = static_cast<double>(problem.households.size());
  int64_t least = 0;
  int64_t most = 0;
  for (const Community& community : communities) {
    least += community.least_count;
    most += community.most_count;
  }
  const int64_t total = problem.rule == CountRule::kExactly  ? problem.count
                        : problem.rule == CountRule::kFewest ? least
                                                             : std::min(most, least + least / 5);
  std::vector<double> shares;
  shares.reserve(communities.size());
  for (const Community& community : communities) {
    shares.push_back(static_cast<double>(total) * static_cast<double>(community.households.size()) / n);
  }
  return ShareOut(communities, shares, total);
}

void Limit(const CandidateProblem& problem, const std::vector<Community>& communities, ChoiceBound& bound) {
  std::vector<int64_t> low;
  std::vector<int64_t> high;
  for (const Community& community : communities) {
    low.push_back(community.least_count);
    high.push_back(problem.rule == CountRule::kFewest ? community.least_count : community.most_count);
  }
  bound.Limit(std::move(low), std::move(high), problem.rule == CountRule::kExactly ? problem.count : -1);
}

// Households on a candidate's list: several times as many as he can take.
int64_t ReachOf(const std::vector<Community>& communities) {
  int64_t most = 0;
  for (const Community& community : communities) {
    for (const int32_t each : community.most) most = std::max<int64_t>(most, each);
  }
  return std::clamp<int64_t>(6 * most, 64, 2000);
}

// What a step of the bound costs, in work units.
double StepWork(const std::vector<Community>& communities, int64_t reach) {
  double pairs = 1;
  for (const Community& community : communities) {
    pairs += static_cast<double>(community.place.size()) *
             static_cast<double>(std::min<int64_t>(reach, static_cast<int64_t>(community.home.size())));
  }
  return pairs / kPairsPerWork;
}

void AddUnits(const std::vector<Community>& communities, StewardChoice& choice) {
  for (const Community& community : communities) {
    ChoiceUnit unit{.unit = community.unit,
                    .households = static_cast<int64_t>(community.households.size()),
                    .candidates = static_cast<int64_t>(community.candidates.size()),
                    .least = community.least_count,
                    .most = community.most_count};
    for (const int32_t j : community.candidates) {
      unit.chosen += std::binary_search(choice.chosen.begin(), choice.chosen.end(), j) ? 1 : 0;
    }
    for (size_t h = 0; h < community.households.size(); ++h) {
      unit.distance_cm += assignment::PairCost(
          community.home[h], internal::PlaceOf(community, choice.candidate_of[community.households[h]]));
    }
    choice.units.push_back(unit);
  }
}

}  // namespace

absl::StatusOr<StewardChoice> ChooseStewards(const CandidateProblem& problem, const ChoiceOptions& options,
                                             RunContext& context) {
  internal::Pace pace(options.seconds, context);
  if (auto status = Validate(problem); !status.ok()) return status;
  if (auto status = Validate(options); !status.ok()) return status;

  StewardChoice choice;
  const auto finish = [&](ChoiceOutcome outcome) {
    choice.outcome = outcome;
    choice.seconds = pace.Elapsed();
    return choice;
  };
  const std::vector<Community> communities = internal::SplitIntoCommunities(problem);
  choice.shortfalls = internal::FindShortfalls(problem, communities);
  if (!choice.shortfalls.empty()) return finish(ChoiceOutcome::kInfeasible);
  for (const Community& community : communities) {
    choice.least_count += community.least_count;
    choice.most_count += community.most_count;
  }

  const int threads = context.ThreadsFor(static_cast<int64_t>(communities.size()));
  const int64_t reach = ReachOf(communities);
  ChoiceBound bound(communities, reach, threads);
  Limit(problem, communities, bound);
  ChoiceSearch search(communities, context.seed, threads, problem.rule == CountRule::kFewest,
                      problem.rule == CountRule::kExactly);
  std::vector<int64_t> counts = FirstCounts(problem, communities);
  if (context.cancelled()) return finish(ChoiceOutcome::kCancelled);
  if (const int64_t fault = search.Start(counts); fault >= 0) return finish(ChoiceOutcome::kNotFound);

  // Multipliers tell where stewards are worth most, and who of the candidates.
  const double work = options.work > 0 ? static_cast<double>(options.work)
                                       : std::min(internal::kWorkPerSecond * options.seconds, internal::kMostWork);
  const double step = StepWork(communities, reach);
  const auto steps = [&](double share) { return static_cast<int64_t>(std::max(20.0, share * work / step)); };
  pace.Begin();
  const auto first = pace.Open(0, kMultiplierShare);
  bound.Ascend(search.ServedAt(problem.households.size()), search.cost(),
               std::min<int64_t>(150, steps(kMultiplierShare)), [&](double fraction) { return first.Over(fraction); });
  std::vector<double> shares;
  int64_t total = 0;
  for (size_t u = 0; u < communities.size(); ++u) {
    const std::vector<double>& frequency = bound.Frequency(u);
    shares.push_back(std::accumulate(frequency.begin(), frequency.end(), 0.0));
    total += counts[u];
  }
  if (problem.rule == CountRule::kCostPerSteward) {
    total = std::clamp(static_cast<int64_t>(std::accumulate(shares.begin(), shares.end(), 0.5)), choice.least_count,
                       choice.most_count);
  }
  if (problem.rule != CountRule::kFewest) counts = ShareOut(communities, shares, total);
  search.StartFrom(counts, [&](size_t u, size_t candidate) { return bound.Frequency(u)[candidate]; });

  // A short search is often the end of a small problem.
  const double quick =
      std::min(kQuickShare, kQuickWorkOfHousehold * static_cast<double>(problem.households.size()) / work);
  double done = kMultiplierShare;
  search.Run(static_cast<int64_t>(work * quick), done, quick, pace);
  done += quick;
  const auto second = pace.Open(done, kSecondBoundShare);
  const double early = bound.Ascend(search.ServedAt(problem.households.size()), search.cost(), steps(kSecondBoundShare),
                                    [&](double fraction) { return second.Over(fraction); });
  done += kSecondBoundShare;
  // Costs are whole.
  if (early <= search.cost() - 1) {
    search.Run(static_cast<int64_t>(work * (kChoiceShare - done)), done, kChoiceShare - done, pace);
  }
  choice.regions = search.regions();
  choice.chosen = search.Chosen();
  choice.by_clock = pace.by_clock();
  if (!Settle(problem, context, choice)) return finish(ChoiceOutcome::kNotFound);
  AddUnits(communities, choice);

  const auto last = pace.Open(kChoiceShare, 1 - kChoiceShare);
  const double best = bound.Ascend(search.ServedAt(problem.households.size()), static_cast<double>(choice.objective_cm),
                                   steps(1 - kChoiceShare), [&](double fraction) { return last.Over(fraction); });
  choice.bound_cm = RoundedBound(best - ProjectionSlack(problem, choice), choice);
  if (choice.objective_cm > 0) {
    choice.gap_percent =
        100 * static_cast<double>(choice.objective_cm - choice.bound_cm) / static_cast<double>(choice.objective_cm);
  }
  choice.next = internal::FindNextCandidates(problem, communities, choice, options.next, context);
  choice.cancelled = context.cancelled();
  context.Report(1);
  return finish(ChoiceOutcome::kFeasible);
}

}  // namespace lianhu::districting
