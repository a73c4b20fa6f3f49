#include "lianhu/io/model_snapshot.h"

#include <string>

#include "gtest/gtest.h"
#include "io/snapshot_envelope.h"
#include "io/snapshot_examples.h"
#include "lianhu/io/dmn.h"

namespace lianhu::io {
namespace {

routing::ModelDefinition Read(const std::string& name) {
  absl::StatusOr<routing::ModelDefinition> model = ReadDmn("tests/data/dmn/" + name + ".dmn");
  EXPECT_TRUE(model.ok()) << model.status();
  return model.ok() ? *model : routing::ModelDefinition{};
}

TEST(ModelSnapshotTest, KeepsEveryPart) {
  for (const char* name : {"boxed", "services", "tables", "types"}) {
    const routing::ModelDefinition model = Read(name);
    const absl::StatusOr<std::string> snapshot = EncodeSnapshot(model);
    ASSERT_TRUE(snapshot.ok()) << snapshot.status();
    EXPECT_EQ(*snapshot, *EncodeSnapshot(model));
    const absl::StatusOr<routing::ModelDefinition> again = DecodeModelSnapshot(AsBytes(*snapshot));
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(ModelToDmn(*again), ModelToDmn(model)) << name;
    EXPECT_GT(again->decisions.size(), 3u);
  }
}

TEST(ModelSnapshotTest, RefusesEveryDamagedByte) {
  const std::string whole = *EncodeSnapshot(Read("services"));
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
    EXPECT_FALSE(DecodeModelSnapshot(AsBytes(damaged)).ok()) << "byte " << i;
  }
  for (size_t size = 0; size < whole.size(); size += 7) {
    EXPECT_FALSE(DecodeModelSnapshot(AsBytes(whole.substr(0, size))).ok()) << size << " bytes";
  }
}

// Behind a right checksum: whatever decodes is a model that can be encoded, made ready and written.
TEST(ModelSnapshotTest, SurvivesDamageBehindARightChecksum) {
  const std::string whole = *EncodeSnapshot(Read("boxed"));
  int64_t read = 0, refused = 0;
  for (size_t i = kSnapshotHeaderSize; i < whole.size(); i += 3) {
    for (const char flip : {1, -1}) {
      std::string payload = whole.substr(kSnapshotHeaderSize);
      payload[i - kSnapshotHeaderSize] = static_cast<char>(payload[i - kSnapshotHeaderSize] ^ flip);
      const SnapshotHeader header = MakeSnapshotHeader(SnapshotKind::kModel, payload);
      const std::string file = std::string(header.data(), header.size()) + payload;
      const absl::StatusOr<routing::ModelDefinition> model = DecodeModelSnapshot(AsBytes(file));
      if (!model.ok()) {
        ++refused;
        continue;
      }
      ++read;
      EXPECT_TRUE(EncodeSnapshot(*model).ok());
      (void)ModelToDmn(*model);
      (void)routing::Model::Make(*model);
    }
  }
  EXPECT_GT(read, 0);
  EXPECT_GT(refused, 0);
}

TEST(ModelSnapshotTest, AModelWithDefectsIsNotKept) {
  routing::ModelDefinition model = Read("services");
  model.defects.push_back("m.dmn:3: element 'import': is not supported");
  const absl::StatusOr<std::string> snapshot = EncodeSnapshot(model);
  EXPECT_EQ(snapshot.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(snapshot.status().message().find("element 'import'"), std::string::npos);
}

}  // namespace
}  // namespace lianhu::io
