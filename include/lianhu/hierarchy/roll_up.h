// Sums, minima and maxima over sub-trees: every unit's own value combined with those of all units below it.
//
// Values are columns with one entry per unit (ValuesByUnit brings them there from the caller's rows). One pass from the
// last unit to the first, O(n), no recursion; the order of the combinations is fixed, so that sums of floating-point
// values are the same bytes every time. Values that are not numbers (NaN), columns of a wrong length and sums that
// leave an integer type's range are errors that name the unit.
//
//   absl::StatusOr<std::vector<int64_t>> households = RollUpSum<int64_t>(hierarchy, own_households);
#ifndef LIANHU_HIERARCHY_ROLL_UP_H_
#define LIANHU_HIERARCHY_ROLL_UP_H_

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/hierarchy.h"

namespace lianhu {

template <typename T>
concept RollUpValue = (std::integral<T> && !std::same_as<T, bool>) || std::floating_point<T>;

// The values of the caller's rows (row_count() entries) as a column by unit; `missing` for units without a row: 0
// before a sum, the greatest value before a minimum, the least before a maximum.
template <typename T>
absl::StatusOr<std::vector<T>> ValuesByUnit(const Hierarchy& hierarchy, absl::Span<const T> row_values, T missing) {
  if (row_values.size() != static_cast<size_t>(hierarchy.row_count())) {
    return InvalidField("values", -1,
                        absl::StrCat("has ", row_values.size(), " entries, expected ", hierarchy.row_count()));
  }
  std::vector<T> values(hierarchy.size(), missing);
  for (int64_t row = 0; row < hierarchy.row_count(); ++row) values[hierarchy.unit_of_row(row)] = row_values[row];
  return values;
}

// The general form: combine(unit, total, value) folds a child's finished total `value` into its parent's `total` and
// returns a Status; T may be any copyable type. Children are folded from the last to the first.
template <typename T, typename Combine>
absl::StatusOr<std::vector<T>> RollUp(const Hierarchy& hierarchy, absl::Span<const T> values, const Combine& combine) {
  if (values.size() != static_cast<size_t>(hierarchy.size())) {
    return InvalidField("values", -1, absl::StrCat("has ", values.size(), " entries, expected ", hierarchy.size()));
  }
  std::vector<T> totals(values.begin(), values.end());
  for (Unit unit = hierarchy.size() - 1; unit > Hierarchy::kRoot; --unit) {
    const Unit parent = hierarchy.parent(unit);
    if (absl::Status status = combine(parent, totals[parent], totals[unit]); !status.ok()) return status;
  }
  return totals;
}

namespace internal {

template <RollUpValue T>
absl::Status CheckNumbers(absl::Span<const T> values) {
  if constexpr (std::floating_point<T>) {
    const auto fault = std::find_if(values.begin(), values.end(), [](T value) { return std::isnan(value); });
    if (fault != values.end()) return InvalidField("values", fault - values.begin(), "is not a number");
  }
  return absl::OkStatus();
}

}  // namespace internal

// Each unit's sum over its sub-tree.
template <RollUpValue T>
absl::StatusOr<std::vector<T>> RollUpSum(const Hierarchy& hierarchy, absl::Span<const T> values) {
  if (absl::Status status = internal::CheckNumbers(values); !status.ok()) return status;
  return RollUp(hierarchy, values, [](Unit unit, T& total, T value) {
    if constexpr (std::integral<T>) {
      if (__builtin_add_overflow(total, value, &total)) {
        return InvalidField("values", unit, "the sum over the sub-tree leaves the range of the type");
      }
    } else {
      total += value;
    }
    return absl::OkStatus();
  });
}

// Each unit's least value in its sub-tree.
template <RollUpValue T>
absl::StatusOr<std::vector<T>> RollUpMin(const Hierarchy& hierarchy, absl::Span<const T> values) {
  if (absl::Status status = internal::CheckNumbers(values); !status.ok()) return status;
  return RollUp(hierarchy, values, [](Unit, T& total, T value) {
    total = std::min(total, value);
    return absl::OkStatus();
  });
}

// Each unit's greatest value in its sub-tree.
template <RollUpValue T>
absl::StatusOr<std::vector<T>> RollUpMax(const Hierarchy& hierarchy, absl::Span<const T> values) {
  if (absl::Status status = internal::CheckNumbers(values); !status.ok()) return status;
  return RollUp(hierarchy, values, [](Unit, T& total, T value) {
    total = std::max(total, value);
    return absl::OkStatus();
  });
}

}  // namespace lianhu

#endif  // LIANHU_HIERARCHY_ROLL_UP_H_
