// A street as two CSV files, households and stewards: read, checked, and ready for assignment::Solve.
#ifndef LIANHU_IO_STREET_H_
#define LIANHU_IO_STREET_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/assignment/problem.h"

namespace lianhu::io {

struct StreetFiles {
  std::string households;
  std::string stewards;
  std::string within;             // the column that names the jurisdiction in both files; empty: one jurisdiction
  std::string kind = {};          // the column of the kind in both files (resident, merchant); empty: one kind
  assignment::LoadBounds bounds;  // for stewards without `min` and `max` of their own
};

// Ids and positions of one file, in the file's order.
struct Roster {
  std::string file;
  std::vector<std::string> ids;
  std::vector<Point> positions;
  std::vector<int32_t> units;        // empty without jurisdictions
  std::vector<int32_t> kinds;        // empty without kinds
  std::vector<int64_t> row_numbers;  // as a spreadsheet shows them
};

struct Street {
  Roster households;
  Roster stewards;
  Datum datum = Datum::kPlanarMetres;
  assignment::LoadBounds bounds;
  std::vector<int32_t> steward_min;     // empty without a column `min`
  std::vector<int32_t> steward_max;     // empty without a column `max`
  std::vector<std::string> unit_names;  // by first appearance, households first
  std::vector<std::string> kind_names;

  // Pair conditions (io/conditions.h), as in assignment::Problem.
  double max_distance = assignment::kNoDistanceLimit;
  std::vector<assignment::Pair> forbidden;
  std::vector<assignment::Pair> fixed;
  std::vector<assignment::PairPreference> preferences;
  std::vector<int32_t> current;
  int64_t switch_cost_cm = 0;
  std::vector<assignment::LoadCostStep> load_cost;

  // A view of this street's arrays.
  assignment::Problem View() const;
  // The name of a unit of View(); empty for -1.
  const std::string& UnitName(int32_t unit) const;
  // The names of a unit and a kind, "unit, kind"; either alone when the other is -1.
  std::string SetName(int32_t unit, int32_t kind) const;
};

// Reads both files. Columns: `id`; `x` and `y` in metres or `lon` and `lat` in WGS84 degrees, the same pair in both
// files; stewards may have `min` and `max` (an empty field means the common bound); the columns `within` and `kind`;
// any others are ignored. Every error is one line that names file, row, column and value: a missing or doubled id, a
// missing, non-numeric or out-of-range number, bounds out of order, no unit, a missing column, an unreadable file.
// O(bytes).
absl::StatusOr<Street> ReadStreet(const StreetFiles& files);

}  // namespace lianhu::io

#endif  // LIANHU_IO_STREET_H_
