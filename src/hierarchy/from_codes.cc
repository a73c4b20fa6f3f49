#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hierarchy/code_levels.h"
#include "hierarchy/columns.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/unit_code.h"

namespace lianhu {
namespace {

struct Listed {
  int64_t code;
  int32_t row;
  friend auto operator<=>(const Listed&, const Listed&) = default;
};

template <typename T>
using ByLevel = std::array<std::vector<T>, kCodeDigits.size()>;

// The caller's codes of each level in ascending order, each once.
absl::StatusOr<ByLevel<Listed>> SortByLevel(absl::Span<const int64_t> codes, int64_t root, int32_t root_level) {
  ByLevel<Listed> listed;
  for (size_t i = 0; i < codes.size(); ++i) {
    const auto row = static_cast<int32_t>(i);
    const int64_t code = codes[i];
    const int32_t level = LevelOfCode(code);
    if (level < 0) {
      return InvalidField("codes", row,
                          absl::StrCat("malformed code ", code, ": need 2, 4, 6, 9, 12, 15 or 18 digits"));
    }
    if (level < root_level || CodePrefix(code, level, root_level) != root) {
      return InvalidField("codes", row, absl::StrCat("orphan: code ", code, " does not lie below the root ", root));
    }
    listed[level].push_back({code, row});
  }
  for (auto& units : listed) {
    if (!std::is_sorted(units.begin(), units.end())) std::sort(units.begin(), units.end());
    const auto same_code = [](const Listed& a, const Listed& b) { return a.code == b.code; };
    const auto twin = std::adjacent_find(units.begin(), units.end(), same_code);
    if (twin != units.end()) return DuplicateCode(twin->code, twin->row, (twin + 1)->row);
  }
  return listed;
}

// All units of each level in ascending order: the listed ones and the parents of the level below.
ByLevel<int64_t> WithAncestors(const ByLevel<Listed>& listed, int64_t root, int32_t root_level) {
  ByLevel<int64_t> codes;
  std::vector<int64_t> parents;
  for (int32_t level = kMicroGrid; level > root_level; --level) {
    std::vector<int64_t> own;
    own.reserve(listed[level].size());
    for (const Listed& unit : listed[level]) own.push_back(unit.code);
    codes[level].reserve(std::max(own.size(), parents.size()));
    std::set_union(own.begin(), own.end(), parents.begin(), parents.end(), std::back_inserter(codes[level]));
    parents.clear();
    for (const int64_t code : codes[level]) {
      const int64_t parent = CodePrefix(code, level, level - 1);
      if (parents.empty() || parents.back() != parent) parents.push_back(parent);
    }
  }
  codes[root_level] = {root};
  return codes;
}

}  // namespace

absl::StatusOr<Hierarchy> Hierarchy::FromCodes(absl::Span<const int64_t> codes, const FromCodesOptions& options) {
  const int32_t root_level = LevelOfCode(options.root);
  if (root_level < 0) {
    return InvalidField(
        "root", -1, absl::StrCat("malformed code ", options.root, ": need 0, or 2, 4, 6, 9, 12, 15 or ", "18 digits"));
  }
  constexpr auto kMostUnits = static_cast<size_t>(std::numeric_limits<int32_t>::max());
  if (codes.size() >= kMostUnits) return CheckUnitCount("codes", codes.size());
  const absl::StatusOr<ByLevel<Listed>> listed = SortByLevel(codes, options.root, root_level);
  if (!listed.ok()) return listed.status();
  const ByLevel<int64_t> by_level = WithAncestors(*listed, options.root, root_level);

  size_t size = 0;
  for (const auto& units : by_level) size += units.size();
  if (absl::Status status = CheckUnitCount("codes", size); !status.ok()) return status;

  // Codes in ascending order within a level are in the order of their parents: this is level order.
  std::vector<int64_t> unit_codes;
  std::vector<Unit> parents(size, kNoUnit);
  std::vector<int32_t> levels;
  std::vector<int32_t> rows(size, static_cast<int32_t>(kNoRow));
  unit_codes.reserve(size);
  levels.reserve(size);
  Unit parent = kRoot;
  for (int32_t level = root_level; level <= kMicroGrid; ++level) {
    auto own = (*listed)[level].begin();
    const auto own_end = (*listed)[level].end();
    for (const int64_t code : by_level[level]) {
      const auto unit = static_cast<Unit>(unit_codes.size());
      if (level > root_level) {
        while (unit_codes[parent] != CodePrefix(code, level, level - 1)) ++parent;
        parents[unit] = parent;
      }
      if (own != own_end && own->code == code) rows[unit] = (own++)->row;
      unit_codes.push_back(code);
      levels.push_back(level);
    }
  }
  return FromLevelOrder(std::move(parents), std::move(unit_codes), std::move(levels), std::move(rows),
                        static_cast<int64_t>(codes.size()));
}

}  // namespace lianhu
