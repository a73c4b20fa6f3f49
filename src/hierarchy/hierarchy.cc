#include "lianhu/hierarchy/hierarchy.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hierarchy/columns.h"
#include "lianhu/base/status.h"

namespace lianhu {
namespace {

absl::Status CheckLevelOrder(absl::Span<const Unit> parents, absl::Span<const int64_t> codes) {
  if (parents[0] != kNoUnit) {
    return InvalidField("parents", 0, absl::StrCat(UnitName(0, codes), " must be the root, but has a parent"));
  }
  for (size_t i = 1; i < parents.size(); ++i) {
    const auto unit = static_cast<int64_t>(i);
    if (parents[i] < 0 || parents[i] >= unit || parents[i] < parents[i - 1]) {
      return InvalidField("parents", unit,
                          absl::StrCat(UnitName(unit, codes), " with parent ", parents[i], " is not in level order"));
    }
  }
  return absl::OkStatus();
}

// Rows are kNoRow or 0..k-1, each once; gives k.
absl::StatusOr<int64_t> CheckRows(absl::Span<const int32_t> rows) {
  const int64_t row_count = std::count_if(rows.begin(), rows.end(), [](int32_t row) { return row != kNoRow; });
  std::vector<bool> seen(row_count);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] == kNoRow) continue;
    if (rows[i] < 0 || rows[i] >= row_count || seen[rows[i]]) {
      return InvalidField("rows", static_cast<int64_t>(i),
                          absl::StrCat("row ", rows[i], " is not one of 0..", row_count - 1, ", each once"));
    }
    seen[rows[i]] = true;
  }
  return row_count;
}

// Units in ascending order of code, those without a code left out; empty when the codes ascend by themselves.
std::vector<Unit> OrderByCode(const std::vector<int64_t>& codes) {
  std::vector<Unit> order;
  if (std::is_sorted(codes.begin(), codes.end())) return order;
  order.reserve(codes.size());
  for (Unit unit = 0; unit < static_cast<Unit>(codes.size()); ++unit) {
    if (codes[unit] != kNoCode) order.push_back(unit);
  }
  std::sort(order.begin(), order.end(), [&codes](Unit a, Unit b) { return codes[a] < codes[b]; });
  order.shrink_to_fit();
  return order;
}

template <typename T>
size_t Bytes(const std::vector<T>& array) {
  return array.capacity() * sizeof(T);
}

}  // namespace

absl::StatusOr<Hierarchy> Hierarchy::FromView(const HierarchyView& view) {
  const size_t size = view.parents.size();
  if (absl::Status status = CheckUnitCount("parents", size); !status.ok()) return status;
  if (absl::Status status = CheckOptionalLength("codes", view.codes.size(), size); !status.ok()) return status;
  if (view.levels.size() != size) {
    return InvalidField("levels", -1, absl::StrCat("has ", view.levels.size(), " entries, expected ", size));
  }
  if (view.rows.size() != size) {
    return InvalidField("rows", -1, absl::StrCat("has ", view.rows.size(), " entries, expected ", size));
  }
  if (absl::Status status = CheckLevelOrder(view.parents, view.codes); !status.ok()) return status;
  if (absl::Status status = CheckCodes(view.codes); !status.ok()) return status;
  if (absl::Status status = CheckLevels(view.levels, view.parents, view.codes); !status.ok()) return status;
  const absl::StatusOr<int64_t> row_count = CheckRows(view.rows);
  if (!row_count.ok()) return row_count.status();
  return FromLevelOrder({view.parents.begin(), view.parents.end()}, {view.codes.begin(), view.codes.end()},
                        {view.levels.begin(), view.levels.end()}, {view.rows.begin(), view.rows.end()}, *row_count);
}

Hierarchy Hierarchy::FromLevelOrder(std::vector<Unit> parents, std::vector<int64_t> codes, std::vector<int32_t> levels,
                                    std::vector<int32_t> rows, int64_t row_count) {
  Hierarchy hierarchy;
  const auto size = static_cast<Unit>(parents.size());

  hierarchy.first_children_.resize(size + 1, size);
  for (Unit unit = 0, child = 1; unit < size; ++unit) {
    while (child < size && parents[child] < unit) ++child;
    hierarchy.first_children_[unit] = child;
  }

  // The units of one depth end where the first child of the next depth's last unit would begin.
  hierarchy.depth_begins_ = {0, 1};
  while (hierarchy.depth_begins_.back() < size) {
    hierarchy.depth_begins_.push_back(hierarchy.first_children_[hierarchy.depth_begins_.back()]);
  }
  hierarchy.depth_begins_.shrink_to_fit();

  hierarchy.units_of_rows_.resize(row_count);
  for (Unit unit = 0; unit < size; ++unit) {
    if (rows[unit] != kNoRow) hierarchy.units_of_rows_[rows[unit]] = unit;
  }

  const auto has_code = [](int64_t code) { return code != kNoCode; };
  if (std::any_of(codes.begin(), codes.end(), has_code)) hierarchy.codes_ = std::move(codes);
  hierarchy.units_by_code_ = OrderByCode(hierarchy.codes_);
  hierarchy.parents_ = std::move(parents);
  hierarchy.levels_ = std::move(levels);
  hierarchy.rows_of_units_ = std::move(rows);
  return hierarchy;
}

int32_t Hierarchy::depth(Unit unit) const {
  const auto next = std::upper_bound(depth_begins_.begin(), depth_begins_.end(), unit);
  return static_cast<int32_t>(next - depth_begins_.begin()) - 1;
}

Unit Hierarchy::Find(int64_t code) const {
  if (code < 0 || codes_.empty()) return kNoUnit;
  if (units_by_code_.empty()) {
    const auto found = std::lower_bound(codes_.begin(), codes_.end(), code);
    return found != codes_.end() && *found == code ? static_cast<Unit>(found - codes_.begin()) : kNoUnit;
  }
  const auto found = std::lower_bound(units_by_code_.begin(), units_by_code_.end(), code,
                                      [this](Unit unit, int64_t wanted) { return codes_[unit] < wanted; });
  return found != units_by_code_.end() && codes_[*found] == code ? *found : kNoUnit;
}

size_t Hierarchy::MemoryBytes() const {
  return Bytes(parents_) + Bytes(first_children_) + Bytes(levels_) + Bytes(codes_) + Bytes(units_by_code_) +
         Bytes(depth_begins_) + Bytes(rows_of_units_) + Bytes(units_of_rows_);
}

}  // namespace lianhu
