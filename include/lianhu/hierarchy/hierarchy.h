// The tree of units: street > community > grid > micro-grid, and above it county, city, province, country.
//
// A Hierarchy is immutable and held as level-order arrays: the root is unit 0, then come all units of depth 1, then all
// of depth 2, and so on, the children of one unit side by side and in the order of their parents. From this follow the
// guarantees that everything in this room rests on:
//   1. parent(u) < u for every unit but the root: a loop from the last unit to the first meets children before parents,
//      a loop from the first to the last meets parents before children. Nothing recurses, whatever the depth.
//   2. The children of u are the units first_child[u] .. first_child[u + 1] - 1.
//   3. The descendants of u at any one depth are one run of units (see SubtreeRuns in ancestry.h).
//
// Level order permutes the caller's rows. Everything in lianhu takes and gives *units* (dense indices 0..n-1 in level
// order); unit_of_row and row_of_unit translate. A unit that the builder made up (the street of a community whose
// street was not listed) has no row.
//
// Building checks everything: one root, no cycle, no orphan, no duplicate code, no child on its parent's level or
// above, no malformed code; errors are InvalidArgument, name the unit by its row and code, and carry field and row for
// programs (base/status.h). It takes O(n) time, O(n log n) where codes are not in ascending order, and is
// deterministic: the same columns give the same units.
//
//   absl::StatusOr<Hierarchy> street = Hierarchy::FromCodes(codes, {.root = 430181002});
//   for (Unit community : street->children(Hierarchy::kRoot)) ...
//
// bgl.h makes it a graph of the Boost Graph Library. A Hierarchy may be read from many threads at once.
#ifndef LIANHU_HIERARCHY_HIERARCHY_H_
#define LIANHU_HIERARCHY_HIERARCHY_H_

#include <cstddef>
#include <cstdint>
#include <ranges>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace lianhu {

// A unit's dense index in level order.
using Unit = int32_t;
inline constexpr Unit kNoUnit = -1;
inline constexpr int64_t kNoRow = -1;
inline constexpr int64_t kNoCode = -1;

// The administrative levels of statistical codes, and the household below them, which has no code. Other trees may use
// any numbers >= 0 that grow downwards.
enum AdministrativeLevel : int32_t {
  kCountry = 0,
  kProvince = 1,
  kCity = 2,
  kCounty = 3,
  kStreet = 4,
  kCommunity = 5,
  kGrid = 6,
  kMicroGrid = 7,
  kHousehold = 8,
};

// Consecutive units: a sized, indexable range of Unit.
using UnitRange = std::ranges::iota_view<Unit, Unit>;

// Columns with one entry for each of the caller's n rows, in any order.
struct HierarchyColumns {
  absl::Span<const int32_t> parents = {};  // n rows: the parent's row, or -1 for the root
  // Empty, or n numeric codes: >= 0 and all different, or kNoCode where a unit has none. Any length of digits; the tree
  // comes from `parents` alone.
  absl::Span<const int64_t> codes = {};
  // Empty, or n levels >= 0, each greater than its parent's (a grid directly below a street may leave levels out).
  // Without them a unit's level is its depth.
  absl::Span<const int32_t> levels = {};
};

struct FromCodesOptions {
  // Code of the root: 0 for the country, or the unit that all codes must be or lie below (430181002 for one street).
  int64_t root = 0;
};

// The arrays themselves, one entry per unit in level order: what a snapshot stores. Valid while the Hierarchy lives.
struct HierarchyView {
  absl::Span<const Unit> parents = {};         // kNoUnit for the root
  absl::Span<const int64_t> codes = {};        // kNoCode where a unit has none; empty when none has
  absl::Span<const int32_t> levels = {};       // >= 0
  absl::Span<const int32_t> rows = {};         // the caller's row, kNoRow for a unit the builder made
  absl::Span<const Unit> first_children = {};  // n + 1 entries; FromView derives them and does not read these
};

class Hierarchy {
 public:
  static constexpr Unit kRoot = 0;

  // The tree given by each row's parent row. Children keep the order of their rows.
  static absl::StatusOr<Hierarchy> FromParents(const HierarchyColumns& columns);

  // The tree given by each row's own code and its parent's code (kNoCode for the root). `levels` as in
  // HierarchyColumns. Codes may have any length; every one must be >= 0.
  static absl::StatusOr<Hierarchy> FromParentCodes(absl::Span<const int64_t> codes,
                                                   absl::Span<const int64_t> parent_codes,
                                                   absl::Span<const int32_t> levels = {});

  // The tree that statistical codes nest into by themselves (unit_code.h): units of 2, 4, 6, 9, 12, 15 and 18 digits in
  // any mixture; ancestors up to the root that are not listed are made. Levels are AdministrativeLevel, children are in
  // ascending order of code. Without codes: the root alone.
  static absl::StatusOr<Hierarchy> FromCodes(absl::Span<const int64_t> codes, const FromCodesOptions& options = {});

  // Rebuilds what view() gave, from a place not to be trusted: checks as FromParents does, and that the arrays are in
  // level order and the rows are 0..k-1, each once.
  static absl::StatusOr<Hierarchy> FromView(const HierarchyView& view);

  int32_t size() const { return static_cast<int32_t>(parents_.size()); }
  UnitRange units() const { return {0, size()}; }

  // O(1), for 0 <= unit < size().
  Unit parent(Unit unit) const { return parents_[unit]; }  // kNoUnit for the root
  UnitRange children(Unit unit) const { return {first_children_[unit], first_children_[unit + 1]}; }
  bool is_leaf(Unit unit) const { return first_children_[unit] == first_children_[unit + 1]; }
  int32_t level(Unit unit) const { return levels_[unit]; }
  int64_t code(Unit unit) const { return codes_.empty() ? kNoCode : codes_[unit]; }

  // Number of edges up to the root: O(log height()).
  int32_t depth(Unit unit) const;
  // The greatest depth: O(1).
  int32_t height() const { return static_cast<int32_t>(depth_begins_.size()) - 2; }
  // All units of one depth, 0..height(): O(1).
  UnitRange units_at_depth(int32_t depth) const { return {depth_begins_[depth], depth_begins_[depth + 1]}; }

  // The unit with this code, or kNoUnit: O(log size()).
  Unit Find(int64_t code) const;

  // Number of the caller's rows, and the two maps between them and the units: O(1).
  int64_t row_count() const { return static_cast<int64_t>(units_of_rows_.size()); }
  Unit unit_of_row(int64_t row) const { return units_of_rows_[row]; }  // 0 <= row < row_count()
  absl::Span<const Unit> units_of_rows() const { return units_of_rows_; }
  int64_t row_of_unit(Unit unit) const { return rows_of_units_[unit]; }  // kNoRow: made by the builder

  HierarchyView view() const {
    return {.parents = parents_,
            .codes = codes_,
            .levels = levels_,
            .rows = rows_of_units_,
            .first_children = first_children_};
  }

  // Bytes held by the arrays: 28 a unit, 4 more where codes are not ascending in level order.
  size_t MemoryBytes() const;

 private:
  Hierarchy() = default;

  // From checked arrays in level order: derives the rest.
  static Hierarchy FromLevelOrder(std::vector<Unit> parents, std::vector<int64_t> codes, std::vector<int32_t> levels,
                                  std::vector<int32_t> rows, int64_t row_count);

  std::vector<Unit> parents_;
  std::vector<Unit> first_children_;  // size() + 1
  std::vector<int32_t> levels_;
  std::vector<int64_t> codes_;       // empty: none
  std::vector<Unit> units_by_code_;  // empty when the units are in ascending order of code already
  std::vector<Unit> depth_begins_;   // height() + 2
  std::vector<int32_t> rows_of_units_;
  std::vector<Unit> units_of_rows_;
};

}  // namespace lianhu

#endif  // LIANHU_HIERARCHY_HIERARCHY_H_
