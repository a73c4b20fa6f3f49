#include "lianhu/io/hierarchy_snapshot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/snapshot_examples.h"
#include "io/temporary_directory.h"
#include "lianhu/base/random.h"
#include "lianhu/base/status.h"

namespace lianhu::io {
namespace {

using ::testing::HasSubstr;

TEST(HierarchySnapshotTest, RoundTripThroughAFile) {
  TemporaryDirectory directory;
  const std::string path = directory.File("street.hierarchy");
  const Hierarchy hierarchy = ExampleHierarchy();
  ASSERT_GT(hierarchy.size(), hierarchy.row_count());
  ASSERT_TRUE(WriteSnapshot(path, hierarchy).ok());
  const absl::StatusOr<Hierarchy> read = ReadHierarchySnapshot(path);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(SameHierarchy(*read, hierarchy));
  EXPECT_EQ(read->Find(430181002216), hierarchy.unit_of_row(0));
  EXPECT_EQ(read->height(), hierarchy.height());
}

TEST(HierarchySnapshotTest, RandomTreesWithoutCodes) {
  Random random(11);
  for (int round = 0; round < 50; ++round) {
    std::vector<int32_t> parents{-1};
    while (static_cast<int>(parents.size()) < 1 + round * 7) {
      parents.push_back(random.Between(0, static_cast<int32_t>(parents.size()) - 1));
    }
    const Hierarchy hierarchy = Hierarchy::FromParents({.parents = parents}).value();
    const std::string bytes = EncodeSnapshot(hierarchy).value();
    EXPECT_EQ(bytes, EncodeSnapshot(hierarchy).value());
    const absl::StatusOr<Hierarchy> read = DecodeHierarchySnapshot(AsBytes(bytes));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_TRUE(SameHierarchy(*read, hierarchy));
    EXPECT_TRUE(read->view().codes.empty());
  }
}

TEST(HierarchySnapshotTest, WritingToNowhereIsNamed) {
  const absl::Status status = WriteSnapshot("/nonexistent/street.hierarchy", ExampleHierarchy());
  EXPECT_THAT(std::string(status.message()), HasSubstr("/nonexistent/street.hierarchy"));
}

}  // namespace
}  // namespace lianhu::io
