// Snapshots of the assignment problem. Format, guarantees and errors: io/snapshot.h.
#ifndef LIANHU_IO_PROBLEM_SNAPSHOT_H_
#define LIANHU_IO_PROBLEM_SNAPSHOT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/assignment/problem.h"

namespace lianhu::io {

// A problem with its own arrays; the fields are those of assignment::Problem.
struct OwnedProblem {
  std::vector<Point> households;
  std::vector<Point> stewards;
  Datum datum = Datum::kPlanarMetres;
  std::vector<int32_t> household_units;
  std::vector<int32_t> steward_units;
  assignment::LoadBounds bounds;
  std::vector<int32_t> steward_min;
  std::vector<int32_t> steward_max;

  // Views of these arrays: valid until one of them is changed or destroyed.
  assignment::Problem View() const {
    return {.households = households,
            .stewards = stewards,
            .datum = datum,
            .household_units = household_units,
            .steward_units = steward_units,
            .bounds = bounds,
            .steward_min = steward_min,
            .steward_max = steward_max};
  }
};

// Replaces `path` by a snapshot of `problem`, which must be valid (assignment::Validate). A problem with pair
// conditions, kinds, a current plan or a cost of load is refused: a snapshot does not hold them. O(n + m).
absl::Status WriteSnapshot(const std::string& path, const assignment::Problem& problem);

// Reads the snapshot at `path` by memory map; the result has passed assignment::Validate. O(n + m).
absl::StatusOr<OwnedProblem> ReadProblemSnapshot(const std::string& path);

// The same in memory. `source` stands for the file's name in errors; the bytes need no particular alignment.
absl::StatusOr<std::string> EncodeSnapshot(const assignment::Problem& problem);
absl::StatusOr<OwnedProblem> DecodeProblemSnapshot(absl::Span<const std::byte> bytes,
                                                   absl::string_view source = "snapshot");

}  // namespace lianhu::io

#endif  // LIANHU_IO_PROBLEM_SNAPSHOT_H_
