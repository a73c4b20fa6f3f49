// A million open cases: their timers beside a binary heap's, and limits in office time beside walking day by day, as
// libraries for business time do.
#include <benchmark/benchmark.h>

#include <queue>
#include <utility>
#include <vector>

#include "lianhu/base/random.h"
#include "lianhu/routing/docket.h"
#include "lianhu/routing/figures.h"
#include "lianhu/routing/timer_queue.h"

namespace lianhu::routing {
namespace {

constexpr int32_t kCases = 1000000;
constexpr Instant kStart = 1772416800;  // 2026-03-02 10:00 in Beijing
constexpr Instant kSpan = 30 * kDaySeconds;

std::vector<TimerQueue::Timer> Timers() {
  Random random(1);
  std::vector<TimerQueue::Timer> timers;
  for (int32_t i = 0; i < kCases; ++i) timers.push_back({kStart + random.Below(kSpan), i});
  return timers;
}

// A million timers are set, come, and are each set once more for later, as warnings are.
void BM_TimersOfAMillionCases_Lianhu(benchmark::State& state) {
  const std::vector<TimerQueue::Timer> timers = Timers();
  for (auto _ : state) {
    TimerQueue queue;
    for (const TimerQueue::Timer& timer : timers) queue.Push(timer);
    std::vector<TimerQueue::Timer> due;
    int64_t popped = 0;
    while (queue.Pop(kStart + 3 * kSpan, due)) {
      for (const TimerQueue::Timer& timer : due) {
        if (timer.at < kStart + kSpan) queue.Push({timer.at + kSpan, timer.key});
      }
      popped += static_cast<int64_t>(due.size());
    }
    benchmark::DoNotOptimize(popped);
    if (popped != 2 * kCases) state.SkipWithError("timers lost");
  }
}

void BM_TimersOfAMillionCases_PriorityQueue(benchmark::State& state) {
  const std::vector<TimerQueue::Timer> timers = Timers();
  using Timer = std::pair<Instant, int32_t>;
  for (auto _ : state) {
    std::priority_queue<Timer, std::vector<Timer>, std::greater<>> queue;
    for (const TimerQueue::Timer& timer : timers) queue.emplace(timer.at, timer.key);
    int64_t popped = 0;
    while (!queue.empty()) {
      const Timer timer = queue.top();
      queue.pop();
      if (timer.first < kStart + kSpan) queue.emplace(timer.first + kSpan, timer.second);
      ++popped;
    }
    benchmark::DoNotOptimize(popped);
    if (popped != 2 * kCases) state.SkipWithError("timers lost");
  }
}

// County, 40 streets, 600 communities, 12,000 grids.
const Hierarchy& County() {
  static const Hierarchy county = [] {
    std::vector<int32_t> parents{-1};
    for (int32_t i = 0; i < 40; ++i) parents.push_back(0);
    for (int32_t i = 0; i < 600; ++i) parents.push_back(1 + i / 15);
    for (int32_t i = 0; i < 12000; ++i) parents.push_back(41 + i / 20);
    return Hierarchy::FromParents({.parents = parents}).value();
  }();
  return county;
}

const Posts& CountyPosts() {
  static const Posts posts = [] {
    std::vector<Person> holders;
    for (const Unit unit : County().units()) holders.push_back(unit);
    return Posts::Create(County(), holders).value();
  }();
  return posts;
}

// Limits of 1 to 15 working days, registered over one month.
Docket MillionCases() {
  Random random(2);
  Docket docket = Docket::Create(County(), CountyPosts(), WorkCalendar::China()).value();
  std::vector<Action> actions;
  for (int32_t i = 0; i < kCases; ++i) {
    const Unit grid = 641 + random.Between(0, 11999);
    const Registration registration{
        .place = grid, .office = grid, .limit = {15 + random.Between(0, 15), Clock::kWorkingDays}, .respond = {}};
    (void)docket.Register(registration, kStart + i, actions).value();
  }
  return docket;
}

const Docket& Million() {
  static const Docket docket = MillionCases();
  return docket;
}

// Until each of a million cases has been warned once: a million timers with all they do. The copy is not timed.
void BM_AdvanceAMillionTimers_Lianhu(benchmark::State& state) {
  int64_t warned = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Docket docket = Million();
    std::vector<Action> actions;
    actions.reserve(4 * kCases);
    state.ResumeTiming();
    // To the first warning of the last case: by then some have had their second or their breach.
    if (!docket.AdvanceTo(kStart + 33 * kDaySeconds, actions).ok()) state.SkipWithError("not advanced");
    state.PauseTiming();
    warned = static_cast<int64_t>(actions.size());
    docket = Docket::Create(County(), CountyPosts(), WorkCalendar::China()).value();
    state.ResumeTiming();
  }
  state.counters["actions"] = static_cast<double>(warned);
}

void BM_DueByOfAMillion_Lianhu(benchmark::State& state) {
  const Docket& docket = Million();
  for (auto _ : state) benchmark::DoNotOptimize(docket.DueBy(kStart + 25 * kDaySeconds).size());
}

void BM_FiguresOfAMillion_Lianhu(benchmark::State& state) {
  const Docket& docket = Million();
  for (auto _ : state) {
    benchmark::DoNotOptimize(FiguresByUnit(County(), docket.cases(), docket.now(), CountedFor::kPlace).size());
  }
}

void BM_AddWorkingHours_Lianhu(benchmark::State& state) {
  const WorkCalendar& calendar = WorkCalendar::China();
  Random random(3);
  for (auto _ : state) {
    const Instant start = kStart + random.Below(200 * kDaySeconds);
    benchmark::DoNotOptimize(calendar.Add(start, {random.Below(15 * 25200), Clock::kWorkingHours}));
  }
}

// Day by day: is it worked, and what of the budget fits into its office hours?
Instant WalkDays(const WorkCalendar& calendar, Instant start, int64_t left) {
  Instant due = start;
  for (Day day = calendar.DayAt(start); left > 0; ++day) {
    if (!calendar.IsWorkingDay(day)) continue;
    for (const OfficeHours& hours : calendar.hours()) {
      const Instant open = std::max(calendar.StartOf(day) + hours.open, start);
      const Instant close = calendar.StartOf(day) + hours.close;
      if (close <= open || left == 0) continue;
      due = std::min(close, open + left);
      left -= due - open;
    }
  }
  return due;
}

void BM_AddWorkingHours_DayByDay(benchmark::State& state) {
  const WorkCalendar& calendar = WorkCalendar::China();
  Random random(3);
  for (int i = 0; i < 1000; ++i) {
    const Instant start = kStart + random.Below(200 * kDaySeconds);
    const TimeBudget budget{random.Below(15 * 25200), Clock::kWorkingHours};
    if (WalkDays(calendar, start, budget.amount) != calendar.Add(start, budget)) state.SkipWithError("they differ");
  }
  for (auto _ : state) {
    const Instant start = kStart + random.Below(200 * kDaySeconds);
    benchmark::DoNotOptimize(WalkDays(calendar, start, random.Below(15 * 25200)));
  }
}

BENCHMARK(BM_TimersOfAMillionCases_Lianhu)->Name("timers of a million cases/lianhu")->Unit(benchmark::kMillisecond);
BENCHMARK(BM_TimersOfAMillionCases_PriorityQueue)
    ->Name("timers of a million cases/std::priority_queue")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(BM_AdvanceAMillionTimers_Lianhu)->Name("a million cases advanced/lianhu")->Unit(benchmark::kMillisecond);
BENCHMARK(BM_DueByOfAMillion_Lianhu)->Name("what is due of a million/lianhu")->Unit(benchmark::kMillisecond);
BENCHMARK(BM_FiguresOfAMillion_Lianhu)->Name("figures of a million cases/lianhu")->Unit(benchmark::kMillisecond);
BENCHMARK(BM_AddWorkingHours_Lianhu)->Name("add working hours/lianhu");
BENCHMARK(BM_AddWorkingHours_DayByDay)->Name("add working hours/day by day");

}  // namespace
}  // namespace lianhu::routing

BENCHMARK_MAIN();
