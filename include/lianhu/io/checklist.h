// Checklists in JSON and as snapshots, both by one schema (src/schema/checklist.capnp).
//
// JSON goes through Cap'n Proto's own codec, after a reading along the schema: a member that the schema does not know
// or that is there twice is an error, so that a misspelt cap is not a cap left out; a member that is left out has the
// schema's default. Decimal numbers are text ("0.3") or numbers, which mean what is written. Every reader ends in
// scoring::Validate: what it returns can be scored with. Errors name the file and the member or the line.
#ifndef LIANHU_IO_CHECKLIST_H_
#define LIANHU_IO_CHECKLIST_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/scoring/checklist.h"

namespace lianhu::io {

// The most bytes of JSON that a reader takes: a checklist at every limit of scoring::Validate is smaller.
inline constexpr size_t kMaxChecklistBytes = size_t{4} << 20;

// The file in UTF-8 or GB18030. A file that begins as a snapshot is read as one.
absl::StatusOr<scoring::Checklist> ReadChecklist(const std::string& path);
// `source` stands for the file in errors.
absl::StatusOr<scoring::Checklist> ParseChecklistJson(absl::string_view json, absl::string_view source = "checklist");

// Ends in a line break; members at their default are left out. ParseChecklistJson gives back what went in.
absl::StatusOr<std::string> FormatChecklistJson(const scoring::Checklist& checklist);

// Snapshots (io/snapshot.h), kind 4.
absl::Status WriteSnapshot(const std::string& path, const scoring::Checklist& checklist);
absl::StatusOr<std::string> EncodeSnapshot(const scoring::Checklist& checklist);
absl::StatusOr<scoring::Checklist> DecodeChecklistSnapshot(absl::Span<const std::byte> bytes,
                                                           absl::string_view source = "snapshot");

}  // namespace lianhu::io

#endif  // LIANHU_IO_CHECKLIST_H_
