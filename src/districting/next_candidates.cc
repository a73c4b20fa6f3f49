#include "districting/next_candidates.h"

#include <algorithm>
#include <functional>

#include "districting/community.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/base/parallel.h"

namespace lianhu::districting::internal {
namespace {

// How many of the most promising are solved for each one asked for.
constexpr size_t kTriesForEach = 2;

struct Hope {
  double saves;  // at most
  size_t community;
  int32_t candidate;  // in the community
};

// At most what each candidate who was not chosen would save: what households pay today, distance and their steward's
// price, is at most what any plan without him charges them (the plan's prices are dual).
void AddHopes(const Community& community, const std::vector<double>& paid, const std::vector<uint8_t>& is_chosen,
              size_t index, std::vector<Hope>& hopes) {
  std::vector<double> gains;
  for (size_t i = 0; i < community.place.size(); ++i) {
    if (is_chosen[community.candidates[i]] != 0 || community.most[i] == 0) continue;
    gains.clear();
    for (size_t h = 0; h < community.home.size(); ++h) {
      const double gain = paid[h] - Distance(community.home[h], community.place[i], DistanceRule::kCentimetre);
      if (gain > 0) gains.push_back(gain);
    }
    const auto places = std::min<size_t>(gains.size(), community.most[i]);
    std::partial_sort(gains.begin(), gains.begin() + static_cast<std::ptrdiff_t>(places), gains.end(),
                      std::greater<>());
    double saves = -community.opening[i];
    for (size_t k = 0; k < places; ++k) saves += gains[k];
    hopes.push_back({saves, index, static_cast<int32_t>(i)});
  }
}

// The least distance of a community when these of its candidates are chosen; -1 when that cannot be.
int64_t LeastDistance(const Community& community, const std::vector<int32_t>& chosen) {
  std::vector<Point> places;
  std::vector<int32_t> least;
  std::vector<int32_t> most;
  for (const int32_t i : chosen) {
    places.push_back(community.place[i]);
    least.push_back(community.least[i]);
    most.push_back(community.most[i]);
  }
  RunContext context;
  context.threads = 1;
  const absl::StatusOr<assignment::Plan> plan = assignment::Solve(
      {.households = community.home, .stewards = places, .bounds = {}, .steward_min = least, .steward_max = most}, {},
      context);
  return plan.ok() && plan->outcome == assignment::Outcome::kOptimal ? plan->total_cost_cm : -1;
}

}  // namespace

ChosenStewards::ChosenStewards(const CandidateProblem& problem, const std::vector<int32_t>& chosen)
    : problem_(problem) {
  for (const int32_t j : chosen) {
    places_.push_back(problem.candidates[j]);
    if (!problem.candidate_units.empty()) units_.push_back(problem.candidate_units[j]);
    least_.push_back(problem.BoundsOf(j).min);
    most_.push_back(problem.BoundsOf(j).max);
  }
}

assignment::Problem ChosenStewards::View() const {
  return {.households = problem_.households,
          .stewards = places_,
          .datum = problem_.datum,
          .household_units = problem_.household_units,
          .steward_units = units_,
          .bounds = {},
          .steward_min = least_,
          .steward_max = most_};
}

std::vector<NextCandidate> FindNextCandidates(const CandidateProblem& problem,
                                              const std::vector<Community>& communities, const StewardChoice& choice,
                                              int32_t count, RunContext& context) {
  std::vector<uint8_t> is_chosen(problem.candidates.size(), 0);
  std::vector<double> price_of(problem.candidates.size(), 0);
  for (size_t k = 0; k < choice.chosen.size(); ++k) {
    is_chosen[choice.chosen[k]] = 1;
    price_of[choice.chosen[k]] = static_cast<double>(choice.price_cm[k]);
  }
  std::vector<std::vector<int32_t>> chosen(communities.size());  // in each community
  std::vector<Hope> hopes;
  for (size_t u = 0; u < communities.size() && count > 0; ++u) {
    const Community& own = communities[u];
    std::vector<double> paid;
    paid.reserve(own.home.size());
    for (size_t h = 0; h < own.home.size(); ++h) {
      const int32_t j = choice.candidate_of[own.households[h]];
      paid.push_back(Distance(own.home[h], PlaceOf(own, j), DistanceRule::kCentimetre) + price_of[j]);
    }
    for (size_t i = 0; i < own.candidates.size(); ++i) {
      if (is_chosen[own.candidates[i]] != 0) chosen[u].push_back(static_cast<int32_t>(i));
    }
    AddHopes(own, paid, is_chosen, u, hopes);
    if (context.cancelled()) return {};
  }
  std::sort(hopes.begin(), hopes.end(), [](const Hope& a, const Hope& b) {
    if (a.saves != b.saves) return a.saves > b.saves;
    return a.community != b.community ? a.community < b.community : a.candidate < b.candidate;
  });
  hopes.resize(std::min(hopes.size(), kTriesForEach * static_cast<size_t>(count)));
  std::vector<NextCandidate> next(hopes.size());
  std::vector<int64_t> now(communities.size(), -1);
  for (const Hope& hope : hopes) {
    if (now[hope.community] < 0 && !context.cancelled()) {
      now[hope.community] = LeastDistance(communities[hope.community], chosen[hope.community]);
    }
  }
  const auto solves = static_cast<int64_t>(hopes.size());
  ParallelFor(context.ThreadsFor(solves), solves, [&](int64_t k) {
    if (context.cancelled()) return;
    const Community& own = communities[hopes[k].community];
    std::vector<int32_t> with = chosen[hopes[k].community];
    with.push_back(hopes[k].candidate);
    const int64_t distance = LeastDistance(own, with);
    next[k] = {.candidate = own.candidates[hopes[k].candidate], .feasible = distance >= 0};
    if (distance < 0) return;
    next[k].saves_cm = now[hopes[k].community] - distance - static_cast<int64_t>(own.opening[hopes[k].candidate]);
  });
  if (context.cancelled()) return {};
  std::stable_sort(next.begin(), next.end(), [](const NextCandidate& a, const NextCandidate& b) {
    return a.feasible != b.feasible ? a.feasible : a.saves_cm > b.saves_cm;
  });
  next.resize(std::min(next.size(), static_cast<size_t>(count)));
  return next;
}

}  // namespace lianhu::districting::internal
