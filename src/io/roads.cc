#include "lianhu/io/roads.h"

#include <cmath>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "io/fields.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

using NodeIndex = absl::flat_hash_map<std::string, int32_t>;

absl::Status ReadNodes(const CsvTable& table, Roads& roads, NodeIndex& index) {
  const absl::StatusOr<int> id = table.RequireColumn("id");
  if (!id.ok()) return id.status();
  const bool degrees = table.FindColumn("x") < 0 && table.FindColumn("lon") >= 0;
  roads.datum = degrees ? Datum::kWgs84Degrees : Datum::kPlanarMetres;
  const absl::StatusOr<int> x = table.RequireColumn(degrees ? "lon" : "x");
  if (!x.ok()) return x.status();
  const absl::StatusOr<int> y = table.RequireColumn(degrees ? "lat" : "y");
  if (!y.ok()) return y.status();
  const double reach_x = degrees ? 180 : kMaxCoordinate;
  const double reach_y = degrees ? 85 : kMaxCoordinate;
  for (int64_t row = 0; row < table.rows(); ++row) {
    const absl::string_view name = table.Field(row, *id);
    if (name.empty()) return table.Complain(row, *id, "value missing");
    if (!index.try_emplace(name, static_cast<int32_t>(row)).second) {
      return table.Complain(row, *id, "id is there already");
    }
    const absl::StatusOr<double> px = ReadNumber(table, row, *x, -reach_x, reach_x);
    if (!px.ok()) return px.status();
    const absl::StatusOr<double> py = ReadNumber(table, row, *y, -reach_y, reach_y);
    if (!py.ok()) return py.status();
    roads.ids.emplace_back(name);
    roads.nodes.push_back({*px, *py});
  }
  return absl::OkStatus();
}

absl::Status ReadEdges(const CsvTable& table, const std::string& nodes_file, const NodeIndex& index, Roads& roads) {
  const absl::StatusOr<int> from = table.RequireColumn("from");
  if (!from.ok()) return from.status();
  const absl::StatusOr<int> to = table.RequireColumn("to");
  if (!to.ok()) return to.status();
  const absl::StatusOr<int> length = table.RequireColumn("length_m");
  if (!length.ok()) return length.status();
  for (int64_t row = 0; row < table.rows(); ++row) {
    for (const bool first : {true, false}) {
      const int column = first ? *from : *to;
      const absl::string_view name = table.Field(row, column);
      if (name.empty()) return table.Complain(row, column, "value missing");
      const auto node = index.find(name);
      if (node == index.end()) return table.Complain(row, column, absl::StrCat("not in ", nodes_file));
      (first ? roads.from : roads.to).push_back(node->second);
    }
    const absl::StatusOr<double> metres =
        ReadNumber(table, row, *length, 0, static_cast<double>(assignment::kMaxEdgeLength) / 100);
    if (!metres.ok()) return metres.status();
    roads.length_cm.push_back(std::llround(100 * *metres));
  }
  return absl::OkStatus();
}

}  // namespace

assignment::RoadNetwork Roads::View() const {
  return {.nodes = nodes, .datum = datum, .from = from, .to = to, .length_cm = length_cm};
}

absl::StatusOr<Roads> ReadRoads(const RoadFiles& files, const Street& street) {
  Roads roads;
  NodeIndex index;
  const absl::StatusOr<CsvTable> nodes = CsvTable::Read(files.nodes);
  if (!nodes.ok()) return nodes.status();
  if (auto status = ReadNodes(*nodes, roads, index); !status.ok()) return status;
  const absl::StatusOr<CsvTable> edges = CsvTable::Read(files.edges);
  if (!edges.ok()) return edges.status();
  if (auto status = ReadEdges(*edges, files.nodes, index, roads); !status.ok()) return status;
  const bool degrees = roads.datum == Datum::kWgs84Degrees;
  if (degrees && street.datum == Datum::kPlanarMetres && files.origin) {
    roads.nodes = ProjectWgs84(roads.nodes, *files.origin);
    roads.datum = Datum::kPlanarMetres;
  } else if (roads.datum != street.datum) {
    return absl::InvalidArgumentError(
        absl::StrCat(files.nodes, ": row 1: positions are in ", degrees ? "lon,lat" : "x,y", ", but those of ",
                     street.households.file, " in ",
                     degrees ? "x,y: say with --road-origin LON,LAT where x and y are 0" : "lon,lat"));
  }
  if (auto status = assignment::Validate(roads.View()); !status.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(files.nodes, ": ", status.message()));
  }
  return roads;
}

}  // namespace lianhu::io
