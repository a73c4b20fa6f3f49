#include "lianhu/io/contiguity_files.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "io/fields.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

using Index = absl::flat_hash_map<std::string, int32_t>;

constexpr int64_t kMostBorders = 4'000'000;

struct Edges {
  std::vector<Border> ends;
  std::vector<double> length;  // or empty
};

absl::StatusOr<Index> ReadIds(const CsvTable& table, Street& street) {
  const absl::StatusOr<int> id = table.FindColumn("id") < 0 && table.FindColumn("geoid") >= 0
                                     ? table.RequireColumn("geoid")
                                     : table.RequireColumn("id");
  if (!id.ok()) return id.status();
  Index index;
  for (int64_t row = 0; row < table.rows(); ++row) {
    const absl::string_view name = table.Field(row, *id);
    if (name.empty()) return table.Complain(row, *id, "value missing");
    const auto [first, fresh] = index.try_emplace(name, static_cast<int32_t>(row));
    if (!fresh) {
      return table.Complain(row, *id, absl::StrCat("id is there already, in row ", table.RowNumber(first->second)));
    }
    street.households.ids.emplace_back(name);
    street.households.row_numbers.push_back(table.RowNumber(row));
  }
  if (index.empty()) return absl::InvalidArgumentError(absl::StrCat(table.name(), ": no households"));
  return index;
}

absl::Status ReadPositions(const CsvTable& table, Street& street) {
  const bool degrees = table.FindColumn("x") < 0;
  const int x = table.FindColumn(degrees ? "lon" : "x");
  const int y = table.FindColumn(degrees ? "lat" : "y");
  if (x < 0 && y < 0) return absl::OkStatus();
  if (x < 0 || y < 0) return table.RequireColumn(x < 0 ? (degrees ? "lon" : "x") : (degrees ? "lat" : "y")).status();
  bool empty = true;
  for (int64_t row = 0; row < table.rows() && empty; ++row) {
    empty = table.Field(row, x).empty() && table.Field(row, y).empty();
  }
  if (empty) return absl::OkStatus();
  street.datum = degrees ? Datum::kWgs84Degrees : Datum::kPlanarMetres;
  for (int64_t row = 0; row < table.rows(); ++row) {
    const absl::StatusOr<double> px =
        ReadNumber(table, row, x, degrees ? -180 : -kMaxCoordinate, degrees ? 180 : kMaxCoordinate);
    if (!px.ok()) return px.status();
    const absl::StatusOr<double> py =
        ReadNumber(table, row, y, degrees ? -85 : -kMaxCoordinate, degrees ? 85 : kMaxCoordinate);
    if (!py.ok()) return py.status();
    street.households.positions.push_back({*px, *py});
  }
  return absl::OkStatus();
}

absl::Status ReadUnits(const CsvTable& table, const std::string& within, Street& street) {
  if (within.empty()) return absl::OkStatus();
  const absl::StatusOr<int> column = table.RequireColumn(within);
  if (!column.ok()) return column.status();
  Index index;
  for (int64_t row = 0; row < table.rows(); ++row) {
    const absl::string_view name = table.Field(row, *column);
    if (name.empty()) return table.Complain(row, *column, "value missing");
    const auto [unit, fresh] = index.try_emplace(name, static_cast<int32_t>(street.unit_names.size()));
    if (fresh) street.unit_names.emplace_back(name);
    street.households.units.push_back(unit->second);
  }
  return absl::OkStatus();
}

absl::Status ReadWeights(const CsvTable& table, const std::string& named, ContiguousStreet& result) {
  int column = -1;
  if (!named.empty()) {
    const absl::StatusOr<int> required = table.RequireColumn(named);
    if (!required.ok()) return required.status();
    column = *required;
  }
  for (const char* usual : {"weight", "population", "pop"}) {
    if (column < 0) column = table.FindColumn(usual);
  }
  result.household_weights.assign(table.rows(), 1);
  if (column < 0) return absl::OkStatus();
  result.weight_column = table.header()[column];
  for (int64_t row = 0; row < table.rows(); ++row) {
    const absl::string_view text = table.Field(row, column);
    if (text.empty()) return table.Complain(row, column, "value missing");
    int32_t& weight = result.household_weights[row];
    if (!absl::SimpleAtoi(text, &weight)) return table.Complain(row, column, "not a whole number");
    if (weight < 0) return table.Complain(row, column, "below 0");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<double>> ReadLengths(const CsvTable& table, const char* name) {
  std::vector<double> values;
  const int column = table.FindColumn(name);
  for (int64_t row = 0; column >= 0 && row < table.rows(); ++row) {
    const absl::StatusOr<double> value = ReadNumber(table, row, column, 0, 1e15);
    if (!value.ok()) return value.status();
    values.push_back(*value);
  }
  return values;
}

// Whether every field of `a` and `b` is in the index.
bool AllIn(const CsvTable& table, int a, int b, const Index& index) {
  for (int64_t row = 0; row < table.rows(); ++row) {
    if (!index.contains(table.Field(row, a)) || !index.contains(table.Field(row, b))) return false;
  }
  return true;
}

absl::StatusOr<Edges> ReadEdges(const CsvTable& table, int a, int b, const Index& index,
                                const std::string& households) {
  Edges edges;
  for (int64_t row = 0; row < table.rows(); ++row) {
    Border border;
    for (const bool first : {true, false}) {
      const int column = first ? a : b;
      const absl::string_view name = table.Field(row, column);
      if (name.empty()) return table.Complain(row, column, "value missing");
      const auto found = index.find(name);
      if (found == index.end()) return table.Complain(row, column, absl::StrCat("not in ", households));
      (first ? border.a : border.b) = found->second;
    }
    if (border.a == border.b) return table.Complain(row, b, "borders itself");
    edges.ends.push_back(border);
  }
  absl::StatusOr<std::vector<double>> length = ReadLengths(table, "length_m");
  if (!length.ok()) return length.status();
  edges.length = *std::move(length);
  return edges;
}

Index ReadBuildings(const CsvTable& table, int column, ContiguousStreet& result) {
  Index index;
  for (int64_t row = 0; row < table.rows(); ++row) {
    const absl::string_view name = table.Field(row, column);
    if (name.empty()) {
      result.buildings.push_back(-1);
      continue;
    }
    const auto [at, fresh] = index.try_emplace(name, static_cast<int32_t>(result.building_names.size()));
    if (fresh) result.building_names.emplace_back(name);
    result.buildings.push_back(at->second);
  }
  return index;
}

// The households of each building in the file's order; those without one are at the end, each alone.
std::vector<std::vector<int32_t>> Buildings(const ContiguousStreet& street) {
  std::vector<std::vector<int32_t>> buildings(street.building_names.size());
  for (size_t h = 0; h < street.buildings.size(); ++h) {
    if (street.buildings[h] >= 0) buildings[street.buildings[h]].push_back(static_cast<int32_t>(h));
  }
  for (size_t h = 0; h < street.buildings.size(); ++h) {
    if (street.buildings[h] < 0) buildings.push_back({static_cast<int32_t>(h)});
  }
  return buildings;
}

// Cuts each building into nodes of at most `size` households of one jurisdiction, in the file's order, or leaves it
// whole where it may be.
std::vector<std::vector<int32_t>> Pieces(const std::vector<std::vector<int32_t>>& buildings,
                                         const ContiguityFiles& files, const ContiguousStreet& result, int32_t size,
                                         std::vector<std::vector<int32_t>>& pieces_of) {
  std::vector<std::vector<int32_t>> pieces;
  pieces_of.assign(buildings.size(), {});
  const std::vector<int32_t>& units = result.street.households.units;
  for (size_t b = 0; b < buildings.size(); ++b) {
    int64_t weight = 0;
    for (const int32_t h : buildings[b]) weight += result.household_weights[h];
    const bool whole = files.whole_buildings && weight <= files.most_weight;
    std::vector<int32_t> members = buildings[b];
    if (!units.empty()) {
      std::stable_sort(members.begin(), members.end(), [&](int32_t x, int32_t y) { return units[x] < units[y]; });
    }
    for (const int32_t h : members) {
      const bool begin = pieces_of[b].empty() || (!whole && static_cast<int32_t>(pieces.back().size()) >= size) ||
                         (!units.empty() && units[pieces.back()[0]] != units[h]);
      if (begin) {
        pieces_of[b].push_back(static_cast<int32_t>(pieces.size()));
        pieces.emplace_back();
      }
      pieces.back().push_back(h);
    }
  }
  return pieces;
}

int64_t BordersOf(const std::vector<std::vector<int32_t>>& pieces_of, const std::vector<Border>& ends) {
  int64_t borders = 0;
  for (const std::vector<int32_t>& pieces : pieces_of) {
    const auto n = static_cast<int64_t>(pieces.size());
    borders += n * (n - 1) / 2;
  }
  for (const Border& border : ends) {
    borders += static_cast<int64_t>(pieces_of[border.a].size()) * static_cast<int64_t>(pieces_of[border.b].size());
  }
  return borders;
}

// Nodes from groups of households: weights, planar positions, jurisdictions.
absl::Status MakeNodes(const std::vector<std::vector<int32_t>>& groups, ContiguousStreet& result) {
  const Roster& roster = result.street.households;
  std::vector<Point> planar = roster.positions;
  if (result.street.datum == Datum::kWgs84Degrees) planar = ProjectWgs84(planar, Middle(planar));
  result.node_of.assign(roster.ids.size(), 0);
  for (size_t node = 0; node < groups.size(); ++node) {
    int64_t weight = 0;
    Point sum;
    Point place;
    for (const int32_t h : groups[node]) {
      result.node_of[h] = static_cast<int32_t>(node);
      weight += result.household_weights[h];
      if (planar.empty()) continue;
      sum = {sum.x + planar[h].x, sum.y + planar[h].y};
      place = {place.x + roster.positions[h].x, place.y + roster.positions[h].y};
    }
    result.first_household.push_back(groups[node][0]);
    if (weight > std::numeric_limits<int32_t>::max()) {
      return absl::InvalidArgumentError(absl::StrCat(roster.file, ": row ", roster.row_numbers[groups[node][0]],
                                                     ": the households of its building weigh ", weight, " together"));
    }
    result.weights.push_back(static_cast<int32_t>(weight));
    const auto size = static_cast<double>(groups[node].size());
    if (!planar.empty()) {
      result.positions.push_back({sum.x / size, sum.y / size});
      result.places.push_back({place.x / size, place.y / size});
    }
    if (!roster.units.empty()) result.units.push_back(roster.units[groups[node][0]]);
    if (!result.buildings.empty()) result.node_buildings.push_back(result.buildings[groups[node][0]]);
  }
  return absl::OkStatus();
}

absl::Status MakeGraphOfBuildings(const std::vector<std::vector<int32_t>>& buildings, const Edges& edges,
                                  const ContiguityFiles& files, ContiguousStreet& result) {
  std::vector<std::vector<int32_t>> pieces_of;
  std::vector<std::vector<int32_t>> pieces;
  int32_t size = 1;
  do {
    pieces = Pieces(buildings, files, result, size, pieces_of);
    size *= 2;
  } while (BordersOf(pieces_of, edges.ends) > kMostBorders && size <= 1 << 20);
  std::vector<Border> borders;
  for (const std::vector<int32_t>& of : pieces_of) {
    for (size_t i = 0; i < of.size(); ++i) {
      for (size_t j = i + 1; j < of.size(); ++j) borders.push_back({of[i], of[j]});
    }
  }
  for (const Border& border : edges.ends) {
    for (const int32_t a : pieces_of[border.a]) {
      for (const int32_t b : pieces_of[border.b]) borders.push_back({a, b});
    }
  }
  if (auto status = MakeNodes(pieces, result); !status.ok()) return status;
  absl::StatusOr<Contiguity> graph = Contiguity::FromBorders(static_cast<int32_t>(pieces.size()), borders);
  if (!graph.ok()) return graph.status();
  result.graph = *std::move(graph);
  return absl::OkStatus();
}

// A node each.
absl::Status MakeNodesOfHouseholds(ContiguousStreet& result) {
  std::vector<std::vector<int32_t>> groups(result.household_weights.size());
  for (size_t h = 0; h < groups.size(); ++h) groups[h].push_back(static_cast<int32_t>(h));
  return MakeNodes(groups, result);
}

absl::Status MakeGraphOfHouseholds(const CsvTable& table, const Edges& edges, ContiguousStreet& result) {
  const auto n = static_cast<int32_t>(table.rows());
  if (auto status = MakeNodesOfHouseholds(result); !status.ok()) return status;
  absl::StatusOr<Contiguity> graph = Contiguity::FromBorders(n, edges.ends);
  if (!graph.ok()) return graph.status();
  result.graph = *std::move(graph);
  if (edges.length.empty()) return absl::OkStatus();
  // A border in several rows is as long as these together.
  result.border_length.assign(result.graph->border_count(), 0);
  for (size_t row = 0; row < edges.ends.size(); ++row) {
    const auto [low, high] = std::minmax(edges.ends[row].a, edges.ends[row].b);
    const absl::Span<const Unit> neighbours = result.graph->neighbours(low);
    const auto at = std::lower_bound(neighbours.begin(), neighbours.end(), high) - neighbours.begin();
    result.border_length[result.graph->borders(low)[at]] += edges.length[row];
  }
  for (const auto& [name, column] : {std::pair("area_m2", &result.area), std::pair("outer_m", &result.outer_length)}) {
    absl::StatusOr<std::vector<double>> values = ReadLengths(table, name);
    if (!values.ok()) return values.status();
    *column = *std::move(values);
  }
  return absl::OkStatus();
}

}  // namespace

int64_t ContiguousStreet::total_weight() const {
  return std::accumulate(household_weights.begin(), household_weights.end(), int64_t{0});
}

districting::ContiguousProblem ContiguousStreet::View() const {
  return {.graph = graph.has_value() ? &*graph : nullptr,
          .weight = weights,
          .positions = positions,
          .units = units,
          .area = area,
          .border_length = border_length,
          .outer_length = outer_length,
          .bounds = {}};
}

std::vector<int32_t> ContiguousStreet::HouseholdsOf(const std::vector<int32_t>& nodes) const {
  std::vector<uint8_t> wanted(weights.size(), 0);
  for (const int32_t node : nodes) wanted[node] = 1;
  std::vector<int32_t> households;
  for (size_t h = 0; h < node_of.size(); ++h) {
    if (wanted[node_of[h]] != 0) households.push_back(static_cast<int32_t>(h));
  }
  return households;
}

absl::StatusOr<ContiguousStreet> ReadContiguousStreet(const ContiguityFiles& files) {
  ContiguousStreet result;
  result.street.households.file = files.households;
  const absl::StatusOr<CsvTable> households = CsvTable::Read(files.households);
  if (!households.ok()) return households.status();
  const absl::StatusOr<Index> household_index = ReadIds(*households, result.street);
  if (!household_index.ok()) return household_index.status();
  if (auto status = ReadPositions(*households, result.street); !status.ok()) return status;
  if (auto status = ReadUnits(*households, files.within, result.street); !status.ok()) return status;
  if (auto status = ReadWeights(*households, files.weights, result); !status.ok()) return status;

  Index building_index;
  if (const int column = households->FindColumn("building"); column >= 0) {
    building_index = ReadBuildings(*households, column, result);
  }
  if (files.edges.empty()) {
    if (auto status = MakeNodesOfHouseholds(result); !status.ok()) return status;
    return result;
  }

  const absl::StatusOr<CsvTable> table = CsvTable::Read(files.edges);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> a = table->RequireColumn("a");
  if (!a.ok()) return a.status();
  const absl::StatusOr<int> b = table->RequireColumn("b");
  if (!b.ok()) return b.status();
  if (!result.buildings.empty()) {
    result.by_building = AllIn(*table, *a, *b, building_index) || !AllIn(*table, *a, *b, *household_index);
  }
  const absl::StatusOr<Edges> edges =
      ReadEdges(*table, *a, *b, result.by_building ? building_index : *household_index, files.households);
  if (!edges.ok()) return edges.status();
  absl::Status status = result.by_building ? MakeGraphOfBuildings(Buildings(result), *edges, files, result)
                                           : MakeGraphOfHouseholds(*households, *edges, result);
  if (!status.ok()) return status;
  return result;
}

}  // namespace lianhu::io
