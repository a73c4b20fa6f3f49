#include "lianhu/routing/docket.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu::routing {
namespace {

constexpr Instant kNever = std::numeric_limits<Instant>::max();
constexpr int32_t kMaxCases = 1 << 28;

}  // namespace

Docket::Docket(const Hierarchy& hierarchy, const Posts& posts, const WorkCalendar& calendar,
               const EscalationPolicy& policy)
    : hierarchy_(&hierarchy), posts_(&posts), calendar_(calendar), policy_(policy) {}

absl::StatusOr<Docket> Docket::Create(const Hierarchy& hierarchy, const Posts& posts, const WorkCalendar& calendar,
                                      const EscalationPolicy& policy, absl::Span<const uint8_t> absent) {
  if (absl::Status status = Validate(policy); !status.ok()) return status;
  Docket docket(hierarchy, posts, calendar, policy);
  docket.absent_.assign(absent.begin(), absent.end());
  return docket;
}

absl::Status Docket::CheckTime(Instant at) const {
  if (at < now_) return InvalidField("at", -1, absl::StrCat("before the last event: ", now_ - at, " s"));
  if (at > kMaxInstant) return InvalidField("at", -1, "out of range 2000 to 2199");
  return absl::OkStatus();
}

void Docket::SetDue(int32_t case_index, const Case& c) {
  dues_[case_index] = IsRunning(c) ? c.due : kNever;
}

void Docket::Settle(int32_t case_index, const CaseStep& step, std::vector<Action>& actions) {
  Case& c = cases_[case_index];
  open_ += static_cast<int32_t>(IsOpen(step.next.state)) - static_cast<int32_t>(IsOpen(c.state));
  const bool moved = step.next.next_timer != c.next_timer;
  c = step.next;
  SetDue(case_index, c);
  if (moved && c.next_timer != kNoInstant) timers_.Push({c.next_timer, case_index});
  for (Action action : step.actions) {
    action.case_index = case_index;
    actions.push_back(action);
  }
}

void Docket::FireTimers(Instant until, std::vector<Action>& actions) {
  while (timers_.Pop(until, fired_)) {
    for (const TimerQueue::Timer& timer : fired_) {
      Case& c = cases_[timer.key];
      // Some event has set another timer since, or none.
      if (c.next_timer != timer.at) continue;
      absl::StatusOr<CaseStep> step = Step(c, {.kind = EventKind::kTimer}, timer.at, rules());
      // A timer set for the same instant again must be pushed again.
      c.next_timer = kNoInstant;
      if (step.ok()) Settle(timer.key, *step, actions);
    }
  }
  now_ = until;
}

absl::StatusOr<int32_t> Docket::Register(const Registration& registration, Instant at, std::vector<Action>& actions) {
  if (absl::Status status = CheckTime(at); !status.ok()) return status;
  if (size() >= kMaxCases) return absl::ResourceExhaustedError("the docket is full");
  const absl::StatusOr<CaseStep> step = RegisterCase(registration, at, rules());
  if (!step.ok()) return step.status();
  FireTimers(at, actions);
  const int32_t number = size();
  Case fresh;
  fresh.state = CaseState::kClosed;  // so that Settle counts it
  cases_.push_back(fresh);
  dues_.push_back(kNever);
  Settle(number, *step, actions);
  return number;
}

absl::Status Docket::Apply(int32_t case_index, const Event& event, Instant at, std::vector<Action>& actions) {
  if (absl::Status status = CheckTime(at); !status.ok()) return status;
  if (case_index < 0 || case_index >= size()) {
    return InvalidField("case", -1, absl::StrCat("no case ", case_index, "; there are ", size()));
  }
  if (event.kind == EventKind::kTimer) return InvalidField("kind", -1, "timers are the docket's own");
  // Timers of this case that come first may change what the event meets; they are tried on a copy, so that a refused
  // event leaves everything as it was.
  Case c = cases_[case_index];
  while (c.next_timer != kNoInstant && c.next_timer <= at) {
    const absl::StatusOr<CaseStep> timer = Step(c, {.kind = EventKind::kTimer}, c.next_timer, rules());
    if (!timer.ok()) return timer.status();
    c = timer->next;
  }
  const absl::StatusOr<CaseStep> step = Step(c, event, at, rules());
  if (!step.ok()) return step.status();
  FireTimers(at, actions);
  Settle(case_index, *step, actions);
  return absl::OkStatus();
}

absl::Status Docket::AdvanceTo(Instant at, std::vector<Action>& actions) {
  if (absl::Status status = CheckTime(at); !status.ok()) return status;
  FireTimers(at, actions);
  return absl::OkStatus();
}

absl::Status Docket::SetAbsent(Person person, bool absent, Instant at, std::vector<Action>& actions) {
  if (absl::Status status = CheckTime(at); !status.ok()) return status;
  if (posts_->PostsOf(person).empty()) {
    return InvalidField("person", -1, absl::StrCat("person ", person, " holds no post"));
  }
  FireTimers(at, actions);
  if (static_cast<size_t>(person) >= absent_.size()) absent_.resize(static_cast<size_t>(person) + 1, 0);
  absent_[person] = absent ? 1 : 0;
  for (int32_t i = 0; i < size(); ++i) {
    if (!IsOpen(cases_[i].state)) continue;
    const CaseStep step = HandOver(cases_[i], at, rules());
    if (step.actions.size() > 0) Settle(i, step, actions);
  }
  return absl::OkStatus();
}

absl::Status Docket::Revise(const WorkCalendar& calendar, Instant at, std::vector<Action>& actions) {
  if (absl::Status status = CheckTime(at); !status.ok()) return status;
  FireTimers(at, actions);
  calendar_ = calendar;
  for (int32_t i = 0; i < size(); ++i) Settle(i, {.next = Retimed(cases_[i], at, rules()), .actions = {}}, actions);
  return absl::OkStatus();
}

std::vector<int32_t> Docket::DueBy(Instant at) const {
  std::vector<int32_t> due;
  for (int32_t i = 0; i < size(); ++i) {
    if (dues_[i] <= at) due.push_back(i);
  }
  std::stable_sort(due.begin(), due.end(), [this](int32_t a, int32_t b) { return dues_[a] < dues_[b]; });
  return due;
}

}  // namespace lianhu::routing
