// One change in a live street beside solving it anew, in one run on one core.
//
// Random events of every type against a street that is solved once; the plan is optimal over all pairs after each. The
// distribution (microseconds) is in the counters. "batches": the same events, a hundred an Apply. "anew": what Solve
// takes for the same street, which is what one event would cost without a Rebalancer.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <memory>
#include <string>

#include "assignment/instances.h"
#include "lianhu/assignment/rebalancer.h"
#include "lianhu/assignment/solve.h"

namespace lianhu::assignment {
namespace {

using testing::Instance;
using testing::MakeInstance;
using testing::Spread;

enum class Mix { kAll, kHouseholds, kStewards };

// Events that keep the street about as it is. Ids are drawn from those that were there at the start and are used once.
class Events {
 public:
  Events(const Instance& instance, Mix mix, uint64_t seed) : instance_(instance), mix_(mix), random_(seed) {
    households_ = Shuffled(instance.households.size());
    stewards_ = Shuffled(instance.stewards.size());
  }

  Event Next() {
    const bool household = mix_ == Mix::kHouseholds || (mix_ == Mix::kAll && random_.Below(10) < 8);
    if (household) {
      switch (random_.Below(3)) {
        case 0:
          return {.type = EventType::kHouseholdArrives, .position = Near(instance_.households), .unit = -1};
        case 1:
          return {.type = EventType::kHouseholdLeaves, .id = Take(households_)};
        default:
          return {.type = EventType::kHouseholdMoves, .id = Take(households_), .position = Near(instance_.households)};
      }
    }
    switch (random_.Below(4)) {
      case 0:
        return {.type = EventType::kStewardJoins, .position = Near(instance_.stewards), .unit = -1};
      case 1:
        return {.type = EventType::kStewardLeaves, .id = Take(stewards_)};
      case 2:
        return {.type = EventType::kStewardChanges, .id = Take(stewards_), .position = Near(instance_.stewards)};
      default: {
        const int32_t max = instance_.bounds.max + random_.Between(-2, 2);
        return {.type = EventType::kStewardChanges,
                .id = Take(stewards_),
                .min = std::min(instance_.bounds.min, max),
                .max = max};
      }
    }
  }

 private:
  std::vector<int32_t> Shuffled(size_t count) {
    std::vector<int32_t> ids(count);
    for (size_t i = 0; i < count; ++i) {
      ids[i] = static_cast<int32_t>(i);
      std::swap(ids[i], ids[random_.Below(static_cast<int64_t>(i) + 1)]);
    }
    return ids;
  }
  static int32_t Take(std::vector<int32_t>& ids) {
    const int32_t id = ids.back();
    ids.pop_back();
    return id;
  }
  Point Near(const std::vector<Point>& points) {
    const Point p = points[random_.Below(static_cast<int64_t>(points.size()))];
    return {testing::ToCentimetre(p.x + random_.Normal() * 20), testing::ToCentimetre(p.y + random_.Normal() * 20)};
  }

  const Instance& instance_;
  const Mix mix_;
  Random random_;
  std::vector<int32_t> households_;
  std::vector<int32_t> stewards_;
};

std::unique_ptr<Rebalancer> Begin(const Instance& instance, RunContext& context) {
  return std::move(Rebalancer::Create(instance.View(), {}, context).value());
}

void RunEvents(benchmark::State& state, const Instance& instance, Mix mix, int count, int batch) {
  RunContext context;
  for (auto _ : state) {
    const auto rebalancer = Begin(instance, context);
    Events events(instance, mix, 5);
    std::vector<double> micros;
    double sum = 0;
    int64_t settled = 0;
    int64_t moved = 0;
    for (int done = 0; done < count; done += batch) {
      std::vector<Event> list;
      for (int k = 0; k < batch; ++k) list.push_back(events.Next());
      const Change change = rebalancer->Apply(list, context).value();
      micros.push_back(change.seconds * 1e6 / batch);
      sum += change.seconds;
      if (change.total_cost_cm != change.dual_bound_cm) state.SkipWithError("not proved");
      settled += change.settled;
      moved += static_cast<int64_t>(change.transfers.size());
    }
    state.SetIterationTime(sum / count);
    std::sort(micros.begin(), micros.end());
    const auto quantile = [&](double q) {
      return micros[static_cast<size_t>(q * static_cast<double>(micros.size() - 1))];
    };
    state.counters["p50_us"] = quantile(0.5);
    state.counters["p90_us"] = quantile(0.9);
    state.counters["p99_us"] = quantile(0.99);
    state.counters["max_us"] = micros.back();
    state.counters["settled"] = static_cast<double>(settled) / count;
    state.counters["moved"] = static_cast<double>(moved) / count;
  }
}

void RunOffers(benchmark::State& state, const Instance& instance) {
  RunContext context;
  const auto rebalancer = Begin(instance, context);
  Random random(3);
  for (auto _ : state) {
    const Point p = instance.households[random.Below(static_cast<int64_t>(instance.households.size()))];
    benchmark::DoNotOptimize(rebalancer->Offers(p, -1, 5, context).value());
  }
}

void RunAnew(benchmark::State& state, const Instance& instance) {
  RunContext context;
  context.threads = 1;
  for (auto _ : state) benchmark::DoNotOptimize(Solve(instance.View(), {}, context).value());
}

void RegisterAll() {
  struct Case {
    const char* name;
    Spread spread;
    LoadBounds bounds;
  };
  for (const Case& c : {Case{"street 46,445 x 2,744", Spread::kUniform, {.min = 10, .max = 20}},
                        Case{"clustered town", Spread::kTown, {.min = 10, .max = 20}},
                        Case{"tower blocks", Spread::kTowers, {.min = 10, .max = 20}},
                        Case{"tight, max = 17", Spread::kUniform, {.min = 10, .max = 17}}}) {
    const auto instance = std::make_shared<Instance>();
    const auto get = [=]() -> const Instance& {
      if (instance->households.empty()) {
        *instance = MakeInstance(c.spread, 46445, 2744, 1);
        instance->bounds = c.bounds;
      }
      return *instance;
    };
    const auto add = [&](const std::string& kind, auto run) {
      return benchmark::RegisterBenchmark((std::string(c.name) + "/" + kind).c_str(),
                                          [get, run](benchmark::State& state) { run(state, get()); });
    };
    const auto events = [&](const std::string& kind, Mix mix, int batch) {
      add(kind, [=](benchmark::State& s, const Instance& i) { RunEvents(s, i, mix, 2000, batch); })
          ->UseManualTime()
          ->Iterations(1)
          ->Unit(benchmark::kMicrosecond);
    };
    events("one by one", Mix::kAll, 1);
    events("batches of 100", Mix::kAll, 100);
    events("households only", Mix::kHouseholds, 1);
    events("stewards only", Mix::kStewards, 1);
    add("five offers", RunOffers)->Unit(benchmark::kMicrosecond);
    add("anew", RunAnew)->Unit(benchmark::kMicrosecond);
  }
}

}  // namespace
}  // namespace lianhu::assignment

int main(int argc, char** argv) {
  lianhu::assignment::RegisterAll();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
