#include "lianhu/districting/micro_grids.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "lianhu/base/random.h"
#include "lianhu/base/status.h"

namespace lianhu::districting {
namespace {

std::vector<Point> Scatter(int64_t n, uint64_t seed) {
  Random random(seed);
  std::vector<Point> points(n);
  for (Point& p : points) p = {1000 * random.Real(), 1000 * random.Real()};
  return points;
}

ErrorDetail FaultOf(const MicroGridProblem& problem, const MicroGridOptions& options = {}) {
  RunContext context;
  return GetErrorDetail(DrawMicroGrids(problem, options, context).status());
}

// The fewest parts that the total allows need every part full, which unequal weights seldom are.
TEST(MicroGrids, UnequalWeightsGetMorePartsWhereTheFewestDoNotHoldThem) {
  Random random(11);
  std::vector<Point> homes;
  std::vector<int32_t> weight;
  for (int i = 0; i < 99; ++i) {
    homes.push_back({1000 * random.Real(), 1000 * random.Real()});
    weight.push_back(18);
  }
  RunContext context;
  // 1,782 in parts of at most 30: 60 by weight, but no two of them fit together.
  const auto plan =
      DrawMicroGrids({.households = homes, .weight = weight, .bounds = {10, 30}}, {.seconds = 2}, context);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->outcome, PartitionOutcome::kFeasible);
  EXPECT_EQ(plan->parts.size(), 99u);
}

TEST(MicroGrids, HoldBoundsAndJurisdictions) {
  const std::vector<Point> homes = Scatter(500, 1);
  std::vector<int32_t> units;
  units.reserve(homes.size());
  for (const Point p : homes) units.push_back(p.x < 600 ? 3 : 8);
  const MicroGridProblem problem{.households = homes, .units = units};
  RunContext context;
  const auto plan = DrawMicroGrids(problem, {.seconds = 1}, context);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->outcome, PartitionOutcome::kFeasible);
  EXPECT_TRUE(VerifyMicroGrids(problem, *plan).ok()) << VerifyMicroGrids(problem, *plan);
  const auto first = static_cast<int64_t>(std::count(units.begin(), units.end(), 3));
  EXPECT_EQ(static_cast<int64_t>(plan->parts.size()), (first + 19) / 20 + (500 - first + 19) / 20);
  for (const MicroGrid& part : plan->parts) {
    EXPECT_GE(part.households, 10);
    EXPECT_LE(part.households, 20);
  }
}

TEST(MicroGrids, AJurisdictionBelowTheMinimumIsNamedAndNotDropped) {
  const std::vector<Point> homes = Scatter(25, 2);
  std::vector<int32_t> units(25, 1);
  for (int i = 0; i < 7; ++i) units[i] = 2;
  const MicroGridProblem problem{.households = homes, .units = units};
  RunContext context;
  const auto plan = DrawMicroGrids(problem, {.seconds = 1}, context);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->outcome, PartitionOutcome::kInfeasible);
  ASSERT_EQ(plan->faults.size(), 1u);
  EXPECT_EQ(plan->faults[0].kind, PartitionFaultKind::kTooSmall);
  EXPECT_EQ(plan->faults[0].unit, 2);
  EXPECT_EQ(plan->faults[0].weight, 7);
  EXPECT_EQ(plan->out_of_bounds, 1);
  EXPECT_EQ(plan->part_of.size(), 25u);
  EXPECT_EQ(Describe(plan->faults[0], problem, "Jili", Language::kEnglish),
            "Jili has 7 households, 3 fewer than the minimum of 10: kept as a part of its own; lower the minimum "
            "or join it to another.");
  EXPECT_NE(Describe(plan->faults[0], problem, "", Language::kChinese).find("还差3户"), std::string::npos);
}

TEST(MicroGrids, ACountOutOfReachIsAFaultWithItsRange) {
  const std::vector<Point> homes = Scatter(100, 3);
  RunContext context;
  const auto plan = DrawMicroGrids({.households = homes, .count = 4}, {.seconds = 1}, context);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->outcome, PartitionOutcome::kInfeasible);
  ASSERT_EQ(plan->faults.size(), 1u);
  EXPECT_EQ(plan->faults[0].kind, PartitionFaultKind::kCount);
  EXPECT_EQ(plan->faults[0].fewer, 5);
  EXPECT_EQ(plan->faults[0].more, 10);
}

TEST(MicroGrids, FiguresOfASquare) {
  const std::vector<Point> homes = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {5, 5}};
  const MicroGridProblem problem{.households = homes, .bounds = {1, 5}};
  const auto plan = FiguresOf(problem, std::vector<int32_t>(5, 0));
  ASSERT_TRUE(plan.ok());
  const MicroGrid& part = plan->parts[0];
  EXPECT_EQ(part.medoid, 4);
  EXPECT_EQ(part.centre, (Point{5, 5}));
  EXPECT_DOUBLE_EQ(part.area, 100);
  EXPECT_DOUBLE_EQ(part.perimeter, 40);
  EXPECT_NEAR(part.compactness, 0.785398, 1e-6);
  EXPECT_EQ(part.objective, 4 * 707);
  EXPECT_EQ(part.hull, (std::vector<int32_t>{0, 1, 2, 3}));
}

TEST(MicroGrids, PartsAreConnectedWhereAGraphIsGivenAndIslandsAreNamed) {
  // Two rows of forty houses, who border those beside them; three more on an island.
  std::vector<Point> homes;
  std::vector<Border> borders;
  for (int32_t i = 0; i < 80; ++i) {
    homes.push_back({10.0 * (i % 40), i < 40 ? 0.0 : 5.0});
    if (i % 40 > 0) borders.push_back({i - 1, i});
  }
  borders.push_back({39, 79});
  for (int32_t i = 80; i < 83; ++i) {
    homes.push_back({200, 10});
    if (i > 80) borders.push_back({i - 1, i});
  }
  const auto graph = Contiguity::FromBorders(83, borders);
  ASSERT_TRUE(graph.ok());
  const MicroGridProblem problem{.households = homes, .graph = &*graph};
  RunContext context;
  const auto plan = DrawMicroGrids(problem, {.seconds = 10, .work = 200000}, context);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->outcome, PartitionOutcome::kInfeasible);
  ASSERT_EQ(plan->faults.size(), 1u);
  EXPECT_EQ(plan->faults[0].nodes, (std::vector<int32_t>{80, 81, 82}));
  EXPECT_EQ(plan->not_connected, 0);
  EXPECT_EQ(plan->out_of_bounds, 1);
  EXPECT_TRUE(VerifyMicroGrids(problem, *plan).ok()) << VerifyMicroGrids(problem, *plan);

  // Without the graph the rows are joined across.
  const MicroGridProblem free{.households = homes};
  const auto wide = DrawMicroGrids(free, {.seconds = 10, .work = 200000}, context);
  ASSERT_TRUE(wide.ok());
  EXPECT_EQ(wide->outcome, PartitionOutcome::kFeasible);
  EXPECT_GT(FiguresOf(problem, wide->part_of)->not_connected, 0);
}

TEST(MicroGrids, CancelledBeforeAnyPlan) {
  const std::vector<Point> homes = Scatter(100, 3);
  RunContext context;
  context.Cancel();
  const auto plan = DrawMicroGrids({.households = homes}, {}, context);
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->outcome, PartitionOutcome::kCancelled);
  EXPECT_TRUE(plan->part_of.empty());
}

TEST(MicroGrids, DegreesAreMeasuredInMetres) {
  const std::vector<Point> homes = {{113.0, 28.0}, {113.001, 28.0}, {113.002, 28.0}};
  const auto plan =
      FiguresOf({.households = homes, .datum = Datum::kWgs84Degrees, .bounds = {1, 3}}, std::vector<int32_t>(3, 0));
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->parts[0].medoid, 1);
  EXPECT_NEAR(plan->parts[0].radius, 98.3, 0.2);
  EXPECT_NEAR(plan->parts[0].centre.x, 113.001, 1e-9);
}

TEST(MicroGrids, BadInputIsNamed) {
  std::vector<Point> homes = Scatter(30, 4);
  EXPECT_EQ(FaultOf({}).field, "households");
  const std::vector<int32_t> shorter(29, 1);
  EXPECT_EQ(FaultOf({.households = homes, .units = shorter}).field, "units");
  std::vector<int32_t> column(30, 1);
  column[17] = -2;
  EXPECT_EQ(FaultOf({.households = homes, .units = column}).row, 17);
  EXPECT_EQ(FaultOf({.households = homes, .buildings = column}).field, "buildings");
  EXPECT_EQ(FaultOf({.households = homes, .weight = column}).field, "weight");
  EXPECT_EQ(FaultOf({.households = homes, .current = column}).field, "current");
  EXPECT_EQ(FaultOf({.households = homes, .bounds = {5, 4}}).field, "bounds");
  EXPECT_EQ(FaultOf({.households = homes, .bounds = {0, 0}}).field, "bounds");
  EXPECT_EQ(FaultOf({.households = homes, .count = 31}).field, "count");
  EXPECT_EQ(FaultOf({.households = homes, .move_price = -1}).field, "move_price");
  EXPECT_EQ(FaultOf({.households = homes}, {.seconds = 0}).field, "options.seconds");
  EXPECT_EQ(FaultOf({.households = homes}, {.work = -1}).field, "options.work");
  const auto graph = Contiguity::FromBorders(29, {});
  EXPECT_EQ(FaultOf({.households = homes, .graph = &*graph}).field, "graph");
  homes[3].x = 1e300;
  EXPECT_EQ(FaultOf({.households = homes}).row, 3);
}

}  // namespace
}  // namespace lianhu::districting
