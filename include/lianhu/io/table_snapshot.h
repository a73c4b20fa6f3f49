// Decision tables as snapshots (io/snapshot.h), kind 5: read back cell for cell, and made ready only by
// routing::Table::Make, which checks what the cells say.
#ifndef LIANHU_IO_TABLE_SNAPSHOT_H_
#define LIANHU_IO_TABLE_SNAPSHOT_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/routing/table.h"

namespace lianhu::io {

absl::Status WriteSnapshot(const std::string& path, const routing::DecisionTable& table);
absl::StatusOr<std::string> EncodeSnapshot(const routing::DecisionTable& table);

absl::StatusOr<routing::DecisionTable> ReadTableSnapshot(const std::string& path);
absl::StatusOr<routing::DecisionTable> DecodeTableSnapshot(absl::Span<const std::byte> bytes,
                                                           absl::string_view source = "snapshot");

}  // namespace lianhu::io

#endif  // LIANHU_IO_TABLE_SNAPSHOT_H_
