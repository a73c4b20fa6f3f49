// Instances made to be hard, where prices must vary over kilometres, beside LEMON's network simplex in one run.
//
// Ours runs from raw coordinates to a plan proved over all pairs. LEMON gets each household's 100 nearest stewards, or,
// where no plan exists on these, 200, 400, ... until one does; only the run on the arcs that will do is timed, graph
// building and solving. Its label says how many arcs a household they were, and how far its plan is above the optimum.
#include <benchmark/benchmark.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/strings/str_format.h"
#include "assignment/instances.h"
#include "assignment/lemon_reference.h"
#include "assignment/peer_arcs.h"
#include "lianhu/assignment/solve.h"

namespace lianhu::assignment {
namespace {

using testing::Instance;
using testing::MakeInstance;
using testing::Spread;

constexpr int32_t kHouseholds = 46445;
constexpr int32_t kStewards = 2744;

Plan SolveOnce(const Problem& problem) {
  RunContext context;
  context.threads = 1;
  return Solve(problem, {}, context).value();
}

void RunOurs(benchmark::State& state, const Problem& problem) {
  for (auto _ : state) {
    const Plan plan = SolveOnce(problem);
    if (plan.outcome != Outcome::kOptimal || plan.total_cost_cm != plan.dual_bound_cm) {
      state.SkipWithError("not proved");
    }
  }
}

void RunLemon(benchmark::State& state, const Problem& problem) {
  const int64_t optimum = SolveOnce(problem).total_cost_cm;
  for (auto _ : state) {
    for (size_t nearest = 100;; nearest *= 2) {
      const testing::LemonResult result = testing::SolveWithLemon(testing::PeerArcs(problem, nearest));
      if (!result.feasible && nearest < problem.stewards.size()) continue;
      state.SetIterationTime(result.build_seconds + result.solve_seconds);
      if (!result.feasible || optimum > result.total_cost_cm) state.SkipWithError("the peer has another optimum");
      state.SetLabel(
          absl::StrFormat("%d arcs a household, %.2f %% above the optimum", nearest,
                          100.0 * static_cast<double>(result.total_cost_cm - optimum) / static_cast<double>(optimum)));
      break;
    }
  }
}

// `change` sets bounds; the instance is made when its first run comes up.
void Register(const std::string& name, Spread spread, const std::function<void(Instance&)>& change) {
  const auto instance = std::make_shared<Instance>();
  const auto view = [=] {
    if (instance->households.empty()) {
      *instance = MakeInstance(spread, kHouseholds, kStewards, 1);
      change(*instance);
    }
    return instance->View();
  };
  benchmark::RegisterBenchmark((name + "/lianhu").c_str(), [view](benchmark::State& state) { RunOurs(state, view()); })
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
  benchmark::RegisterBenchmark((name + "/LEMON").c_str(), [view](benchmark::State& state) { RunLemon(state, view()); })
      ->Unit(benchmark::kMillisecond)
      ->UseManualTime()
      ->Iterations(1);
}

void RegisterAll() {
  const auto as_usual = [](Instance& instance) { instance.bounds = {.min = 10, .max = 20}; };
  const auto tight = [](Instance& instance) { instance.bounds = {.min = 0, .max = 17}; };
  Register("hard, stewards at one end", Spread::kOneEnd, as_usual);
  Register("hard, nine to one", Spread::kNineToOne, as_usual);
  Register("hard, all at 50 points", Spread::kPoints, as_usual);
  Register("hard, one huge steward", Spread::kUniform, [](Instance& instance) {
    instance.bounds = {.min = 0, .max = 15};
    instance.steward_max.assign(instance.stewards.size(), 15);
    instance.steward_max[0] = kHouseholds;
  });
  Register("hard, tower blocks, tight", Spread::kTowers, tight);
}

}  // namespace
}  // namespace lianhu::assignment

int main(int argc, char** argv) {
  lianhu::assignment::RegisterAll();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
