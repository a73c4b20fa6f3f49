#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hierarchy/columns.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/hierarchy.h"

namespace lianhu {
namespace {

// The one row without a parent; every other row's parent is a row.
absl::StatusOr<int32_t> FindRoot(const HierarchyColumns& columns) {
  const auto size = static_cast<int32_t>(columns.parents.size());
  int32_t root = -1;
  for (int32_t row = 0; row < size; ++row) {
    const int32_t parent = columns.parents[row];
    if (parent < -1 || parent >= size) {
      return InvalidField("parents", row,
                          absl::StrCat("orphan: the parent of ", UnitName(row, columns.codes), " is ", parent,
                                       ", which is no row of 0..", size - 1));
    }
    if (parent != -1) continue;
    if (root != -1) {
      return InvalidField("parents", row,
                          absl::StrCat("two roots: ", UnitName(root, columns.codes), " and ",
                                       UnitName(row, columns.codes), " have no parent"));
    }
    root = row;
  }
  return root;
}

// Rows from the root down, a depth at a time, siblings in the order of their rows. Rows that hang on a cycle are left
// out.
std::vector<int32_t> LevelOrder(absl::Span<const int32_t> parents, int32_t root) {
  const size_t size = parents.size();
  std::vector<int32_t> child_begins(size + 1, 0);
  for (const int32_t parent : parents) {
    if (parent != -1) ++child_begins[parent + 1];
  }
  std::partial_sum(child_begins.begin(), child_begins.end(), child_begins.begin());
  std::vector<int32_t> children(size - 1);
  std::vector<int32_t> next(child_begins.begin(), child_begins.end() - 1);
  for (size_t row = 0; row < size; ++row) {
    if (parents[row] != -1) children[next[parents[row]]++] = static_cast<int32_t>(row);
  }

  std::vector<int32_t> order = {root};
  order.reserve(size);
  for (size_t i = 0; i < order.size(); ++i) {
    const int32_t row = order[i];
    order.insert(order.end(), children.begin() + child_begins[row], children.begin() + child_begins[row + 1]);
  }
  return order;
}

// The error for the cycle above `row`, from which parents lead no way out; it names the cycle's smallest row.
absl::Status Cycle(const HierarchyColumns& columns, int32_t row, absl::string_view what) {
  std::vector<bool> passed(columns.parents.size());
  for (; !passed[row]; row = columns.parents[row]) passed[row] = true;
  int32_t smallest = row;
  int64_t length = 0;
  int32_t up = row;
  do {
    smallest = std::min(smallest, up);
    ++length;
    up = columns.parents[up];
  } while (up != row);
  return InvalidField(
      "parents", smallest,
      absl::StrCat(what, ": ", UnitName(smallest, columns.codes),
                   length == 1 ? std::string(" is its own parent")
                               : absl::StrCat(" and ", UnitName(columns.parents[smallest], columns.codes),
                                              " are on a cycle of ", length, " units")));
}

}  // namespace

absl::StatusOr<Hierarchy> Hierarchy::FromParents(const HierarchyColumns& columns) {
  const size_t size = columns.parents.size();
  if (absl::Status status = CheckUnitCount("parents", size); !status.ok()) return status;
  if (absl::Status status = CheckOptionalLength("codes", columns.codes.size(), size); !status.ok()) return status;
  if (absl::Status status = CheckOptionalLength("levels", columns.levels.size(), size); !status.ok()) return status;
  if (absl::Status status = CheckCodes(columns.codes); !status.ok()) return status;
  const absl::StatusOr<int32_t> root = FindRoot(columns);
  if (!root.ok()) return root.status();
  if (*root == -1) return Cycle(columns, 0, "no root, every unit has a parent");

  std::vector<int32_t> rows = LevelOrder(columns.parents, *root);
  if (rows.size() < size) {
    std::vector<bool> reached(size);
    for (const int32_t row : rows) reached[row] = true;
    const auto lost = std::find(reached.begin(), reached.end(), false) - reached.begin();
    return Cycle(columns, static_cast<int32_t>(lost), "cycle");
  }
  if (absl::Status status = CheckLevels(columns.levels, columns.parents, columns.codes); !status.ok()) return status;

  std::vector<Unit> units(size);  // by row
  for (size_t unit = 0; unit < size; ++unit) units[rows[unit]] = static_cast<Unit>(unit);
  std::vector<Unit> parents(size, kNoUnit);
  std::vector<int32_t> levels(size, 0);
  std::vector<int64_t> codes(columns.codes.size());
  for (size_t unit = 0; unit < size; ++unit) {
    const int32_t row = rows[unit];
    if (unit > 0) parents[unit] = units[columns.parents[row]];
    if (!columns.levels.empty()) {
      levels[unit] = columns.levels[row];
    } else if (unit > 0) {
      levels[unit] = levels[parents[unit]] + 1;
    }
    if (!codes.empty()) codes[unit] = columns.codes[row];
  }
  return FromLevelOrder(std::move(parents), std::move(codes), std::move(levels), std::move(rows),
                        static_cast<int64_t>(size));
}

absl::StatusOr<Hierarchy> Hierarchy::FromParentCodes(absl::Span<const int64_t> codes,
                                                     absl::Span<const int64_t> parent_codes,
                                                     absl::Span<const int32_t> levels) {
  const size_t size = codes.size();
  if (absl::Status status = CheckUnitCount("codes", size); !status.ok()) return status;
  if (parent_codes.size() != size) {
    return InvalidField("parent_codes", -1, absl::StrCat("has ", parent_codes.size(), " entries, expected ", size));
  }
  if (absl::Status status = CheckCodes(codes); !status.ok()) return status;

  std::vector<std::pair<int64_t, int32_t>> rows_by_code(size);
  for (size_t row = 0; row < size; ++row) {
    if (codes[row] == kNoCode) return InvalidField("codes", static_cast<int64_t>(row), "malformed code -1: negative");
    rows_by_code[row] = {codes[row], static_cast<int32_t>(row)};
  }
  std::sort(rows_by_code.begin(), rows_by_code.end());

  std::vector<int32_t> parents(size, -1);
  for (size_t row = 0; row < size; ++row) {
    if (parent_codes[row] == kNoCode) continue;
    const auto parent = std::lower_bound(rows_by_code.begin(), rows_by_code.end(), std::pair{parent_codes[row], 0});
    if (parent == rows_by_code.end() || parent->first != parent_codes[row]) {
      return InvalidField("parent_codes", static_cast<int64_t>(row),
                          absl::StrCat("orphan: the parent of ", UnitName(static_cast<int64_t>(row), codes), " is ",
                                       parent_codes[row], ", which is no unit's code"));
    }
    parents[row] = parent->second;
  }
  return FromParents({.parents = parents, .codes = codes, .levels = levels});
}

}  // namespace lianhu
