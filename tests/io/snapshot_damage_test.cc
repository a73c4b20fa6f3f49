// Damaged, foreign and hostile files, of every kind of snapshot.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <ostream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "io/capnp_headers.h"
#include "io/snapshot_examples.h"
#include "io/temporary_directory.h"

namespace lianhu::io {
namespace {

using ::testing::HasSubstr;

// One kind of snapshot: an example, and what decoding says. A decoded value is encoded and decoded again to see that it
// survives; that second pass must not fail.
struct Kind {
  std::string name;
  SnapshotKind kind;
  std::string example;
  bool lists_of_structs = true;
  std::function<absl::Status(absl::string_view)> decode;
  std::function<absl::Status(const std::string&)> read;
  friend void PrintTo(const Kind& value, std::ostream* out) { *out << value.name; }
};

absl::Status DecodeProblem(absl::string_view bytes) {
  const absl::StatusOr<OwnedProblem> problem = DecodeProblemSnapshot(AsBytes(bytes), "f");
  if (!problem.ok()) return problem.status();
  const std::string again = EncodeSnapshot(problem->View()).value();
  EXPECT_TRUE(SameProblem(DecodeProblemSnapshot(AsBytes(again)).value().View(), problem->View()));
  return absl::OkStatus();
}

absl::Status DecodePlan(absl::string_view bytes) {
  const absl::StatusOr<assignment::Plan> plan = DecodePlanSnapshot(AsBytes(bytes), "f");
  if (!plan.ok()) return plan.status();
  const std::string again = EncodeSnapshot(*plan).value();
  EXPECT_TRUE(SamePlan(DecodePlanSnapshot(AsBytes(again)).value(), *plan));
  return absl::OkStatus();
}

absl::Status DecodeHierarchy(absl::string_view bytes) {
  const absl::StatusOr<Hierarchy> hierarchy = DecodeHierarchySnapshot(AsBytes(bytes), "f");
  if (!hierarchy.ok()) return hierarchy.status();
  const std::string again = EncodeSnapshot(*hierarchy).value();
  EXPECT_TRUE(SameHierarchy(DecodeHierarchySnapshot(AsBytes(again)).value(), *hierarchy));
  return absl::OkStatus();
}

std::vector<Kind> Kinds() {
  return {{.name = "hierarchy",
           .kind = SnapshotKind::kHierarchy,
           .example = EncodeSnapshot(ExampleHierarchy()).value(),
           .lists_of_structs = false,
           .decode = DecodeHierarchy,
           .read = [](const std::string& path) { return ReadHierarchySnapshot(path).status(); }},
          {.name = "problem",
           .kind = SnapshotKind::kProblem,
           .example = EncodeSnapshot(ExampleProblem().View()).value(),
           .decode = DecodeProblem,
           .read = [](const std::string& path) { return ReadProblemSnapshot(path).status(); }},
          {.name = "plan",
           .kind = SnapshotKind::kPlan,
           .example = EncodeSnapshot(ExamplePlan()).value(),
           .decode = DecodePlan,
           .read = [](const std::string& path) { return ReadPlanSnapshot(path).status(); }}};
}

class SnapshotDamageTest : public testing::TestWithParam<Kind> {
 protected:
  const Kind& kind() const { return GetParam(); }
  absl::string_view payload() const { return absl::string_view(kind().example).substr(kSnapshotHeaderSize); }

  // An error that names the source and gives a reason.
  void ExpectReason(const absl::Status& status, absl::string_view source = "f") {
    ASSERT_FALSE(status.ok());
    ASSERT_EQ(status.message().substr(0, source.size() + 2), std::string(source) + ": ") << status;
    ASSERT_GT(status.message().size(), source.size() + 10) << status;
  }
};

TEST_P(SnapshotDamageTest, TheExampleIsSound) {
  ASSERT_TRUE(kind().decode(kind().example).ok());
}

TEST_P(SnapshotDamageTest, EveryChangeOfEveryByteIsAnError) {
  std::string bytes = kind().example;
  ASSERT_GT(bytes.size(), kSnapshotHeaderSize + 100);
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (int flip = 1; flip < 256; ++flip) {
      bytes[i] = static_cast<char>(kind().example[i] ^ flip);
      SCOPED_TRACE(testing::Message() << "byte " << i << " flip " << flip);
      ExpectReason(kind().decode(bytes));
      if (HasFatalFailure()) return;
    }
    bytes[i] = kind().example[i];
  }
}

TEST_P(SnapshotDamageTest, EveryFlippedByteOfAFileIsAnErrorNamingIt) {
  TemporaryDirectory directory;
  const std::string path = directory.File("damaged");
  for (size_t i = 0; i < kind().example.size(); ++i) {
    std::string bytes = kind().example;
    bytes[i] = static_cast<char>(~bytes[i]);
    WriteFile(path, bytes);
    SCOPED_TRACE(testing::Message() << "byte " << i);
    ExpectReason(kind().read(path), path);
  }
}

TEST_P(SnapshotDamageTest, EveryTruncationAndExtensionIsAnError) {
  for (size_t size = 0; size < kind().example.size(); ++size) {
    SCOPED_TRACE(testing::Message() << "size " << size);
    ExpectReason(kind().decode(kind().example.substr(0, size)));
  }
  for (size_t more = 1; more <= 16; ++more) ExpectReason(kind().decode(kind().example + std::string(more, '\0')));
}

// Below the checksum: whoever can write a file can also write its checksum.
TEST_P(SnapshotDamageTest, EveryChangeUnderARightChecksumIsSurvived) {
  std::string inner(payload());
  int refused = 0;
  int accepted = 0;
  for (size_t i = 0; i < inner.size(); ++i) {
    for (int flip = 1; flip < 256; ++flip) {
      inner[i] = static_cast<char>(payload()[i] ^ flip);
      const absl::Status status = kind().decode(Seal(kind().kind, inner));
      ++(status.ok() ? accepted : refused);
      if (!status.ok()) ExpectReason(status);
    }
    inner[i] = payload()[i];
  }
  EXPECT_GT(refused, 1000);
  EXPECT_GT(accepted, 100);
}

TEST_P(SnapshotDamageTest, EveryTruncationUnderARightChecksumIsAnError) {
  for (size_t size = 0; size < payload().size(); ++size) {
    SCOPED_TRACE(testing::Message() << "size " << size);
    ExpectReason(kind().decode(Seal(kind().kind, payload().substr(0, size))));
  }
}

TEST_P(SnapshotDamageTest, RandomWordsUnderARightChecksumAreSurvived) {
  constexpr uint32_t kSeed = 77;
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  std::mt19937_64 random(kSeed);
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string inner(payload());
    for (uint64_t changes = 1 + random() % 3; changes > 0; --changes) {
      const uint64_t word = random() >> (random() % 64);
      inner.replace(random() % (inner.size() / 8) * 8, 8, reinterpret_cast<const char*>(&word), 8);
    }
    const absl::Status status = kind().decode(Seal(kind().kind, inner));
    refused += !status.ok();
    if (!status.ok()) ExpectReason(status);
  }
  EXPECT_GT(refused, 5000);
  EXPECT_LT(refused, 20000);
}

TEST_P(SnapshotDamageTest, ForeignFilesAreRefusedByName) {
  TemporaryDirectory directory;
  const std::string path = directory.File("foreign");
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0", 29);
  const std::pair<std::string, std::string> cases[] = {{"", "the file is empty"},
                                                       {png, "not a lianhu snapshot"},
                                                       {"id,x,y\n1,2,3\n", "not a lianhu snapshot"},
                                                       {std::string(4096, '\0'), "not a lianhu snapshot"},
                                                       {"LIAN", "cut short"},
                                                       {"LIANHU street", "cut short"}};
  for (const auto& [bytes, reason] : cases) {
    WriteFile(path, bytes);
    EXPECT_THAT(std::string(kind().read(path).message()), HasSubstr(path + ": " + reason));
  }
}

TEST_P(SnapshotDamageTest, AnotherKindIsNamed) {
  for (const Kind& other : Kinds()) {
    if (other.kind == kind().kind) continue;
    const absl::Status status = kind().decode(other.example);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(status.message(), "f: a snapshot of a " + other.name + ", expected a " + kind().name);
  }
  const absl::Status status = kind().decode(Seal(static_cast<SnapshotKind>(99), payload()));
  EXPECT_THAT(std::string(status.message()), HasSubstr("kind 99"));
}

TEST_P(SnapshotDamageTest, WhatIsNoFileIsNamed) {
  TemporaryDirectory directory;
  const std::string missing = directory.File("missing");
  EXPECT_EQ(kind().read(missing).code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(kind().read(missing).message()), HasSubstr(missing + ": cannot read"));
  EXPECT_THAT(std::string(kind().read(directory.path().string()).message()), HasSubstr("not a regular file"));
  const std::string pipe = directory.File("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THAT(std::string(kind().read(pipe).message()), HasSubstr(pipe + ": not a regular file"));
}

// The message of `payload` built anew by `builder`, its root struct `more` words of data and pointers longer.
std::string Rebuilt(absl::string_view payload, unsigned more, capnp::MallocMessageBuilder& builder) {
  auto words = kj::heapArray<capnp::word>(payload.size() / 8);
  std::memcpy(words.begin(), payload.data(), payload.size());
  capnp::FlatArrayMessageReader reader(words);
  const auto from = reader.getRoot<capnp::AnyStruct>();
  const auto data = from.getDataSection();
  const auto pointers = from.getPointerSection();
  auto to = builder.getRoot<capnp::AnyPointer>().initAsAnyStruct(static_cast<uint16_t>(data.size() / 8 + more),
                                                                 static_cast<uint16_t>(pointers.size() + more));
  std::copy(data.begin(), data.end(), to.getDataSection().begin());
  for (unsigned i = 0; i < pointers.size(); ++i) to.getPointerSection()[i].set(pointers[i]);
  for (unsigned i = 0; i < more; ++i) {
    to.getDataSection()[data.size() + 8 * i] = 42;
    to.getPointerSection()[pointers.size() + i].setAs<capnp::Text>("from a newer version");
  }
  const auto flat = capnp::messageToFlatArray(builder);
  return std::string(flat.asChars().begin(), flat.asChars().size());
}

TEST_P(SnapshotDamageTest, FieldsOfANewerMinorVersionAreIgnored) {
  capnp::MallocMessageBuilder builder;
  const std::string grown = Rebuilt(payload(), 2, builder);
  ASSERT_GT(grown.size(), payload().size() + 32);
  const absl::Status status = kind().decode(Seal(kind().kind, grown));
  EXPECT_TRUE(status.ok()) << status;
}

// As another writer of the format may lay it out.
TEST_P(SnapshotDamageTest, SeveralSegmentsAreRead) {
  capnp::MallocMessageBuilder builder(1, capnp::AllocationStrategy::FIXED_SIZE);
  const std::string split = Rebuilt(payload(), 0, builder);
  uint32_t last_segment = 0;
  std::memcpy(&last_segment, split.data(), 4);
  ASSERT_GT(last_segment, 2u);
  const absl::Status status = kind().decode(Seal(kind().kind, split));
  EXPECT_TRUE(status.ok()) << status;
}

TEST_P(SnapshotDamageTest, AnotherMajorVersionIsRefused) {
  std::string bytes = kind().example;
  bytes[8] = 2;
  const absl::Status status = kind().decode(bytes);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(), "f: format version 2.1, but this library reads version 1 only");
}

// A root struct whose every pointer announces the largest list there can be, of each width of element.
TEST_P(SnapshotDamageTest, HugeCountsAreRefusedBeforeAllocation) {
  for (uint64_t width = 0; width < 8; ++width) {
    std::string inner(payload());
    uint64_t root = 0;
    std::memcpy(&root, inner.data() + 8, 8);
    const size_t data_words = root >> 32 & 0xFFFF;
    const size_t pointers = root >> 48;
    ASSERT_GT(pointers, 3u);
    for (size_t i = 0; i < pointers; ++i) {
      const uint64_t list = uint64_t{0x1FFFFFFF} << 35 | width << 32 | 1;
      inner.replace(16 + 8 * (data_words + i), 8, reinterpret_cast<const char*>(&list), 8);
    }
    SCOPED_TRACE(testing::Message() << "width " << width);
    ExpectReason(kind().decode(Seal(kind().kind, inner)));
  }
}

// Entries without any size cost no bytes, so only the count itself can give them away.
TEST_P(SnapshotDamageTest, ListsOfNothingAreRefused) {
  // Fewer than the words of the message, which is all that Cap'n Proto asks.
  const uint64_t entries = (payload().size() / 8 + 1) / 2 + 1;
  int refused_by_count = 0;
  uint64_t root = 0;
  std::memcpy(&root, payload().data() + 8, 8);
  const size_t data_words = root >> 32 & 0xFFFF;
  for (size_t i = 0; i < root >> 48; ++i) {
    std::string inner(payload());
    const size_t at = 16 + 8 * (data_words + i);
    const uint64_t offset = (inner.size() - at - 8) / 8;
    const uint64_t list = uint64_t{7} << 32 | offset << 2 | 1;  // no words, then a tag
    const uint64_t tag = entries << 2;                          // structs of no data and no pointers
    inner.replace(at, 8, reinterpret_cast<const char*>(&list), 8);
    inner.append(reinterpret_cast<const char*>(&tag), 8);
    uint32_t segment_words = static_cast<uint32_t>(inner.size() / 8 - 1);
    inner.replace(4, 4, reinterpret_cast<const char*>(&segment_words), 4);
    const absl::Status status = kind().decode(Seal(kind().kind, inner));
    ExpectReason(status);
    refused_by_count +=
        status.message().find(std::to_string(entries) + " entries announced") != absl::string_view::npos;
  }
  EXPECT_EQ(refused_by_count > 0, kind().lists_of_structs);
}

INSTANTIATE_TEST_SUITE_P(EveryKind, SnapshotDamageTest, testing::ValuesIn(Kinds()),
                         [](const auto& instance) { return instance.param.name; });

// Bit by bit, straight from the polynomial (RFC 1952, section 8).
uint32_t Crc32(absl::string_view text) {
  uint32_t crc = 0xFFFFFFFF;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
  }
  return ~crc;
}

TEST(SnapshotEnvelopeTest, ChecksumIsThatOfGzip) {
  ASSERT_EQ(Crc32("123456789"), 0xCBF43926);  // the usual check value
  const std::string bytes = EncodeSnapshot(ExamplePlan()).value();
  uint32_t stored = 0;
  std::memcpy(&stored, bytes.data() + 12, 4);
  EXPECT_EQ(stored, Crc32(bytes.substr(0, 12) + bytes.substr(16)));
}

TEST(SnapshotEnvelopeTest, ANewerMinorVersionIsRead) {
  std::string bytes = EncodeSnapshot(ExamplePlan()).value();
  bytes[10] = 9;
  EXPECT_EQ(DecodePlanSnapshot(AsBytes(bytes)).status().code(), absl::StatusCode::kDataLoss);
  const uint32_t checksum = Crc32(bytes.substr(0, 12) + bytes.substr(16));
  std::memcpy(&bytes[12], &checksum, 4);
  EXPECT_TRUE(DecodePlanSnapshot(AsBytes(bytes)).ok());
}

}  // namespace
}  // namespace lianhu::io
