// The header of a snapshot and its checksum; what the payload means is not known here. Format: lianhu/io/snapshot.h.
#ifndef LIANHU_IO_SNAPSHOT_ENVELOPE_H_
#define LIANHU_IO_SNAPSHOT_ENVELOPE_H_

#include <array>
#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/io/snapshot.h"

namespace lianhu::io {

using SnapshotHeader = std::array<char, kSnapshotHeaderSize>;

// The header of a payload, whose size must be a multiple of 8.
SnapshotHeader MakeSnapshotHeader(SnapshotKind kind, absl::string_view payload);

// Replaces `path` by header and payload.
absl::Status WriteSnapshotFile(const std::string& path, SnapshotKind kind, absl::string_view payload);

// Whether the header says that the file is of this kind; nothing else has been looked at.
bool SaysKind(absl::Span<const std::byte> file, SnapshotKind kind);

// The payload of the snapshot `file`, a view into it, once header, length, checksum and kind have been found right.
// Errors begin with `source`.
absl::StatusOr<absl::Span<const std::byte>> OpenSnapshot(absl::Span<const std::byte> file, SnapshotKind kind,
                                                         absl::string_view source);

}  // namespace lianhu::io

#endif  // LIANHU_IO_SNAPSHOT_ENVELOPE_H_
