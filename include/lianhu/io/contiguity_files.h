// A street to be drawn: its households, and perhaps who borders whom, as CSV files; and the answer of contiguous
// grouping as files.
#ifndef LIANHU_IO_CONTIGUITY_FILES_H_
#define LIANHU_IO_CONTIGUITY_FILES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/districting/contiguous_partition.h"
#include "lianhu/hierarchy/contiguity.h"
#include "lianhu/io/street.h"

namespace lianhu::io {

struct ContiguityFiles {
  std::string households;
  std::string edges = {};        // empty: nothing is said of borders
  std::string within = {};       // the column of the jurisdiction; empty: one jurisdiction
  std::string weights = {};      // the column of the weight; empty: `weight`, `population` or `pop`, else 1 each
  bool whole_buildings = false;  // keep a building together where its weight is at most `most_weight`
  int64_t most_weight = 0;
};

// Owns the arrays that View() shows. The nodes are what is grouped: households, or households of one building where
// edges are between buildings.
struct ContiguousStreet {
  Street street;  // its households; without positions where the file has none
  std::vector<int32_t> household_weights;
  std::string weight_column;       // empty: 1 each
  std::vector<int32_t> buildings;  // of each household: an index of building_names, or -1; empty without a column
  std::vector<std::string> building_names;
  bool by_building = false;              // edges name buildings
  std::vector<int32_t> node_of;          // of each household
  std::vector<int32_t> first_household;  // of each node
  std::optional<Contiguity> graph;       // of the nodes; none without edges
  std::vector<int32_t> weights;          // of the nodes, likewise below
  std::vector<Point> places;             // as in the file (street.datum), or empty
  std::vector<Point> positions;          // planar metres, or empty
  std::vector<int32_t> units;            // or empty
  std::vector<int32_t> node_buildings;   // or -1; empty without a column
  std::vector<double> area;              // square metres, or empty
  std::vector<double> outer_length;      // metres, or empty
  std::vector<double> border_length;     // of each border, metres, or empty

  int64_t total_weight() const;
  districting::ContiguousProblem View() const;  // needs a graph
  // The households of some nodes, ascending.
  std::vector<int32_t> HouseholdsOf(const std::vector<int32_t>& nodes) const;
};

// Without edges every household is a node, by its index.
//
// Households: `id`, or `geoid` where there is no `id`; `x,y` in metres or `lon,lat` in degrees, or neither, or all
// empty; the columns of jurisdiction and weight (whole numbers of at least 0); where edges have lengths, `area_m2` and
// `outer_m`, the length of the outline that borders nobody. Edges: `a` and `b`, and perhaps `length_m`, of the common
// border. Where households have a column `building`, edges name buildings, unless one names none and all name
// households: the households of a building border each other and those of the buildings next to it. Where that is more
// than four million borders, households of a building that follow each other in the file are one node. Other columns
// are ignored. An edge to nobody, or from something to itself, is an error with its row.
absl::StatusOr<ContiguousStreet> ReadContiguousStreet(const ContiguityFiles& files);

// `household,microgrid,grid,unit,distance_m`, a row a household in input order: `grid` is empty, the distance is to
// the part's centre and empty without positions. `codes`: of the parts.
std::string FormatContiguousCsv(const ContiguousStreet& street, const districting::ContiguousPartition& partition,
                                const std::vector<std::string>& codes);

// A row a part: `microgrid,unit,households,weight,deviation_percent,connected,within_bounds,x,y` (or lon,lat: the mean
// of its nodes' places; empty without positions) `,inertia_m2,polsby_popper`, the latter empty where it is not known.
std::string FormatContiguousPartsCsv(const ContiguousStreet& street, const districting::ContiguousProblem& problem,
                                     const districting::ContiguousPartition& partition,
                                     const std::vector<std::string>& codes);

// The summary as JSON; docs/formats.md lists its members. `tolerance_percent` below 0: bounds were given.
std::string FormatContiguousJson(const ContiguousStreet& street, const districting::ContiguousProblem& problem,
                                 const districting::ContiguousPartition& partition,
                                 const std::vector<std::string>& codes, districting::PartitionObjective objective,
                                 double tolerance_percent);

}  // namespace lianhu::io

#endif  // LIANHU_IO_CONTIGUITY_FILES_H_
