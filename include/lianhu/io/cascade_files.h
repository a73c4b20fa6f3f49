// The files of a notice: acknowledgements in; coverage, retransmissions and a summary out.
#ifndef LIANHU_IO_CASCADE_FILES_H_
#define LIANHU_IO_CASCADE_FILES_H_

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/hierarchy/cascade.h"
#include "lianhu/io/posts.h"
#include "lianhu/io/units.h"

namespace lianhu::io {

struct Acknowledgements {
  std::string file;
  std::vector<Unit> units;           // a row each
  std::vector<int64_t> times;        // UTC seconds
  std::vector<int64_t> row_numbers;  // as a spreadsheet shows them
};

// Reads acknowledgements: `unit` (or `household`, or `id`), an id of `units`, and `time` (io/instant.h). Errors name
// file, row, column and value. O(bytes).
absl::StatusOr<Acknowledgements> ReadAcknowledgements(const std::string& path, const UnitTable& units);

// What became of the rows of a file.
struct AcknowledgementCounts {
  int64_t taken = 0;
  int64_t repeated = 0;  // by a unit that had acknowledged already: the earliest counts
  int64_t later = 0;     // than `at`: passed over
};

// Hands the acknowledgements up to and including the instant `at` to the cascade. Errors name file, row, column and
// value: a unit that takes no part, a time before the notice was sent.
absl::StatusOr<AcknowledgementCounts> ReplayAcknowledgements(const Acknowledgements& acknowledgements,
                                                             const UnitTable& units, Cascade& cascade,
                                                             int64_t at = std::numeric_limits<int64_t>::max());

// What the writers show.
struct CascadeReport {
  const UnitTable& units;
  const Cascade& cascade;
  const PostTable* posts = nullptr;  // names who acts for a unit; may be null
  AcknowledgementCounts counts = {};
  int64_t at = -1;              // the instant shown, -1: that of the last acknowledgement
  int64_t without_steward = 0;  // households that are in no unit
};

// "not_heard", "stopped", "partly", "passed_on", "complete".
const char* CascadeStateName(CascadeState state);

// docs/formats.md lists the columns and members of the three.
std::string FormatCoverageCsv(const CascadeReport& report);
std::string FormatRetransmitCsv(const CascadeReport& report);
std::string FormatCascadeSummaryJson(const CascadeReport& report);

// How far the notice has come on one level.
struct CascadeLevel {
  std::string name;
  int64_t units = 0;
  int64_t acknowledged = 0;
};
// From the top down.
std::vector<CascadeLevel> CascadeLevels(const UnitTable& units, const Cascade& cascade);

}  // namespace lianhu::io

#endif  // LIANHU_IO_CASCADE_FILES_H_
