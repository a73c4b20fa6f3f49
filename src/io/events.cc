#include "lianhu/io/events.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "io/fields.h"
#include "lianhu/base/status.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

using assignment::Event;
using assignment::EventType;
using assignment::LoadBounds;

// The words for a type; the first is the one that the program itself uses.
struct Words {
  EventType type;
  std::vector<absl::string_view> words;
};

const std::vector<Words>& TypeWords() {
  static const auto* const kWords = new std::vector<Words>{
      {EventType::kHouseholdArrives,
       {"household_arrives", "household_arrive", "arrives", "arrive", "住户迁入", "迁入"}},
      {EventType::kHouseholdLeaves, {"household_leaves", "household_leave", "住户迁出", "迁出"}},
      {EventType::kHouseholdMoves, {"household_moves", "household_move", "moves", "move", "住户搬家", "搬家"}},
      {EventType::kStewardJoins, {"steward_joins", "steward_join", "joins", "join", "红管事加入", "加入"}},
      {EventType::kStewardLeaves, {"steward_leaves", "steward_leave", "红管事退出", "退出"}},
      {EventType::kStewardChanges,
       {"steward_changes", "steward_change", "steward_moves", "steward_move", "changes", "change", "红管事变更",
        "变更"}},
  };
  return *kWords;
}

// One side of the street as events go by: what is there, by id, and its row data by number.
struct Side {
  struct Member {
    Point position;
    int32_t unit = -1;
    LoadBounds bounds;
    bool present = true;
  };
  std::vector<std::string> ids;
  std::vector<Member> members;
  absl::flat_hash_map<std::string, int32_t> here;

  void Add(std::string id, const Member& member) {
    here.emplace(id, static_cast<int32_t>(members.size()));
    ids.push_back(std::move(id));
    members.push_back(member);
  }
};

class EventReader {
 public:
  EventReader(const Street& street, const CsvTable& table, const std::string& within)
      : street_(street), table_(table), by_unit_(!within.empty()) {
    result_.file = table.name();
    result_.after = street;
    for (size_t u = 0; u < street.unit_names.size(); ++u) units_.emplace(street.unit_names[u], static_cast<int32_t>(u));
    Fill(street.households, false, households_);
    Fill(street.stewards, true, stewards_);
    const bool degrees = street.datum == Datum::kWgs84Degrees;
    x_name_ = degrees ? "lon" : "x";
    y_name_ = degrees ? "lat" : "y";
    x_ = table.FindColumn(x_name_);
    y_ = table.FindColumn(y_name_);
    unit_name_ = within;
    unit_ = by_unit_ ? table.FindColumn(within) : -1;
    if (by_unit_ && unit_ < 0) {
      unit_name_ = "unit";
      unit_ = table.FindColumn("unit");
    }
    min_ = table.FindColumn("min");
    max_ = table.FindColumn("max");
  }

  absl::StatusOr<StreetEvents> Read() {
    const absl::StatusOr<int> type = table_.RequireColumn("type");
    if (!type.ok()) return type.status();
    const absl::StatusOr<int> id = table_.RequireColumn("id");
    if (!id.ok()) return id.status();
    for (int64_t row = 0; row < table_.rows(); ++row) {
      if (auto status = ReadRow(row, *type, *id); !status.ok()) return status;
    }
    result_.household_ids = std::move(households_.ids);
    result_.steward_ids = std::move(stewards_.ids);
    Leave(households_, result_.household_ids, false, result_.after.households);
    Leave(stewards_, result_.steward_ids, true, result_.after.stewards);
    return std::move(result_);
  }

 private:
  void Fill(const Roster& roster, bool stewards, Side& side) const {
    for (size_t k = 0; k < roster.ids.size(); ++k) {
      side.Add(roster.ids[k], {.position = roster.positions[k],
                               .unit = roster.units.empty() ? -1 : roster.units[k],
                               .bounds = stewards ? street_.View().BoundsOf(static_cast<int64_t>(k)) : LoadBounds{}});
    }
  }

  // The street's side in the end.
  void Leave(const Side& side, const std::vector<std::string>& ids, bool stewards, Roster& roster) {
    roster = {};
    roster.file = result_.file;
    if (stewards) {
      result_.after.steward_min.clear();
      result_.after.steward_max.clear();
    }
    for (size_t k = 0; k < side.members.size(); ++k) {
      const Side::Member& member = side.members[k];
      if (!member.present) continue;
      roster.ids.push_back(ids[k]);
      roster.positions.push_back(member.position);
      if (by_unit_) roster.units.push_back(member.unit);
      roster.row_numbers.push_back(static_cast<int64_t>(roster.ids.size()) + 1);
      if (!stewards) continue;
      result_.after.steward_min.push_back(member.bounds.min);
      result_.after.steward_max.push_back(member.bounds.max);
    }
  }

  absl::string_view FieldOf(int64_t row, int column) const {
    return column < 0 ? absl::string_view() : table_.Field(row, column);
  }

  absl::StatusOr<EventType> ReadType(int64_t row, int column) const {
    const std::string word =
        absl::StrReplaceAll(absl::AsciiStrToLower(table_.Field(row, column)), {{"-", "_"}, {" ", "_"}});
    if (word.empty()) return table_.Complain(row, column, "value missing");
    for (const Words& words : TypeWords()) {
      if (std::find(words.words.begin(), words.words.end(), word) != words.words.end()) return words.type;
    }
    if (word == "leaves" || word == "leave") {
      return table_.Complain(row, column, "say household_leaves or steward_leaves");
    }
    return table_.Complain(row, column,
                           "not a type of event (household_arrives, household_leaves, household_moves, steward_joins, "
                           "steward_leaves, steward_changes)");
  }

  // Both coordinates, or neither when they may be left out.
  absl::StatusOr<Point> ReadPosition(int64_t row, bool required) const {
    const bool given = !FieldOf(row, x_).empty() || !FieldOf(row, y_).empty();
    if (!given && !required) return assignment::kSamePosition;
    for (const std::string& name : {x_name_, y_name_}) {
      if (auto column = table_.RequireColumn(name); !column.ok()) return column.status();
    }
    const bool degrees = street_.datum == Datum::kWgs84Degrees;
    const double reach_x = degrees ? 180 : kMaxCoordinate;
    const double reach_y = degrees ? 85 : kMaxCoordinate;
    const absl::StatusOr<double> x = ReadNumber(table_, row, x_, -reach_x, reach_x);
    if (!x.ok()) return x.status();
    const absl::StatusOr<double> y = ReadNumber(table_, row, y_, -reach_y, reach_y);
    if (!y.ok()) return y.status();
    return Point{*x, *y};
  }

  // A unit that is known; a steward that joins or changes may bring a new one.
  absl::StatusOr<int32_t> ReadUnit(int64_t row, bool required, bool may_be_new) {
    if (!by_unit_) return -1;
    if (unit_ < 0 && required) return table_.RequireColumn(unit_name_).status();
    const absl::string_view name = FieldOf(row, unit_);
    if (name.empty()) {
      if (required) return table_.Complain(row, unit_, "value missing");
      return -1;
    }
    const auto found = units_.find(name);
    if (found != units_.end()) return found->second;
    if (!may_be_new) return table_.Complain(row, unit_, "no such unit in the street");
    result_.after.unit_names.emplace_back(name);
    return units_.emplace(name, static_cast<int32_t>(units_.size())).first->second;
  }

  absl::Status ReadBounds(int64_t row, bool steward, Event& event) const {
    if (!steward) {
      for (const int column : {min_, max_}) {
        if (!FieldOf(row, column).empty()) return table_.Complain(row, column, "bounds belong to stewards");
      }
      return absl::OkStatus();
    }
    for (const auto& [column, bound] : {std::pair{min_, &event.min}, std::pair{max_, &event.max}}) {
      if (column < 0) continue;
      const absl::StatusOr<int32_t> value = ReadBound(table_, row, column, -1);
      if (!value.ok()) return value.status();
      *bound = *value;
    }
    return absl::OkStatus();
  }

  absl::Status ReadRow(int64_t row, int type_column, int id_column) {
    const absl::StatusOr<EventType> type = ReadType(row, type_column);
    if (!type.ok()) return type.status();
    const bool steward = *type >= EventType::kStewardJoins;
    const bool arrives = *type == EventType::kHouseholdArrives || *type == EventType::kStewardJoins;
    const bool leaves = *type == EventType::kHouseholdLeaves || *type == EventType::kStewardLeaves;
    Side& side = steward ? stewards_ : households_;
    const absl::string_view id = table_.Field(row, id_column);
    if (id.empty()) return table_.Complain(row, id_column, "value missing");
    const auto found = side.here.find(id);
    if (arrives && found != side.here.end()) {
      return table_.Complain(row, id_column,
                             steward ? "this steward is there already" : "this household is there already");
    }
    if (!arrives && found == side.here.end()) {
      return table_.Complain(row, id_column, steward ? "no such steward" : "no such household");
    }
    Event event{.type = *type};
    if (!arrives) event.id = found->second;
    result_.row_numbers.push_back(table_.RowNumber(row));
    if (leaves) {
      side.members[found->second].present = false;
      side.here.erase(found);
      result_.events.push_back(event);
      return absl::OkStatus();
    }
    const absl::StatusOr<int32_t> unit = ReadUnit(row, arrives, steward);
    if (!unit.ok()) return unit.status();
    event.unit = *unit;
    const bool must_move = arrives || (*type == EventType::kHouseholdMoves && *unit < 0);
    const absl::StatusOr<Point> position = ReadPosition(row, must_move);
    if (!position.ok()) return position.status();
    event.position = *position;
    if (auto status = ReadBounds(row, steward, event); !status.ok()) return status;

    Side::Member member =
        arrives ? Side::Member{.position = {}, .unit = -1, .bounds = street_.bounds} : side.members[event.id];
    if (!std::isnan(event.position.x)) member.position = event.position;
    if (event.unit >= 0) member.unit = event.unit;
    if (event.min >= 0) member.bounds.min = event.min;
    if (event.max >= 0) member.bounds.max = event.max;
    if (member.bounds.min > member.bounds.max) {
      return table_.Complain(row, event.max >= 0 ? max_ : min_,
                             absl::StrCat("minimum ", member.bounds.min, " is above maximum ", member.bounds.max));
    }
    if (arrives) {
      side.Add(std::string(id), member);
    } else {
      side.members[event.id] = member;
    }
    result_.events.push_back(event);
    return absl::OkStatus();
  }

  const Street& street_;
  const CsvTable& table_;
  const bool by_unit_;
  Side households_;
  Side stewards_;
  absl::flat_hash_map<std::string, int32_t> units_;
  std::string x_name_;
  std::string y_name_;
  std::string unit_name_;
  int x_ = -1;
  int y_ = -1;
  int unit_ = -1;
  int min_ = -1;
  int max_ = -1;
  StreetEvents result_;
};

std::string Coordinate(double value) {
  return absl::StrFormat("%.17g", value);
}

// The shortest text that reads back as the same number.
std::string Shortest(double value) {
  for (int digits = 1; digits < 17; ++digits) {
    std::string text = absl::StrFormat("%.*g", digits, value);
    double back = 0;
    if (absl::SimpleAtod(text, &back) && back == value) return text;
  }
  return Coordinate(value);
}

std::string FormatRoster(const Street& street, const Roster& roster, const std::string& within, bool stewards) {
  const bool degrees = street.datum == Datum::kWgs84Degrees;
  std::string csv = absl::StrCat("id,", degrees ? "lon,lat" : "x,y");
  if (!within.empty()) absl::StrAppend(&csv, ",", QuoteCsvField(within));
  if (stewards) csv += ",min,max";
  csv += "\n";
  for (size_t k = 0; k < roster.ids.size(); ++k) {
    absl::StrAppend(&csv, QuoteCsvField(roster.ids[k]), ",", Shortest(roster.positions[k].x), ",",
                    Shortest(roster.positions[k].y));
    if (!within.empty()) absl::StrAppend(&csv, ",", QuoteCsvField(street.UnitName(roster.units[k])));
    if (stewards) {
      const LoadBounds bounds = street.View().BoundsOf(static_cast<int64_t>(k));
      absl::StrAppend(&csv, ",", bounds.min, ",", bounds.max);
    }
    csv += "\n";
  }
  return csv;
}

}  // namespace

absl::StatusOr<StreetEvents> ReadEventsCsv(const Street& street, const std::string& path, const std::string& within) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  return EventReader(street, *table, within).Read();
}

absl::Status InTermsOfFile(const StreetEvents& events, const absl::Status& status) {
  const ErrorDetail detail = GetErrorDetail(status);
  if (detail.row < 0 || detail.row >= static_cast<int64_t>(events.row_numbers.size())) return status;
  const std::string message(status.message());
  return WithErrorDetail(
      absl::InvalidArgumentError(absl::StrCat(events.file, ": row ", events.row_numbers[detail.row], ", column ",
                                              detail.field, ": ", message.substr(message.find(": ") + 2))),
      detail);
}

std::string FormatHouseholdsCsv(const Street& street, const std::string& within) {
  return FormatRoster(street, street.households, within, false);
}

std::string FormatStewardsCsv(const Street& street, const std::string& within) {
  return FormatRoster(street, street.stewards, within, true);
}

std::vector<MovedHousehold> MovesBetween(const StreetEvents& events, const std::vector<int32_t>& before,
                                         const assignment::Snapshot& after) {
  std::vector<MovedHousehold> all(events.household_ids.size());
  for (size_t h = 0; h < all.size(); ++h) all[h].household = static_cast<int32_t>(h);
  for (size_t h = 0; h < before.size(); ++h) all[h].from = before[h];
  for (size_t k = 0; k < after.household_ids.size(); ++k) {
    const int32_t row = after.steward_of[k];
    if (row >= 0) all[after.household_ids[k]].to = after.steward_ids[row];
  }
  std::erase_if(all, [](const MovedHousehold& moved) { return moved.from == moved.to; });
  return all;
}

std::string FormatMovesCsv(const Street& street, const StreetEvents& events, const std::vector<MovedHousehold>& moves,
                           const assignment::Snapshot& after) {
  // Distances in the projection of the street that each plan belongs to.
  absl::flat_hash_map<int32_t, int32_t> household_row;
  absl::flat_hash_map<int32_t, int32_t> steward_row;
  for (size_t k = 0; k < after.household_ids.size(); ++k)
    household_row[after.household_ids[k]] = static_cast<int32_t>(k);
  for (size_t k = 0; k < after.steward_ids.size(); ++k) steward_row[after.steward_ids[k]] = static_cast<int32_t>(k);
  std::vector<Point> planar = street.households.positions;
  planar.insert(planar.end(), street.stewards.positions.begin(), street.stewards.positions.end());
  if (street.datum == Datum::kWgs84Degrees) planar = ProjectWgs84(planar, Middle(planar));
  const size_t n = street.households.ids.size();
  const auto metres = [](Point a, Point b) { return FormatMetres(assignment::PairCost(a, b)); };
  std::string csv = "household,from,to,from_distance_m,to_distance_m\n";
  for (const MovedHousehold& moved : moves) {
    absl::StrAppend(&csv, QuoteCsvField(events.household_ids[moved.household]), ",",
                    moved.from < 0 ? "" : QuoteCsvField(events.steward_ids[moved.from]), ",",
                    moved.to < 0 ? "" : QuoteCsvField(events.steward_ids[moved.to]), ",");
    if (moved.from >= 0) csv += metres(planar[moved.household], planar[n + moved.from]);
    csv += ",";
    if (moved.to >= 0) {
      csv += metres(after.households[household_row.at(moved.household)], after.stewards[steward_row.at(moved.to)]);
    }
    csv += "\n";
  }
  return csv;
}

}  // namespace lianhu::io
