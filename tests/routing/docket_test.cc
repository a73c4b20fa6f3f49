#include "lianhu/routing/docket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lianhu/base/random.h"
#include "lianhu/base/status.h"
#include "routing/town.h"

namespace lianhu::routing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(TimerQueueTest, AgreesWithSorting) {
  Random random(3);
  int64_t popped = 0;
  for (int trial = 0; trial < 200; ++trial) {
    TimerQueue queue;
    std::vector<std::pair<Instant, int32_t>> model;
    Instant now = kMinInstant;
    std::vector<TimerQueue::Timer> due;
    for (int round = 0; round < 40; ++round) {
      for (int i = random.Between(0, 20); i > 0; --i) {
        const TimerQueue::Timer timer{now + random.Below(int64_t{1} << random.Between(0, 30)), random.Between(0, 50)};
        queue.Push(timer);
        model.emplace_back(timer.at, timer.key);
      }
      now += random.Below(int64_t{1} << random.Between(0, 30));
      std::sort(model.begin(), model.end());
      size_t next = 0;
      while (queue.Pop(now, due)) {
        for (const TimerQueue::Timer& timer : due) {
          ASSERT_LT(next, model.size());
          ASSERT_EQ(std::make_pair(timer.at, timer.key), model[next]);
          ++next;
        }
      }
      popped += static_cast<int64_t>(next);
      ASSERT_TRUE(next == model.size() || model[next].first > now);
      model.erase(model.begin(), model.begin() + static_cast<int64_t>(next));
      ASSERT_EQ(queue.size(), static_cast<int64_t>(model.size()));
    }
  }
  EXPECT_GT(popped, 10000);
}

class DocketTest : public ::testing::Test {
 protected:
  Docket Make() { return Docket::Create(tree_, posts_, WorkCalendar::China()).value(); }
  Registration InMicroGrid(absl::string_view limit, Unit unit = kTownMicroGrid) {
    return {.place = unit, .office = unit, .limit = ParseBudget(limit).value(), .respond = {}};
  }

  const Hierarchy tree_ = TownTree();
  const Posts posts_ = TownPosts(tree_);
  std::vector<Action> actions_;
};

TEST_F(DocketTest, WhatIsDue) {
  Docket docket = Make();
  const Instant start = At("2026-03-02 10:00");
  EXPECT_EQ(docket.Register(InMicroGrid("3W"), start, actions_).value(), 0);
  EXPECT_EQ(docket.Register(InMicroGrid("4H"), start, actions_).value(), 1);
  EXPECT_EQ(docket.Register(InMicroGrid("24U"), start, actions_).value(), 2);
  EXPECT_EQ(docket.Register(InMicroGrid("4H"), start, actions_).value(), 3);
  EXPECT_THAT(docket.DueBy(At("2026-03-02 15:59")), IsEmpty());
  EXPECT_THAT(docket.DueBy(At("2026-03-02 16:00")), ElementsAre(1, 3));
  EXPECT_THAT(docket.DueBy(At("2026-03-05 17:30")), ElementsAre(1, 3, 2, 0));
  ASSERT_TRUE(docket.Apply(1, {.kind = EventKind::kSuspend}, start + 60, actions_).ok());
  ASSERT_TRUE(docket.Apply(2, {.kind = EventKind::kTake}, start + 60, actions_).ok());
  ASSERT_TRUE(docket.Apply(2, {.kind = EventKind::kAnswer}, start + 60, actions_).ok());
  EXPECT_THAT(docket.DueBy(At("2026-03-05 17:30")), ElementsAre(3, 0));
  EXPECT_EQ(docket.open(), 3);
}

TEST_F(DocketTest, TimersGoOffBeforeLaterEvents) {
  Docket docket = Make();
  const Instant start = At("2026-03-02 10:00");
  ASSERT_TRUE(docket.Register(InMicroGrid("2U"), start, actions_).ok());
  actions_.clear();
  ASSERT_TRUE(docket.Register(InMicroGrid("2U", 9), start + 7201, actions_).ok());
  EXPECT_THAT(actions_, ElementsAre(Action{ActionKind::kWarn, 0, 50, {8, 108}, start + 3600},
                                    Action{ActionKind::kWarn, 0, 80, {8, 108}, start + 5760},
                                    Action{ActionKind::kInform, 0, 80, {4, 104}, start + 5760},
                                    Action{ActionKind::kEscalate, 0, 1, {4, 104}, start + 7201},
                                    Action{ActionKind::kAsk, 1, 0, {9, 109}, start + 7201}));
  EXPECT_EQ(docket[0].due, start + 7201 + 7200);
}

TEST_F(DocketTest, ErrorsLeaveEverythingAsItWas) {
  Docket docket = Make();
  const Instant start = At("2026-03-02 10:00");
  ASSERT_TRUE(docket.Register(InMicroGrid("2U"), start, actions_).ok());
  const Case before = docket[0];
  actions_.clear();
  EXPECT_EQ(docket.Apply(1, {.kind = EventKind::kTake}, start + 9999, actions_).message(),
            "case: no case 1; there are 1");
  EXPECT_EQ(docket.Apply(0, {.kind = EventKind::kClose}, start + 9999, actions_).code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(docket.Apply(0, {.kind = EventKind::kTimer}, start + 9999, actions_).message(),
            "kind: timers are the docket's own");
  EXPECT_EQ(docket.Register({}, start + 9999, actions_).status().message(), "place: not a unit of the hierarchy");
  EXPECT_EQ(docket.AdvanceTo(start - 1, actions_).message(), "at: before the last event: 1 s");
  EXPECT_EQ(docket.AdvanceTo(kMaxInstant + 1, actions_).message(), "at: out of range 2000 to 2199");
  EXPECT_EQ(docket.SetAbsent(7, true, start + 9999, actions_).message(), "person: person 7 holds no post");
  EXPECT_EQ(docket.now(), start);
  EXPECT_EQ(docket[0], before);
  EXPECT_THAT(actions_, IsEmpty());
}

TEST_F(DocketTest, AbsenceHandsOpenCasesToTheStandInAndBack) {
  Docket docket = Make();
  const Instant start = At("2026-03-02 10:00");
  ASSERT_TRUE(docket.Register(InMicroGrid("3W"), start, actions_).ok());
  ASSERT_TRUE(docket.Register(InMicroGrid("3W", 9), start, actions_).ok());
  actions_.clear();
  ASSERT_TRUE(docket.SetAbsent(108, true, start + 60, actions_).ok());
  EXPECT_THAT(actions_, ElementsAre(Action{ActionKind::kHandOver, 0, 0, {8, 208}, start + 60}));
  EXPECT_EQ(docket[0].responsible, (Office{8, 208}));
  actions_.clear();
  ASSERT_TRUE(docket.SetAbsent(108, false, start + 120, actions_).ok());
  EXPECT_THAT(actions_, ElementsAre(Action{ActionKind::kHandOver, 0, 0, {8, 108}, start + 120}));
}

TEST_F(DocketTest, ARevisedListIsApplied) {
  const WorkCalendar before = WorkCalendar::Create(ChinaHolidays(), {.as_of = DayOf(20200126)}).value();
  Docket docket = Docket::Create(tree_, posts_, before).value();
  ASSERT_TRUE(docket.Register(InMicroGrid("2W"), At("2020-01-23 10:00"), actions_).ok());
  EXPECT_EQ(Shown(docket[0].due), "2020-02-01 17:30:00");
  ASSERT_TRUE(docket.Revise(WorkCalendar::China(), At("2020-01-27 12:00"), actions_).ok());
  EXPECT_EQ(Shown(docket[0].due), "2020-02-04 17:30:00");
  actions_.clear();
  ASSERT_TRUE(docket.AdvanceTo(At("2020-02-04 17:30"), actions_).ok());
  EXPECT_EQ(docket[0].breaches, 0);
  EXPECT_EQ(actions_.size(), 3u);  // both warnings, one of them to the grid as well
}

// A random year of a docket. The model steps the same cases with timers found by looking at every case; the docket is
// replayed with its clock advanced in many small steps, and must give the same bytes.
TEST_F(DocketTest, AgreesWithLookingAtEveryCaseAndReplaysTheSame) {
  constexpr uint64_t kSeed = 77;
  SCOPED_TRACE(absl::StrCat("seed ", kSeed));
  Random random(kSeed);
  Docket docket = Make();
  Docket replayed = Make();
  std::vector<Case> model;
  std::vector<Action> expected;
  std::vector<Action> replayed_actions;
  const EscalationPolicy policy;
  const CaseRules rules{&WorkCalendar::China(), &policy, {&tree_, &posts_, {}}};
  Instant now = At("2026-01-05 09:00");
  int64_t applied = 0;
  int64_t refused = 0;
  const auto settle = [&](int32_t index, const CaseStep& step) {
    model[index] = step.next;
    for (Action action : step.actions) {
      action.case_index = index;
      expected.push_back(action);
    }
  };
  const auto fire = [&](Instant until) {
    for (;;) {
      Instant first = until + 1;
      for (const Case& c : model) first = c.next_timer == kNoInstant ? first : std::min(first, c.next_timer);
      if (first > until) return;
      for (size_t i = 0; i < model.size(); ++i) {
        if (model[i].next_timer != first) continue;
        settle(static_cast<int32_t>(i), Step(model[i], {.kind = EventKind::kTimer}, first, rules).value());
      }
    }
  };
  for (int i = 0; i < 9000; ++i) {
    now += random.Below(5000);
    for (int k = random.Between(0, 3); k > 0; --k) {
      const Instant between = replayed.now() + random.Below(std::max<int64_t>(1, now - replayed.now()));
      ASSERT_TRUE(replayed.AdvanceTo(between, replayed_actions).ok());
    }
    if (model.size() < 60 || random.Below(12) == 0) {
      const auto clock = static_cast<Clock>(random.Below(4));
      const bool days = clock == Clock::kWorkingDays || clock == Clock::kCalendarDays;
      const Registration registration{.place = random.Between(8, 15),
                                      .office = random.Between(1, 15),
                                      .limit = {days ? random.Between(0, 9) : 900 * random.Between(0, 60), clock},
                                      .respond = {}};
      fire(now);
      model.emplace_back();
      settle(static_cast<int32_t>(model.size()) - 1, RegisterCase(registration, now, rules).value());
      ASSERT_TRUE(docket.Register(registration, now, actions_).ok());
      ASSERT_TRUE(replayed.Register(registration, now, replayed_actions).ok());
      continue;
    }
    const int32_t index = random.Between(0, static_cast<int32_t>(model.size()) - 1);
    const Event event{.kind = static_cast<EventKind>(random.Below(kEventKinds - 1)),
                      .unit = random.Between(-1, 15),
                      .budget = {1, model[index].limit.clock},
                      .good = random.Below(2) == 0};
    const Instant docket_now = docket.now();
    const absl::Status status = docket.Apply(index, event, now, actions_);
    ASSERT_EQ(replayed.Apply(index, event, now, replayed_actions), status);
    if (!status.ok()) {
      ++refused;
      ASSERT_EQ(docket.now(), docket_now);
      continue;
    }
    ++applied;
    fire(now);
    settle(index, Step(model[index], event, now, rules).value());
  }
  fire(now + 40 * kDaySeconds);
  ASSERT_TRUE(docket.AdvanceTo(now + 40 * kDaySeconds, actions_).ok());
  ASSERT_TRUE(replayed.AdvanceTo(now + 40 * kDaySeconds, replayed_actions).ok());
  EXPECT_TRUE(std::equal(model.begin(), model.end(), docket.cases().begin(), docket.cases().end()));
  EXPECT_EQ(actions_, expected);
  EXPECT_EQ(replayed_actions, actions_);
  EXPECT_TRUE(std::equal(model.begin(), model.end(), replayed.cases().begin(), replayed.cases().end()));
  EXPECT_GT(applied, 1000);
  EXPECT_GT(refused, 1000);
  EXPECT_EQ(docket.open(), std::count_if(model.begin(), model.end(), [](const Case& c) { return IsOpen(c.state); }));
  EXPECT_TRUE(std::any_of(model.begin(), model.end(), [](const Case& c) { return c.supervised; }));
}

}  // namespace
}  // namespace lianhu::routing
