#include "lianhu/assignment/solve.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <limits>
#include <map>
#include <numeric>
#include <sstream>
#include <thread>

#include "assignment/instances.h"
#include "data/shared_data.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

using testing::Instance;
using testing::MakeInstance;
using testing::Spread;

Plan SolveOk(const Problem& problem, const SolveOptions& options = {}, int threads = 1) {
  RunContext context;
  context.threads = threads;
  absl::StatusOr<Plan> plan = Solve(problem, options, context);
  EXPECT_TRUE(plan.ok()) << plan.status();
  return plan.ok() ? *std::move(plan) : Plan{};
}

void ExpectProved(const Problem& problem, const Plan& plan, bool best_effort = false) {
  RunContext context;
  const auto verification = Verify(problem, plan.steward_of, plan.price_cm, {.best_effort = best_effort}, context);
  ASSERT_TRUE(verification.ok()) << verification.status();
  EXPECT_TRUE(verification->feasible);
  EXPECT_TRUE(verification->proved);
  EXPECT_EQ(verification->total_cost_cm, plan.total_cost_cm);
  EXPECT_EQ(verification->dual_bound_cm, plan.dual_bound_cm);
  EXPECT_EQ(plan.total_cost_cm, plan.dual_bound_cm);
  EXPECT_EQ(verification->unserved, plan.unserved);
}

TEST(SolveTest, EmptyInputIsOptimalAtCostZero) {
  const Problem problem;
  const Plan plan = SolveOk(problem);
  EXPECT_EQ(plan.outcome, Outcome::kOptimal);
  EXPECT_EQ(plan.total_cost_cm, 0);
  EXPECT_TRUE(plan.steward_of.empty());
}

TEST(SolveTest, OneStewardTakesAll) {
  Instance instance = MakeInstance(Spread::kUniform, 15, 1, 1);
  const Plan plan = SolveOk(instance.View());
  EXPECT_EQ(plan.outcome, Outcome::kOptimal);
  EXPECT_EQ(plan.load, std::vector<int32_t>{15});
  ExpectProved(instance.View(), plan);
}

TEST(SolveTest, FullNeighbourSendsTheCheaperHouseholdOn) {
  // Two stewards 100 m apart with room for two each; three households lean to the left one.
  Instance instance;
  instance.stewards = {{0, 0}, {100, 0}};
  instance.households = {{0, 0}, {10, 0}, {40, 0}};
  instance.bounds = {.min = 0, .max = 2};
  const Plan plan = SolveOk(instance.View());
  EXPECT_EQ(plan.steward_of, (std::vector<int32_t>{0, 0, 1}));
  EXPECT_EQ(plan.total_cost_cm, 1000 + 6000);
  EXPECT_GE(plan.price_cm[0], 2000);  // one place more on the left would save 20 m
  ExpectProved(instance.View(), plan);
}

TEST(SolveTest, MinimumDrawsAHouseholdAcross) {
  Instance instance;
  instance.stewards = {{0, 0}, {100, 0}};
  instance.households = {{0, 0}, {10, 0}, {40, 0}};
  instance.bounds = {.min = 1, .max = 3};
  const Plan plan = SolveOk(instance.View());
  EXPECT_EQ(plan.load, (std::vector<int32_t>{2, 1}));
  EXPECT_LT(plan.price_cm[1], 0);
  ExpectProved(instance.View(), plan);
}

TEST(SolveTest, CostsRoundHalfAwayFromZeroToTheCentimetre) {
  EXPECT_EQ(PairCost({0, 0}, {0.004, 0}), 0);
  EXPECT_EQ(PairCost({0, 0}, {0.125, 0}), 13);  // 12.5 cm exactly
  EXPECT_EQ(PairCost({0, 0}, {3, 4}), 500);
}

TEST(SolveTest, SpreadsAtStreetSizeAreProvedAndDoNotDependOnThreads) {
  for (const Spread spread : {Spread::kUniform, Spread::kTown, Spread::kTowers}) {
    const Instance instance = MakeInstance(spread, 46445, 2744, 7);
    const Plan one = SolveOk(instance.View(), {}, 1);
    EXPECT_EQ(one.outcome, Outcome::kOptimal);
    ExpectProved(instance.View(), one);
    const Plan four = SolveOk(instance.View(), {}, 4);
    EXPECT_EQ(one.steward_of, four.steward_of);
    EXPECT_EQ(one.price_cm, four.price_cm);
  }
}

// More stewards than a block holds: threads take blocks of the town side by side.
TEST(SolveTest, BlocksSideBySideAreProvedAndDoNotDependOnThreads) {
  for (const Spread spread : {Spread::kUniform, Spread::kTown}) {
    const Instance instance = MakeInstance(spread, 72000, 4800, 7);
    const Plan one = SolveOk(instance.View());
    ExpectProved(instance.View(), one);
    const Plan three = SolveOk(instance.View(), {}, 3);
    EXPECT_EQ(one.steward_of, three.steward_of);
    EXPECT_EQ(one.price_cm, three.price_cm);
  }
}

TEST(SolveTest, JurisdictionsAreKeptAndDoNotDependOnThreads) {
  Instance instance = MakeInstance(Spread::kTown, 6000, 380, 3);
  for (const Point& p : instance.households) instance.household_units.push_back(p.x < p.y ? 12 : 5);
  for (const Point& p : instance.stewards) instance.steward_units.push_back(p.x < p.y ? 12 : 5);
  instance.bounds = {.min = 5, .max = 25};
  const Plan one = SolveOk(instance.View(), {}, 1);
  ASSERT_EQ(one.outcome, Outcome::kOptimal);
  ExpectProved(instance.View(), one);
  const Plan three = SolveOk(instance.View(), {}, 3);
  EXPECT_EQ(one.steward_of, three.steward_of);
  EXPECT_EQ(one.price_cm, three.price_cm);
}

TEST(SolveTest, DegreesAreProjectedOnce) {
  Instance instance = MakeInstance(Spread::kTown, 300, 20, 4);
  const Point home{113.63, 28.16};
  Instance degrees = instance;
  for (auto* points : {&degrees.households, &degrees.stewards}) {
    for (Point& p : *points) p = {home.x + p.x / 98300, home.y + p.y / 110800};
  }
  Problem problem = degrees.View();
  problem.datum = Datum::kWgs84Degrees;
  const Plan plan = SolveOk(problem);
  ASSERT_EQ(plan.outcome, Outcome::kOptimal);
  ExpectProved(problem, plan);
  const Plan planar = SolveOk(instance.View());
  EXPECT_NEAR(static_cast<double>(plan.total_cost_cm) / static_cast<double>(planar.total_cost_cm), 1, 0.01);
}

TEST(SolveTest, InfeasibleIsAnOutcomeAndAssignsNobody) {
  Instance instance = MakeInstance(Spread::kTown, 100, 4, 5);
  const Plan plan = SolveOk(instance.View());
  EXPECT_EQ(plan.outcome, Outcome::kInfeasible);
  ASSERT_EQ(plan.infeasibilities.size(), 1u);
  EXPECT_EQ(plan.infeasibilities[0].shortage, 20);
  EXPECT_EQ(plan.steward_of, std::vector<int32_t>(100, kUnassigned));
}

TEST(SolveTest, BestEffortServesAsManyAsThereArePlaces) {
  const Instance instance = MakeInstance(Spread::kTown, 3000, 100, 6);
  const Plan plan = SolveOk(instance.View(), {.best_effort = true});
  EXPECT_EQ(plan.outcome, Outcome::kBestEffort);
  EXPECT_EQ(plan.unserved, 1000);
  ExpectProved(instance.View(), plan, true);
}

TEST(SolveTest, BestEffortSetsTheMinimumAsideWhereItCannotBeFilled) {
  const Instance instance = MakeInstance(Spread::kTown, 300, 100, 6);
  const Plan plan = SolveOk(instance.View(), {.best_effort = true});
  EXPECT_EQ(plan.outcome, Outcome::kBestEffort);
  EXPECT_EQ(plan.unserved, 0);
  ExpectProved(instance.View(), plan, true);
}

TEST(SolveTest, BestEffortInAUnitWithoutStewardsLeavesItOver) {
  Instance instance = MakeInstance(Spread::kTown, 40, 2, 6);
  instance.household_units.assign(40, 0);
  for (int h = 0; h < 7; ++h) instance.household_units[h] = 3;
  instance.steward_units.assign(2, 0);
  const Plan plan = SolveOk(instance.View(), {.best_effort = true});
  EXPECT_EQ(plan.outcome, Outcome::kBestEffort);
  EXPECT_EQ(plan.unserved, 7);
  ExpectProved(instance.View(), plan, true);
}

TEST(SolveTest, ErrorsNameFieldAndRow) {
  Instance instance = MakeInstance(Spread::kTown, 40, 3, 6);
  instance.households[17].y = std::numeric_limits<double>::quiet_NaN();
  RunContext context;
  const auto plan = Solve(instance.View(), {}, context);
  ASSERT_FALSE(plan.ok());
  EXPECT_EQ(GetErrorDetail(plan.status()).field, "households");
  EXPECT_EQ(GetErrorDetail(plan.status()).row, 17);
}

TEST(SolveTest, CancelledBeforeItStarts) {
  const Instance instance = MakeInstance(Spread::kTown, 4000, 240, 6);
  RunContext context;
  context.Cancel();
  const auto plan = Solve(instance.View(), {}, context);
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->outcome, Outcome::kCancelled);
  EXPECT_EQ(plan->steward_of, std::vector<int32_t>(4000, kUnassigned));
}

TEST(SolveTest, CancelFromTheProgressCallbackAndAgainAfterReset) {
  const Instance instance = MakeInstance(Spread::kTown, 46445, 2744, 6);
  RunContext context;
  int calls = 0;
  context.set_progress([&](double) { return ++calls < 2; });
  const auto plan = Solve(instance.View(), {}, context);
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->outcome, Outcome::kCancelled);
  EXPECT_EQ(calls, 2);
  context.Reset();
  context.set_progress(nullptr);
  const auto again = Solve(instance.View(), {}, context);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->outcome, Outcome::kOptimal);
}

TEST(SolveTest, CancelFromAnotherThread) {
  const Instance instance = MakeInstance(Spread::kTown, 400000, 24000, 6);
  RunContext context;
  std::thread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    context.Cancel();
  });
  const auto plan = Solve(instance.View(), {}, context);
  canceller.join();
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->outcome, Outcome::kCancelled);
}

// Cambridge, Massachusetts: every dwelling a household. The optima were computed with LEMON over all pairs.
class CambridgeTest : public ::testing::Test {
 protected:
  static std::vector<std::string> Split(const std::string& line) {
    std::vector<std::string> fields;
    std::stringstream stream(line);
    for (std::string field; std::getline(stream, field, ',');) fields.push_back(field);
    return fields;
  }

  void Read(const std::filesystem::path& path, std::vector<Point>& points, std::vector<int32_t>& units) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      const auto fields = Split(line);
      points.push_back({std::stod(fields[1]), std::stod(fields[2])});
      units.push_back(unit_of_.try_emplace(fields[3], static_cast<int32_t>(unit_of_.size())).first->second);
    }
  }

  std::map<std::string, int32_t> unit_of_;
};

TEST_F(CambridgeTest, OptimaToTheCentimetre) {
  LIANHU_SHARED_DATA_OR_RETURN(folder, "cambridge");
  Instance instance;
  Read(folder / "households.csv", instance.households, instance.household_units);
  Read(folder / "stewards.csv", instance.stewards, instance.steward_units);
  ASSERT_EQ(instance.households.size(), 40691u);
  ASSERT_EQ(instance.stewards.size(), 2407u);
  const Plan by_precinct = SolveOk(instance.View(), {}, 2);
  EXPECT_EQ(by_precinct.total_cost_cm, 140961919);
  ExpectProved(instance.View(), by_precinct);
  instance.household_units.clear();
  instance.steward_units.clear();
  const Plan whole = SolveOk(instance.View(), {}, 2);
  EXPECT_EQ(whole.total_cost_cm, 130730399);
  ExpectProved(instance.View(), whole);
}

}  // namespace
}  // namespace lianhu::assignment
