#include "lianhu/io/table_snapshot.h"

#include <string>

#include "gtest/gtest.h"
#include "io/snapshot_examples.h"
#include "lianhu/io/table_csv.h"

namespace lianhu::io {
namespace {

TEST(TableSnapshotTest, KeepsEveryCell) {
  for (const char* path : {"data/routing/t1.csv", "data/routing/t2.csv", "data/routing/t3.csv"}) {
    const absl::StatusOr<routing::DecisionTable> table = ReadTableCsv(path);
    ASSERT_TRUE(table.ok()) << table.status();
    const absl::StatusOr<std::string> snapshot = EncodeSnapshot(*table);
    ASSERT_TRUE(snapshot.ok()) << snapshot.status();
    EXPECT_EQ(*snapshot, *EncodeSnapshot(*table));
    const absl::StatusOr<routing::DecisionTable> again = DecodeTableSnapshot(AsBytes(*snapshot));
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(TableToCsv(*again), TableToCsv(*table));
  }
}

TEST(TableSnapshotTest, RefusesEveryDamagedByte) {
  const absl::StatusOr<routing::DecisionTable> table = ReadTableCsv("data/routing/t3.csv");
  ASSERT_TRUE(table.ok());
  const std::string whole = *EncodeSnapshot(*table);
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
    EXPECT_FALSE(DecodeTableSnapshot(AsBytes(damaged)).ok()) << "byte " << i;
  }
  for (size_t size = 0; size < whole.size(); size += 7) {
    EXPECT_FALSE(DecodeTableSnapshot(AsBytes(whole.substr(0, size))).ok()) << size << " bytes";
  }
}

}  // namespace
}  // namespace lianhu::io
