// Which parts of a box of segments are not covered by rules, found by splitting the box.
#ifndef LIANHU_SRC_ROUTING_COVERAGE_H_
#define LIANHU_SRC_ROUTING_COVERAGE_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/types/span.h"
#include "lianhu/routing/compiled_table.h"

namespace lianhu::routing {

using Box = std::vector<SegmentSet>;  // one set a column; the product of them

// Half-open ranges of positions in the segments of a box: what the splitting works on.
struct PositionRange {
  int32_t begin = 0;
  int32_t end = 0;
};

// The segments of one column of a box, in order; a position is an index here.
class Positions {
 public:
  explicit Positions(const SegmentSet& segments);
  int32_t size() const { return static_cast<int32_t>(segments_.size()); }
  int32_t segment(int32_t position) const { return segments_[static_cast<size_t>(position)]; }
  // The positions of a set, as ranges.
  std::vector<PositionRange> Of(const SegmentSet& set) const;
  // The segments from one position to another.
  SegmentSet Back(PositionRange range) const;

 private:
  std::vector<int32_t> segments_;
};

// A rule inside a box: ranges of positions a column.
using Region = std::vector<std::vector<PositionRange>>;

// Where to cut a box so that the regions part most evenly; column -1 when no region has a face inside.
struct Cut {
  int32_t column = -1;
  int32_t position = 0;
};
Cut BestCut(absl::Span<const PositionRange> box, absl::Span<const Region* const> regions);

enum class Relation { kApart, kCuts, kContains };
Relation Relate(const Region& region, absl::Span<const PositionRange> box);

// Calls `emit` with disjoint boxes that together are what of `domain` no box of `rules` covers; stops when emit returns
// false. Spends `work`; false when it ran out.
bool ForEachUncovered(const Box& domain, absl::Span<const Box* const> rules, int64_t& work,
                      const std::function<bool(const Box&)>& emit);

}  // namespace lianhu::routing

#endif  // LIANHU_SRC_ROUTING_COVERAGE_H_
