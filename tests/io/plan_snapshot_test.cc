#include "lianhu/io/plan_snapshot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "io/snapshot_examples.h"
#include "io/temporary_directory.h"
#include "lianhu/base/status.h"

namespace lianhu::io {
namespace {

using assignment::Outcome;
using assignment::Plan;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Plan NobodyAssigned(Outcome outcome) {
  Plan plan;
  plan.outcome = outcome;
  plan.steward_of.assign(5, assignment::kUnassigned);
  plan.price_cm.assign(2, 0);
  plan.load.assign(2, 0);
  if (outcome == Outcome::kInfeasible) plan.infeasibilities = ExamplePlan().infeasibilities;
  return plan;
}

Plan OptimalPlan() {
  Plan plan = ExamplePlan();
  plan.outcome = Outcome::kOptimal;
  plan.steward_of[4] = 1;
  plan.load[1] = 3;
  plan.unserved = 0;
  plan.infeasibilities.clear();
  return plan;
}

Plan UnfinishedPlan() {
  Plan plan = OptimalPlan();
  plan.outcome = Outcome::kTimeLimit;
  plan.dual_bound_cm = plan.total_cost_cm - 1000;
  return plan;
}

TEST(PlanSnapshotTest, RoundTripOfEveryOutcome) {
  TemporaryDirectory directory;
  const std::string path = directory.File("street.plan");
  for (const Plan& plan : {OptimalPlan(), ExamplePlan(), NobodyAssigned(Outcome::kInfeasible),
                           NobodyAssigned(Outcome::kCancelled), UnfinishedPlan(), Plan{}}) {
    SCOPED_TRACE(assignment::OutcomeName(plan.outcome));
    const absl::Status written = WriteSnapshot(path, plan);
    ASSERT_TRUE(written.ok()) << written;
    const absl::StatusOr<Plan> read = ReadPlanSnapshot(path);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_TRUE(SamePlan(*read, plan));
    EXPECT_EQ(ReadFile(path), *EncodeSnapshot(plan));
  }
}

TEST(PlanSnapshotTest, EqualPlansGiveEqualBytesWhateverTheTimeTaken) {
  Plan slow = ExamplePlan();
  slow.seconds = 12.5;
  EXPECT_EQ(*EncodeSnapshot(slow), *EncodeSnapshot(ExamplePlan()));
}

struct BadPlan {
  std::string field;
  int64_t row;
  std::function<void(Plan&)> spoil;
};

TEST(PlanSnapshotTest, InconsistentPlansAreRefusedByField) {
  const std::vector<BadPlan> cases = {
      {"steward_of", 1, [](Plan& p) { p.steward_of[1] = 2; }},
      {"steward_of", 1, [](Plan& p) { p.steward_of[1] = -2; }},
      {"load", 0, [](Plan& p) { p.load[0] = 3; }},
      {"load", 0, [](Plan& p) { p.steward_of[0] = 1; }},
      {"load", -1, [](Plan& p) { p.load.pop_back(); }},
      {"price_cm", 1, [](Plan& p) { p.price_cm[1] = (int64_t{1} << 52) + 1; }},
      {"price_cm", 0, [](Plan& p) { p.price_cm[0] = std::numeric_limits<int64_t>::min(); }},
      {"outcome", -1, [](Plan& p) { p.outcome = static_cast<Outcome>(5); }},
      {"dual_bound_cm", -1, [](Plan& p) { p.outcome = Outcome::kTimeLimit; }},
      {"steward_of", -1, [](Plan& p) { p.outcome = Outcome::kInfeasible; }},
      {"steward_of", -1,
       [](Plan& p) {
         p.outcome = Outcome::kOptimal;
         p.infeasibilities.clear();
       }},
      {"infeasibilities", -1, [](Plan& p) { p.infeasibilities.clear(); }},
      {"unserved", -1, [](Plan& p) { p.unserved = 0; }},
      {"distance_cm", -1, [](Plan& p) { p.distance_cm = -1; }},
      {"switches", -1, [](Plan& p) { p.switches = 100; }},
      {"dual_bound_cm", -1, [](Plan& p) { --p.dual_bound_cm; }},
      {"infeasibilities", 0, [](Plan& p) { p.infeasibilities[0].unit = -2; }},
      {"infeasibilities", 0, [](Plan& p) { p.infeasibilities[0].households = 6; }},
      {"infeasibilities", 0, [](Plan& p) { p.infeasibilities[0].stewards = -1; }},
      {"infeasibilities", 0, [](Plan& p) { p.infeasibilities[0].required = 3; }},
      {"infeasibilities", 0, [](Plan& p) { p.infeasibilities[0].shortage = 2; }},
      {"infeasibilities", 0, [](Plan& p) { p.infeasibilities[0].surplus = 1; }},
      {"infeasibilities", 0,
       [](Plan& p) {
         p.infeasibilities[0].capacity = 3;
         p.infeasibilities[0].shortage = 0;
       }},
      {"infeasibilities", 0, [](Plan& p) { p.infeasibilities[0].bound_needed = -2; }},
      {"infeasibilities", 0, [](Plan& p) { p.infeasibilities[0].household_set = {0}; }},
      {"infeasibilities", 0, [](Plan& p) { p.infeasibilities[0].whole = false; }},
      {"infeasibilities", 1, [](Plan& p) { p.infeasibilities.push_back(p.infeasibilities[0]); }},
  };
  TemporaryDirectory directory;
  const std::string path = directory.File("bad.plan");
  for (size_t i = 0; i < cases.size(); ++i) {
    SCOPED_TRACE(testing::Message() << "case " << i);
    Plan plan = ExamplePlan();
    cases[i].spoil(plan);
    const absl::Status status = EncodeSnapshot(plan).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(GetErrorDetail(status).field, cases[i].field) << status;
    EXPECT_EQ(GetErrorDetail(status).row, cases[i].row) << status;
    EXPECT_THAT(std::string(WriteSnapshot(path, plan).message()), HasSubstr(path + ": " + cases[i].field));
  }
  EXPECT_TRUE(directory.List().empty());
}

// A disk that is full, played by a limit on the size of files.
TEST(PlanSnapshotTest, AWriteThatFailsLeavesTheOldFile) {
  TemporaryDirectory directory;
  const std::string path = directory.File("street.plan");
  ASSERT_TRUE(WriteSnapshot(path, ExamplePlan()).ok());

  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small = {.rlim_cur = 100, .rlim_max = before.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const absl::Status status = WriteSnapshot(path, OptimalPlan());
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);

  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr(path + ": cannot write"));
  EXPECT_THAT(directory.List(), ElementsAre("street.plan"));
  EXPECT_TRUE(SamePlan(ReadPlanSnapshot(path).value(), ExamplePlan()));
}

TEST(PlanSnapshotTest, ContentIsCheckedOnReadingToo) {
  std::string bytes = *EncodeSnapshot(ExamplePlan());
  const int64_t price = 345678;
  const int64_t beyond = int64_t{1} << 60;
  const size_t at = bytes.find(std::string(reinterpret_cast<const char*>(&price), 8));
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 8, reinterpret_cast<const char*>(&beyond), 8);
  const absl::Status status =
      DecodePlanSnapshot(AsBytes(Seal(SnapshotKind::kPlan, bytes.substr(kSnapshotHeaderSize))), "a.plan").status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("a.plan: price_cm[1]: "));
}

}  // namespace
}  // namespace lianhu::io
