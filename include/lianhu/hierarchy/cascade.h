// A notice passed on from a unit downward, level by level, until every household has it (一传到底): who has
// acknowledged, how far it has come, and where it stopped.
//
// The notice starts at one unit, the origin, and goes to every unit of its sub-tree, each of which is asked to
// acknowledge it once. The *targets* are the units it is meant for: those of one level (households) or, without one,
// the leaves; units below the targets have no part in it. What is told apart:
//   - acknowledged: a unit has said so itself. The origin has, at the moment of sending.
//   - heard: a unit or one below it has acknowledged, so the notice did come this far, whether or not the unit says so.
//   - reached: a target that has acknowledged. Coverage is reached targets / targets.
// A unit that has heard has *passed the notice on* to a child when that child has heard; children without a target
// below them are not waited for. A child that has not heard below a unit that has is where the notice stopped: it is to
// be sent again there, and every target that is not reached lies at or below exactly one such child (guarantee 2).
//
// Guarantees, each of which has a test:
//   1. The state depends on the set of acknowledgements alone, not on their order: of several by one unit the earliest
//      counts.
//   2. The targets of Retransmissions() sum to the targets not reached.
//   3. Counts are kept, not recomputed: an acknowledgement costs O(depth), a unit's counts O(1).
//
// Times are UTC seconds. A Cascade refers to the hierarchy it was created on, which must outlive it.
//
//   absl::StatusOr<Cascade> notice = Cascade::Create(street, {.origin = street.Find(430181002), .sent = now});
//   notice->Acknowledge(unit, now + 60);
//   notice->counts(Hierarchy::kRoot).reached;
#ifndef LIANHU_HIERARCHY_CASCADE_H_
#define LIANHU_HIERARCHY_CASCADE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/hierarchy/hierarchy.h"

namespace lianhu {

struct CascadeOptions {
  Unit origin = Hierarchy::kRoot;
  int64_t sent = 0;           // UTC seconds; no acknowledgement may be earlier
  int32_t target_level = -1;  // the level of the targets, or -1: the leaves
};

// Of a unit's sub-tree, the unit included; all 0 outside the origin's sub-tree.
struct CascadeCounts {
  int32_t targets = 0;
  int32_t reached = 0;         // targets that have acknowledged
  int32_t units = 0;           // that take part
  int32_t acknowledged = 0;    // of these
  int32_t children = 0;        // own children with a target at or below them
  int32_t children_heard = 0;  // of these
  friend bool operator==(const CascadeCounts&, const CascadeCounts&) = default;
};

enum class CascadeState : int32_t {
  kNotHeard = 0,  // nothing from here or below
  kStopped = 1,   // has the notice, and none of its children has heard
  kPartly = 2,    // some of its children have
  kPassedOn = 3,  // all of its children have, but some target below is not reached
  kComplete = 4,  // every target is reached; also: there is none, and the unit has heard
};

// Where the notice stopped: `to` has not heard, `from` above it has.
struct Retransmission {
  Unit from = kNoUnit;
  Unit to = kNoUnit;
  int32_t targets = 0;  // at or below `to`, none of them reached
  friend bool operator==(const Retransmission&, const Retransmission&) = default;
};

// A unit that has the notice and has not passed it on to all its children.
struct NotPassedOn {
  Unit unit = kNoUnit;
  int32_t children = 0;  // that have not heard
  int32_t targets = 0;   // at or below these
  friend bool operator==(const NotPassedOn&, const NotPassedOn&) = default;
};

class Cascade {
 public:
  static constexpr int64_t kNever = -1;

  // Errors name the option: an origin that is no unit, a sub-tree without a target, a time before 1970. O(n).
  static absl::StatusOr<Cascade> Create(const Hierarchy& hierarchy, const CascadeOptions& options);

  // Takes an acknowledgement; true when it is the unit's first. Errors name unit or time and change nothing: a unit
  // that takes no part, a time before the notice was sent. O(depth).
  absl::StatusOr<bool> Acknowledge(Unit unit, int64_t time);

  const CascadeOptions& options() const { return options_; }
  // Whether a unit of the hierarchy takes part. O(1).
  bool TakesPart(Unit unit) const { return counts_[unit].units > 0; }
  // O(1), for a unit of the hierarchy.
  const CascadeCounts& counts(Unit unit) const { return counts_[unit]; }
  int64_t acknowledged_at(Unit unit) const { return acknowledged_at_[unit]; }  // kNever: has not
  // O(1), for a unit that takes part.
  CascadeState state(Unit unit) const;

  // For each of `percents` (1..100): the seconds from sending until that share of the targets at or below `unit` was
  // reached, rounded up to whole targets; kNever where it is not yet, or there is no target. O(sub-tree) on average.
  std::vector<int64_t> SecondsToReach(Unit unit, absl::Span<const int32_t> percents) const;

  // From the top down, in order of units. O(n).
  std::vector<Retransmission> Retransmissions() const;
  // By targets, most first, then by unit. O(n log n).
  std::vector<NotPassedOn> NotPassedOnUnits() const;

  size_t MemoryBytes() const;

 private:
  Cascade(const Hierarchy& hierarchy, const CascadeOptions& options) : hierarchy_(&hierarchy), options_(options) {}

  bool IsTarget(Unit unit) const {
    return options_.target_level < 0 ? hierarchy_->is_leaf(unit) : hierarchy_->level(unit) == options_.target_level;
  }
  bool Waits(Unit unit) const { return counts_[unit].targets > 0 && counts_[unit].acknowledged == 0; }

  const Hierarchy* hierarchy_;
  CascadeOptions options_;
  std::vector<CascadeCounts> counts_;     // by unit
  std::vector<int64_t> acknowledged_at_;  // by unit
};

}  // namespace lianhu

#endif  // LIANHU_HIERARCHY_CASCADE_H_
