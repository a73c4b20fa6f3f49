#include "lianhu/hierarchy/cascade.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "hierarchy/random_tree.h"
#include "lianhu/base/status.h"
#include "lianhu/hierarchy/ancestry.h"

namespace lianhu {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int64_t kSent = 1'000'000;

// A street 0; communities 1, 2; grids 3, 4 below 1 and 5 below 2; households 6, 7 below 3, 8 below 4, 9, 10, 11
// below 5.
Hierarchy Street() {
  return Hierarchy::FromParents({.parents = {-1, 0, 0, 1, 1, 2, 3, 3, 4, 5, 5, 5}}).value();
}

void Acknowledge(Cascade& cascade, std::initializer_list<std::pair<Unit, int64_t>> acknowledgements) {
  for (const auto& [unit, after] : acknowledgements) ASSERT_TRUE(cascade.Acknowledge(unit, kSent + after).ok());
}

TEST(CascadeTest, DownAChainAndWhereItStopped) {
  const Hierarchy street = Street();
  Cascade cascade = Cascade::Create(street, {.sent = kSent}).value();
  EXPECT_EQ(cascade.state(0), CascadeState::kStopped);
  EXPECT_THAT(cascade.Retransmissions(), ElementsAre(Retransmission{0, 1, 3}, Retransmission{0, 2, 3}));

  Acknowledge(cascade, {{1, 10}, {2, 20}, {3, 30}, {5, 30}, {6, 40}, {7, 45}, {9, 60}});
  EXPECT_EQ(cascade.counts(0), (CascadeCounts{6, 3, 12, 8, 2, 2}));
  EXPECT_EQ(cascade.counts(1), (CascadeCounts{3, 2, 6, 4, 2, 1}));
  EXPECT_EQ(cascade.state(0), CascadeState::kPassedOn);
  EXPECT_EQ(cascade.state(1), CascadeState::kPartly);
  EXPECT_EQ(cascade.state(3), CascadeState::kComplete);
  EXPECT_EQ(cascade.state(4), CascadeState::kNotHeard);
  EXPECT_EQ(cascade.state(5), CascadeState::kPartly);
  EXPECT_EQ(cascade.state(9), CascadeState::kComplete);
  EXPECT_THAT(cascade.Retransmissions(),
              ElementsAre(Retransmission{1, 4, 1}, Retransmission{5, 10, 1}, Retransmission{5, 11, 1}));
  EXPECT_THAT(cascade.NotPassedOnUnits(), ElementsAre(NotPassedOn{5, 2, 2}, NotPassedOn{1, 1, 1}));
  EXPECT_THAT(cascade.SecondsToReach(0, {1, 50, 51, 100}), ElementsAre(40, 60, Cascade::kNever, Cascade::kNever));
  EXPECT_THAT(cascade.SecondsToReach(3, {50, 100}), ElementsAre(40, 45));

  Acknowledge(cascade, {{8, 100}, {10, 100}, {11, 7000}});
  EXPECT_THAT(cascade.Retransmissions(), IsEmpty());
  EXPECT_EQ(cascade.state(4), CascadeState::kComplete);  // it never said so itself
  EXPECT_EQ(cascade.acknowledged_at(4), Cascade::kNever);
  EXPECT_THAT(cascade.SecondsToReach(0, {50, 90, 100}), ElementsAre(60, 7000, 7000));
}

TEST(CascadeTest, TheEarliestOfSeveralCounts) {
  const Hierarchy street = Street();
  Cascade cascade = Cascade::Create(street, {.sent = kSent}).value();
  EXPECT_TRUE(cascade.Acknowledge(6, kSent + 50).value());
  EXPECT_FALSE(cascade.Acknowledge(6, kSent + 40).value());
  EXPECT_FALSE(cascade.Acknowledge(6, kSent + 60).value());
  EXPECT_EQ(cascade.acknowledged_at(6), kSent + 40);
  EXPECT_EQ(cascade.counts(0).reached, 1);
}

TEST(CascadeTest, FromAUnitInTheMiddleToOneLevel) {
  const Hierarchy street = Street();
  Cascade cascade = Cascade::Create(street, {.origin = 1, .sent = kSent, .target_level = 2}).value();  // the grids
  EXPECT_EQ(cascade.counts(1), (CascadeCounts{2, 0, 3, 1, 2, 0}));
  EXPECT_FALSE(cascade.TakesPart(0));
  EXPECT_FALSE(cascade.TakesPart(5));
  EXPECT_FALSE(cascade.TakesPart(6));
  Acknowledge(cascade, {{3, 5}});
  EXPECT_THAT(cascade.Retransmissions(), ElementsAre(Retransmission{1, 4, 1}));
  EXPECT_EQ(cascade.Acknowledge(6, kSent).status().message(), "unit: 6 takes no part in the notice");
}

// Grid 2 has no household: nobody waits for it.
TEST(CascadeTest, UnitsWithoutATargetAreNotWaitedFor) {
  const Hierarchy street = Hierarchy::FromParents({.parents = {-1, 0, 0, 1}, .levels = {4, 6, 6, 8}}).value();
  Cascade cascade = Cascade::Create(street, {.sent = kSent, .target_level = kHousehold}).value();
  EXPECT_EQ(cascade.counts(0), (CascadeCounts{1, 0, 4, 1, 1, 0}));
  Acknowledge(cascade, {{3, 1}});
  EXPECT_EQ(cascade.state(0), CascadeState::kComplete);
  EXPECT_EQ(cascade.state(2), CascadeState::kNotHeard);
  EXPECT_THAT(cascade.Retransmissions(), IsEmpty());
  Acknowledge(cascade, {{2, 2}});
  EXPECT_EQ(cascade.counts(0), (CascadeCounts{1, 1, 4, 3, 1, 1}));
  EXPECT_THAT(cascade.SecondsToReach(2, {50}), ElementsAre(Cascade::kNever));
}

TEST(CascadeTest, Faults) {
  const Hierarchy street = Street();
  EXPECT_EQ(Cascade::Create(street, {.origin = 12}).status().message(), "origin: is 12, which is no unit of 0..11");
  EXPECT_EQ(Cascade::Create(street, {.sent = -5}).status().message(), "sent: is -5, before 1970");
  EXPECT_EQ(Cascade::Create(street, {.origin = 1, .target_level = 8}).status().message(),
            "target_level: unit 1 has no unit of level 8 in its sub-tree");
  Cascade cascade = Cascade::Create(street, {.sent = kSent}).value();
  EXPECT_EQ(cascade.Acknowledge(3, kSent - 1).status().message(),
            "time: 999999 is before the notice was sent, at 1000000");
  EXPECT_EQ(GetErrorDetail(cascade.Acknowledge(-1, kSent).status()).field, "unit");
  EXPECT_EQ(cascade.counts(0).acknowledged, 1);
}

// Everything recomputed from the definitions on random trees.
TEST(CascadeTest, AgainstTheDefinitions) {
  constexpr uint64_t kSeed = 5;
  Random random(kSeed);
  int64_t stops = 0;
  int64_t skipped = 0;
  for (int round = 0; round < 200; ++round) {
    SCOPED_TRACE(::testing::Message() << "seed " << kSeed << ", round " << round);
    const int32_t n = random.Between(2, 80);
    const Hierarchy tree = Hierarchy::FromParents({.parents = testing::RandomParents(random, n, 12)}).value();
    const Unit origin = random.Between(0, n / 3);
    const int32_t level = random.Below(2) == 0 ? -1 : tree.level(origin) + random.Between(0, 3);
    absl::StatusOr<Cascade> made = Cascade::Create(tree, {.origin = origin, .sent = kSent, .target_level = level});

    const auto is_target = [&](Unit u) { return level < 0 ? tree.is_leaf(u) : tree.level(u) == level; };
    std::vector<Unit> part;
    for (const Unit u : tree.units()) {
      if (IsAncestor(tree, origin, u) && (level < 0 || tree.level(u) <= level)) part.push_back(u);
    }
    const auto below = [&](Unit top, const auto& has) {
      return static_cast<int32_t>(
          std::count_if(part.begin(), part.end(), [&](Unit u) { return IsAncestor(tree, top, u) && has(u); }));
    };
    ASSERT_EQ(made.ok(), below(origin, is_target) > 0);
    if (!made.ok()) continue;

    std::map<Unit, int64_t> at{{origin, kSent}};
    for (int k = random.Between(0, n); k > 0; --k) {
      const Unit unit = part[random.Below(static_cast<int64_t>(part.size()))];
      const int64_t time = kSent + random.Below(1000);
      ASSERT_EQ(made->Acknowledge(unit, time).value(), !at.contains(unit));
      at[unit] = at.contains(unit) ? std::min(at[unit], time) : time;
    }
    const auto acknowledged = [&](Unit u) { return at.contains(u); };
    const auto reached = [&](Unit u) { return at.contains(u) && is_target(u); };
    int32_t waiting = 0;
    for (const Retransmission& stop : made->Retransmissions()) {
      EXPECT_EQ(stop.from, tree.parent(stop.to));
      EXPECT_EQ(below(stop.to, acknowledged), 0);
      EXPECT_GT(below(stop.from, acknowledged), 0);
      EXPECT_EQ(stop.targets, below(stop.to, is_target));
      waiting += stop.targets;
      ++stops;
    }
    EXPECT_EQ(waiting, below(origin, is_target) - below(origin, reached));
    for (const Unit u : part) {
      ASSERT_EQ(made->acknowledged_at(u), at.contains(u) ? at[u] : Cascade::kNever);
      CascadeCounts counts{.targets = below(u, is_target),
                           .reached = below(u, reached),
                           .units = below(u, [](Unit) { return true; }),
                           .acknowledged = below(u, acknowledged)};
      for (const Unit child : tree.children(u)) {
        if (below(child, is_target) == 0) continue;
        ++counts.children;
        counts.children_heard += below(child, acknowledged) > 0;
      }
      ASSERT_EQ(made->counts(u), counts);
      skipped += counts.acknowledged > 0 && !at.contains(u);

      std::vector<int64_t> times;
      for (const Unit v : part) {
        if (IsAncestor(tree, u, v) && reached(v)) times.push_back(at[v] - kSent);
      }
      std::sort(times.begin(), times.end());
      const auto seconds = made->SecondsToReach(u, {50, 90, 100});
      for (size_t k = 0; k < 3; ++k) {
        const int32_t percent = std::vector<int32_t>{50, 90, 100}[k];
        // The first moment at which 100 * reached >= percent * targets.
        int64_t expected = Cascade::kNever;
        for (size_t i = times.size(); i > 0; --i) {
          if (static_cast<int64_t>(100 * i) >= int64_t{percent} * counts.targets) expected = times[i - 1];
        }
        ASSERT_EQ(seconds[k], expected);
      }
    }
  }
  EXPECT_GT(stops, 100);
  EXPECT_GT(skipped, 100);
}

}  // namespace
}  // namespace lianhu
