// What a docket comes to: the three rates (response, resolution, satisfaction) and how old the open cases are, rolled
// up over the hierarchy.
#ifndef LIANHU_ROUTING_FIGURES_H_
#define LIANHU_ROUTING_FIGURES_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/routing/case.h"
#include "lianhu/routing/civil_day.h"

namespace lianhu::routing {

// Upper ends, in days since registration, of the classes of age; the last class is older than all of them.
inline constexpr std::array<int32_t, 5> kAgeDays = {1, 3, 7, 15, 30};
inline constexpr size_t kAgeClasses = kAgeDays.size() + 1;

// A share of what was due. Nothing due is not applicable, never nought per cent.
struct Rate {
  int64_t due = 0;
  int64_t met = 0;  // <= due
  bool applicable() const { return due > 0; }
  double value() const { return applicable() ? static_cast<double>(met) / static_cast<double>(due) : 0; }
  friend bool operator==(const Rate&, const Rate&) = default;
};

// Counts over some cases at one instant; they add up.
struct CaseFigures {
  int64_t cases = 0;
  int64_t open = 0;
  int64_t stopped = 0;     // open, suspended or deferred
  int64_t overdue = 0;     // open with a breach
  int64_t supervised = 0;  // open, under supervision
  int64_t reopened = 0;    // times
  // Due: a response limit that has been met or has passed. Met: responded to within it.
  Rate response;
  // Due: closed. Met: closed as resolved. A case that is reopened is due again when it is closed again.
  Rate resolution;
  // Due: rated. Met: satisfied.
  Rate satisfaction;
  // Due: answered, or open with a breach. Met: answered within the limit.
  Rate in_time;
  std::array<int64_t, kAgeClasses> open_by_age = {};

  CaseFigures& operator+=(const CaseFigures& other);
  friend bool operator==(const CaseFigures&, const CaseFigures&) = default;
};

// The figures of one case at `now`, not before its last event.
CaseFigures FiguresOf(const Case& c, Instant now);

// Which unit a case is counted for, and so for all units above it.
enum class CountedFor : int32_t {
  kPlace = 0,        // where it happened: what a community's people brought forward
  kResponsible = 1,  // the office responsible now: what it has to answer for
};

// Figures by unit, each over its sub-tree. O(cases + units).
std::vector<CaseFigures> FiguresByUnit(const Hierarchy& hierarchy, absl::Span<const Case> cases, Instant now,
                                       CountedFor counted_for);

// Figures by the level of the responsible unit, 0 to the deepest level of the hierarchy. O(cases).
std::vector<CaseFigures> FiguresByLevel(const Hierarchy& hierarchy, absl::Span<const Case> cases, Instant now);

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_FIGURES_H_
