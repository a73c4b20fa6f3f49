// Whole models as snapshots (io/snapshot.h), kind 6: decisions, types, knowledge and services read back part for part,
// and made ready only by routing::Model::Make, which checks what they say.
#ifndef LIANHU_IO_MODEL_SNAPSHOT_H_
#define LIANHU_IO_MODEL_SNAPSHOT_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/routing/model.h"

namespace lianhu::io {

// FailedPrecondition for a model with defects: what could not be read cannot be kept. Lines of the file it came from
// are not kept.
absl::Status WriteSnapshot(const std::string& path, const routing::ModelDefinition& model);
absl::StatusOr<std::string> EncodeSnapshot(const routing::ModelDefinition& model);

// Errors name the list and the entry: parts that do not fit their kind (routing::HasShape), trees that do not end where
// their list does or nest more than kMaxXmlDepth deep, which no model in DMN can.
absl::StatusOr<routing::ModelDefinition> ReadModelSnapshot(const std::string& path);
absl::StatusOr<routing::ModelDefinition> DecodeModelSnapshot(absl::Span<const std::byte> bytes,
                                                             absl::string_view source = "snapshot");

}  // namespace lianhu::io

#endif  // LIANHU_IO_MODEL_SNAPSHOT_H_
