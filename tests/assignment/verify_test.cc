#include "lianhu/assignment/verify.h"

#include <gtest/gtest.h>

#include <limits>

#include "assignment/instances.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/base/status.h"

namespace lianhu::assignment {
namespace {

using testing::Instance;
using testing::MakeInstance;
using testing::Spread;

class VerifyTest : public ::testing::Test {
 protected:
  VerifyTest() : instance_(MakeInstance(Spread::kTown, 2000, 120, 21)) {
    for (const Point& p : instance_.households) instance_.household_units.push_back(p.x < 500 ? 1 : 2);
    for (const Point& p : instance_.stewards) instance_.steward_units.push_back(p.x < 500 ? 1 : 2);
    instance_.bounds = {.min = 4, .max = 30};
    RunContext context;
    plan_ = *Solve(instance_.View(), {}, context);
    EXPECT_EQ(plan_.outcome, Outcome::kOptimal);
  }

  Verification Check() {
    RunContext context;
    const auto verification = Verify(instance_.View(), plan_.steward_of, plan_.price_cm, {}, context);
    EXPECT_TRUE(verification.ok()) << verification.status();
    return *verification;
  }

  Instance instance_;
  Plan plan_;
};

TEST_F(VerifyTest, ProvesTheSolversPlan) {
  const Verification verification = Check();
  EXPECT_TRUE(verification.proved);
  EXPECT_EQ(verification.total_cost_cm, plan_.total_cost_cm);
}

// The bound by its definition, pair by pair.
TEST_F(VerifyTest, BoundIsTheDefinitionsForAnyPrices) {
  Random random(5);
  for (int64_t& price : plan_.price_cm) price += random.Between(-30000, 30000);
  const Problem problem = instance_.View();
  int64_t bound = 0;
  for (size_t h = 0; h < problem.households.size(); ++h) {
    int64_t least = std::numeric_limits<int64_t>::max();
    for (size_t j = 0; j < problem.stewards.size(); ++j) {
      if (problem.household_units[h] != problem.steward_units[j]) continue;
      least = std::min(least, PairCost(problem.households[h], problem.stewards[j]) + plan_.price_cm[j]);
    }
    bound += least;
  }
  for (size_t j = 0; j < problem.stewards.size(); ++j) {
    const int64_t price = plan_.price_cm[j];
    bound -= price * (price > 0 ? problem.bounds.max : problem.bounds.min);
  }
  const Verification verification = Check();
  EXPECT_EQ(verification.dual_bound_cm, bound);
  EXPECT_TRUE(verification.feasible);
  EXPECT_FALSE(verification.proved);
  EXPECT_LT(verification.dual_bound_cm, verification.total_cost_cm);
}

TEST_F(VerifyTest, AWorseSwapIsFeasibleButNotProved) {
  // Two households of one unit with different stewards change places.
  size_t other = 1;
  while (instance_.household_units[other] != instance_.household_units[0] ||
         plan_.steward_of[other] == plan_.steward_of[0]) {
    ++other;
  }
  std::swap(plan_.steward_of[0], plan_.steward_of[other]);
  const Verification verification = Check();
  EXPECT_TRUE(verification.feasible);
  EXPECT_GT(verification.total_cost_cm, verification.dual_bound_cm);
  EXPECT_FALSE(verification.proved);
}

TEST_F(VerifyTest, NamesEachKindOfViolation) {
  plan_.steward_of[3] = kUnassigned;
  int32_t elsewhere = 0;
  while (instance_.steward_units[elsewhere] == instance_.household_units[5]) ++elsewhere;
  plan_.steward_of[5] = elsewhere;
  const Verification verification = Check();
  EXPECT_FALSE(verification.feasible);
  ASSERT_GE(verification.violations.size(), 2u);
  EXPECT_EQ(verification.violations[0].kind, ViolationKind::kUnserved);
  EXPECT_EQ(verification.violations[0].index, 3);
  EXPECT_EQ(verification.violations[1].kind, ViolationKind::kOtherJurisdiction);
  EXPECT_EQ(verification.violations[1].index, 5);
  EXPECT_EQ(verification.violations[1].value, elsewhere);
  EXPECT_EQ(verification.unserved, 1);

  for (size_t h = 0; h < plan_.steward_of.size(); ++h) plan_.steward_of[h] = 0;
  const Verification crowded = Check();
  EXPECT_EQ(crowded.load_max, 2000);
  EXPECT_EQ(crowded.violations.size(), 100u);
  EXPECT_GT(crowded.violation_count, 100);
}

TEST_F(VerifyTest, WithoutPricesOnlyFeasibilityIsChecked) {
  RunContext context;
  const auto verification = Verify(instance_.View(), plan_.steward_of, {}, {}, context);
  ASSERT_TRUE(verification.ok());
  EXPECT_TRUE(verification->feasible);
  EXPECT_FALSE(verification->proved);
  EXPECT_EQ(verification->dual_bound_cm, 0);
}

TEST_F(VerifyTest, BadArgumentsAreNamed) {
  RunContext context;
  plan_.steward_of[9] = 120;
  EXPECT_EQ(GetErrorDetail(Verify(instance_.View(), plan_.steward_of, {}, {}, context).status()).row, 9);
  plan_.steward_of.pop_back();
  EXPECT_EQ(GetErrorDetail(Verify(instance_.View(), plan_.steward_of, {}, {}, context).status()).field, "steward_of");
  plan_.steward_of.assign(2000, 0);
  plan_.price_cm[7] = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(GetErrorDetail(Verify(instance_.View(), plan_.steward_of, plan_.price_cm, {}, context).status()).row, 7);
}

TEST_F(VerifyTest, ExtremePricesDoNotOverflow) {
  plan_.price_cm.assign(plan_.price_cm.size(), int64_t{1} << 52);
  plan_.price_cm[0] = -(int64_t{1} << 52);
  EXPECT_FALSE(Check().proved);
}

}  // namespace
}  // namespace lianhu::assignment
