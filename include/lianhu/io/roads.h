// A road network as two CSV files, nodes and edges.
#ifndef LIANHU_IO_ROADS_H_
#define LIANHU_IO_ROADS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/assignment/road_network.h"
#include "lianhu/base/point.h"
#include "lianhu/io/street.h"

namespace lianhu::io {

struct RoadFiles {
  std::string nodes;
  std::string edges;
  // Where households and stewards are given in metres and nodes in degrees: the longitude and latitude from which the
  // metres are measured, x to the east and y to the north.
  std::optional<Point> origin;
};

// Owns the arrays that View() shows.
struct Roads {
  std::vector<std::string> ids;  // of the nodes
  std::vector<Point> nodes;
  Datum datum = Datum::kPlanarMetres;
  std::vector<int32_t> from;
  std::vector<int32_t> to;
  std::vector<int64_t> length_cm;

  assignment::RoadNetwork View() const;
};

// Nodes: `id` and `x,y` (metres) or `lon,lat` (degrees), as the households' file has them. Edges: `from` and `to`, ids
// of nodes, and `length_m`, metres, rounded to the centimetre; further columns are ignored. `street`: whose positions
// the nodes must go with. Every error is one line that names file, row, column and value.
absl::StatusOr<Roads> ReadRoads(const RoadFiles& files, const Street& street);

}  // namespace lianhu::io

#endif  // LIANHU_IO_ROADS_H_
