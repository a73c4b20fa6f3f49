#include "routing/coverage.h"

#include <algorithm>
#include <limits>

namespace lianhu::routing {

Positions::Positions(const SegmentSet& segments) {
  for (const SegmentRange& range : segments) {
    for (int32_t segment = range.begin; segment < range.end; ++segment) segments_.push_back(segment);
  }
}

std::vector<PositionRange> Positions::Of(const SegmentSet& set) const {
  std::vector<PositionRange> ranges;
  const auto at = [&](int32_t segment) {
    return static_cast<int32_t>(std::lower_bound(segments_.begin(), segments_.end(), segment) - segments_.begin());
  };
  for (const SegmentRange& range : set) {
    const PositionRange next = {at(range.begin), at(range.end)};
    if (next.begin >= next.end) continue;
    if (!ranges.empty() && ranges.back().end == next.begin) {
      ranges.back().end = next.end;
    } else {
      ranges.push_back(next);
    }
  }
  return ranges;
}

SegmentSet Positions::Back(PositionRange range) const {
  SegmentSet set;
  for (int32_t position = range.begin; position < range.end; ++position) {
    const int32_t at = segment(position);
    if (!set.empty() && set.back().end == at) {
      ++set.back().end;
    } else {
      set.push_back({at, at + 1});
    }
  }
  return set;
}

Relation Relate(const Region& region, absl::Span<const PositionRange> box) {
  Relation relation = Relation::kContains;
  for (size_t c = 0; c < box.size(); ++c) {
    bool touches = false;
    bool contains = false;
    for (const PositionRange& range : region[c]) {
      if (range.begin >= box[c].end) break;
      if (range.end <= box[c].begin) continue;
      touches = true;
      contains = range.begin <= box[c].begin && range.end >= box[c].end;
      break;
    }
    if (!touches) return Relation::kApart;
    if (!contains) relation = Relation::kCuts;
  }
  return relation;
}

Cut BestCut(absl::Span<const PositionRange> box, absl::Span<const Region* const> regions) {
  Cut best;
  int64_t best_score = std::numeric_limits<int64_t>::max();
  std::vector<int32_t> begins, ends;
  std::vector<char> face;
  for (size_t c = 0; c < box.size(); ++c) {
    const PositionRange span = box[c];
    const auto width = static_cast<size_t>(span.end - span.begin);
    if (width < 2) continue;
    // By position: how many regions begin there, how many have ended there, and whether one has a face there.
    begins.assign(width + 1, 0);
    ends.assign(width + 1, 0);
    face.assign(width + 1, 0);
    bool any = false;
    for (const Region* region : regions) {
      int32_t first = span.end, last = span.begin;
      for (const PositionRange& range : (*region)[c]) {
        const int32_t low = std::max(range.begin, span.begin), high = std::min(range.end, span.end);
        if (low >= high) continue;
        first = std::min(first, low);
        last = std::max(last, high);
        if (low > span.begin) face[static_cast<size_t>(low - span.begin)] = 1, any = true;
        if (high < span.end) face[static_cast<size_t>(high - span.begin)] = 1, any = true;
      }
      ++begins[static_cast<size_t>(first - span.begin)];
      ++ends[static_cast<size_t>(last - span.begin)];
    }
    if (!any) continue;
    const auto count = static_cast<int64_t>(regions.size());
    int64_t left = 0, ended = 0;
    for (size_t p = 1; p < width; ++p) {
      left += begins[p - 1];  // regions with something before p
      ended += ends[p];       // regions with nothing from p on
      if (face[p] == 0) continue;
      const int64_t right = count - ended;
      const int64_t score = std::max(left, right) * 4 + left + right;
      if (score < best_score) {
        best_score = score;
        best = {static_cast<int32_t>(c), span.begin + static_cast<int32_t>(p)};
      }
    }
  }
  return best;
}

namespace {

class Search {
 public:
  Search(const Box& domain, absl::Span<const Box* const> rules, int64_t& work,
         const std::function<bool(const Box&)>& emit)
      : work_(work), emit_(emit) {
    for (const SegmentSet& column : domain) positions_.emplace_back(column);
    for (const Box* rule : rules) {
      Region region;
      bool empty = false;
      for (size_t c = 0; c < domain.size(); ++c) {
        region.push_back(positions_[c].Of((*rule)[c]));
        empty = empty || region.back().empty();
      }
      if (!empty) regions_.push_back(std::move(region));
    }
  }

  bool Run() {
    std::vector<PositionRange> box;
    for (const Positions& column : positions_) {
      if (column.size() == 0) return true;
      box.push_back({0, column.size()});
    }
    std::vector<const Region*> all;
    all.reserve(regions_.size());
    for (const Region& region : regions_) all.push_back(&region);
    Visit(box, all);
    return work_ > 0;
  }

 private:
  // False: stop.
  bool Visit(std::vector<PositionRange>& box, const std::vector<const Region*>& candidates) {
    work_ -= static_cast<int64_t>(candidates.size() * box.size()) + 1;
    if (work_ <= 0) return false;
    std::vector<const Region*> cutting;
    for (const Region* region : candidates) {
      const Relation relation = Relate(*region, box);
      if (relation == Relation::kContains) return true;
      if (relation == Relation::kCuts) cutting.push_back(region);
    }
    if (cutting.empty()) {
      Box found;
      for (size_t c = 0; c < box.size(); ++c) found.push_back(positions_[c].Back(box[c]));
      return emit_(found);
    }
    for (const PositionRange& range : box) work_ -= range.end - range.begin;
    const Cut cut = BestCut(box, cutting);
    PositionRange& side = box[static_cast<size_t>(cut.column)];
    const PositionRange whole = side;
    side.end = cut.position;
    bool go_on = Visit(box, cutting);
    if (go_on) {
      box[static_cast<size_t>(cut.column)] = {cut.position, whole.end};
      go_on = Visit(box, cutting);
    }
    box[static_cast<size_t>(cut.column)] = whole;
    return go_on;
  }

  std::vector<Positions> positions_;
  std::vector<Region> regions_;
  int64_t& work_;
  const std::function<bool(const Box&)>& emit_;
};

}  // namespace

bool ForEachUncovered(const Box& domain, absl::Span<const Box* const> rules, int64_t& work,
                      const std::function<bool(const Box&)>& emit) {
  return Search(domain, rules, work, emit).Run();
}

}  // namespace lianhu::routing
