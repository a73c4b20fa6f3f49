#include "lianhu/io/micro_grid_files.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/unit_code.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

// "<file>: row <n>, column <name>: <message>: '<value>'" for a household of the street.
absl::Status ComplainOf(const Roster& roster, int32_t household, absl::string_view column, absl::string_view message,
                        absl::string_view value) {
  return WithErrorDetail(
      absl::InvalidArgumentError(absl::StrCat(roster.file, ": row ", roster.row_numbers[household], ", column ", column,
                                              ": ", message, ": '", ShownValue(value), "'")),
      {.field = std::string(column), .row = household});
}

// Numbers names by first appearance.
class Names {
 public:
  explicit Names(std::vector<std::string>& names) : names_(names) {}
  int32_t Number(absl::string_view name) {
    const auto [at, fresh] = index_.try_emplace(name, static_cast<int32_t>(names_.size()));
    if (fresh) names_.emplace_back(name);
    return at->second;
  }

 private:
  std::vector<std::string>& names_;
  absl::flat_hash_map<std::string, int32_t> index_;
};

absl::StatusOr<int> HouseholdColumn(const CsvTable& table) {
  const int id = table.FindColumn("household") < 0 ? table.FindColumn("id") : -1;
  if (id >= 0) return id;
  return table.RequireColumn("household");
}

// The communities of the units by name; those whose name two have are -1.
absl::flat_hash_map<std::string, Unit> CommunitiesByName(const UnitTable& units) {
  absl::flat_hash_map<std::string, Unit> by_name;
  for (const Unit unit : units.hierarchy.units()) {
    if (units.hierarchy.level(unit) != kCommunity || units.names[unit].empty()) continue;
    const auto [at, fresh] = by_name.try_emplace(units.names[unit], unit);
    if (!fresh) at->second = kNoUnit;
  }
  return by_name;
}

bool IsCommunityCode(absl::string_view text) {
  const absl::StatusOr<int64_t> code = ParseUnitCode(text);
  return code.ok() && LevelOfCode(*code) == kCommunity;
}

}  // namespace

absl::StatusOr<districting::MicroGridProblem> MicroGridView(const ContiguousStreet& street) {
  const Roster& roster = street.street.households;
  if (street.places.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(roster.file, ": no positions: need x,y in metres or lon,lat"));
  }
  for (size_t node = 0; node < street.weights.size(); ++node) {
    if (street.weights[node] >= 1) continue;
    return ComplainOf(roster, street.first_household[node], street.weight_column, "below 1",
                      absl::StrCat(street.weights[node]));
  }
  return districting::MicroGridProblem{.households = street.places,
                                       .datum = street.street.datum,
                                       .units = street.units,
                                       .buildings = street.node_buildings,
                                       .weight = street.weights,
                                       .graph = street.graph.has_value() ? &*street.graph : nullptr};
}

std::vector<int32_t> PartColumn::OfNodes(const ContiguousStreet& street) const {
  std::vector<int32_t> parts;
  parts.reserve(street.first_household.size());
  for (const int32_t household : street.first_household) parts.push_back(part_of[household]);
  return parts;
}

absl::StatusOr<PartColumn> ReadParts(const std::string& path, const ContiguousStreet& street, bool skip_unknown) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> household_column = HouseholdColumn(*table);
  if (!household_column.ok()) return household_column.status();
  const absl::StatusOr<int> part_column = table->RequireColumn("microgrid");
  if (!part_column.ok()) return part_column.status();
  const int grid_column = table->FindColumn("grid");

  const Roster& roster = street.street.households;
  absl::flat_hash_map<absl::string_view, int32_t> index;
  index.reserve(roster.ids.size());
  for (size_t h = 0; h < roster.ids.size(); ++h) index.emplace(roster.ids[h], static_cast<int32_t>(h));
  PartColumn column;
  column.file = path;
  column.part_of.assign(roster.ids.size(), -1);
  column.row_numbers.assign(roster.ids.size(), 0);
  Names parts(column.names);
  Names grids(column.grid_names);
  bool any_grid = false;
  for (int64_t row = 0; row < table->rows(); ++row) {
    const absl::string_view name = table->Field(row, *household_column);
    if (name.empty()) return table->Complain(row, *household_column, "value missing");
    const auto household = index.find(name);
    if (household == index.end()) {
      if (!skip_unknown) return table->Complain(row, *household_column, absl::StrCat("not in ", roster.file));
      ++column.unknown;
      continue;
    }
    int64_t& number = column.row_numbers[household->second];
    if (number != 0) {
      return table->Complain(row, *household_column, absl::StrCat("household is there already, in row ", number));
    }
    number = table->RowNumber(row);
    const absl::string_view part_name = table->Field(row, *part_column);
    if (part_name.empty()) continue;
    const int32_t part = parts.Number(part_name);
    column.part_of[household->second] = part;
    if (grid_column < 0) continue;
    const absl::string_view grid_name = table->Field(row, grid_column);
    const int32_t grid = grid_name.empty() ? -1 : grids.Number(grid_name);
    any_grid = any_grid || grid >= 0;
    if (part == static_cast<int32_t>(column.grid_of.size())) {
      column.grid_of.push_back(grid);
    } else if (column.grid_of[part] != grid) {
      const int32_t other = column.grid_of[part];
      return table->Complain(row, grid_column,
                             absl::StrCat("micro-grid ", ShownValue(part_name), " is in grid '",
                                          other < 0 ? "" : ShownValue(column.grid_names[other]), "' further up"));
    }
  }
  if (!any_grid) column.grid_of.clear();
  return column;
}

absl::StatusOr<std::vector<int64_t>> CommunityCodes(const ContiguousStreet& street, const std::string& within,
                                                    const UnitTable* units) {
  const std::vector<std::string>& names = street.street.unit_names;
  absl::flat_hash_map<std::string, Unit> by_name;
  if (units != nullptr) by_name = CommunitiesByName(*units);
  std::vector<int64_t> codes;
  for (size_t u = 0; u < names.size(); ++u) {
    if (IsCommunityCode(names[u])) {
      codes.push_back(*ParseUnitCode(names[u]));
      continue;
    }
    std::string fault = "need the 12-digit code of a community, or a name that --hierarchy lists";
    if (units != nullptr) {
      const auto found = by_name.find(names[u]);
      if (found != by_name.end() && found->second != kNoUnit && IsCommunityCode(units->ids[found->second])) {
        codes.push_back(*ParseUnitCode(units->ids[found->second]));
        continue;
      }
      fault = absl::StrCat(found == by_name.end()     ? "no community with this name"
                           : found->second == kNoUnit ? "two communities have this name"
                                                      : "a community without a 12-digit code",
                           " in ", units->file);
    }
    const std::vector<int32_t>& unit_of = street.street.households.units;
    const auto first = std::find(unit_of.begin(), unit_of.end(), static_cast<int32_t>(u)) - unit_of.begin();
    return ComplainOf(street.street.households, static_cast<int32_t>(first), within, fault, names[u]);
  }
  return codes;
}

int32_t Drawing::UnitOf(size_t part) const {
  return street->units.empty() ? -1 : street->units[plan->parts[part].medoid];
}

std::string Drawing::UnitName(int32_t unit) const {
  return unit < 0 ? std::string() : street->street.UnitName(unit);
}

void NameParts(Drawing& drawing) {
  const size_t m = drawing.plan->parts.size();
  drawing.names.assign(m, "");
  drawing.grids.clear();
  if (drawing.hierarchy != nullptr) {
    for (size_t p = 0; p < m; ++p) drawing.names[p] = absl::StrCat(drawing.hierarchy->micro_grid_code[p]);
    for (const int64_t code : drawing.hierarchy->grid_code) drawing.grids.push_back(absl::StrCat(code));
    return;
  }
  absl::flat_hash_map<std::string, bool> taken;
  if (drawing.current != nullptr) {
    for (const std::string& name : drawing.current->names) taken.emplace(name, true);
  }
  const size_t width = std::max<size_t>(4, absl::StrCat(m).size());
  int64_t next = 1;
  absl::flat_hash_map<int32_t, int64_t> next_in_grid;
  for (size_t p = 0; p < m; ++p) {
    const int32_t before = drawing.plan->parts[p].continues;
    if (drawing.current != nullptr && before >= 0) {
      drawing.names[p] = drawing.current->names[before];
      continue;
    }
    const int32_t unit = drawing.UnitOf(p);
    const absl::StatusOr<int64_t> code = ParseUnitCode(drawing.UnitName(unit));
    const bool in_grid = code.ok() && LevelOfCode(*code) == kGrid;
    std::string name;
    do {
      int64_t& number = in_grid ? next_in_grid.try_emplace(unit, 1).first->second : next;
      std::string digits = absl::StrCat(number++);
      const size_t wanted = in_grid ? 3 : width;
      digits.insert(0, wanted > digits.size() ? wanted - digits.size() : 0, '0');
      name = absl::StrCat(in_grid ? absl::StrCat(*code) : "M", digits);
    } while (taken.contains(name));
    drawing.names[p] = std::move(name);
  }
}

}  // namespace lianhu::io
