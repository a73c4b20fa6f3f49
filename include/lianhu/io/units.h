// The tree of units as a CSV file, and the ids that the rooms below do not know.
#ifndef LIANHU_IO_UNITS_H_
#define LIANHU_IO_UNITS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lianhu/hierarchy/hierarchy.h"

namespace lianhu::io {

struct UnitFiles {
  std::string units;
  // Empty, or a file of households to hang below the units as leaves: `id` and the unit each lives in, in the column
  // `household_unit`; or, without `id`, `household` and `microgrid`.
  std::string households = {};
  std::string household_unit = "unit";
};

// Ids, names and places in the file by unit of `hierarchy`, which is in level order.
struct UnitTable {
  std::string file;
  Hierarchy hierarchy;
  std::vector<std::string> ids = {};      // the statistical code of a unit that the file does not list
  std::vector<std::string> names = {};    // empty where the file has none
  std::vector<int64_t> row_numbers = {};  // as a spreadsheet shows them; 0 for a unit that the file does not list
  std::vector<Unit> by_id = {};           // all units in ascending order of id

  // O(log n); kNoUnit when there is none.
  Unit Find(absl::string_view id) const;
  // "city" and its kind by AdministrativeLevel; "level 9" for others.
  std::string LevelName(Unit unit) const;
};

// Reads the units. Columns, in any order, others ignored:
//   code (or id, or unit)  any text, unique
//   parent                 the id of the unit above; empty for the root, and for a statistical code that nests below
//                          another unit of the file by its digits. Without the column every id must be a statistical
//                          code (hierarchy/unit_code.h), and units that are not listed on the way up are made.
//   level                  a name (LevelOfName) or a whole number; without it, or where empty, what the digits of a
//   code
//                          say, else one below the parent's; a root without a code is a street
//   name                   any text
// Every error is one line that names file, row, column and value: a missing or doubled id, a parent that is not there,
// two roots or none, a cycle, a level not below its parent's, a code that a spreadsheet has rounded. O(bytes + n log
// n).
absl::StatusOr<UnitTable> ReadUnits(const UnitFiles& files);

// The AdministrativeLevel of an English or Chinese word ("street", "micro-grid", "微网格") or of a whole number 0..99;
// -1 for anything else.
int32_t LevelOfName(absl::string_view name);

}  // namespace lianhu::io

#endif  // LIANHU_IO_UNITS_H_
