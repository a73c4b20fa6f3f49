// What a jurisdiction brings to the drawing of micro-grids: atoms that are not divided, and how many parts they make.
#ifndef LIANHU_SRC_DISTRICTING_MICRO_GRID_UNITS_H_
#define LIANHU_SRC_DISTRICTING_MICRO_GRID_UNITS_H_

#include <cstdint>
#include <vector>

#include "districting/part_search.h"
#include "lianhu/districting/micro_grids.h"

namespace lianhu::districting::internal {

// An atom is a household, or those of a building that are kept together.
struct DrawnUnit {
  int32_t unit = -1;
  std::vector<int32_t> households;  // ascending
  std::vector<int32_t> begin;       // of each atom in `members`, and the end
  std::vector<int32_t> members;     // households
  std::vector<Point> at;            // of each atom, the mean by weight
  std::vector<int32_t> weight;      // of each atom
  std::vector<int32_t> current;     // of each atom, the part that most of its weight is in today; empty: none given
  int64_t total = 0;
  int64_t least_parts = 1;  // that the bounds ask for
  int64_t most_parts = 1;   // that they allow
  int32_t parts = 1;        // that it gets
  WeightBounds bounds;      // widened as far as need be where nothing fits
  bool fits = true;
};

// Jurisdictions by increasing unit. `places` are the projected households.
std::vector<DrawnUnit> SplitIntoUnits(const MicroGridProblem& problem, absl::Span<const Point> places);

// Makes the atoms of a unit; buildings are kept where `keep`.
void MakeAtoms(const MicroGridProblem& problem, absl::Span<const Point> places, bool keep, DrawnUnit& unit);

// Gives each jurisdiction its number of parts and lists what stands against the bounds.
std::vector<PartitionFault> AllotMicroGrids(const MicroGridProblem& problem, std::vector<DrawnUnit>& units);

// A number of parts for a unit, as near as its atoms allow; bounds are widened where that many cannot keep them.
void Allot(DrawnUnit& unit, int64_t parts, WeightBounds bounds);

// What the search gets to see.
PartTask TaskOf(const MicroGridProblem& problem, const DrawnUnit& unit);

}  // namespace lianhu::districting::internal

#endif  // LIANHU_SRC_DISTRICTING_MICRO_GRID_UNITS_H_
