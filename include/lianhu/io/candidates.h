// Households and the candidates for stewards among whom to choose, as two CSV files.
#ifndef LIANHU_IO_CANDIDATES_H_
#define LIANHU_IO_CANDIDATES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lianhu/districting/steward_choice.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/street.h"

namespace lianhu::io {

struct CandidateFiles {
  std::string households;
  std::string candidates;
  std::string within;             // the column that names the jurisdiction in both files; empty: one jurisdiction
  assignment::LoadBounds bounds;  // for candidates without `min` and `max` of their own
  std::string kind_cost;          // KIND:METRES,...: what each candidate of a kind costs besides; empty: nothing
};

// `street.stewards` are the candidates.
struct CandidatePool {
  Street street;
  std::vector<int64_t> suitability_cm;  // of the candidate and his kind
  std::vector<int32_t> requirement;     // districting::Requirement
  std::vector<int32_t> kinds;           // empty without a column `kind`; -1 for an empty field
  std::vector<std::string> kind_names;  // by first appearance

  // A view of these arrays; the count is the caller's to set.
  districting::CandidateProblem View() const;
};

// Reads both files. Columns as in ReadStreet, the candidates being the stewards; and of the candidates, where there,
// `kind` (volunteer, recommended, appointed, or any other word), `cost_m` (metres that choosing this one must save;
// also `cost` or `suitability`), `must` (have, not, or empty; 必选, 不选) or the flags `must_have` and `must_not` (1,
// yes, true, 是). Errors name file, row, column and value. O(bytes).
absl::StatusOr<CandidatePool> ReadCandidates(const CandidateFiles& files);

// The columns of the candidates' file that ReadStreet does not know; `pool.street` is there already.
absl::Status ReadCandidateColumns(const CsvTable& table, absl::string_view kind_cost, CandidatePool& pool);

}  // namespace lianhu::io

#endif  // LIANHU_IO_CANDIDATES_H_
