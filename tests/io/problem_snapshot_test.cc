#include "lianhu/io/problem_snapshot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "io/snapshot_examples.h"
#include "io/temporary_directory.h"
#include "lianhu/base/status.h"

namespace lianhu::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ProblemSnapshotTest, RoundTripThroughAFile) {
  TemporaryDirectory directory;
  const std::string path = directory.File("street.problem");
  const OwnedProblem problem = ExampleProblem();
  ASSERT_TRUE(WriteSnapshot(path, problem.View()).ok());
  EXPECT_THAT(directory.List(), ElementsAre("street.problem"));
  const absl::StatusOr<OwnedProblem> read = ReadProblemSnapshot(path);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(SameProblem(read->View(), problem.View()));
}

TEST(ProblemSnapshotTest, FileAndMemoryHaveTheSameBytes) {
  TemporaryDirectory directory;
  const std::string path = directory.File("street.problem");
  ASSERT_TRUE(WriteSnapshot(path, ExampleProblem().View()).ok());
  EXPECT_EQ(ReadFile(path), *EncodeSnapshot(ExampleProblem().View()));
}

TEST(ProblemSnapshotTest, EmptyProblem) {
  const absl::StatusOr<std::string> bytes = EncodeSnapshot(assignment::Problem{});
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  const absl::StatusOr<OwnedProblem> read = DecodeProblemSnapshot(AsBytes(*bytes));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(SameProblem(read->View(), assignment::Problem{}));
}

TEST(ProblemSnapshotTest, RandomProblemsKeepEveryBit) {
  constexpr uint32_t kSeed = 20240501;
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> coordinate(-1e6, 1e6);
  std::uniform_int_distribution<int32_t> number(0, std::numeric_limits<int32_t>::max());
  int with_units = 0;
  for (int round = 0; round < 50; ++round) {
    OwnedProblem problem;
    problem.households.resize(random() % 3000);
    problem.stewards.resize(random() % 300);
    for (Point& point : problem.households) point = {coordinate(random), coordinate(random)};
    for (Point& point : problem.stewards) point = {coordinate(random), coordinate(random)};
    if (random() % 2 == 0) {
      problem.household_units.resize(problem.households.size());
      problem.steward_units.resize(problem.stewards.size());
      for (int32_t& unit : problem.household_units) unit = number(random);
      for (int32_t& unit : problem.steward_units) unit = number(random);
      ++with_units;
    }
    if (random() % 2 == 0) {
      problem.steward_max.resize(problem.stewards.size());
      problem.bounds.min = 0;
      for (int32_t& max : problem.steward_max) max = number(random);
    }
    const absl::StatusOr<std::string> bytes = EncodeSnapshot(problem.View());
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    const absl::StatusOr<OwnedProblem> read = DecodeProblemSnapshot(AsBytes(*bytes));
    ASSERT_TRUE(read.ok()) << read.status();
    ASSERT_TRUE(SameProblem(read->View(), problem.View())) << "round " << round;
  }
  EXPECT_GT(with_units, 10);
  EXPECT_LT(with_units, 40);
}

TEST(ProblemSnapshotTest, UnalignedBytesAreRead) {
  const std::string bytes = *EncodeSnapshot(ExampleProblem().View());
  for (size_t shift = 0; shift < 8; ++shift) {
    const std::string moved = std::string(shift, ' ') + bytes;
    const auto read = DecodeProblemSnapshot(AsBytes(moved).subspan(shift));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_TRUE(SameProblem(read->View(), ExampleProblem().View()));
  }
}

TEST(ProblemSnapshotTest, AnInvalidProblemIsNotWritten) {
  TemporaryDirectory directory;
  const std::string path = directory.File("street.problem");
  OwnedProblem problem = ExampleProblem();
  problem.household_units[3] = -5;
  const absl::Status status = WriteSnapshot(path, problem.View());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr(path + ": household_units[3]: "));
  EXPECT_EQ(GetErrorDetail(status).row, 3);
  EXPECT_TRUE(directory.List().empty());
  EXPECT_EQ(GetErrorDetail(EncodeSnapshot(problem.View()).status()).field, "household_units");
}

TEST(ProblemSnapshotTest, ContentPassesTheDoor) {
  std::string bytes = *EncodeSnapshot(ExampleProblem().View());
  // The latitude of household 2, found by its bytes.
  const double latitude = 28.16;
  const double beyond = 86;
  const size_t at = bytes.find(std::string(reinterpret_cast<const char*>(&latitude), 8));
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 8, reinterpret_cast<const char*>(&beyond), 8);
  const absl::Status status =
      DecodeProblemSnapshot(AsBytes(Seal(SnapshotKind::kProblem, bytes.substr(kSnapshotHeaderSize))), "a.problem")
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("a.problem: households[2]: "));
  EXPECT_EQ(GetErrorDetail(status).field, "households");
  EXPECT_EQ(GetErrorDetail(status).row, 2);
}

}  // namespace
}  // namespace lianhu::io
