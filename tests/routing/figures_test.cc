#include "lianhu/routing/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lianhu/base/random.h"
#include "lianhu/hierarchy/ancestry.h"
#include "lianhu/routing/docket.h"
#include "routing/town.h"

namespace lianhu::routing {
namespace {

using ::testing::ElementsAre;

TEST(FiguresTest, OneCaseThroughItsLife) {
  const Hierarchy tree = TownTree();
  const Posts posts = TownPosts(tree);
  Docket docket = Docket::Create(tree, posts, WorkCalendar::China()).value();
  std::vector<Action> actions;
  const Instant start = At("2026-03-02 10:00");
  ASSERT_TRUE(docket
                  .Register({.place = 8,
                             .office = 8,
                             .limit = {24 * 3600, Clock::kContinuousHours},
                             .respond = {4 * 3600, Clock::kWorkingHours}},
                            start, actions)
                  .ok());
  const auto apply = [&](EventKind kind, Instant at, bool good = true) {
    const absl::Status status = docket.Apply(0, {.kind = kind, .good = good}, at, actions);
    ASSERT_TRUE(status.ok()) << status;
  };
  CaseFigures figures = FiguresOf(docket[0], start);
  EXPECT_EQ(figures.open, 1);
  EXPECT_FALSE(figures.response.applicable());
  EXPECT_FALSE(figures.in_time.applicable());
  EXPECT_THAT(figures.open_by_age, ElementsAre(1, 0, 0, 0, 0, 0));
  EXPECT_EQ(FiguresOf(docket[0], start + 7 * 3600).response, (Rate{1, 0}));  // the response limit has passed
  EXPECT_THAT(FiguresOf(docket[0], start + 10 * kDaySeconds).open_by_age, ElementsAre(0, 0, 0, 1, 0, 0));

  apply(EventKind::kTake, start + 600);
  EXPECT_EQ(FiguresOf(docket[0], docket.now()).response, (Rate{1, 1}));
  apply(EventKind::kSuspend, start + 700);
  EXPECT_EQ(FiguresOf(docket[0], docket.now()).stopped, 1);
  apply(EventKind::kResume, start + 800);
  apply(EventKind::kAnswer, start + 24 * 3600 + 100);
  EXPECT_EQ(FiguresOf(docket[0], docket.now()).in_time, (Rate{1, 1}));
  EXPECT_FALSE(FiguresOf(docket[0], docket.now()).resolution.applicable());
  apply(EventKind::kClose, docket.now() + 60, false);
  EXPECT_EQ(FiguresOf(docket[0], docket.now()).resolution, (Rate{1, 0}));
  apply(EventKind::kReopen, docket.now() + 60);
  EXPECT_FALSE(FiguresOf(docket[0], docket.now()).resolution.applicable());
  ASSERT_TRUE(docket.AdvanceTo(docket.now() + 90000, actions).ok());
  figures = FiguresOf(docket[0], docket.now());
  EXPECT_EQ(figures.overdue, 1);
  EXPECT_EQ(figures.in_time, (Rate{1, 0}));
  EXPECT_EQ(figures.reopened, 1);
  apply(EventKind::kTake, docket.now());
  apply(EventKind::kAnswer, docket.now());
  apply(EventKind::kClose, docket.now());
  apply(EventKind::kRate, docket.now());
  EXPECT_EQ(FiguresOf(docket[0], docket.now()).satisfaction, (Rate{1, 1}));
}

// Every unit's figures against a sum over the cases below it, and levels against the units.
TEST(FiguresTest, RollUpsAgreeWithSums) {
  const Hierarchy tree = TownTree();
  Random random(9);
  std::vector<Case> cases(400);
  for (Case& c : cases) {
    c.place = random.Between(0, 15);
    c.responsible.unit = random.Between(0, 15);
    c.state = static_cast<CaseState>(random.Below(kCaseStates));
    c.registered = kMinInstant + random.Below(40 * kDaySeconds);
    c.breaches = random.Between(0, 2);
    c.resolved = static_cast<Verdict>(random.Between(-1, 1));
    c.satisfied = static_cast<Verdict>(random.Between(-1, 1));
  }
  const Instant now = kMinInstant + 41 * kDaySeconds;
  for (const CountedFor counted_for : {CountedFor::kPlace, CountedFor::kResponsible}) {
    const std::vector<CaseFigures> by_unit = FiguresByUnit(tree, cases, now, counted_for);
    for (const Unit unit : tree.units()) {
      CaseFigures sum;
      for (const Case& c : cases) {
        const Unit counted = counted_for == CountedFor::kPlace ? c.place : c.responsible.unit;
        if (IsAncestor(tree, unit, counted)) sum += FiguresOf(c, now);
      }
      EXPECT_EQ(by_unit[unit], sum) << unit;
    }
    EXPECT_EQ(by_unit[0].cases, 400);
    EXPECT_GT(by_unit[0].resolution.met, 50);
  }
  CaseFigures all;
  for (const CaseFigures& level : FiguresByLevel(tree, cases, now)) all += level;
  EXPECT_EQ(all, FiguresByUnit(tree, cases, now, CountedFor::kPlace)[0]);
  EXPECT_EQ(FiguresByLevel(tree, cases, now)[4].cases,
            std::count_if(cases.begin(), cases.end(), [](const Case& c) { return c.responsible.unit == kTownStreet; }));
}

}  // namespace
}  // namespace lianhu::routing
