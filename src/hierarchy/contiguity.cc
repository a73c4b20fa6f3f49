#include "lianhu/hierarchy/contiguity.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu {

absl::StatusOr<Contiguity> Contiguity::FromBorders(int32_t unit_count, absl::Span<const Border> borders) {
  constexpr size_t kMostBorders = (size_t{1} << 30) - 1;
  if (unit_count < 0) return InvalidField("unit_count", -1, absl::StrCat("must not be negative: ", unit_count));
  if (borders.size() > kMostBorders) {
    return InvalidField("borders", -1, absl::StrCat("has ", borders.size(), " entries, at most ", kMostBorders));
  }
  std::vector<Border> sorted;
  sorted.reserve(borders.size());
  for (size_t i = 0; i < borders.size(); ++i) {
    const auto [low, high] = std::minmax(borders[i].a, borders[i].b);
    if (low < 0 || high >= unit_count) {
      return InvalidField(
          "borders", static_cast<int64_t>(i),
          absl::StrCat("units ", borders[i].a, " and ", borders[i].b, " are not both units of 0..", unit_count - 1));
    }
    if (low == high) {
      return InvalidField("borders", static_cast<int64_t>(i), absl::StrCat("unit ", low, " borders itself"));
    }
    sorted.push_back({low, high});
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const Border& x, const Border& y) { return std::tie(x.a, x.b) < std::tie(y.a, y.b); });
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());

  Contiguity contiguity;
  contiguity.begins_.assign(static_cast<size_t>(unit_count) + 1, 0);
  for (const Border& border : sorted) {
    ++contiguity.begins_[border.a + 1];
    ++contiguity.begins_[border.b + 1];
  }
  std::partial_sum(contiguity.begins_.begin(), contiguity.begins_.end(), contiguity.begins_.begin());

  // Each unit meets its smaller neighbours, in order, as the greater end of a border: first all of those, then the
  // borders in which it is the smaller end, so that its row ascends.
  contiguity.neighbours_.resize(2 * sorted.size());
  contiguity.borders_.resize(2 * sorted.size());
  std::vector<int32_t> next(contiguity.begins_.begin(), contiguity.begins_.end() - 1);
  const auto add = [&](Unit from, Unit to, size_t border) {
    contiguity.neighbours_[next[from]] = to;
    contiguity.borders_[next[from]++] = static_cast<int32_t>(border);
  };
  for (size_t i = 0; i < sorted.size(); ++i) add(sorted[i].b, sorted[i].a, i);
  for (size_t i = 0; i < sorted.size(); ++i) add(sorted[i].a, sorted[i].b, i);
  sorted.shrink_to_fit();
  contiguity.ends_ = std::move(sorted);
  return contiguity;
}

bool Contiguity::AreNeighbours(Unit a, Unit b) const {
  const absl::Span<const Unit> row = neighbours(a);
  return std::binary_search(row.begin(), row.end(), b);
}

size_t Contiguity::MemoryBytes() const {
  return ends_.capacity() * sizeof(Border) +
         (begins_.capacity() + neighbours_.capacity() + borders_.capacity()) * sizeof(int32_t);
}

}  // namespace lianhu
