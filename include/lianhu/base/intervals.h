// Intervals of an ordered type, and what a set of them leaves out or covers twice.
//
// Used wherever bands must cover a range without hole and without overlap: the cells of a decision table, the grades of
// a scorecard. A bound that is absent is unbounded; a bound that is there is either part of the interval (closed) or
// not (open). [80,90) and [90,100] meet without hole and without overlap; [80,89] and [90,100] leave (89,90) out.
#ifndef LIANHU_BASE_INTERVALS_H_
#define LIANHU_BASE_INTERVALS_H_

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <vector>

#include "absl/types/span.h"

namespace lianhu {

// T needs `<` and `==` of a total order (no NaN). The order is taken as dense: (1,2) is not empty.
template <typename T>
struct Interval {
  std::optional<T> low;   // absent: no lower bound
  std::optional<T> high;  // absent: no upper bound
  bool low_closed = true;
  bool high_closed = true;

  friend bool operator==(const Interval& a, const Interval& b) {
    return a.low == b.low && a.high == b.high && (!a.low || a.low_closed == b.low_closed) &&
           (!a.high || a.high_closed == b.high_closed);
  }
};

template <typename T>
bool IsEmpty(const Interval<T>& interval) {
  if (!interval.low || !interval.high) return false;
  if (*interval.low < *interval.high) return false;
  return !(*interval.low == *interval.high) || !interval.low_closed || !interval.high_closed;
}

template <typename T>
bool Contains(const Interval<T>& interval, const T& value) {
  if (interval.low && (value < *interval.low || (!interval.low_closed && value == *interval.low))) return false;
  if (interval.high && (*interval.high < value || (!interval.high_closed && value == *interval.high))) return false;
  return true;
}

// True when `a` begins before `b`.
template <typename T>
bool BeginsBefore(const Interval<T>& a, const Interval<T>& b) {
  if (!a.low || !b.low) return !a.low && b.low;
  if (!(*a.low == *b.low)) return *a.low < *b.low;
  return a.low_closed && !b.low_closed;
}

// True when `a` ends before `b`.
template <typename T>
bool EndsBefore(const Interval<T>& a, const Interval<T>& b) {
  if (!a.high || !b.high) return a.high && !b.high;
  if (!(*a.high == *b.high)) return *a.high < *b.high;
  return !a.high_closed && b.high_closed;
}

// What both have in common; may be empty.
template <typename T>
Interval<T> Intersect(const Interval<T>& a, const Interval<T>& b) {
  const Interval<T>& later = BeginsBefore(a, b) ? b : a;
  const Interval<T>& sooner = EndsBefore(a, b) ? a : b;
  return {.low = later.low, .high = sooner.high, .low_closed = later.low_closed, .high_closed = sooner.high_closed};
}

namespace internal {

// The indices of the intervals that are not empty, by where they begin, then by index.
template <typename T>
std::vector<int32_t> ByBeginning(absl::Span<const Interval<T>> intervals) {
  std::vector<int32_t> order;
  for (size_t i = 0; i < intervals.size(); ++i) {
    if (!IsEmpty(intervals[i])) order.push_back(static_cast<int32_t>(i));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](int32_t a, int32_t b) { return BeginsBefore(intervals[a], intervals[b]); });
  return order;
}

}  // namespace internal

// The parts of `domain` that no interval covers, in ascending order. O(n log n).
template <typename T>
std::vector<Interval<T>> Uncovered(const Interval<T>& domain, absl::Span<const Interval<T>> intervals) {
  std::vector<Interval<T>> holes;
  Interval<T> rest = domain;
  for (const int32_t i : internal::ByBeginning(intervals)) {
    const Interval<T>& next = intervals[i];
    if (IsEmpty(rest)) break;
    if (next.low) {
      const Interval<T> hole = Intersect(
          rest, Interval<T>{.low = {}, .high = next.low, .low_closed = true, .high_closed = !next.low_closed});
      if (!IsEmpty(hole)) holes.push_back(hole);
    }
    if (!next.high) return holes;
    rest = Intersect(rest, Interval<T>{.low = next.high, .high = {}, .low_closed = !next.high_closed});
  }
  if (!IsEmpty(rest)) holes.push_back(rest);
  return holes;
}

template <typename T>
struct IntervalOverlap {
  int32_t first = 0;  // indices of the two, first < second
  int32_t second = 0;
  Interval<T> common;
};

// Every pair of intervals that share a value, and what they share. O(n log n + pairs) for intervals of like length.
template <typename T>
std::vector<IntervalOverlap<T>> Overlaps(absl::Span<const Interval<T>> intervals) {
  std::vector<IntervalOverlap<T>> overlaps;
  std::vector<int32_t> open;  // begun and perhaps not ended
  for (const int32_t i : internal::ByBeginning(intervals)) {
    open.erase(std::remove_if(open.begin(), open.end(),
                              [&](int32_t other) { return IsEmpty(Intersect(intervals[other], intervals[i])); }),
               open.end());
    for (const int32_t other : open) {
      overlaps.push_back({.first = std::min(i, other),
                          .second = std::max(i, other),
                          .common = Intersect(intervals[other], intervals[i])});
    }
    open.push_back(i);
  }
  return overlaps;
}

}  // namespace lianhu

#endif  // LIANHU_BASE_INTERVALS_H_
