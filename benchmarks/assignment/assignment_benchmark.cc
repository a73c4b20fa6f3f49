// The exact plan beside LEMON's network simplex on the same costs, in one run on one core.
//
// Ours runs from raw coordinates to a plan proved over all pairs. LEMON's time is building its graph and solving it on
// arcs found for it beforehand: all pairs of a jurisdiction, or each household's 100 nearest stewards where there are
// no jurisdictions. Every run checks that our total is proved and not above LEMON's.
//
// Cambridge is read from ../shared/data, or $LIANHU_DATA; without it those runs are left out, and say so.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include "assignment/instances.h"
#include "assignment/lemon_reference.h"
#include "assignment/peer_arcs.h"
#include "data/shared_data.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/io/street.h"

namespace lianhu::assignment {
namespace {

using testing::Instance;
using testing::MakeInstance;
using testing::Spread;

constexpr size_t kNearest = 100;

Plan SolveOnce(const Problem& problem, int threads) {
  RunContext context;
  context.threads = threads;
  return Solve(problem, {}, context).value();
}

void RunOurs(benchmark::State& state, const Problem& problem, int threads) {
  for (auto _ : state) {
    const Plan plan = SolveOnce(problem, threads);
    if (plan.outcome != Outcome::kOptimal || plan.total_cost_cm != plan.dual_bound_cm)
      state.SkipWithError("not proved");
  }
}

void RunLemon(benchmark::State& state, const Problem& problem) {
  const bool all_pairs = !problem.household_units.empty();
  const testing::ArcProblem arcs = testing::PeerArcs(problem, all_pairs ? 0 : kNearest);
  const int64_t ours = SolveOnce(problem, 0).total_cost_cm;
  for (auto _ : state) {
    const testing::LemonResult result = testing::SolveWithLemon(arcs);
    state.SetIterationTime(result.build_seconds + result.solve_seconds);
    const bool as_expected = all_pairs ? ours == result.total_cost_cm : ours <= result.total_cost_cm;
    if (!result.feasible || !as_expected) state.SkipWithError("the peer has another optimum");
  }
}

// `view` is called when the run comes up, so that unwanted instances are not made.
void Register(const std::string& name, const std::function<Problem()>& view, bool both_threads = false) {
  const auto add = [](const std::string& full_name, const auto& run) {
    return benchmark::RegisterBenchmark(full_name.c_str(), run)->Unit(benchmark::kMillisecond);
  };
  add(name + "/lianhu", [view](benchmark::State& state) { RunOurs(state, view(), 1); })->UseRealTime()->MinTime(1);
  if (both_threads) {
    add(name + "/lianhu, 2 threads", [view](benchmark::State& state) { RunOurs(state, view(), 2); })
        ->UseRealTime()
        ->MinTime(1);
  }
  add(name + "/LEMON", [view](benchmark::State& state) { RunLemon(state, view()); })->UseManualTime()->Iterations(1);
}

void RegisterGenerated(const std::string& name, Spread spread, int32_t n, int32_t m, int32_t units,
                       LoadBounds bounds = {.min = 10, .max = 20}) {
  const auto instance = std::make_shared<Instance>();
  const auto view = [=] {
    if (instance->households.empty()) {
      *instance = MakeInstance(spread, n, m, 1);
      instance->bounds = bounds;
      // Communities as strips of the town with as many households each, so that none is short of stewards.
      for (const auto& [points, column] : {std::pair{&instance->households, &instance->household_units},
                                           std::pair{&instance->stewards, &instance->steward_units}}) {
        if (units == 0) break;
        std::vector<int32_t> order(points->size());
        for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int32_t>(i);
        std::stable_sort(order.begin(), order.end(),
                         [&](int32_t a, int32_t b) { return (*points)[a].x < (*points)[b].x; });
        column->resize(points->size());
        for (size_t i = 0; i < order.size(); ++i) {
          (*column)[order[i]] = static_cast<int32_t>(i * units / order.size());
        }
      }
    }
    return instance->View();
  };
  Register(name, view, units > 0 || n >= 200000);
}

void RegisterCambridge(const std::string& name, const std::string& within) {
  const auto folder = lianhu::testing::SharedData("cambridge");
  if (!folder) {
    std::fprintf(stderr, "left out, no shared data: %s\n", name.c_str());
    return;
  }
  const auto street = std::make_shared<io::Street>();
  const auto view = [=] {
    if (street->households.ids.empty()) {
      *street = io::ReadStreet({.households = (*folder / "households.csv").string(),
                                .stewards = (*folder / "stewards.csv").string(),
                                .within = within,
                                .bounds = {}})
                    .value();
    }
    return street->View();
  };
  Register(name, view);
}

void RegisterAll() {
  RegisterGenerated("street 46,445 x 2,744", Spread::kUniform, 46445, 2744, 0);
  RegisterGenerated("street 46,445 x 2,744, clustered town", Spread::kTown, 46445, 2744, 0);
  RegisterGenerated("street 46,445 x 2,744, tower blocks", Spread::kTowers, 46445, 2744, 0);
  RegisterGenerated("street 46,445 x 2,744, 15 communities", Spread::kUniform, 46445, 2744, 15);
  RegisterGenerated("street 46,445 x 2,744, tight", Spread::kUniform, 46445, 2744, 0, {.min = 0, .max = 17});
  RegisterCambridge("Cambridge 40,691 x 2,407", "");
  RegisterCambridge("Cambridge 40,691 x 2,407, 32 precincts", "unit");
  RegisterGenerated("scaling 1,000 x 60", Spread::kUniform, 1000, 60, 0);
  RegisterGenerated("scaling 10,000 x 600", Spread::kUniform, 10000, 600, 0);
  RegisterGenerated("scaling 100,000 x 6,000", Spread::kUniform, 100000, 6000, 0);
  RegisterGenerated("scaling 200,000 x 12,000", Spread::kUniform, 200000, 12000, 0);
}

}  // namespace
}  // namespace lianhu::assignment

int main(int argc, char** argv) {
  lianhu::assignment::RegisterAll();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
