#include "lianhu/io/street.h"

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "io/fields.h"
#include "lianhu/base/status.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

using UnitIndex = absl::flat_hash_map<std::string, int32_t>;

absl::Status ReadIds(const CsvTable& table, Roster& roster) {
  const absl::StatusOr<int> column = table.RequireColumn("id");
  if (!column.ok()) return column.status();
  absl::flat_hash_map<absl::string_view, int64_t> seen;
  seen.reserve(table.rows());
  for (int64_t row = 0; row < table.rows(); ++row) {
    const absl::string_view id = table.Field(row, *column);
    if (id.empty()) return table.Complain(row, *column, "value missing");
    const auto [first, fresh] = seen.try_emplace(id, row);
    if (!fresh) {
      return table.Complain(row, *column, absl::StrCat("id is there already, in row ", table.RowNumber(first->second)));
    }
    roster.ids.emplace_back(id);
    roster.row_numbers.push_back(table.RowNumber(row));
  }
  return absl::OkStatus();
}

absl::Status ReadPositions(const CsvTable& table, Datum& datum, Roster& roster) {
  const bool degrees = table.FindColumn("x") < 0 && table.FindColumn("lon") >= 0;
  datum = degrees ? Datum::kWgs84Degrees : Datum::kPlanarMetres;
  const absl::StatusOr<int> x = table.RequireColumn(degrees ? "lon" : "x");
  if (!x.ok()) return x.status();
  const absl::StatusOr<int> y = table.RequireColumn(degrees ? "lat" : "y");
  if (!y.ok()) return y.status();
  const double reach_x = degrees ? 180 : kMaxCoordinate;
  const double reach_y = degrees ? 85 : kMaxCoordinate;
  roster.positions.reserve(table.rows());
  for (int64_t row = 0; row < table.rows(); ++row) {
    const absl::StatusOr<double> px = ReadNumber(table, row, *x, -reach_x, reach_x);
    if (!px.ok()) return px.status();
    const absl::StatusOr<double> py = ReadNumber(table, row, *y, -reach_y, reach_y);
    if (!py.ok()) return py.status();
    roster.positions.push_back({*px, *py});
  }
  return absl::OkStatus();
}

absl::Status ReadLabels(const CsvTable& table, const std::string& column_name, UnitIndex& index,
                        std::vector<std::string>& names, std::vector<int32_t>& labels) {
  const absl::StatusOr<int> column = table.RequireColumn(column_name);
  if (!column.ok()) return column.status();
  for (int64_t row = 0; row < table.rows(); ++row) {
    const absl::string_view name = table.Field(row, *column);
    if (name.empty()) return table.Complain(row, *column, "value missing");
    const auto [unit, fresh] = index.try_emplace(name, static_cast<int32_t>(names.size()));
    if (fresh) names.emplace_back(name);
    labels.push_back(unit->second);
  }
  return absl::OkStatus();
}

absl::Status ReadOwnBounds(const CsvTable& table, Street& street) {
  const int min = table.FindColumn("min");
  const int max = table.FindColumn("max");
  for (int64_t row = 0; row < table.rows(); ++row) {
    assignment::LoadBounds bounds = street.bounds;
    if (min >= 0) {
      const absl::StatusOr<int32_t> own = ReadBound(table, row, min, bounds.min);
      if (!own.ok()) return own.status();
      street.steward_min.push_back(bounds.min = *own);
    }
    if (max >= 0) {
      const absl::StatusOr<int32_t> own = ReadBound(table, row, max, bounds.max);
      if (!own.ok()) return own.status();
      street.steward_max.push_back(bounds.max = *own);
    }
    if (bounds.min > bounds.max) {
      return table.Complain(row, max >= 0 ? max : min,
                            absl::StrCat("minimum ", bounds.min, " is above maximum ", bounds.max));
    }
  }
  return absl::OkStatus();
}

// What only both files together show; says it in terms of the files.
absl::Status CheckTogether(const Street& street) {
  absl::Status status = assignment::Validate(street.View());
  if (status.ok()) return status;
  const ErrorDetail detail = GetErrorDetail(status);
  const Roster* roster = detail.field == "households" ? &street.households
                         : detail.field == "stewards" ? &street.stewards
                                                      : nullptr;
  if (roster == nullptr || detail.row < 0) return status;
  return WithErrorDetail(
      absl::InvalidArgumentError(absl::StrCat(roster->file, ": row ", roster->row_numbers[detail.row],
                                              ", columns x and y, id '", ShownValue(roster->ids[detail.row]),
                                              "': ", status.message().substr(status.message().find(": ") + 2))),
      detail);
}

}  // namespace

assignment::Problem Street::View() const {
  return {.households = households.positions,
          .stewards = stewards.positions,
          .datum = datum,
          .household_units = households.units,
          .steward_units = stewards.units,
          .bounds = bounds,
          .steward_min = steward_min,
          .steward_max = steward_max,
          .household_kinds = households.kinds,
          .steward_kinds = stewards.kinds,
          .max_distance = max_distance,
          .forbidden = forbidden,
          .fixed = fixed,
          .preferences = preferences,
          .current = current,
          .switch_cost_cm = switch_cost_cm,
          .load_cost = load_cost};
}

const std::string& Street::UnitName(int32_t unit) const {
  static const std::string* const kNone = new std::string;
  return unit < 0 ? *kNone : unit_names[unit];
}

std::string Street::SetName(int32_t unit, int32_t kind) const {
  const std::string kind_name = kind < 0 ? "" : kind_names[kind];
  return absl::StrCat(UnitName(unit), unit >= 0 && kind >= 0 ? ", " : "", kind_name);
}

absl::StatusOr<Street> ReadStreet(const StreetFiles& files) {
  Street street;
  street.bounds = files.bounds;
  if (files.bounds.min < 0 || files.bounds.min > files.bounds.max) {
    return InvalidField("bounds", -1,
                        absl::StrCat("need 0 <= min <= max, got ", files.bounds.min, "..", files.bounds.max));
  }
  UnitIndex units;
  UnitIndex kinds;
  Datum steward_datum = Datum::kPlanarMetres;
  for (const bool households : {true, false}) {
    Roster& roster = households ? street.households : street.stewards;
    roster.file = households ? files.households : files.stewards;
    const absl::StatusOr<CsvTable> table = CsvTable::Read(roster.file);
    if (!table.ok()) return table.status();
    if (auto s = ReadIds(*table, roster); !s.ok()) return s;
    if (auto s = ReadPositions(*table, households ? street.datum : steward_datum, roster); !s.ok()) return s;
    if (!files.within.empty()) {
      if (auto s = ReadLabels(*table, files.within, units, street.unit_names, roster.units); !s.ok()) return s;
    }
    if (!files.kind.empty()) {
      if (auto s = ReadLabels(*table, files.kind, kinds, street.kind_names, roster.kinds); !s.ok()) return s;
    }
    if (households) continue;
    if (auto s = ReadOwnBounds(*table, street); !s.ok()) return s;
  }
  if (street.datum != steward_datum) {
    return absl::InvalidArgumentError(absl::StrCat(
        files.stewards, ": row 1: positions are in ", steward_datum == Datum::kWgs84Degrees ? "lon,lat" : "x,y",
        ", but those of ", files.households, " in ", street.datum == Datum::kWgs84Degrees ? "lon,lat" : "x,y"));
  }
  if (auto s = CheckTogether(street); !s.ok()) return s;
  return street;
}

}  // namespace lianhu::io
