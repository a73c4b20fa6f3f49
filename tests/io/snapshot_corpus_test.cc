// Files written by format version 1.0 (tests/fuzz/make_snapshot_corpus.cc) stay readable and mean what they meant.
#include <gtest/gtest.h>

#include <string>

#include "io/snapshot_examples.h"
#include "io/temporary_directory.h"

namespace lianhu::io {
namespace {

std::string Seed(absl::string_view name) {
  return "tests/fuzz/corpus/snapshot/" + std::string(name);
}

TEST(SnapshotCorpusTest, HierarchiesOfVersion10) {
  const absl::StatusOr<Hierarchy> example = ReadHierarchySnapshot(Seed("example.hierarchy"));
  ASSERT_TRUE(example.ok()) << example.status();
  EXPECT_TRUE(SameHierarchy(*example, ExampleHierarchy()));
  EXPECT_EQ(EncodeSnapshot(*example).value(), EncodeSnapshot(ExampleHierarchy()).value());
}

TEST(SnapshotCorpusTest, ProblemsOfVersion10) {
  const absl::StatusOr<OwnedProblem> example = ReadProblemSnapshot(Seed("example.problem"));
  ASSERT_TRUE(example.ok()) << example.status();
  EXPECT_TRUE(SameProblem(example->View(), ExampleProblem().View()));
  EXPECT_EQ(EncodeSnapshot(example->View()).value(), EncodeSnapshot(ExampleProblem().View()).value());
  const absl::StatusOr<OwnedProblem> empty = ReadProblemSnapshot(Seed("empty.problem"));
  ASSERT_TRUE(empty.ok()) << empty.status();
  EXPECT_TRUE(SameProblem(empty->View(), assignment::Problem{}));
}

TEST(SnapshotCorpusTest, PlansOfVersion10) {
  const absl::StatusOr<assignment::Plan> example = ReadPlanSnapshot(Seed("example.plan"));
  ASSERT_TRUE(example.ok()) << example.status();
  EXPECT_TRUE(SamePlan(*example, ExamplePlan()));
  EXPECT_EQ(EncodeSnapshot(*example).value(), EncodeSnapshot(ExamplePlan()).value());
  const absl::StatusOr<assignment::Plan> empty = ReadPlanSnapshot(Seed("empty.plan"));
  ASSERT_TRUE(empty.ok()) << empty.status();
  EXPECT_TRUE(SamePlan(*empty, assignment::Plan{}));
}

}  // namespace
}  // namespace lianhu::io
