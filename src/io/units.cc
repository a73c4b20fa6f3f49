#include "lianhu/io/units.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/unit_code.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

constexpr int32_t kNoLevel = -1;
constexpr std::array<absl::string_view, 9> kLevelNames = {"country",   "province", "city",       "county",   "street",
                                                          "community", "grid",     "micro-grid", "household"};

struct LevelSpelling {
  absl::string_view word;
  int32_t level;
};
constexpr LevelSpelling kLevelSpellings[] = {
    {"village", kCommunity},
    {"town", kStreet},
    {"township", kStreet},
    {"microgrid", kMicroGrid},
    {"micro_grid", kMicroGrid},
    {"district", kCounty},
    {"国家", kCountry},
    {"全国", kCountry},
    {"省", kProvince},
    {"自治区", kProvince},
    {"直辖市", kProvince},
    {"市", kCity},
    {"地级市", kCity},
    {"县", kCounty},
    {"区", kCounty},
    {"区县", kCounty},
    {"县级市", kCounty},
    {"街道", kStreet},
    {"乡镇", kStreet},
    {"镇", kStreet},
    {"乡", kStreet},
    {"社区", kCommunity},
    {"村", kCommunity},
    {"社区、村", kCommunity},
    {"社区村", kCommunity},
    {"网格", kGrid},
    {"片区", kGrid},
    {"微网格", kMicroGrid},
    {"户", kHousehold},
    {"住户", kHousehold},
    {"联系户", kHousehold},
};

// One row of the files.
struct Row {
  std::string id;
  std::string name;
  int64_t number;                 // as a spreadsheet shows it
  int64_t code = kNoCode;         // what the digits of a statistical code say
  int32_t level = kNoLevel;       // of the column
  absl::string_view parent = "";  // a view into the table
};

struct Columns {
  int id = -1;
  int parent = -1;
  int level = -1;
  int name = -1;
};

// "4.30181E+17" is what a spreadsheet makes of a code of 18 digits that was not entered as text.
bool LooksRounded(absl::string_view id) {
  const size_t e = id.find_first_of("Ee");
  if (e == absl::string_view::npos || e == 0 || e + 2 >= id.size() || id[e + 1] != '+') return false;
  const auto digits = [](absl::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isdigit(c) || c == '.'; });
  };
  return digits(id.substr(0, e)) && digits(id.substr(e + 2));
}

absl::StatusOr<Columns> FindColumns(const CsvTable& table) {
  Columns columns;
  for (const absl::string_view name : {"code", "id", "unit"}) {
    if (columns.id < 0) columns.id = table.FindColumn(name);
  }
  if (columns.id < 0) return table.RequireColumn("code").status();
  columns.parent = table.FindColumn("parent");
  columns.level = table.FindColumn("level");
  columns.name = table.FindColumn("name");
  return columns;
}

class UnitReader {
 public:
  absl::StatusOr<UnitTable> Read(const UnitFiles& files) {
    const absl::StatusOr<CsvTable> table = CsvTable::Read(files.units);
    if (!table.ok()) return table.status();
    const absl::StatusOr<Columns> columns = FindColumns(*table);
    if (!columns.ok()) return columns.status();
    table_ = &*table;
    columns_ = *columns;
    if (table->rows() == 0) return absl::InvalidArgumentError(absl::StrCat(table->name(), ": lists no unit"));
    if (table->rows() >= std::numeric_limits<int32_t>::max() / 2) {
      return absl::InvalidArgumentError(absl::StrCat(table->name(), ": has more rows than a hierarchy can hold"));
    }
    if (auto status = ReadRows(); !status.ok()) return status;
    if (auto status = columns_.parent < 0 ? NestCodes() : FollowParents(); !status.ok()) return status;
    if (auto status = FindRoot(); !status.ok()) return status;
    if (auto status = SetLevels(); !status.ok()) return status;
    if (!files.households.empty()) {
      if (auto status = HangHouseholds(files); !status.ok()) return status;
    }
    return Build(files.units);
  }

 private:
  int32_t size() const { return static_cast<int32_t>(rows_.size()); }
  // The complaint about a row that the file of units lists.
  absl::Status Complain(int32_t row, int column, absl::string_view message) const {
    return table_->Complain(row, column, message);
  }

  absl::Status ReadRows() {
    rows_.reserve(table_->rows());
    row_of_id_.reserve(table_->rows());
    for (int64_t r = 0; r < table_->rows(); ++r) {
      const auto row = static_cast<int32_t>(r);
      const absl::string_view id = table_->Field(r, columns_.id);
      if (id.empty()) return Complain(row, columns_.id, "value missing");
      if (LooksRounded(id)) return Complain(row, columns_.id, "a spreadsheet has rounded this code; enter it as text");
      if (const auto [first, fresh] = row_of_id_.try_emplace(id, row); !fresh) {
        return Complain(row, columns_.id, absl::StrCat("is there already, in row ", rows_[first->second].number));
      }
      Row unit{.id = std::string(id), .name = "", .number = table_->RowNumber(r)};
      if (columns_.name >= 0) unit.name = std::string(table_->Field(r, columns_.name));
      if (columns_.parent >= 0) unit.parent = table_->Field(r, columns_.parent);
      if (const auto code = ParseUnitCode(id); code.ok()) unit.code = *code;
      if (columns_.level >= 0 && !table_->Field(r, columns_.level).empty()) {
        unit.level = LevelOfName(table_->Field(r, columns_.level));
        if (unit.level == kNoLevel) return Complain(row, columns_.level, "not a level");
      }
      rows_.push_back(std::move(unit));
    }
    return absl::OkStatus();
  }

  // The nearest listed unit whose code begins this one's, or -1.
  int32_t Enclosing(int32_t row) const {
    if (rows_[row].code == kNoCode) return -1;
    for (int64_t code = ParentCode(rows_[row].code); code != kCountryCode; code = ParentCode(code)) {
      const auto found = row_of_id_.find(absl::StrCat(code));
      if (found != row_of_id_.end()) return found->second;
    }
    return -1;
  }

  absl::Status FollowParents() {
    parents_.assign(size(), -1);
    for (int32_t row = 0; row < size(); ++row) {
      const absl::string_view parent = rows_[row].parent;
      if (parent.empty()) {
        parents_[row] = Enclosing(row);
        continue;
      }
      const auto found = row_of_id_.find(parent);
      if (found == row_of_id_.end()) {
        return Complain(row, columns_.parent, "names no unit of the file (leave it empty for the root)");
      }
      if (found->second == row) return Complain(row, columns_.parent, "a unit cannot be its own parent");
      parents_[row] = found->second;
    }
    return absl::OkStatus();
  }

  // Without a column of parents: the digits say the tree, and what is missing on the way to the common root is made.
  absl::Status NestCodes() {
    for (int32_t row = 0; row < size(); ++row) {
      if (rows_[row].code != kNoCode) continue;
      return Complain(row, columns_.id,
                      "not a statistical code of 2, 4, 6, 9, 12, 15 or 18 digits, and there is no column parent");
    }
    int64_t root = rows_[0].code;
    for (const Row& row : rows_) root = CommonPrefix(root, row.code);
    parents_.assign(size(), -1);
    for (int32_t row = 0; row < size(); ++row) {
      if (rows_[row].code == root) continue;
      const int64_t code = ParentCode(rows_[row].code);
      const auto [found, fresh] = row_of_id_.try_emplace(absl::StrCat(code), size());
      parents_[row] = found->second;
      if (!fresh) continue;
      rows_.push_back({.id = absl::StrCat(code), .name = "", .number = 0, .code = code});
      parents_.push_back(-1);
    }
    return absl::OkStatus();
  }

  static int64_t CommonPrefix(int64_t a, int64_t b) {
    while (a != b) {
      if (a > b) {
        a = ParentCode(a);
      } else {
        b = ParentCode(b);
      }
    }
    return a;
  }

  absl::Status FindRoot() {
    for (int32_t row = 0; row < size(); ++row) {
      if (parents_[row] != -1) continue;
      if (root_ != -1) {
        return Complain(
            row, columns_.parent < 0 ? columns_.id : columns_.parent,
            absl::StrCat("unit '", ShownValue(rows_[row].id), "' has no parent, nor has '", ShownValue(rows_[root_].id),
                         "' in row ", rows_[root_].number, ": a tree has one root"));
      }
      root_ = row;
    }
    if (root_ == -1) return Complain(0, columns_.parent, "every unit has a parent: there is no root");
    // From the root down; rows that are not reached hang on a cycle.
    std::vector<int32_t> first(size() + 1, 0);
    for (const int32_t parent : parents_) {
      if (parent != -1) ++first[parent + 1];
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<int32_t> children(size() - 1);
    std::vector<int32_t> next(first.begin(), first.end() - 1);
    for (int32_t row = 0; row < size(); ++row) {
      if (parents_[row] != -1) children[next[parents_[row]]++] = row;
    }
    order_ = {root_};
    for (size_t i = 0; i < order_.size(); ++i) {
      order_.insert(order_.end(), children.begin() + first[order_[i]], children.begin() + first[order_[i] + 1]);
    }
    if (order_.size() == rows_.size()) return absl::OkStatus();
    std::vector<bool> reached(size());
    for (const int32_t row : order_) reached[row] = true;
    int32_t row = static_cast<int32_t>(std::find(reached.begin(), reached.end(), false) - reached.begin());
    std::vector<bool> passed(size());
    for (; !passed[row]; row = parents_[row]) passed[row] = true;
    return Complain(row, columns_.parent,
                    absl::StrCat("unit '", ShownValue(rows_[row].id), "' lies below itself: the parents form a cycle"));
  }

  // Whether the digits of a unit's code put it below its parent, so that they may be believed about its level.
  bool Nests(int32_t row) const {
    const int32_t parent = parents_[row];
    return parent != -1 && rows_[row].code != kNoCode && rows_[parent].code != kNoCode &&
           rows_[row].id.size() > rows_[parent].id.size() && absl::StartsWith(rows_[row].id, rows_[parent].id);
  }

  absl::Status SetLevels() {
    levels_.assign(size(), kNoLevel);
    bool coded = columns_.parent < 0;
    for (int32_t row = 0; row < size() && !coded; ++row) coded = Nests(row);
    for (const int32_t row : order_) {
      const bool by_digits = rows_[row].code != kNoCode && (row == root_ ? coded : columns_.parent < 0 || Nests(row));
      const int32_t digits = by_digits ? LevelOfCode(rows_[row].code) : kNoLevel;
      if (row == root_) {
        levels_[row] = rows_[row].level != kNoLevel ? rows_[row].level : by_digits ? digits : int32_t{kStreet};
        continue;
      }
      const int32_t above = levels_[parents_[row]];
      levels_[row] = rows_[row].level != kNoLevel ? rows_[row].level : by_digits ? digits : above + 1;
      if (levels_[row] <= above) {
        const bool own = rows_[row].level != kNoLevel;
        return Complain(row, own ? columns_.level : columns_.id,
                        absl::StrCat("level ", levels_[row], " is not below that of its parent '",
                                     ShownValue(rows_[parents_[row]].id), "', ", above));
      }
    }
    return absl::OkStatus();
  }

  absl::Status HangHouseholds(const UnitFiles& files) {
    const absl::StatusOr<CsvTable> table = CsvTable::Read(files.households);
    if (!table.ok()) return table.status();
    // micro.csv, as `lianhu district` writes it, says where everyone lives in words of its own.
    const bool drawn = table->FindColumn("id") < 0 && table->FindColumn("microgrid") >= 0;
    const absl::StatusOr<int> id_column = table->RequireColumn(drawn ? "household" : "id");
    if (!id_column.ok()) return id_column.status();
    const absl::StatusOr<int> unit_column = table->RequireColumn(drawn ? "microgrid" : files.household_unit);
    if (!unit_column.ok()) return unit_column.status();
    const int32_t units = size();
    for (int64_t r = 0; r < table->rows(); ++r) {
      const absl::string_view id = table->Field(r, *id_column);
      if (id.empty()) return table->Complain(r, *id_column, "value missing");
      const absl::string_view unit = table->Field(r, *unit_column);
      if (unit.empty()) return table->Complain(r, *unit_column, "value missing");
      const auto found = row_of_id_.find(unit);
      if (found == row_of_id_.end() || found->second >= units) {
        return table->Complain(r, *unit_column, absl::StrCat("not in ", files.units));
      }
      const int32_t parent = found->second;
      if (levels_[parent] >= kHousehold) {
        return table->Complain(r, *unit_column, "no unit that can have households, it is one itself");
      }
      if (const auto [first, fresh] = row_of_id_.try_emplace(id, size()); !fresh) {
        return table->Complain(r, *id_column,
                               absl::StrCat("is there already, in row ", rows_[first->second].number,
                                            first->second < units ? " of " + files.units : std::string()));
      }
      rows_.push_back({.id = std::string(id), .name = "", .number = table->RowNumber(r)});
      parents_.push_back(parent);
      levels_.push_back(kHousehold);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<UnitTable> Build(const std::string& file) {
    std::vector<int64_t> codes;
    codes.reserve(rows_.size());
    for (const Row& row : rows_) codes.push_back(row.code);
    absl::StatusOr<Hierarchy> tree = Hierarchy::FromParents({.parents = parents_, .codes = codes, .levels = levels_});
    if (!tree.ok()) return tree.status();
    UnitTable units{.file = file, .hierarchy = *std::move(tree)};
    const size_t n = rows_.size();
    units.ids.reserve(n);
    units.names.reserve(n);
    units.row_numbers.reserve(n);
    for (const Unit unit : units.hierarchy.units()) {
      Row& row = rows_[units.hierarchy.row_of_unit(unit)];
      units.ids.push_back(std::move(row.id));
      units.names.push_back(std::move(row.name));
      units.row_numbers.push_back(row.number);
    }
    units.by_id.resize(n);
    std::iota(units.by_id.begin(), units.by_id.end(), 0);
    std::sort(units.by_id.begin(), units.by_id.end(), [&](Unit a, Unit b) { return units.ids[a] < units.ids[b]; });
    return units;
  }

  const CsvTable* table_ = nullptr;
  Columns columns_;
  std::vector<Row> rows_;
  std::vector<int32_t> parents_;  // by row, -1 for the root
  std::vector<int32_t> levels_;   // by row
  std::vector<int32_t> order_;    // rows from the root down
  int32_t root_ = -1;
  absl::flat_hash_map<std::string, int32_t> row_of_id_;
};

}  // namespace

Unit UnitTable::Find(absl::string_view id) const {
  const auto found = std::lower_bound(by_id.begin(), by_id.end(), id,
                                      [this](Unit unit, absl::string_view v) { return ids[unit] < v; });
  return found != by_id.end() && ids[*found] == id ? *found : kNoUnit;
}

std::string UnitTable::LevelName(Unit unit) const {
  const int32_t level = hierarchy.level(unit);
  if (level < static_cast<int32_t>(kLevelNames.size())) return std::string(kLevelNames[level]);
  return absl::StrCat("level ", level);
}

int32_t LevelOfName(absl::string_view name) {
  int32_t number = 0;
  if (absl::SimpleAtoi(name, &number)) return number >= 0 && number <= 99 ? number : kNoLevel;
  const std::string lower = absl::AsciiStrToLower(name);
  for (size_t level = 0; level < kLevelNames.size(); ++level) {
    if (lower == kLevelNames[level]) return static_cast<int32_t>(level);
  }
  for (const LevelSpelling& word : kLevelSpellings) {
    if (lower == word.word) return word.level;
  }
  return kNoLevel;
}

absl::StatusOr<UnitTable> ReadUnits(const UnitFiles& files) {
  return UnitReader().Read(files);
}

}  // namespace lianhu::io
