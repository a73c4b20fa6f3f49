// Snapshots of a hierarchy. Format, guarantees and errors: io/snapshot.h.
#ifndef LIANHU_IO_HIERARCHY_SNAPSHOT_H_
#define LIANHU_IO_HIERARCHY_SNAPSHOT_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/hierarchy/hierarchy.h"

namespace lianhu::io {

// Replaces `path` by a snapshot of `hierarchy`. O(n).
absl::Status WriteSnapshot(const std::string& path, const Hierarchy& hierarchy);

// Reads the snapshot at `path` by memory map; the result has passed Hierarchy::FromView. O(n), O(n log n) where the
// codes are not in ascending order.
absl::StatusOr<Hierarchy> ReadHierarchySnapshot(const std::string& path);

// The same in memory. `source` stands for the file's name in errors; the bytes need no particular alignment.
absl::StatusOr<std::string> EncodeSnapshot(const Hierarchy& hierarchy);
absl::StatusOr<Hierarchy> DecodeHierarchySnapshot(absl::Span<const std::byte> bytes,
                                                  absl::string_view source = "snapshot");

}  // namespace lianhu::io

#endif  // LIANHU_IO_HIERARCHY_SNAPSHOT_H_
