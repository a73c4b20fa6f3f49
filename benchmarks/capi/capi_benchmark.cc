// What the C ABI adds to the C++ call, on one street's plan and on a problem so small that only the call is left.
#include <benchmark/benchmark.h>
#include <lianhu.h>

#include "assignment/instances.h"
#include "lianhu/assignment/solve.h"

namespace lianhu::assignment {
namespace {

const Problem& Street(int64_t households) {
  static const testing::Instance large = testing::MakeInstance(testing::Spread::kUniform, 46445, 2744, 1);
  static const testing::Instance small = testing::MakeInstance(testing::Spread::kUniform, 20, 2, 1);
  static const auto view = [](const testing::Instance& instance) {
    Problem problem = instance.View();
    problem.bounds = {.min = 0, .max = 20};
    return problem;
  };
  static const Problem problems[] = {view(large), view(small)};
  return problems[households == 20];
}

void ThroughCpp(benchmark::State& state) {
  const Problem& problem = Street(state.range(0));
  for (auto _ : state) {
    RunContext context;
    context.threads = 1;
    benchmark::DoNotOptimize(Solve(problem, {}, context).value().total_cost_cm);
  }
}

void ThroughC(benchmark::State& state) {
  const Problem& street = Street(state.range(0));
  const auto points = [](absl::Span<const Point> span) {
    return lianhu_points{&span[0].x, &span[0].y, static_cast<int64_t>(span.size()), sizeof(Point)};
  };
  for (auto _ : state) {
    lianhu_context_options options;
    lianhu_context_options_init(&options, sizeof(options));
    options.threads = 1;
    lianhu_context* context = nullptr;
    lianhu_context_create(&options, &context, nullptr);
    lianhu_assignment_problem problem;
    lianhu_assignment_problem_init(&problem, sizeof(problem));
    problem.households = points(street.households);
    problem.stewards = points(street.stewards);
    problem.min_load = 0;
    lianhu_plan* plan = nullptr;
    lianhu_plan_view view;
    lianhu_plan_view_init(&view, sizeof(view));
    if (lianhu_assignment_solve(&problem, nullptr, context, &plan, nullptr) != LIANHU_OK ||
        lianhu_plan_get(plan, &view, nullptr) != LIANHU_OK) {
      state.SkipWithError("failed");
    }
    benchmark::DoNotOptimize(view.total_cost_cm);
    lianhu_plan_free(plan);
    lianhu_context_free(context);
  }
}

const auto kRegistered = [] {
  for (const int64_t households : {46445, 20}) {
    const std::string name = "C ABI, " + std::to_string(households) + " households/";
    for (const auto& [who, run] : {std::pair{"lianhu", &ThroughC}, std::pair{"the C++ call", &ThroughCpp}}) {
      benchmark::RegisterBenchmark((name + who).c_str(), run)->Arg(households)->MinTime(2);
    }
  }
  return true;
}();

}  // namespace
}  // namespace lianhu::assignment

BENCHMARK_MAIN();
