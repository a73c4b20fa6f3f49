// Contiguity: which units border which, a second graph on the vertices of a hierarchy.
//
// An undirected graph without loops or parallel edges, held as compressed sparse rows: the neighbours of unit u are
// neighbours[begins[u] .. begins[u + 1]), in ascending order. Borders are numbered 0..border_count()-1 in ascending
// order of (smaller unit, greater unit), so that a column of lengths or weights goes beside them. Any two units may
// border, of one level or not; what a border means is the caller's.
//
// contiguity_bgl.h makes it a graph of the Boost Graph Library. Immutable: it may be read from many threads at once.
#ifndef LIANHU_HIERARCHY_CONTIGUITY_H_
#define LIANHU_HIERARCHY_CONTIGUITY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/hierarchy/hierarchy.h"

namespace lianhu {

// Two units that border each other.
struct Border {
  Unit a = kNoUnit;
  Unit b = kNoUnit;
  friend bool operator==(const Border&, const Border&) = default;
};

class Contiguity {
 public:
  // The graph of `unit_count` >= 0 units (hierarchy.size()) and these borders, in any order and either direction; a
  // border listed twice counts once. Errors name the row: a unit outside 0..unit_count-1, a unit that borders itself,
  // more than 2^30 - 1 borders. O(unit_count + m log m).
  static absl::StatusOr<Contiguity> FromBorders(int32_t unit_count, absl::Span<const Border> borders);

  int32_t size() const { return static_cast<int32_t>(begins_.size()) - 1; }
  int32_t border_count() const { return static_cast<int32_t>(ends_.size()); }

  // The two units of a border, the smaller first: O(1), for 0 <= border < border_count().
  const Border& border(int32_t border) const { return ends_[border]; }

  // The units that border `unit`, and beside each the number of the border: O(1).
  absl::Span<const Unit> neighbours(Unit unit) const { return Row(neighbours_, unit); }
  absl::Span<const int32_t> borders(Unit unit) const { return Row(borders_, unit); }

  // Whether a and b border each other: O(log of a's neighbours).
  bool AreNeighbours(Unit a, Unit b) const;

  size_t MemoryBytes() const;

 private:
  Contiguity() = default;

  absl::Span<const int32_t> Row(const std::vector<int32_t>& column, Unit unit) const {
    return absl::MakeConstSpan(column).subspan(begins_[unit], begins_[unit + 1] - begins_[unit]);
  }

  std::vector<Border> ends_;      // by border
  std::vector<int32_t> begins_;   // size() + 1
  std::vector<Unit> neighbours_;  // two per border
  std::vector<int32_t> borders_;  // parallel to neighbours_
};

}  // namespace lianhu

#endif  // LIANHU_HIERARCHY_CONTIGUITY_H_
