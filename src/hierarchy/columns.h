// What all builders check of a column, with errors that name the unit.
#ifndef LIANHU_SRC_HIERARCHY_COLUMNS_H_
#define LIANHU_SRC_HIERARCHY_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace lianhu {

// "unit 7 (code 430181002)", or "unit 7" where it has no code.
std::string UnitName(int64_t row, absl::Span<const int64_t> codes);

// 1 <= count < 2^31 - 1.
absl::Status CheckUnitCount(absl::string_view field, size_t count);

// `length` is `expected`, or 0.
absl::Status CheckOptionalLength(absl::string_view field, size_t length, size_t expected);

// Every code is kNoCode or >= 0, and no two are the same. O(n) for ascending codes, else O(n log n).
absl::Status CheckCodes(absl::Span<const int64_t> codes);

// Every level is >= 0 and above its parent's; parents are valid, -1 for the root.
absl::Status CheckLevels(absl::Span<const int32_t> levels, absl::Span<const int32_t> parents,
                         absl::Span<const int64_t> codes);

// The error for two rows with one code.
absl::Status DuplicateCode(int64_t code, int64_t first_row, int64_t second_row);

}  // namespace lianhu

#endif  // LIANHU_SRC_HIERARCHY_COLUMNS_H_
