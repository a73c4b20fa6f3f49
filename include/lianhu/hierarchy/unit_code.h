// Statistical codes of units: what their digits say.
//
// The length of a code alone decides what it names, by the division of the statistical offices (county 6 + street 3 +
// community 3) and its extension to grids:
//
//   digits   2          4      6        9        12          15     18
//   unit     province   city   county   street   community   grid   micro-grid
//
// and the parent of a unit is the prefix one step shorter; 0 is the country. Codes are held as 64-bit integers, which
// no province's first digit (1..9) makes ambiguous. Any other digit may be 0: 441900 is a county (a city without
// counties below it), 441900003 a street there. A higher unit padded with zeros (430181002000 for the street 430181002)
// is therefore not recognised: it is a community's code.
#ifndef LIANHU_HIERARCHY_UNIT_CODE_H_
#define LIANHU_HIERARCHY_UNIT_CODE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/hierarchy/hierarchy.h"

namespace lianhu {

inline constexpr int64_t kCountryCode = 0;

// The level (AdministrativeLevel) that a code's length says, or -1 when no level has that many digits. O(1).
int32_t LevelOfCode(int64_t code);

// The code one step up: 430181 for 430181002, kCountryCode for 43. The code must have a level other than kCountry.
// O(1).
int64_t ParentCode(int64_t code);

// Reads 2, 4, 6, 9, 12, 15 or 18 digits, nothing before, between or behind them.
absl::StatusOr<int64_t> ParseUnitCode(absl::string_view text);

// A column of codes; the error names the row. O(n).
absl::StatusOr<std::vector<int64_t>> ParseUnitCodes(absl::Span<const absl::string_view> texts);

}  // namespace lianhu

#endif  // LIANHU_HIERARCHY_UNIT_CODE_H_
