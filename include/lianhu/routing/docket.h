// The docket: many open cases and their timers.
//
// A Docket applies events to cases in order of time. Before each event it lets every timer up to that instant go off:
// warnings, breaches, in order of (instant, case). What happens is therefore a function of the events alone: replaying
// them gives the same cases and the same actions, byte for byte, however often AdvanceTo was called in between.
//
// Cases are numbered 0.. in order of registration and never leave; ids are the caller's. A million open cases take
// about 250 MB; advancing a timer takes well under a microsecond (docs/algorithms/docket.md has the figures).
//
//   absl::StatusOr<Docket> docket = Docket::Create(hierarchy, posts, calendar, policy);
//   int32_t number = docket->Register(registration, now, actions).value();
//   docket->Apply(number, {.kind = EventKind::kAccept}, now + 600, actions);
//   docket->AdvanceTo(tomorrow, actions);
//
// Errors leave the docket as it was before the event, its clock included.
#ifndef LIANHU_ROUTING_DOCKET_H_
#define LIANHU_ROUTING_DOCKET_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/posts.h"
#include "lianhu/routing/case.h"
#include "lianhu/routing/civil_day.h"
#include "lianhu/routing/escalation.h"
#include "lianhu/routing/timer_queue.h"
#include "lianhu/routing/work_calendar.h"

namespace lianhu::routing {

class Docket {
 public:
  // `hierarchy` and `posts` must outlive the docket; calendar and policy are copied. `absent` holds 1 for each person
  // who is away at the start and may be shorter than there are people.
  static absl::StatusOr<Docket> Create(const Hierarchy& hierarchy, const Posts& posts, const WorkCalendar& calendar,
                                       const EscalationPolicy& policy = {}, absl::Span<const uint8_t> absent = {});

  // Each appends what is to be done to `actions`, the timers' first. Errors: those of RegisterCase and Step, a case
  // that is not there, an instant before `now()` or after kMaxInstant.
  absl::StatusOr<int32_t> Register(const Registration& registration, Instant at, std::vector<Action>& actions);
  absl::Status Apply(int32_t case_index, const Event& event, Instant at, std::vector<Action>& actions);
  // All timers up to and including `at` go off.
  absl::Status AdvanceTo(Instant at, std::vector<Action>& actions);
  // From `at` on a person is away, or back: his cases go to the stand-in, or return to the holder. O(cases).
  absl::Status SetAbsent(Person person, bool absent, Instant at, std::vector<Action>& actions);
  // From `at` on another calendar holds: running limits are counted anew from when their clocks last started. O(cases).
  absl::Status Revise(const WorkCalendar& calendar, Instant at, std::vector<Action>& actions);

  // The cases whose clock runs and whose limit ends at or before `at`, by (due, case). O(cases + found log found).
  std::vector<int32_t> DueBy(Instant at) const;

  Instant now() const { return now_; }
  int32_t size() const { return static_cast<int32_t>(cases_.size()); }
  int32_t open() const { return open_; }
  const Case& operator[](int32_t case_index) const { return cases_[static_cast<size_t>(case_index)]; }
  absl::Span<const Case> cases() const { return cases_; }
  const WorkCalendar& calendar() const { return calendar_; }
  const EscalationPolicy& policy() const { return policy_; }
  const Hierarchy& hierarchy() const { return *hierarchy_; }

 private:
  Docket(const Hierarchy& hierarchy, const Posts& posts, const WorkCalendar& calendar, const EscalationPolicy& policy);

  CaseRules rules() const {
    return {.calendar = &calendar_,
            .escalation = &policy_,
            .offices = {.hierarchy = hierarchy_, .posts = posts_, .absent = absent_}};
  }
  absl::Status CheckTime(Instant at) const;
  void FireTimers(Instant until, std::vector<Action>& actions);
  // Puts the outcome of a step in place and its timer in the queue.
  void Settle(int32_t case_index, const CaseStep& step, std::vector<Action>& actions);
  void SetDue(int32_t case_index, const Case& c);

  const Hierarchy* hierarchy_;
  const Posts* posts_;
  WorkCalendar calendar_;
  EscalationPolicy policy_;
  std::vector<uint8_t> absent_;  // by person
  std::vector<Case> cases_;
  std::vector<Instant> dues_;  // of the cases whose clock runs, else kNever: what DueBy looks through
  TimerQueue timers_;
  std::vector<TimerQueue::Timer> fired_;
  Instant now_ = kMinInstant;
  int32_t open_ = 0;
};

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_DOCKET_H_
