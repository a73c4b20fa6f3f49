// Snapshots of a plan. Format, guarantees and errors: io/snapshot.h.
//
// What is checked on writing and on reading: n and m agree among the arrays, every steward's index is in range, each
// load is the number of households served, prices are within +-2^52 cm, the totals and the households left over fit the
// outcome, and each infeasibility is in itself consistent. Whether the plan fits a problem and is optimal is for
// assignment::Verify to say. `Plan::seconds` is not stored and reads as 0.
#ifndef LIANHU_IO_PLAN_SNAPSHOT_H_
#define LIANHU_IO_PLAN_SNAPSHOT_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/assignment/plan.h"

namespace lianhu::io {

// Replaces `path` by a snapshot of `plan`. O(n + m).
absl::Status WriteSnapshot(const std::string& path, const assignment::Plan& plan);

// Reads the snapshot at `path` by memory map. O(n + m).
absl::StatusOr<assignment::Plan> ReadPlanSnapshot(const std::string& path);

// The same in memory. `source` stands for the file's name in errors; the bytes need no particular alignment.
absl::StatusOr<std::string> EncodeSnapshot(const assignment::Plan& plan);
absl::StatusOr<assignment::Plan> DecodePlanSnapshot(absl::Span<const std::byte> bytes,
                                                    absl::string_view source = "snapshot");

}  // namespace lianhu::io

#endif  // LIANHU_IO_PLAN_SNAPSHOT_H_
