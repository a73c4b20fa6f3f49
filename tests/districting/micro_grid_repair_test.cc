#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "lianhu/base/random.h"
#include "lianhu/base/status.h"
#include "lianhu/districting/micro_grids.h"

namespace lianhu::districting {
namespace {

class MicroGridRepairTest : public ::testing::Test {
 protected:
  MicroGridRepairTest() {
    Random random(11);
    for (int i = 0; i < 900; ++i) {
      const double x = 1000 * random.Real();
      const double y = 1000 * random.Real();
      homes_.push_back({x, y});
      units_.push_back(x < 500 ? 1 : 2);
    }
    RunContext context;
    const MicroGridProblem problem{.households = homes_, .units = units_, .count = 60};
    const auto plan = DrawMicroGrids(problem, {.seconds = 60, .work = 5000000, .bound = false}, context);
    EXPECT_TRUE(plan.ok());
    EXPECT_EQ(plan->outcome, PartitionOutcome::kFeasible);
    current_ = plan->part_of;
    parts_ = plan->parts;
  }

  MicroGridRepair Repair() {
    const MicroGridProblem problem{.households = homes_, .units = units_, .current = current_, .move_price = 10000};
    RunContext context;
    auto repair = RepairMicroGrids(problem, context);
    EXPECT_TRUE(repair.ok()) << repair.status();
    EXPECT_EQ(repair->plan.outcome, PartitionOutcome::kFeasible);
    EXPECT_TRUE(VerifyMicroGrids(problem, repair->plan).ok()) << VerifyMicroGrids(problem, repair->plan);
    EXPECT_EQ(repair->plan.moved, static_cast<int64_t>(repair->moved.size()));
    return *std::move(repair);
  }

  void Add(int count, Point at, int32_t unit) {
    for (int i = 0; i < count; ++i) {
      homes_.push_back(at);
      units_.push_back(unit);
      current_.push_back(-1);
    }
  }

  std::vector<Point> homes_;
  std::vector<int32_t> units_;
  std::vector<int32_t> current_;
  std::vector<MicroGrid> parts_;
};

TEST_F(MicroGridRepairTest, NothingNewNothingChanges) {
  const MicroGridRepair repair = Repair();
  EXPECT_TRUE(repair.moved.empty());
  EXPECT_TRUE(repair.changed.empty());
  EXPECT_TRUE(repair.created.empty());
  EXPECT_TRUE(repair.dissolved.empty());
  EXPECT_EQ(repair.plan.parts.size(), 60u);
}

TEST_F(MicroGridRepairTest, AHouseholdJoinsThePartNearest) {
  Add(1, {250, 250}, 1);
  const MicroGridRepair repair = Repair();
  EXPECT_LE(repair.moved.size(), 1u);
  EXPECT_LE(repair.changed.size() + repair.created.size(), 2u);
}

TEST_F(MicroGridRepairTest, ABuildingSplitsOffWithoutMovingOthers) {
  Add(16, {250, 250}, 1);
  const MicroGridRepair repair = Repair();
  EXPECT_EQ(repair.created.size(), 1u);
  EXPECT_LE(repair.moved.size(), 4u);
  EXPECT_LE(repair.changed.size(), 3u);
  const int32_t part = repair.plan.part_of.back();
  EXPECT_EQ(part, repair.created[0]);
}

TEST_F(MicroGridRepairTest, WhoLeavesIsMadeUpForOrTheRestIsJoined) {
  // Of one part only four remain.
  const int32_t emptied = current_[0];
  std::vector<Point> homes;
  std::vector<int32_t> units;
  std::vector<int32_t> current;
  int stay = 4;
  for (size_t h = 0; h < homes_.size(); ++h) {
    if (current_[h] == emptied && stay-- <= 0) continue;
    homes.push_back(homes_[h]);
    units.push_back(units_[h]);
    current.push_back(current_[h]);
  }
  homes_ = homes;
  units_ = units;
  current_ = current;
  const MicroGridRepair repair = Repair();
  EXPECT_GE(repair.moved.size(), 4u);
  EXPECT_LE(repair.moved.size(), 8u);
  for (size_t h = 0; h < homes_.size(); ++h) {
    if (units_[h] == parts_[emptied].unit) continue;
    EXPECT_EQ(repair.plan.parts[repair.plan.part_of[h]].continues, current_[h]);
  }
}

TEST_F(MicroGridRepairTest, BadInputIsNamed) {
  RunContext context;
  EXPECT_EQ(GetErrorDetail(RepairMicroGrids({.households = homes_}, context).status()).field, "current");
  EXPECT_EQ(
      GetErrorDetail(RepairMicroGrids({.households = homes_, .count = 4, .current = current_}, context).status()).field,
      "count");
}

}  // namespace
}  // namespace lianhu::districting
