#include "lianhu/hierarchy/cascade.h"

#include <algorithm>
#include <tuple>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hierarchy/columns.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/ancestry.h"

namespace lianhu {

absl::StatusOr<Cascade> Cascade::Create(const Hierarchy& hierarchy, const CascadeOptions& options) {
  if (options.origin < 0 || options.origin >= hierarchy.size()) {
    return InvalidField("origin", -1,
                        absl::StrCat("is ", options.origin, ", which is no unit of 0..", hierarchy.size() - 1));
  }
  if (options.sent < 0) return InvalidField("sent", -1, absl::StrCat("is ", options.sent, ", before 1970"));
  Cascade cascade(hierarchy, options);
  cascade.counts_.resize(hierarchy.size());
  cascade.acknowledged_at_.assign(hierarchy.size(), kNever);

  const std::vector<UnitRange> runs = SubtreeRuns(hierarchy, options.origin);
  for (const UnitRange& run : runs) {
    for (const Unit unit : run) {
      const Unit parent = hierarchy.parent(unit);
      const bool below_a_target = unit != options.origin && (!cascade.TakesPart(parent) || cascade.IsTarget(parent));
      if (!below_a_target) cascade.counts_[unit] = {.targets = cascade.IsTarget(unit), .units = 1};
    }
  }
  // Children before parents: the last run first.
  for (auto run = runs.rbegin(); run != runs.rend() - 1; ++run) {
    for (const Unit unit : *run) {
      const CascadeCounts& own = cascade.counts_[unit];
      CascadeCounts& above = cascade.counts_[hierarchy.parent(unit)];
      above.targets += own.targets;
      above.units += own.units;
      above.children += own.targets > 0;
    }
  }
  if (cascade.counts_[options.origin].targets == 0) {
    return InvalidField("target_level", -1,
                        absl::StrCat(UnitName(options.origin, hierarchy.view().codes), " has no unit of level ",
                                     options.target_level, " in its sub-tree"));
  }
  if (const auto status = cascade.Acknowledge(options.origin, options.sent); !status.ok()) return status.status();
  return cascade;
}

absl::StatusOr<bool> Cascade::Acknowledge(Unit unit, int64_t time) {
  if (unit < 0 || unit >= hierarchy_->size() || !TakesPart(unit)) {
    return InvalidField("unit", -1, absl::StrCat(unit, " takes no part in the notice"));
  }
  if (time < options_.sent) {
    return InvalidField("time", -1, absl::StrCat(time, " is before the notice was sent, at ", options_.sent));
  }
  if (acknowledged_at_[unit] != kNever) {
    acknowledged_at_[unit] = std::min(acknowledged_at_[unit], time);
    return false;
  }
  acknowledged_at_[unit] = time;
  const int32_t target = IsTarget(unit);
  for (Unit up = unit;; up = hierarchy_->parent(up)) {
    CascadeCounts& counts = counts_[up];
    counts.reached += target;
    ++counts.acknowledged;
    if (up == options_.origin) return true;
    if (counts.acknowledged == 1 && counts.targets > 0) ++counts_[hierarchy_->parent(up)].children_heard;
  }
}

CascadeState Cascade::state(Unit unit) const {
  const CascadeCounts& counts = counts_[unit];
  if (counts.acknowledged == 0) return CascadeState::kNotHeard;
  if (counts.reached == counts.targets) return CascadeState::kComplete;
  if (counts.children_heard == counts.children) return CascadeState::kPassedOn;
  return counts.children_heard == 0 ? CascadeState::kStopped : CascadeState::kPartly;
}

std::vector<int64_t> Cascade::SecondsToReach(Unit unit, absl::Span<const int32_t> percents) const {
  std::vector<int64_t> times;
  times.reserve(counts_[unit].reached);
  for (const UnitRange& run : SubtreeRuns(*hierarchy_, unit)) {
    for (const Unit below : run) {
      if (acknowledged_at_[below] != kNever && IsTarget(below)) times.push_back(acknowledged_at_[below]);
    }
  }
  std::vector<int64_t> seconds;
  for (const int32_t percent : percents) {
    const int64_t wanted = (int64_t{counts_[unit].targets} * percent + 99) / 100;
    if (wanted < 1 || wanted > counts_[unit].reached) {
      seconds.push_back(kNever);
      continue;
    }
    const auto last = times.begin() + (wanted - 1);
    std::nth_element(times.begin(), last, times.end());
    seconds.push_back(*last - options_.sent);
  }
  return seconds;
}

std::vector<Retransmission> Cascade::Retransmissions() const {
  std::vector<Retransmission> list;
  for (const UnitRange& run : SubtreeRuns(*hierarchy_, options_.origin)) {
    for (const Unit unit : run) {
      if (unit == options_.origin || !Waits(unit)) continue;
      const Unit parent = hierarchy_->parent(unit);
      if (counts_[parent].acknowledged > 0) list.push_back({parent, unit, counts_[unit].targets});
    }
  }
  return list;
}

std::vector<NotPassedOn> Cascade::NotPassedOnUnits() const {
  std::vector<NotPassedOn> list;
  for (const Retransmission& stop : Retransmissions()) {  // the children of one unit follow each other
    if (list.empty() || list.back().unit != stop.from) list.push_back({stop.from, 0, 0});
    ++list.back().children;
    list.back().targets += stop.targets;
  }
  std::sort(list.begin(), list.end(), [](const NotPassedOn& a, const NotPassedOn& b) {
    return std::tuple(-a.targets, a.unit) < std::tuple(-b.targets, b.unit);
  });
  return list;
}

size_t Cascade::MemoryBytes() const {
  return counts_.capacity() * sizeof(CascadeCounts) + acknowledged_at_.capacity() * sizeof(int64_t);
}

}  // namespace lianhu
