// Timers that only go forwards: a radix heap over instants.
//
// Push takes an instant not before the last one popped; Pop gives back all timers of the earliest instant, in order of
// key, whatever the order of pushing. A timer cannot be taken out: whoever has set a later one ignores the earlier when
// it comes. A timer is moved at most as often as its instant has bits (33), each move being a copy from one array to
// another, so that n timers cost O(n log C) for instants up to C seconds apart. Asking in vain costs O(log C).
// Source: Ahuja, Mehlhorn, Orlin, Tarjan, "Faster algorithms for the shortest path problem", J. ACM 37 (1990).
#ifndef LIANHU_ROUTING_TIMER_QUEUE_H_
#define LIANHU_ROUTING_TIMER_QUEUE_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

#include "lianhu/routing/civil_day.h"

namespace lianhu::routing {

class TimerQueue {
 public:
  struct Timer {
    Instant at = 0;
    int32_t key = 0;
  };

  // kMinInstant <= timer.at <= kMaxInstant + 1; an instant before the last one popped counts as that.
  void Push(Timer timer) {
    timer.at = std::max(timer.at, last_);
    Put(timer);
    ++size_;
  }

  // Moves the earliest timers, all those of one instant <= until, to `due` (cleared first) in ascending order of key;
  // false when there is none. `last popped` becomes that instant.
  bool Pop(Instant until, std::vector<Timer>& due) {
    due.clear();
    if (size_ == 0) return false;
    if (buckets_[0].empty() && !Refill(until)) return false;
    if (last_ > until) return false;
    due.swap(buckets_[0]);
    size_ -= static_cast<int64_t>(due.size());
    std::sort(due.begin(), due.end(), [](const Timer& a, const Timer& b) { return a.key < b.key; });
    return true;
  }

  int64_t size() const { return size_; }

 private:
  // The highest bit in which an instant differs from the last one popped, plus one; 0 for that instant itself.
  size_t BucketOf(Instant at) const {
    return static_cast<size_t>(std::bit_width(static_cast<uint64_t>(at) ^ static_cast<uint64_t>(last_)));
  }

  void Put(Timer timer) {
    const size_t bucket = BucketOf(timer.at);
    buckets_[bucket].push_back(timer);
    least_[bucket] = std::min(least_[bucket], timer.at);
  }

  // Spreads the first bucket that is not empty over those below it, if its least instant is <= until.
  bool Refill(Instant until) {
    size_t first = 1;
    while (buckets_[first].empty()) ++first;
    if (least_[first] > until) return false;
    last_ = least_[first];
    least_[first] = kNever;
    spread_.swap(buckets_[first]);
    for (const Timer& timer : spread_) Put(timer);
    spread_.clear();
    return true;
  }

  static constexpr Instant kNever = std::numeric_limits<Instant>::max();
  static constexpr std::array<Instant, 65> kAllNever = [] {
    std::array<Instant, 65> never{};
    never.fill(kNever);
    return never;
  }();

  std::array<std::vector<Timer>, 65> buckets_;
  std::array<Instant, 65> least_ = kAllNever;  // by bucket; that of bucket 0 is not kept
  std::vector<Timer> spread_;
  Instant last_ = 0;
  int64_t size_ = 0;
};

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_TIMER_QUEUE_H_
