#include "lianhu/routing/case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "lianhu/base/random.h"
#include "lianhu/base/status.h"
#include "routing/town.h"

namespace lianhu::routing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CaseTest : public ::testing::Test {
 protected:
  CaseRules Rules() { return {&WorkCalendar::China(), &policy_, {&tree_, &posts_, absent_}}; }

  // A case in micro-grid 8, 4 working hours, asked of its steward on Monday at 10:00.
  Case Registered(absl::string_view limit = "4H") {
    return RegisterCase(
               {.place = kTownMicroGrid, .office = kTownMicroGrid, .limit = ParseBudget(limit).value(), .respond = {}},
               At("2026-03-02 10:00"), Rules())
        .value()
        .next;
  }
  Case Do(const Case& c, const Event& event, absl::string_view at) {
    const absl::StatusOr<CaseStep> step = Step(c, event, At(at), Rules());
    EXPECT_TRUE(step.ok()) << step.status();
    actions_.assign(step->actions.begin(), step->actions.end());
    return step->next;
  }
  // A case brought into `state` by legal events, in the first hour.
  Case InState(CaseState state) {
    const absl::string_view at = "2026-03-02 10:30";
    Case c = Registered();
    const auto go = [&](std::initializer_list<EventKind> kinds) {
      for (const EventKind kind : kinds) {
        c = Do(c,
               {.kind = kind, .unit = kind == EventKind::kAssign ? 9 : kNoUnit, .budget = {3600, Clock::kWorkingHours}},
               at);
      }
    };
    using enum EventKind;
    switch (state) {
      case CaseState::kRegistered:
        break;
      case CaseState::kAccepted:
        go({kAccept});
        break;
      case CaseState::kAssigned:
        go({kAssign});
        break;
      case CaseState::kInHand:
        go({kTake});
        break;
      case CaseState::kAnswered:
        go({kTake, kAnswer});
        break;
      case CaseState::kClosed:
        go({kTake, kAnswer, kClose});
        break;
      case CaseState::kRated:
        go({kTake, kAnswer, kClose, kRate});
        break;
      case CaseState::kReturned:
        go({kReturn});
        break;
      case CaseState::kExtended:
        go({kTake, kExtend});
        break;
      case CaseState::kDeferred:
        go({kTake, kDefer});
        break;
      case CaseState::kReopened:
        go({kTake, kAnswer, kReopen});
        break;
    }
    EXPECT_EQ(c.state, state);
    return c;
  }

  const Hierarchy tree_ = TownTree();
  const Posts posts_ = TownPosts(tree_);
  EscalationPolicy policy_;
  std::vector<uint8_t> absent_;
  std::vector<Action> actions_;
};

// The whole table again, in words.
TEST_F(CaseTest, EveryTransitionIsLegalOrRefusedWithTheLegalOnesNamed) {
  const std::map<std::string, std::string> table = {
      {"registered", "accept accepted, assign assigned, take in hand, return returned, suspend registered"},
      {"accepted", "assign assigned, take in hand, answer answered, return returned, defer deferred, suspend accepted"},
      {"assigned", "accept in hand, assign assigned, take in hand, return returned, suspend assigned"},
      {"in hand",
       "assign assigned, answer answered, return returned, extend extended, defer deferred, suspend in hand"},
      {"answered", "close closed, reopen reopened"},
      {"closed", "rate rated, reopen reopened"},
      {"rated", "reopen reopened"},
      {"returned", "accept accepted, assign assigned, take in hand, suspend returned"},
      {"extended", "assign assigned, answer answered, return returned, defer deferred, suspend extended"},
      {"deferred", "resume in hand"},
      {"reopened", "accept accepted, assign assigned, take in hand, return returned, suspend reopened"},
  };
  int32_t refused = 0;
  for (int32_t s = 0; s < kCaseStates; ++s) {
    const auto state = static_cast<CaseState>(s);
    const Case c = InState(state);
    std::map<std::string, std::string> legal;
    std::vector<std::string> names;
    for (const absl::string_view entry : absl::StrSplit(table.at(std::string(CaseStateName(state))), ", ")) {
      const std::pair<std::string, std::string> pair = absl::StrSplit(entry, absl::MaxSplits(' ', 1));
      legal.insert(pair);
      names.push_back(pair.first);
    }
    for (int32_t k = 0; k < kEventKinds - 1; ++k) {
      const auto kind = static_cast<EventKind>(k);
      const Event event{
          .kind = kind, .unit = kind == EventKind::kAssign ? 10 : kNoUnit, .budget = {60, Clock::kWorkingHours}};
      const absl::StatusOr<CaseStep> step = Step(c, event, At("2026-03-02 10:40"), Rules());
      const auto found = legal.find(std::string(EventKindName(kind)));
      ASSERT_EQ(step.ok(), found != legal.end()) << CaseStateName(state) << " " << EventKindName(kind);
      if (step.ok()) {
        EXPECT_EQ(CaseStateName(step->next.state), found->second) << EventKindName(kind);
        continue;
      }
      ++refused;
      EXPECT_EQ(step.status().code(), absl::StatusCode::kFailedPrecondition);
      EXPECT_EQ(step.status().message(), absl::StrCat("a case that is ", CaseStateName(state), " does not take '",
                                                      EventKindName(kind), "'; legal: ", absl::StrJoin(names, ", ")));
    }
  }
  EXPECT_EQ(refused, kCaseStates * (kEventKinds - 1) - 42);
}

TEST_F(CaseTest, TheFirstOfficeStaysResponsibleUntilAnotherAccepts) {
  Case c = Do(Registered(), {.kind = EventKind::kAssign, .unit = 9}, "2026-03-02 10:10");
  EXPECT_EQ(c.responsible, (Office{8, 108}));
  EXPECT_EQ(c.asked, (Office{9, 109}));
  c = Do(c, {.kind = EventKind::kAssign, .unit = 10}, "2026-03-02 10:20");  // somebody else instead
  EXPECT_EQ(c.responsible, (Office{8, 108}));
  const Case back = Do(c, {.kind = EventKind::kReturn}, "2026-03-02 10:30");
  EXPECT_EQ(back.state, CaseState::kReturned);
  EXPECT_EQ(back.responsible, (Office{8, 108}));
  EXPECT_EQ(back.asked.unit, kNoUnit);
  EXPECT_THAT(actions_, ElementsAre(Action{ActionKind::kGiveBack, 0, 0, {8, 108}, At("2026-03-02 10:30")}));
  c = Do(c, {.kind = EventKind::kAccept, .unit = 10}, "2026-03-02 10:30");
  EXPECT_EQ(c.responsible, (Office{10, 110}));
  EXPECT_EQ(c.responded, At("2026-03-02 10:30"));
  EXPECT_THAT(actions_, ElementsAre(Action{ActionKind::kTransfer, 0, 0, {10, 110}, At("2026-03-02 10:30")}));
}

TEST_F(CaseTest, OnlyTheOfficesConcernedMayAccept) {
  const Case c = Do(Registered(), {.kind = EventKind::kAssign, .unit = 9}, "2026-03-02 10:10");
  const absl::Status status =
      Step(c, {.kind = EventKind::kAccept, .unit = 12}, At("2026-03-02 10:20"), Rules()).status();
  EXPECT_EQ(status.message(), "unit: neither asked nor responsible");
  // The responsible office may take it after all.
  const Case taken = Do(c, {.kind = EventKind::kTake, .unit = 8}, "2026-03-02 10:20");
  EXPECT_EQ(taken.responsible.unit, 8);
  EXPECT_EQ(taken.asked.unit, kNoUnit);
  EXPECT_FALSE(Step(c, {.kind = EventKind::kAssign, .unit = 99}, At("2026-03-02 10:20"), Rules()).ok());
  EXPECT_FALSE(Step(c, {.kind = EventKind::kAssign, .unit = 8}, At("2026-03-02 10:20"), Rules()).ok());
}

TEST_F(CaseTest, WarningsAtHalfAndFourFifthsThenTheBreach) {
  Case c = Registered();  // 10:00 + 4 h = 16:00 with lunch from 12:00 to 14:00
  EXPECT_EQ(Shown(c.due), "2026-03-02 16:00:00");
  EXPECT_EQ(Shown(c.next_timer), "2026-03-02 12:00:00");
  c = Do(c, {.kind = EventKind::kTimer}, "2026-03-02 12:00");
  EXPECT_THAT(actions_, ElementsAre(Action{ActionKind::kWarn, 0, 50, {8, 108}, At("2026-03-02 12:00")}));
  EXPECT_EQ(Shown(c.next_timer), "2026-03-02 15:12:00");
  c = Do(c, {.kind = EventKind::kTimer}, "2026-03-02 15:12");
  EXPECT_THAT(actions_, ElementsAre(Action{ActionKind::kWarn, 0, 80, {8, 108}, At("2026-03-02 15:12")},
                                    Action{ActionKind::kInform, 0, 80, {4, 104}, At("2026-03-02 15:12")}));
  EXPECT_FALSE(Step(c, {.kind = EventKind::kTimer}, At("2026-03-02 15:13"), Rules()).ok());
  const Case in_time =
      Do(Do(c, {.kind = EventKind::kTake}, "2026-03-02 15:30"), {.kind = EventKind::kAnswer}, "2026-03-02 16:00");
  EXPECT_TRUE(InTime(in_time));
  const Case late =
      Do(Do(c, {.kind = EventKind::kTake}, "2026-03-02 15:30"), {.kind = EventKind::kAnswer}, "2026-03-02 16:00:01");
  EXPECT_FALSE(InTime(late));
  EXPECT_EQ(Shown(c.next_timer), "2026-03-02 16:00:01");
}

TEST_F(CaseTest, ABreachGoesOneLevelUpAndTheSecondIsSupervised) {
  Case c = Registered("2U");
  std::vector<Unit> asked;
  std::vector<bool> supervised;
  while (c.next_timer != kNoInstant && asked.size() < 20) {
    for (const int32_t before = c.breaches; c.breaches == before;) {
      c = Step(c, {.kind = EventKind::kTimer}, c.next_timer, Rules()).value().next;
    }
    asked.push_back(c.asked.unit);
    supervised.push_back(c.supervised);
  }
  // Grid, community, street, county; once more at the county, then it stays overdue.
  EXPECT_THAT(asked, ElementsAre(4, 2, 1, 0, 0));
  EXPECT_THAT(supervised, ElementsAre(false, true, true, true, true));
  EXPECT_EQ(c.responsible.unit, 8);  // still, for nobody has accepted
  EXPECT_EQ(c.breaches, 5);
  c = Do(c, {.kind = EventKind::kTake}, "2026-03-03 10:00");
  EXPECT_EQ(c.responsible, (Office{0, 100}));
}

TEST_F(CaseTest, TheUnitAskedAtABreachMayTakeOverWhileTheCaseIsInHand) {
  Case c = Do(Registered("2U"), {.kind = EventKind::kTake}, "2026-03-02 10:10");
  while (c.breaches == 0) c = Step(c, {.kind = EventKind::kTimer}, c.next_timer, Rules()).value().next;
  EXPECT_EQ(c.state, CaseState::kInHand);
  EXPECT_EQ(c.asked.unit, 4);
  // The steward cannot take what he has; the grid may take or refuse it, and meanwhile he may still answer.
  EXPECT_EQ(Step(c, {.kind = EventKind::kTake, .unit = 8}, At("2026-03-02 13:00"), Rules()).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Do(c, {.kind = EventKind::kTake, .unit = 4}, "2026-03-02 13:00").responsible.unit, 4);
  const Case refused = Do(c, {.kind = EventKind::kReturn, .unit = 4}, "2026-03-02 13:00");
  EXPECT_EQ(refused.state, CaseState::kInHand);
  EXPECT_EQ(refused.responsible.unit, 8);
  const Case answered = Do(c, {.kind = EventKind::kAnswer}, "2026-03-02 13:00");
  EXPECT_EQ(answered.state, CaseState::kAnswered);
  EXPECT_FALSE(InTime(answered));
}

TEST_F(CaseTest, SuspensionFreezesTheClockAndTakesNothingButResume) {
  Case c = Do(Registered(), {.kind = EventKind::kTake}, "2026-03-02 10:30");
  c = Do(c, {.kind = EventKind::kSuspend}, "2026-03-02 11:00");
  EXPECT_EQ(c.next_timer, kNoInstant);
  EXPECT_EQ(c.left, 3 * 3600);
  const absl::Status refused = Step(c, {.kind = EventKind::kAnswer}, At("2026-03-03 10:00"), Rules()).status();
  EXPECT_EQ(refused.message(), "a suspended case does not take 'answer'; legal: resume");
  c = Do(c, {.kind = EventKind::kResume}, "2026-03-04 09:30");
  EXPECT_EQ(Shown(c.due), "2026-03-04 14:30:00");
  EXPECT_EQ(Shown(c.next_timer), "2026-03-04 10:30:00");  // half of four hours, one of which is gone
  EXPECT_EQ(c.stopped_seconds, 46 * 3600 + 1800);
  EXPECT_EQ(c.state, CaseState::kInHand);
}

TEST_F(CaseTest, DeferredAndBack) {
  Case c = Do(InState(CaseState::kExtended), {.kind = EventKind::kDefer}, "2026-03-02 11:00");
  EXPECT_FALSE(IsRunning(c));
  c = Do(c, {.kind = EventKind::kResume}, "2026-04-02 09:00");
  EXPECT_EQ(c.state, CaseState::kExtended);
  EXPECT_EQ(Shown(c.due), "2026-04-02 15:00:00");  // 5 h with the extension, 1 of them gone
}

TEST_F(CaseTest, OneApprovedExtension) {
  const Case c = InState(CaseState::kInHand);
  const Case extended = Do(c, {.kind = EventKind::kExtend, .budget = {7200, Clock::kWorkingHours}}, "2026-03-02 11:00");
  EXPECT_EQ(Shown(extended.due), "2026-03-03 09:00:00");
  const Case again = Do(Do(extended, {.kind = EventKind::kReturn}, "2026-03-02 11:10"), {.kind = EventKind::kTake},
                        "2026-03-02 11:20");
  EXPECT_EQ(
      Step(again, {.kind = EventKind::kExtend, .budget = {7200, Clock::kWorkingHours}}, At("2026-03-02 11:30"), Rules())
          .status()
          .message(),
      "a case that is in hand does not take 'extend' again; legal: assign, answer, return, defer, suspend");
  EXPECT_THAT(Step(c, {.kind = EventKind::kExtend, .budget = {2, Clock::kWorkingDays}}, At("2026-03-02 11:30"), Rules())
                  .status()
                  .message(),
              HasSubstr("on the clock of the limit, 4H"));
}

TEST_F(CaseTest, ReopeningAddsAFailedAttemptAndBeginsTheLimitAnew) {
  Case c = Do(InState(CaseState::kRated), {.kind = EventKind::kReopen}, "2026-03-03 08:30");
  EXPECT_EQ(c.attempts, 1);
  EXPECT_EQ(c.reopened, 1);
  EXPECT_EQ(c.satisfied, Verdict::kUnknown);
  EXPECT_EQ(Shown(c.due), "2026-03-03 14:30:00");
  EXPECT_THAT(actions_, ElementsAre(Action{ActionKind::kAsk, 0, 0, {8, 108}, At("2026-03-03 08:30")}));
  // How long it had stood; of several times the shortest.
  EXPECT_EQ(InState(CaseState::kRated).shortest_stand, -1);
  EXPECT_EQ(c.shortest_stand, At("2026-03-03 08:30") - InState(CaseState::kRated).closed);
  c = Do(c, {.kind = EventKind::kTake}, "2026-03-03 09:00");
  c = Do(c, {.kind = EventKind::kAnswer}, "2026-03-03 09:10");
  c = Do(c, {.kind = EventKind::kReopen}, "2026-03-03 09:12");
  EXPECT_EQ(c.shortest_stand, 120);
}

TEST_F(CaseTest, TheStandInActsForWhoeverIsAway) {
  absent_.assign(300, 0);
  absent_[108] = 1;
  EXPECT_EQ(Registered().responsible, (Office{8, 208}));
  absent_[208] = 1;
  EXPECT_EQ(Registered().responsible, (Office{8, 104}));  // the grid leader, for the micro-grid
  const Case c = Registered();
  absent_[108] = 0;
  const CaseStep back = HandOver(c, At("2026-03-02 11:00"), Rules());
  EXPECT_EQ(back.next.responsible, (Office{8, 108}));
  ASSERT_EQ(back.actions.size(), 1);
  EXPECT_EQ(HandOver(back.next, At("2026-03-02 11:00"), Rules()).actions.size(), 0);
}

TEST_F(CaseTest, ARevisedListMovesTheDueInstant) {
  const WorkCalendar before = WorkCalendar::Create(ChinaHolidays(), {.as_of = DayOf(20200126)}).value();
  CaseRules rules = Rules();
  rules.calendar = &before;
  const Case c = RegisterCase({.place = 8, .office = 8, .limit = {2, Clock::kWorkingDays}, .respond = {}},
                              At("2020-01-23 10:00"), rules)
                     .value()
                     .next;
  EXPECT_EQ(Shown(c.due), "2020-02-01 17:30:00");
  EXPECT_EQ(Shown(Retimed(c, At("2020-01-27 08:00"), Rules()).due), "2020-02-04 17:30:00");
}

TEST_F(CaseTest, FaultsOfRegistrationNameTheField) {
  const auto message = [&](const Registration& registration, Instant at = At("2026-03-02 10:00")) {
    return std::string(RegisterCase(registration, at, Rules()).status().message());
  };
  EXPECT_EQ(message({.place = 16, .office = 8, .limit = {}, .respond = {}}), "place: not a unit of the hierarchy");
  EXPECT_EQ(message({.place = 8, .office = -1, .limit = {}, .respond = {}}), "office: not a unit of the hierarchy");
  EXPECT_EQ(message({.place = 8, .office = 8, .severity = 5, .limit = {}, .respond = {}}), "severity: need 1 to 4");
  EXPECT_EQ(message({.place = 8, .office = 8, .attempts = -1, .limit = {}, .respond = {}}),
            "attempts: must not be negative");
  EXPECT_THAT(message({.place = 8, .office = 8, .limit = {-1, Clock::kWorkingDays}, .respond = {}}),
              HasSubstr("budget: out of range"));
  EXPECT_EQ(message({.place = 8, .office = 8, .limit = {}, .respond = {}}, 0), "at: out of range 2000 to 2199");
}

// Random lives of cases: the due instant is always the one that WorkCalendar::AddSuspended has for the limit that runs,
// and the responsible office changes by accept and take of the office asked alone.
TEST_F(CaseTest, RandomLives) {
  constexpr uint64_t kSeed = 41;
  SCOPED_TRACE(absl::StrCat("seed ", kSeed));
  Random random(kSeed);
  int64_t resumed = 0;
  int64_t transferred = 0;
  int64_t breached = 0;
  std::set<CaseState> seen;
  for (int life = 0; life < 3000; ++life) {
    const auto clock = static_cast<Clock>(random.Below(4));
    const bool days = clock == Clock::kWorkingDays || clock == Clock::kCalendarDays;
    Instant now = At("2026-01-05 00:00") + random.Below(200 * kDaySeconds);
    Case c = RegisterCase({.place = 8,
                           .office = 8,
                           .limit = {days ? random.Between(1, 9) : 1800 * random.Between(1, 60), clock},
                           .respond = {}},
                          now, Rules())
                 .value()
                 .next;
    Instant begun = now;
    int64_t allowed = c.limit.amount;
    std::vector<Suspension> stops;
    for (int i = 0; i < 25; ++i) {
      const Instant later = now + random.Below(20 * 3600);
      Event event{.kind = static_cast<EventKind>(random.Below(kEventKinds - 1)),
                  .budget = {random.Between(1, 4), clock}};
      if (event.kind == EventKind::kAssign) event.unit = random.Between(0, 15);
      if (c.next_timer != kNoInstant && c.next_timer <= later) {
        now = c.next_timer;
        event.kind = EventKind::kTimer;
      } else {
        now = later;
      }
      const absl::StatusOr<CaseStep> step = Step(c, event, now, Rules());
      if (!step.ok()) continue;
      const Case& next = step->next;
      seen.insert(next.state);
      if (next.breaches > c.breaches || event.kind == EventKind::kReopen) {
        breached += next.breaches > c.breaches;
        if (next.next_timer == kNoInstant) break;  // at its end
        begun = now;
        allowed = c.limit.amount;
        stops.clear();
      }
      if (event.kind == EventKind::kExtend) allowed += event.budget.amount;
      if (event.kind == EventKind::kSuspend || event.kind == EventKind::kDefer) stops.push_back({now, now});
      if (event.kind == EventKind::kResume) {
        stops.back().end = now;
        ++resumed;
      }
      if (IsRunning(next)) {
        ASSERT_EQ(next.due, WorkCalendar::China().AddSuspended(begun, {allowed, clock}, stops))
            << Shown(begun) << " life " << life;
        ASSERT_GE(next.next_timer, now);
        ASSERT_LE(next.next_timer, std::max(now, next.due + 1));
      } else {
        ASSERT_EQ(next.next_timer, kNoInstant);
      }
      if (next.responsible.unit != c.responsible.unit) {
        ++transferred;
        ASSERT_TRUE(event.kind == EventKind::kAccept || event.kind == EventKind::kTake);
        ASSERT_EQ(next.responsible.unit, c.asked.unit);
      }
      c = next;
    }
  }
  EXPECT_GT(resumed, 300);
  EXPECT_GT(transferred, 300);
  EXPECT_GT(breached, 300);
  EXPECT_EQ(seen.size(), 11u);
}

}  // namespace
}  // namespace lianhu::routing
