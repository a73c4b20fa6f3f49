// Micro-grids drawn from a list of households, as files: micro.csv, parts.csv, units.csv and the summary; and micro.csv
// read back.
#ifndef LIANHU_IO_MICRO_GRID_FILES_H_
#define LIANHU_IO_MICRO_GRID_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/districting/drawn_hierarchy.h"
#include "lianhu/districting/micro_grids.h"
#include "lianhu/io/contiguity_files.h"
#include "lianhu/io/units.h"

namespace lianhu::io {

// The nodes of `street` as the households of a problem with the default bounds: a view, as of ContiguousStreet::View().
// Errors name the file: no positions, a node with weight 0 (with its first household's row).
absl::StatusOr<districting::MicroGridProblem> MicroGridView(const ContiguousStreet& street);

// micro.csv as it was read. m parts, numbered by first appearance.
struct PartColumn {
  std::string file;
  std::vector<int32_t> part_of;         // of each household of the street, or -1
  std::vector<std::string> names;       // m
  std::vector<int32_t> grid_of;         // m: an index of grid_names, or -1; empty without a column `grid`
  std::vector<std::string> grid_names;  // by first appearance
  std::vector<int64_t> row_numbers;     // of each household, as a spreadsheet shows them; 0: it is not in the file
  int64_t unknown = 0;                  // rows of households that the street does not have

  // The part of each node: that of its first household.
  std::vector<int32_t> OfNodes(const ContiguousStreet& street) const;
};

// Reads `household` (or `id`), `microgrid`, and `grid` where there is one; other columns are ignored. An empty
// `microgrid` is no part. Errors name file, row, column and value: a household twice, a micro-grid in two grids, and,
// unless `skip_unknown`, a household that is not in the street. O(bytes).
absl::StatusOr<PartColumn> ReadParts(const std::string& path, const ContiguousStreet& street, bool skip_unknown);

// The 12-digit code of each jurisdiction of `street`: its name where that is one; else, with `units`, that of the
// community which has this name or id there. The error names the row of the first household there.
absl::StatusOr<std::vector<int64_t>> CommunityCodes(const ContiguousStreet& street, const std::string& within,
                                                    const UnitTable* units);

// What was drawn, as the writers see it: views, `names` and `grids` owned.
struct Drawing {
  const ContiguousStreet* street = nullptr;
  const districting::MicroGridProblem* problem = nullptr;       // its households are the nodes
  const districting::MicroGridPlan* plan = nullptr;             // of the problem
  const districting::DrawnHierarchy* hierarchy = nullptr;       // with levels: *plan is its micro_grids
  const districting::HierarchyProblem* grid_problem = nullptr;  // with levels
  const PartColumn* current = nullptr;                          // today's parts
  std::vector<std::string> names = {};                          // of the parts: codes, or numbers
  std::vector<std::string> grids = {};                          // of the grids, with levels

  // The community's name, or its code; empty for -1.
  std::string UnitName(int32_t unit) const;
  // The jurisdiction of a part in the street's numbers; -1 without.
  int32_t UnitOf(size_t part) const;
};

// Names the parts: with levels by their codes; a part that continues one of today's by that one's name; in a grid of a
// 15-digit code by the code and three digits; else M0001, M0002, ... in order, but names of today's parts.
void NameParts(Drawing& drawing);

// `household,microgrid,grid,unit,distance_m`, a row a household in input order: grid and unit are empty where there are
// none; the distance is to the part's medoid.
std::string FormatMicroCsv(const Drawing& drawing);

// A row a part: `microgrid,grid,unit,households,weight,medoid,x,y` (or lon,lat: the mean position) `,mean_distance_m,
// radius_m,area_m2,perimeter_m,compactness,within_bounds`, with today's parts `continues,moved` as well.
std::string FormatPartsCsv(const Drawing& drawing);

// With today's parts: `household,from,to`, a row for each household whose micro-grid has another name than today;
// `from` is empty for one that was in none.
std::string FormatMicroGridMoves(const Drawing& drawing);

// The hierarchy from street to micro-grid as ReadUnits reads it, `code,parent,level,name`: parents before children.
// `units`, where given, names them. Without a common street above all communities the streets have no parent and no
// column says so.
std::string FormatDrawnUnitsCsv(const Drawing& drawing, const UnitTable* units);

// The summary as JSON; docs/formats.md lists its members.
std::string FormatDrawingJson(const Drawing& drawing);

// A fault of the micro-grids, or of the grids, as a sentence with the first few ids.
std::string SentenceOf(const Drawing& drawing, const districting::PartitionFault& fault, bool of_grids,
                       Language language);

}  // namespace lianhu::io

#endif  // LIANHU_IO_MICRO_GRID_FILES_H_
