#include "routing/case_states.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace lianhu::routing {
namespace {

// By state, then event; the letters are states, `.` is illegal, `=` stays. Resume is handled by the flags.
//   r registered  a accepted  s assigned  h in hand  w answered  c closed  t rated  b returned  x extended  d deferred
//   o reopened
constexpr absl::string_view kStateLetters = "rashwctbxdo";
constexpr absl::string_view kTable[kCaseStates] = {
    // accept, assign, take, answer, close, rate, return, extend, defer, suspend, resume, reopen, timer
    "ash...b..=...",  // registered
    ".shw..b.d=...",  // accepted
    "hsh...b..=...",  // assigned
    ".s.w..bxd=...",  // in hand
    "....c......o.",  // answered
    ".....t.....o.",  // closed
    "...........o.",  // rated
    "ash......=...",  // returned
    ".s.w..b.d=...",  // extended
    "..........=..",  // deferred
    "ash...b..=...",  // reopened
};

constexpr bool TableIsWhole() {
  for (const absl::string_view row : kTable) {
    if (row.size() != kEventKinds && row.size() != kEventKinds - 1) return false;
  }
  return true;
}
static_assert(TableIsWhole());

constexpr absl::string_view kStateNames[kCaseStates] = {"registered", "accepted", "assigned", "in hand",
                                                        "answered",   "closed",   "rated",    "returned",
                                                        "extended",   "deferred", "reopened"};
constexpr absl::string_view kStateNamesChinese[kCaseStates] = {
    "已登记", "已受理", "已交办", "办理中", "已答复", "已办结", "已评价", "已退回", "已延期", "已挂账", "重办"};
constexpr absl::string_view kEventNames[kEventKinds] = {"accept", "assign", "take",   "answer", "close",
                                                        "rate",   "return", "extend", "defer",  "suspend",
                                                        "resume", "reopen", "timer"};
constexpr absl::string_view kActionNames[] = {"ask",       "transfer",  "warn",      "inform",   "escalate",
                                              "supervise", "give_back", "hand_over", "follow_up"};

}  // namespace

int32_t NextState(CaseState state, EventKind kind, bool asked) {
  const absl::string_view row = kTable[static_cast<size_t>(state)];
  const auto event = static_cast<size_t>(kind);
  const char letter = event < row.size() ? row[event] : '.';
  if (letter == '=') return static_cast<int32_t>(state);
  if (letter != '.') return static_cast<int32_t>(kStateLetters.find(letter));
  // An office above that was asked at a breach while the case was being worked on.
  if (!asked || !IsOpen(state) || state == CaseState::kDeferred) return kIllegal;
  if (kind == EventKind::kAccept || kind == EventKind::kTake) {
    const bool only_accepted = state == CaseState::kAccepted && kind == EventKind::kAccept;
    return static_cast<int32_t>(only_accepted ? state : CaseState::kInHand);
  }
  return kind == EventKind::kReturn ? static_cast<int32_t>(state) : kIllegal;
}

std::array<bool, kEventKinds> LegalEvents(const Case& c, const EscalationPolicy& escalation) {
  std::array<bool, kEventKinds> legal = {};
  if (c.suspended || c.state == CaseState::kDeferred) {
    legal[static_cast<size_t>(EventKind::kResume)] = true;
    return legal;
  }
  for (int32_t kind = 0; kind < kEventKinds; ++kind) {
    legal[kind] = NextState(c.state, static_cast<EventKind>(kind), c.asked.unit != kNoUnit) != kIllegal;
  }
  if (c.extensions >= escalation.extensions) legal[static_cast<size_t>(EventKind::kExtend)] = false;
  return legal;
}

absl::string_view CaseStateName(CaseState state) {
  return kStateNames[static_cast<size_t>(state)];
}
absl::string_view CaseStateNameChinese(CaseState state) {
  return kStateNamesChinese[static_cast<size_t>(state)];
}
absl::string_view EventKindName(EventKind kind) {
  return kEventNames[static_cast<size_t>(kind)];
}
absl::string_view ActionKindName(ActionKind kind) {
  return kActionNames[static_cast<size_t>(kind)];
}

}  // namespace lianhu::routing
