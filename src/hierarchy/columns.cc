#include "hierarchy/columns.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/hierarchy.h"

namespace lianhu {

std::string UnitName(int64_t row, absl::Span<const int64_t> codes) {
  if (codes.empty() || codes[row] == kNoCode) return absl::StrCat("unit ", row);
  return absl::StrCat("unit ", row, " (code ", codes[row], ")");
}

absl::Status CheckUnitCount(absl::string_view field, size_t count) {
  if (count == 0) return InvalidField(field, -1, "no root: there are no units");
  if (count >= static_cast<size_t>(std::numeric_limits<int32_t>::max())) {
    return InvalidField(field, -1, absl::StrCat("has ", count, " entries, more than a hierarchy can hold"));
  }
  return absl::OkStatus();
}

absl::Status CheckOptionalLength(absl::string_view field, size_t length, size_t expected) {
  if (length == 0 || length == expected) return absl::OkStatus();
  return InvalidField(field, -1, absl::StrCat("has ", length, " entries, expected ", expected));
}

absl::Status DuplicateCode(int64_t code, int64_t first_row, int64_t second_row) {
  return InvalidField("codes", second_row,
                      absl::StrCat("duplicate code ", code, ": units ", first_row, " and ", second_row));
}

absl::Status CheckCodes(absl::Span<const int64_t> codes) {
  bool ascending = true;
  for (size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] < 0 && codes[i] != kNoCode) {
      return InvalidField("codes", static_cast<int64_t>(i), absl::StrCat("malformed code ", codes[i], ": negative"));
    }
    if (i > 0 && codes[i] <= codes[i - 1]) ascending = false;
  }
  if (ascending) return absl::OkStatus();

  std::vector<std::pair<int64_t, int64_t>> sorted;  // code, row
  sorted.reserve(codes.size());
  for (size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] != kNoCode) sorted.emplace_back(codes[i], i);
  }
  std::sort(sorted.begin(), sorted.end());
  const auto same_code = [](const auto& a, const auto& b) { return a.first == b.first; };
  const auto twin = std::adjacent_find(sorted.begin(), sorted.end(), same_code);
  if (twin == sorted.end()) return absl::OkStatus();
  return DuplicateCode(twin->first, twin->second, (twin + 1)->second);
}

absl::Status CheckLevels(absl::Span<const int32_t> levels, absl::Span<const int32_t> parents,
                         absl::Span<const int64_t> codes) {
  for (size_t i = 0; i < levels.size(); ++i) {
    const auto row = static_cast<int64_t>(i);
    if (levels[i] < 0) {
      return InvalidField("levels", row, absl::StrCat(UnitName(row, codes), " has the negative level ", levels[i]));
    }
    const int32_t parent = parents[i];
    if (parent >= 0 && levels[i] <= levels[parent]) {
      return InvalidField("levels", row,
                          absl::StrCat("child above its parent: ", UnitName(row, codes), " of level ", levels[i],
                                       " is below ", UnitName(parent, codes), " of level ", levels[parent]));
    }
  }
  return absl::OkStatus();
}

}  // namespace lianhu
