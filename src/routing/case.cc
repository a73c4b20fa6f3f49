#include "lianhu/routing/case.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "routing/case_states.h"

namespace lianhu::routing {
namespace {

Office OfficeOf(Unit unit, const CaseRules& rules) {
  return {unit, ActingFor(rules.offices, unit).person};
}

// The unit `steps` above, or the root.
Unit Up(const Hierarchy& hierarchy, Unit unit, int32_t steps) {
  for (; steps > 0 && unit != Hierarchy::kRoot; --steps) unit = hierarchy.parent(unit);
  return unit;
}

bool IsUnit(const CaseRules& rules, Unit unit) {
  return unit >= 0 && unit < rules.offices.hierarchy->size();
}

// Seconds on the clock of hours that the whole limit takes as things stand.
int64_t WholeTime(const Case& c, const WorkCalendar& calendar) {
  return c.used + calendar.Between(HoursOf(c.limit.clock), c.running_since, c.due);
}

// The next warning or the breach, never before `now`.
void SetTimer(Case& c, Instant now, const CaseRules& rules) {
  const std::vector<Warning>& warnings = rules.escalation->warnings;
  Instant at = c.due + 1;
  if (c.warned < warnings.size()) {
    const int64_t share = (WholeTime(c, *rules.calendar) * warnings[c.warned].percent + 99) / 100 - c.used;
    const TimeBudget until{std::max<int64_t>(0, share), HoursOf(c.limit.clock)};
    at = std::min(rules.calendar->Add(c.running_since, until), c.due);
  }
  c.next_timer = std::max(at, now);
}

void StartClock(Case& c, Instant now, const CaseRules& rules) {
  c.running_since = now;
  c.due = rules.calendar->Add(now, {c.left, c.limit.clock});
  SetTimer(c, now, rules);
}

void BeginLimit(Case& c, Instant now, const CaseRules& rules) {
  c.left = c.limit.amount;
  c.used = 0;
  c.warned = 0;
  StartClock(c, now, rules);
}

void StopClock(Case& c, Instant now, const CaseRules& rules) {
  c.used += rules.calendar->Between(HoursOf(c.limit.clock), c.running_since, now);
  c.left = std::max<int64_t>(0, c.left - rules.calendar->Between(c.limit.clock, c.running_since, now));
  c.running_since = now;
  c.stopped = now;
  c.next_timer = kNoInstant;
}

void Resume(Case& c, Instant now, const CaseRules& rules) {
  c.stopped_seconds += now - c.stopped;
  if (c.state == CaseState::kDeferred) c.state = c.resume_state;
  c.suspended = false;
  StartClock(c, now, rules);
}

absl::Status Refusal(const Case& c, EventKind kind, const EscalationPolicy& escalation) {
  std::string legal;
  const std::array<bool, kEventKinds> events = LegalEvents(c, escalation);
  for (int32_t i = 0; i < kEventKinds; ++i) {
    if (events[i]) absl::StrAppend(&legal, legal.empty() ? "" : ", ", EventKindName(static_cast<EventKind>(i)));
  }
  const bool spent = kind == EventKind::kExtend && c.state == CaseState::kInHand && !c.suspended;
  return absl::FailedPreconditionError(
      absl::StrCat(c.suspended ? "a suspended case" : absl::StrCat("a case that is ", CaseStateName(c.state)),
                   " does not take '", EventKindName(kind), "'", spent ? " again" : "", "; legal: ", legal));
}

// The office that an accept, take or return comes from; `from_asked` when it is the one asked.
absl::Status CheckActor(const Case& c, const Event& event, bool& from_asked) {
  from_asked = c.asked.unit != kNoUnit && (event.unit == kNoUnit || event.unit == c.asked.unit);
  if (from_asked || event.unit == kNoUnit || event.unit == c.responsible.unit) return absl::OkStatus();
  return InvalidField("unit", -1, "neither asked nor responsible");
}

// Whoever was assigned is asked no more when the responsible office takes the case itself; the unit above that a breach
// has asked still is.
void Accept(Case& c, bool from_asked, bool was_assigned, Instant now, const CaseRules& rules, Actions& actions) {
  if (c.responded == kNoInstant) c.responded = now;
  if (!from_asked) {
    if (was_assigned) c.asked = {};
    return;
  }
  c.responsible = OfficeOf(c.asked.unit, rules);
  c.asked = {};
  actions.Add({.kind = ActionKind::kTransfer, .office = c.responsible, .at = now});
}

void Return(Case& c, bool from_asked, Instant now, const CaseRules& rules, Actions& actions) {
  const Unit above = Up(*rules.offices.hierarchy, c.responsible.unit, 1);
  const Office to = from_asked ? c.responsible : OfficeOf(above, rules);
  c.asked = {};
  actions.Add({.kind = ActionKind::kGiveBack, .office = to, .at = now});
}

void Answer(Case& c, Instant now, const CaseRules& rules, Actions& actions) {
  // A docket has let the breach happen by now; a lone Step has not.
  if (now > c.due && c.breaches == 0) c.breaches = 1;
  if (c.responded == kNoInstant) c.responded = now;
  StopClock(c, now, rules);
  c.answered = now;
  c.asked = {};
  actions.Add({.kind = ActionKind::kFollowUp, .office = c.responsible, .at = now});
}

void Reopen(Case& c, Instant now, const CaseRules& rules, Actions& actions) {
  const int64_t stood = now - (c.closed != kNoInstant ? c.closed : c.answered);
  c.shortest_stand = c.reopened == 0 ? stood : std::min(c.shortest_stand, stood);
  ++c.attempts;
  ++c.reopened;
  c.resolved = c.satisfied = Verdict::kUnknown;
  c.closed = kNoInstant;
  c.responsible = OfficeOf(c.responsible.unit, rules);
  BeginLimit(c, now, rules);
  actions.Add({.kind = ActionKind::kAsk, .office = c.responsible, .at = now});
}

void Warn(Case& c, Instant now, const CaseRules& rules, Actions& actions) {
  const Warning& warning = rules.escalation->warnings[c.warned++];
  actions.Add({.kind = ActionKind::kWarn, .value = warning.percent, .office = c.responsible, .at = now});
  const Unit above = Up(*rules.offices.hierarchy, c.responsible.unit, warning.up);
  if (above != c.responsible.unit) {
    actions.Add({.kind = ActionKind::kInform, .value = warning.percent, .office = OfficeOf(above, rules), .at = now});
  }
  SetTimer(c, now, rules);
}

void BreachLimit(Case& c, Instant now, const CaseRules& rules, Actions& actions) {
  const std::vector<Breach>& breaches = rules.escalation->breaches;
  const Breach& breach = breaches[std::min<size_t>(c.breaches, breaches.size() - 1)];
  ++c.breaches;
  const Unit last_asked = c.asked.unit != kNoUnit ? c.asked.unit : c.responsible.unit;
  const Unit above = Up(*rules.offices.hierarchy, last_asked, breach.up);
  const bool at_its_end = c.supervised && above == last_asked;
  if (above != last_asked) {
    c.asked = OfficeOf(above, rules);
    actions.Add({.kind = ActionKind::kEscalate, .value = c.breaches, .office = c.asked, .at = now});
  }
  if (breach.supervise && !c.supervised) {
    c.supervised = true;
    actions.Add({.kind = ActionKind::kSupervise, .value = c.breaches, .office = OfficeOf(above, rules), .at = now});
  }
  if (at_its_end) {
    c.next_timer = kNoInstant;
  } else {
    BeginLimit(c, now, rules);
  }
}

}  // namespace

absl::StatusOr<CaseStep> RegisterCase(const Registration& registration, Instant now, const CaseRules& rules) {
  if (!IsUnit(rules, registration.place)) return InvalidField("place", -1, "not a unit of the hierarchy");
  if (!IsUnit(rules, registration.office)) return InvalidField("office", -1, "not a unit of the hierarchy");
  if (registration.severity < 1 || registration.severity > 4) return InvalidField("severity", -1, "need 1 to 4");
  if (registration.attempts < 0) return InvalidField("attempts", -1, "must not be negative");
  if (now < kMinInstant || now > kMaxInstant) return InvalidField("at", -1, "out of range 2000 to 2199");
  if (absl::Status status = Validate(registration.limit); !status.ok()) return status;
  if (absl::Status status = Validate(registration.respond); !status.ok()) return status;

  CaseStep step;
  Case& c = step.next;
  c.place = registration.place;
  c.category = registration.category;
  c.mode = registration.mode;
  c.severity = registration.severity;
  c.attempts = registration.attempts;
  c.responsible = OfficeOf(registration.office, rules);
  c.limit = registration.limit;
  c.registered = now;
  const bool respond_limited = registration.respond != TimeBudget{};
  BeginLimit(c, now, rules);
  if (respond_limited) c.respond_by = std::min(rules.calendar->Add(now, registration.respond), c.due);
  step.actions.Add({.kind = ActionKind::kAsk, .office = c.responsible, .at = now});
  return step;
}

absl::StatusOr<CaseStep> Step(const Case& c, const Event& event, Instant now, const CaseRules& rules) {
  CaseStep step{.next = c, .actions = {}};
  Case& next = step.next;
  Actions& actions = step.actions;
  if (event.kind == EventKind::kTimer) {
    if (!IsRunning(c) || c.next_timer == kNoInstant || c.next_timer > now) {
      return absl::FailedPreconditionError("no timer of the case has come");
    }
    if (now > c.due) {
      BreachLimit(next, now, rules, actions);
    } else {
      Warn(next, now, rules, actions);
    }
    return step;
  }

  if (!LegalEvents(c, *rules.escalation)[static_cast<size_t>(event.kind)]) {
    return Refusal(c, event.kind, *rules.escalation);
  }
  if (event.kind == EventKind::kResume) {
    Resume(next, now, rules);
    return step;
  }
  bool from_asked = false;
  next.state = static_cast<CaseState>(NextState(c.state, event.kind, c.asked.unit != kNoUnit));
  switch (event.kind) {
    case EventKind::kAccept:
    case EventKind::kTake:
      if (absl::Status status = CheckActor(c, event, from_asked); !status.ok()) return status;
      // Only the office asked may step in where the case itself is past accepting.
      if (!from_asked && NextState(c.state, event.kind, false) == kIllegal) {
        return Refusal(c, event.kind, *rules.escalation);
      }
      Accept(next, from_asked, c.state == CaseState::kAssigned, now, rules, actions);
      break;
    case EventKind::kReturn:
      if (absl::Status status = CheckActor(c, event, from_asked); !status.ok()) return status;
      if (from_asked && c.state != CaseState::kAssigned) next.state = c.state;
      Return(next, from_asked, now, rules, actions);
      break;
    case EventKind::kAssign:
      if (!IsUnit(rules, event.unit)) return InvalidField("unit", -1, "not a unit of the hierarchy");
      if (event.unit == c.responsible.unit) return InvalidField("unit", -1, "is responsible already");
      next.asked = OfficeOf(event.unit, rules);
      actions.Add({.kind = ActionKind::kAsk, .office = next.asked, .at = now});
      break;
    case EventKind::kAnswer:
      Answer(next, now, rules, actions);
      break;
    case EventKind::kClose:
      next.closed = now;
      next.resolved = event.good ? Verdict::kYes : Verdict::kNo;
      break;
    case EventKind::kRate:
      next.satisfied = event.good ? Verdict::kYes : Verdict::kNo;
      break;
    case EventKind::kExtend:
      if (absl::Status status = Validate(event.budget); !status.ok()) return status;
      if (event.budget.clock != c.limit.clock || event.budget.amount == 0) {
        return InvalidField("budget", -1,
                            absl::StrCat("need more than nothing on the clock of the limit, ", FormatBudget(c.limit)));
      }
      ++next.extensions;
      next.left += event.budget.amount;
      next.due = rules.calendar->Add(next.running_since, {next.left, next.limit.clock});
      SetTimer(next, now, rules);
      break;
    case EventKind::kDefer:
      next.resume_state = c.state;
      StopClock(next, now, rules);
      break;
    case EventKind::kSuspend:
      next.suspended = true;
      StopClock(next, now, rules);
      break;
    case EventKind::kReopen:
      Reopen(next, now, rules, actions);
      break;
    case EventKind::kResume:
    case EventKind::kTimer:
      break;
  }
  return step;
}

Case Retimed(const Case& c, Instant now, const CaseRules& rules) {
  Case next = c;
  if (!IsRunning(c) || c.next_timer == kNoInstant) return next;
  next.due = rules.calendar->Add(c.running_since, {c.left, c.limit.clock});
  SetTimer(next, now, rules);
  return next;
}

CaseStep HandOver(const Case& c, Instant now, const CaseRules& rules) {
  CaseStep step{.next = c, .actions = {}};
  for (Office Case::*office : {&Case::responsible, &Case::asked}) {
    if ((c.*office).unit == kNoUnit) continue;
    const Office acting = OfficeOf((c.*office).unit, rules);
    if (acting == c.*office) continue;
    step.next.*office = acting;
    step.actions.Add({.kind = ActionKind::kHandOver, .office = acting, .at = now});
  }
  return step;
}

absl::Status Validate(const EscalationPolicy& policy) {
  if (policy.warnings.size() > 8) return InvalidField("warnings", -1, "more than 8");
  int32_t last = 0;
  for (size_t i = 0; i < policy.warnings.size(); ++i) {
    const auto row = static_cast<int64_t>(i);
    const Warning& warning = policy.warnings[i];
    if (warning.percent <= last || warning.percent > 99) return InvalidField("warnings", row, "need 1..99, ascending");
    if (warning.up < 0 || warning.up > 16) return InvalidField("warnings", row, "need 0 to 16 steps up");
    last = warning.percent;
  }
  if (policy.breaches.empty() || policy.breaches.size() > 16) return InvalidField("breaches", -1, "need 1 to 16");
  for (size_t i = 0; i < policy.breaches.size(); ++i) {
    if (policy.breaches[i].up < 0 || policy.breaches[i].up > 16) {
      return InvalidField("breaches", static_cast<int64_t>(i), "need 0 to 16 steps up");
    }
  }
  if (policy.extensions < 0 || policy.extensions > 100) return InvalidField("extensions", -1, "need 0 to 100");
  return absl::OkStatus();
}

}  // namespace lianhu::routing
