// Generalised assignment against exhaustive search, its own certificate, and the published instances.
#include "lianhu/assignment/generalized_assignment.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <limits>
#include <string>

#include "data/shared_data.h"
#include "lianhu/base/random.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

constexpr int64_t kNoAssignment = std::numeric_limits<int64_t>::max();

struct SmallInstance {
  int32_t agents = 0;
  int32_t items = 0;
  std::vector<int64_t> cost;
  std::vector<int64_t> weight;
  std::vector<int64_t> capacity;
  std::vector<int64_t> minimum;

  GeneralizedAssignment View() const {
    return {.agents = agents, .items = items, .cost = cost, .weight = weight, .capacity = capacity, .minimum = minimum};
  }
};

SmallInstance RandomInstance(Random& random, int32_t agents, int32_t items, bool minima) {
  SmallInstance instance{.agents = agents, .items = items, .cost = {}, .weight = {}, .capacity = {}, .minimum = {}};
  for (int32_t k = 0; k < agents * items; ++k) {
    instance.cost.push_back(random.Between(-3, 30));
    instance.weight.push_back(random.Between(0, 12));
  }
  for (int32_t i = 0; i < agents; ++i) {
    instance.capacity.push_back(random.Between(4, 8 * items / agents + 4));
    if (minima) instance.minimum.push_back(random.Below(instance.capacity.back() / 2 + 1));
  }
  return instance;
}

// The cheapest plan by trying everything; kNoAssignment when there is none.
int64_t BruteForce(const SmallInstance& instance) {
  std::vector<int64_t> load(instance.agents, 0);
  int64_t best = kNoAssignment;
  const std::function<void(int32_t, int64_t)> place = [&](int32_t h, int64_t cost) {
    if (h == instance.items) {
      for (int32_t i = 0; i < instance.agents; ++i) {
        if (!instance.minimum.empty() && load[i] < instance.minimum[i]) return;
      }
      best = std::min(best, cost);
      return;
    }
    for (int32_t i = 0; i < instance.agents; ++i) {
      const int32_t at = i * instance.items + h;
      if (load[i] + instance.weight[at] > instance.capacity[i]) continue;
      load[i] += instance.weight[at];
      place(h + 1, cost + instance.cost[at]);
      load[i] -= instance.weight[at];
    }
  };
  place(0, 0);
  return best;
}

TEST(GeneralizedAssignment, AgreesWithExhaustiveSearch) {
  int feasible = 0;
  int infeasible = 0;
  int exact = 0;
  int proved = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const SmallInstance instance = RandomInstance(random, random.Between(1, 4), random.Between(1, 8), seed % 2 == 0);
    const int64_t optimum = BruteForce(instance);
    RunContext context;
    const auto plan = SolveGeneralizedAssignment(instance.View(), {.evaluations = 200'000}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    if (optimum == kNoAssignment) {
      ++infeasible;
      EXPECT_TRUE(plan->outcome == GapOutcome::kInfeasible || plan->outcome == GapOutcome::kNotFound);
      EXPECT_TRUE(plan->agent_of.empty());
      continue;
    }
    ++feasible;
    EXPECT_LE(plan->bound, optimum);
    ASSERT_TRUE(plan->outcome == GapOutcome::kOptimal || plan->outcome == GapOutcome::kFeasible);
    const auto check =
        VerifyGeneralizedAssignment(instance.View(), plan->agent_of, plan->multiplier, plan->multiplier_scale);
    ASSERT_TRUE(check.ok()) << check.status();
    EXPECT_TRUE(check->feasible);
    EXPECT_EQ(check->objective, plan->objective);
    EXPECT_TRUE(check->bound_held);
    EXPECT_EQ(check->bound, plan->bound);
    EXPECT_EQ(plan->outcome == GapOutcome::kOptimal, plan->objective == plan->bound);
    EXPECT_GE(plan->objective, optimum);
    exact += plan->objective == optimum ? 1 : 0;
    proved += plan->outcome == GapOutcome::kOptimal ? 1 : 0;
  }
  EXPECT_GT(feasible, 100);
  EXPECT_GT(infeasible, 20);
  EXPECT_EQ(exact, feasible);  // all of these are small enough for the search never to miss
  EXPECT_GT(proved, feasible / 2);
}

// Any multipliers whatever give a true bound.
TEST(GeneralizedAssignment, AnyMultipliersBoundTheOptimum) {
  int checked = 0;
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const SmallInstance instance = RandomInstance(random, 3, 6, true);
    const int64_t optimum = BruteForce(instance);
    if (optimum == kNoAssignment) continue;
    std::vector<int64_t> multiplier(instance.items);
    for (int64_t& u : multiplier) u = random.Between(-100, 300);
    const auto check =
        VerifyGeneralizedAssignment(instance.View(), std::vector<int32_t>(instance.items, -1), multiplier, 8);
    ASSERT_TRUE(check.ok()) << check.status();
    EXPECT_FALSE(check->feasible);
    EXPECT_LE(check->bound, optimum);
    ++checked;
  }
  EXPECT_GT(checked, 30);
}

TEST(GeneralizedAssignment, SameSeedSamePlan) {
  Random random(7);
  SmallInstance instance = RandomInstance(random, 8, 60, false);
  for (int64_t& c : instance.capacity) c = 60;
  const auto solve = [&](uint64_t seed, int threads) {
    RunContext context;
    context.seed = seed;
    context.threads = threads;
    return *SolveGeneralizedAssignment(instance.View(), {.evaluations = 2'000'000}, context);
  };
  const GapPlan plan = solve(1, 1);
  ASSERT_FALSE(plan.agent_of.empty());
  EXPECT_EQ(plan.agent_of, solve(1, 4).agent_of);
  EXPECT_EQ(plan.bound, solve(1, 2).bound);
}

// A knapsack too large for a table is relaxed: the bound stays true.
TEST(GeneralizedAssignment, HugeCapacitiesStayBounded) {
  Random random(3);
  SmallInstance instance = RandomInstance(random, 3, 9, false);
  for (int64_t& w : instance.weight) w = w * 100'000'000 + random.Below(1000);
  for (int64_t& c : instance.capacity) c *= 100'000'000;
  const int64_t optimum = BruteForce(instance);
  ASSERT_NE(optimum, kNoAssignment);
  RunContext context;
  const auto plan = SolveGeneralizedAssignment(instance.View(), {.evaluations = 500'000}, context);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_LE(plan->bound, optimum);
  EXPECT_EQ(plan->objective, optimum);
}

TEST(GeneralizedAssignment, ProvesWhatCannotFit) {
  const std::vector<int64_t> cost = {1, 1};
  const std::vector<int64_t> weight = {5, 5};
  const std::vector<int64_t> capacity = {9};
  RunContext context;
  const auto plan = SolveGeneralizedAssignment(
      {.agents = 1, .items = 2, .cost = cost, .weight = weight, .capacity = capacity, .minimum = {}}, {}, context);
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->outcome, GapOutcome::kInfeasible);
}

TEST(GeneralizedAssignment, NothingToDo) {
  RunContext context;
  const auto plan = SolveGeneralizedAssignment({}, {}, context);
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->outcome, GapOutcome::kOptimal);
}

TEST(GeneralizedAssignment, CancelsSoon) {
  Random random(5);
  const SmallInstance instance = RandomInstance(random, 20, 400, false);
  RunContext context;
  context.Cancel();
  const auto plan = SolveGeneralizedAssignment(instance.View(), {}, context);
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->outcome, GapOutcome::kCancelled);
  EXPECT_TRUE(plan->agent_of.empty());
}

TEST(GeneralizedAssignment, NamesBadInput) {
  Random random(2);
  const SmallInstance good = RandomInstance(random, 2, 3, true);
  const auto detail = [](const SmallInstance& instance) { return GetErrorDetail(Validate(instance.View())); };
  SmallInstance bad = good;
  bad.cost.pop_back();
  EXPECT_EQ(detail(bad).field, "cost");
  bad = good;
  bad.weight[4] = -1;
  EXPECT_EQ(detail(bad).field, "weight");
  EXPECT_EQ(detail(bad).row, 4);
  bad = good;
  bad.minimum[1] = bad.capacity[1] + 1;
  EXPECT_EQ(detail(bad).field, "minimum");
  EXPECT_EQ(detail(bad).row, 1);
  RunContext context;
  EXPECT_FALSE(SolveGeneralizedAssignment(good.View(), {.seconds = -1}, context).ok());
}

// Types a to d of Chu and Beasley, "A genetic algorithm for the generalised assignment problem", 1997; best known
// values from the literature (best_known.csv). A share of the default work is enough for the gaps that are promised.
TEST(GeneralizedAssignment, ReachesThePublishedValues) {
  LIANHU_SHARED_DATA_OR_RETURN(folder, "gap");
  std::ifstream table(folder / "best_known.csv");
  std::string line;
  std::getline(table, line);
  double sum = 0;
  int count = 0;
  while (std::getline(table, line)) {
    const std::string name = line.substr(0, line.find(','));
    size_t at = 0;
    for (int k = 0; k < 3; ++k) at = line.find(',', at) + 1;
    const int64_t best = std::stoll(line.substr(at));
    SCOPED_TRACE(name);
    std::ifstream file(folder / "chu1997" / name);
    SmallInstance instance;
    file >> instance.agents >> instance.items;
    instance.cost.resize(instance.agents * instance.items);
    instance.weight.resize(instance.cost.size());
    instance.capacity.resize(instance.agents);
    for (auto* values : {&instance.cost, &instance.weight, &instance.capacity}) {
      for (int64_t& value : *values) ASSERT_TRUE(file >> value);
    }
    RunContext context;
    const auto plan = SolveGeneralizedAssignment(instance.View(), {.evaluations = 20'000'000}, context);
    ASSERT_TRUE(plan.ok()) << plan.status();
    const auto check =
        VerifyGeneralizedAssignment(instance.View(), plan->agent_of, plan->multiplier, plan->multiplier_scale);
    ASSERT_TRUE(check.ok()) << check.status();
    EXPECT_TRUE(check->feasible);
    EXPECT_EQ(check->bound, plan->bound);
    EXPECT_LE(plan->bound, best);
    const double gap = 100.0 * static_cast<double>(plan->objective - best) / static_cast<double>(best);
    EXPECT_LE(gap, 2);
    sum += gap;
    ++count;
  }
  EXPECT_EQ(count, 24);
  EXPECT_LE(sum / count, 0.5);
}

}  // namespace
}  // namespace lianhu::assignment
