// One case as a pure state machine: Step(case, event, now) -> case and actions.
//
//   registered --accept--> accepted --take--> in hand --answer--> answered --close--> closed --rate--> rated
//
// beside which an office may be asked (assign -> assigned), give the case back (return -> returned), be granted more
// time (extend -> extended) or put it off (defer -> deferred, until resume), and a resident may reopen it (reopen ->
// reopened). NextState() is the whole table; whatever is not in it is refused, with the events that are legal named.
//
// Who answers for a case. The office first asked is responsible from the start. When another is asked, by assign or by
// a breach, the first stays responsible until the other accepts or takes the case in hand; if it returns the case, or
// another is asked instead, nothing has changed hands.
//
// Time. A case keeps its budget, what is left of it and since when it runs, not only a due instant. Suspend and defer
// stop the clock, resume starts it with what is left. An answer stops it for good; reopening starts the whole limit
// anew and adds one to the failed attempts. A case answered at the due instant is in time; the breach comes a second
// later. What a warning or a breach does is the EscalationPolicy's; the limit begins anew at a breach.
//
// A case knows no person but the one in the office, and no text. Step has no state, reads no clock, allocates nothing
// and is deterministic; docket.h keeps many cases and their timers.
#ifndef LIANHU_ROUTING_CASE_H_
#define LIANHU_ROUTING_CASE_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/posts.h"
#include "lianhu/routing/civil_day.h"
#include "lianhu/routing/escalation.h"
#include "lianhu/routing/office.h"
#include "lianhu/routing/work_calendar.h"

namespace lianhu::routing {

enum class CaseState : uint8_t {
  kRegistered = 0,
  kAccepted = 1,
  kAssigned = 2,
  kInHand = 3,
  kAnswered = 4,
  kClosed = 5,
  kRated = 6,
  kReturned = 7,
  kExtended = 8,
  kDeferred = 9,
  kReopened = 10,
};
inline constexpr int32_t kCaseStates = 11;

enum class EventKind : uint8_t {
  kAccept = 0,   // the office asked, or the responsible one, accepts
  kAssign = 1,   // `unit` is asked
  kTake = 2,     // the office asked, or the responsible one, takes it in hand
  kAnswer = 3,   // the resident has been answered
  kClose = 4,    // `good`: resolved
  kRate = 5,     // `good`: the resident is satisfied
  kReturn = 6,   // the office asked, or the responsible one, gives it back
  kExtend = 7,   // more time is approved: `budget`, on the clock of the limit
  kDefer = 8,    // put off until resume
  kSuspend = 9,  // the clock stops until resume
  kResume = 10,
  kReopen = 11,
  kTimer = 12,  // the docket's own: `next_timer` has come
};
inline constexpr int32_t kEventKinds = 13;

// "in hand" / "办理中"; "take" / "办理".
absl::string_view CaseStateName(CaseState state);
absl::string_view CaseStateNameChinese(CaseState state);
absl::string_view EventKindName(EventKind kind);

struct Event {
  EventKind kind = EventKind::kAccept;
  // Who is asked (assign), or which office acts (accept, take, return; kNoUnit: the one asked if there is one, else the
  // responsible one).
  Unit unit = kNoUnit;
  TimeBudget budget = {};  // extend
  bool good = true;        // close, rate
};

// An office and who acts for it: `unit` is the office asked, `person` may act from a unit above when nobody is there.
struct Office {
  Unit unit = kNoUnit;
  Person person = kVacant;
  friend bool operator==(const Office&, const Office&) = default;
};

enum class Verdict : int8_t { kUnknown = -1, kNo = 0, kYes = 1 };

struct Case {
  Unit place = kNoUnit;  // where it happened
  int32_t category = 0;  // an index of the taxonomy
  uint8_t mode = 0;      // routing/router.h's Mode
  uint8_t severity = 1;  // 1..4

  CaseState state = CaseState::kRegistered;
  CaseState resume_state = CaseState::kRegistered;  // of a deferred case
  bool suspended = false;
  bool supervised = false;
  uint8_t warned = 0;  // warnings given for the limit that runs
  Verdict resolved = Verdict::kUnknown;
  Verdict satisfied = Verdict::kUnknown;
  int32_t attempts = 0;    // failed attempts, those before registration included
  int32_t reopened = 0;    // times
  int32_t breaches = 0;    // of any limit
  int32_t extensions = 0;  // granted

  Office responsible = {};
  Office asked = {};  // unit kNoUnit: nobody is asked

  TimeBudget limit = {};
  int64_t left = 0;                 // of the limit, on its clock, at running_since
  int64_t used = 0;                 // seconds of HoursOf(limit.clock) spent before running_since
  Instant running_since = 0;        // when the clock last started
  Instant due = 0;                  // meaningless while the clock stands
  Instant next_timer = kNoInstant;  // the next warning or breach
  Instant respond_by = kNoInstant;
  Instant registered = kNoInstant;
  Instant responded = kNoInstant;  // first accepted, taken in hand or answered
  Instant answered = kNoInstant;   // last
  Instant closed = kNoInstant;     // last
  Instant stopped = kNoInstant;    // when the clock last stopped
  int64_t stopped_seconds = 0;     // stood still in all, suspended or deferred
  int64_t shortest_stand = -1;     // seconds from an answer or closing to the reopening after it, the least; -1: none

  friend bool operator==(const Case&, const Case&) = default;
};

// Answered, closed or rated; the others are open.
constexpr bool IsOpen(CaseState state) {
  return state != CaseState::kAnswered && state != CaseState::kClosed && state != CaseState::kRated;
}
// Open, not suspended, not deferred: its clock runs.
constexpr bool IsRunning(const Case& c) {
  return IsOpen(c.state) && c.state != CaseState::kDeferred && !c.suspended;
}
// Whether the answer came within the limit: no breach before it. Meaningful once answered.
constexpr bool InTime(const Case& c) {
  return c.breaches == 0;
}

enum class ActionKind : uint8_t {
  kAsk = 0,        // an office is asked to take the case
  kTransfer = 1,   // the responsibility has passed to the office
  kWarn = 2,       // `value` percent of the time is gone
  kInform = 3,     // the same, to a unit above
  kEscalate = 4,   // breach number `value`: the unit above is asked
  kSupervise = 5,  // breach number `value`: under supervision from now on
  kGiveBack = 6,   // returned to the office that stays responsible
  kHandOver = 7,   // to the stand-in, or back to the holder
  kFollowUp = 8,   // answered: ask the resident
};
absl::string_view ActionKindName(ActionKind kind);

struct Action {
  ActionKind kind = ActionKind::kAsk;
  int32_t case_index = 0;  // set by the docket
  int32_t value = 0;
  Office office = {};
  Instant at = 0;
  friend bool operator==(const Action&, const Action&) = default;
};

class Actions {
 public:
  void Add(const Action& action) { actions_[size_++] = action; }
  int32_t size() const { return size_; }
  const Action* begin() const { return actions_.data(); }
  const Action* end() const { return actions_.data() + size_; }

 private:
  std::array<Action, 4> actions_;  // no event has more
  int32_t size_ = 0;
};

struct CaseStep {
  Case next;
  Actions actions;
};

// What Step goes by; everything outlives the call.
struct CaseRules {
  const WorkCalendar* calendar = nullptr;
  const EscalationPolicy* escalation = nullptr;
  Offices offices;
};

struct Registration {
  Unit place = kNoUnit;
  Unit office = kNoUnit;  // who is asked first, and so responsible
  int32_t category = 0;
  uint8_t mode = 0;
  uint8_t severity = 1;
  int32_t attempts = 0;
  TimeBudget limit = {};
  TimeBudget respond = {};  // amount 0 on the clock U: no response limit; else at most `limit`
};

// A case as registered at `now`, its clock running. Errors name the field: units not in the hierarchy, severity not
// 1..4, attempts negative, a budget that Validate refuses.
absl::StatusOr<CaseStep> RegisterCase(const Registration& registration, Instant now, const CaseRules& rules);

// One event at `now`, not before the last one. FailedPrecondition for an event that is not legal in the case's state:
// "a closed case does not take 'extend'; legal: rate, reopen". InvalidArgument for a unit that is not in the hierarchy
// or was not asked, and a budget on another clock. O(depth of the hierarchy + the calendar's O(log n)).
absl::StatusOr<CaseStep> Step(const Case& c, const Event& event, Instant now, const CaseRules& rules);

// The events that Step takes for this case, in order of EventKind, without kTimer; `extend` while extensions are left.
std::array<bool, kEventKinds> LegalEvents(const Case& c, const EscalationPolicy& escalation);

// The case with due and timers as another calendar has them: what is left of the limit, from when the clock last
// started. For a holiday list that was revised meanwhile.
Case Retimed(const Case& c, Instant now, const CaseRules& rules);

// The case with whoever acts for its offices just now, and a kHandOver for each office where that is somebody else.
CaseStep HandOver(const Case& c, Instant now, const CaseRules& rules);

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_CASE_H_
