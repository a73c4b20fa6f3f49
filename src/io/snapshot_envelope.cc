#include "io/snapshot_envelope.h"

#include <zlib.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lianhu/io/atomic_file.h"

namespace lianhu::io {
namespace {

constexpr absl::string_view kMagic = "LIANHU";
constexpr size_t kKindAt = 6;
constexpr size_t kMajorAt = 8;
constexpr size_t kMinorAt = 10;
constexpr size_t kChecksumAt = 12;
constexpr size_t kLengthAt = 16;
constexpr size_t kSmallestMessage = 16;  // Cap'n Proto's segment table and the pointer to the root

uint64_t LoadLittleEndian(absl::string_view bytes) {
  uint64_t value = 0;
  for (size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

void StoreLittleEndian(uint64_t value, absl::Span<char> bytes) {
  for (char& byte : bytes) {
    byte = static_cast<char>(value & 0xFF);
    value >>= 8;
  }
}

uint32_t Checksum(absl::string_view header, absl::string_view payload) {
  const auto add = [](uLong crc, absl::string_view bytes) {
    return crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  };
  const uLong crc = add(crc32_z(0, nullptr, 0), header.substr(0, kChecksumAt));
  return static_cast<uint32_t>(add(add(crc, header.substr(kLengthAt)), payload));
}

std::string KindName(uint64_t kind) {
  switch (static_cast<SnapshotKind>(kind)) {
    case SnapshotKind::kHierarchy:
      return "hierarchy";
    case SnapshotKind::kProblem:
      return "problem";
    case SnapshotKind::kPlan:
      return "plan";
    case SnapshotKind::kChecklist:
      return "checklist";
    case SnapshotKind::kTable:
      return "decision table";
    case SnapshotKind::kModel:
      return "model of decisions";
  }
  return absl::StrCat("kind ", kind, ", unknown to this version");
}

}  // namespace

bool SaysKind(absl::Span<const std::byte> file, SnapshotKind kind) {
  if (file.size() < kSnapshotHeaderSize) return false;
  const absl::string_view bytes(reinterpret_cast<const char*>(file.data()), kSnapshotHeaderSize);
  return bytes.substr(0, kMagic.size()) == kMagic &&
         LoadLittleEndian(bytes.substr(kKindAt, 2)) == static_cast<uint16_t>(kind);
}

SnapshotHeader MakeSnapshotHeader(SnapshotKind kind, absl::string_view payload) {
  SnapshotHeader header = {};
  const absl::Span<char> bytes = absl::MakeSpan(header);
  std::copy(kMagic.begin(), kMagic.end(), header.begin());
  StoreLittleEndian(static_cast<uint16_t>(kind), bytes.subspan(kKindAt, 2));
  StoreLittleEndian(kSnapshotMajor, bytes.subspan(kMajorAt, 2));
  StoreLittleEndian(kSnapshotMinor, bytes.subspan(kMinorAt, 2));
  StoreLittleEndian(payload.size(), bytes.subspan(kLengthAt, 8));
  StoreLittleEndian(Checksum({header.data(), header.size()}, payload), bytes.subspan(kChecksumAt, 4));
  return header;
}

absl::Status WriteSnapshotFile(const std::string& path, SnapshotKind kind, absl::string_view payload) {
  const SnapshotHeader header = MakeSnapshotHeader(kind, payload);
  absl::StatusOr<AtomicFile> file = AtomicFile::Create(path);
  if (!file.ok()) return file.status();
  if (auto status = file->Write({header.data(), header.size()}); !status.ok()) return status;
  if (auto status = file->Write(payload); !status.ok()) return status;
  return file->Commit();
}

absl::StatusOr<absl::Span<const std::byte>> OpenSnapshot(absl::Span<const std::byte> file, SnapshotKind kind,
                                                         absl::string_view source) {
  const absl::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  if (text.empty()) return absl::InvalidArgumentError(absl::StrCat(source, ": the file is empty"));
  if (text.substr(0, kMagic.size()) != kMagic.substr(0, text.size())) {
    return absl::InvalidArgumentError(absl::StrCat(source, ": not a lianhu snapshot: it does not begin with ", kMagic));
  }
  if (text.size() < kSnapshotHeaderSize) {
    return absl::DataLossError(
        absl::StrCat(source, ": cut short: ", text.size(), " bytes, the header alone has ", kSnapshotHeaderSize));
  }
  // Before length and checksum, since another major version may define these differently.
  const uint64_t major = LoadLittleEndian(text.substr(kMajorAt, 2));
  if (major != kSnapshotMajor) {
    return absl::FailedPreconditionError(absl::StrCat(source, ": format version ", major, ".",
                                                      LoadLittleEndian(text.substr(kMinorAt, 2)),
                                                      ", but this library reads version ", kSnapshotMajor, " only"));
  }
  const absl::string_view payload = text.substr(kSnapshotHeaderSize);
  const uint64_t length = LoadLittleEndian(text.substr(kLengthAt, 8));
  if (length != payload.size()) {
    return absl::DataLossError(absl::StrCat(source, ": ", length > payload.size() ? "cut short" : "too long",
                                            ": the header announces a payload of ", length, " bytes, the file has ",
                                            payload.size()));
  }
  const uint64_t stored = LoadLittleEndian(text.substr(kChecksumAt, 4));
  const uint32_t computed = Checksum(text.substr(0, kSnapshotHeaderSize), payload);
  if (stored != computed) {
    return absl::DataLossError(absl::StrCat(source, ": damaged: checksum ", absl::Hex(computed, absl::kZeroPad8),
                                            ", but the header says ", absl::Hex(stored, absl::kZeroPad8)));
  }
  const uint64_t found = LoadLittleEndian(text.substr(kKindAt, 2));
  if (found != static_cast<uint64_t>(kind)) {
    return absl::InvalidArgumentError(absl::StrCat(source, ": a snapshot of a ", KindName(found), ", expected a ",
                                                   KindName(static_cast<uint64_t>(kind))));
  }
  if (length % 8 != 0 || length < kSmallestMessage) {
    return absl::DataLossError(absl::StrCat(source, ": damaged: no message has ", length, " bytes"));
  }
  return file.subspan(kSnapshotHeaderSize);
}

}  // namespace lianhu::io
