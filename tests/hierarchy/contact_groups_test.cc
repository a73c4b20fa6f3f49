#include "lianhu/hierarchy/contact_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "lianhu/base/random.h"
#include "lianhu/base/status.h"

namespace lianhu {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A street 0; communities 1, 2; grids 3, 4 below 1 and 5 below 2; micro-grids 6, 7 below 3, 8 below 4; households 9, 10
// below 6, 11 below 7, 12 below 8.
Hierarchy StreetOfTwoGrids() {
  return Hierarchy::FromParents(
             {.parents = {-1, 0, 0, 1, 1, 2, 3, 3, 4, 6, 6, 7, 8}, .levels = {4, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 8}})
      .value();
}

Posts PostsOf(const Hierarchy& street, std::vector<Person> holders, std::vector<Person> stand_ins = {}) {
  holders.resize(street.size(), kVacant);
  if (!stand_ins.empty()) stand_ins.resize(street.size(), kVacant);
  return Posts::Create(street, holders, stand_ins).value();
}

TEST(ContactGroupsTest, TheFourKinds) {
  const Hierarchy street = StreetOfTwoGrids();
  //                                      0   1   2   3   4   5        6   7   8
  const Posts posts = PostsOf(street, {100, 11, 12, 21, 22, kVacant, 31, 31, 32}, {101, kVacant, 13});
  const ContactGroups groups = DeriveContactGroups(street, posts, StewardsByPosts(street, posts)).value();
  ASSERT_EQ(groups.groups.size(), 1 + 2 + 2 + 2);  // grid 5 has nobody
  const auto members = [&](size_t k) { return groups.MembersOf(groups.groups[k]); };
  EXPECT_EQ(groups.groups[0], (ContactGroup{ContactGroupKind::kCommand, 0, 100, 0, 5}));
  EXPECT_THAT(members(0),
              ElementsAre(GroupMember{100, MemberRole::kHolder, 0}, GroupMember{101, MemberRole::kStandIn, 0},
                          GroupMember{11, MemberRole::kHolder, 1}, GroupMember{12, MemberRole::kHolder, 2},
                          GroupMember{13, MemberRole::kStandIn, 2}));
  EXPECT_EQ(groups.groups[1].kind, ContactGroupKind::kBackbone);
  EXPECT_THAT(members(1), ElementsAre(GroupMember{11, MemberRole::kHolder, 1}, GroupMember{21, MemberRole::kHolder, 3},
                                      GroupMember{22, MemberRole::kHolder, 4}));
  // Steward 31 holds two micro-grids of grid 3 and is one member.
  EXPECT_EQ(groups.groups[3].kind, ContactGroupKind::kOperating);
  EXPECT_THAT(members(3),
              ElementsAre(GroupMember{21, MemberRole::kHolder, 3}, GroupMember{31, MemberRole::kHolder, 6}));
  EXPECT_EQ(groups.groups[5].kind, ContactGroupKind::kHousehold);
  EXPECT_EQ(groups.groups[5].unit, kNoUnit);
  EXPECT_THAT(
      members(5),
      ElementsAre(GroupMember{31, MemberRole::kSteward, kNoUnit}, GroupMember{0, MemberRole::kHousehold, kNoUnit},
                  GroupMember{1, MemberRole::kHousehold, kNoUnit}, GroupMember{2, MemberRole::kHousehold, kNoUnit}));
}

TEST(ContactGroupsTest, WhoActsFromAboveLeads) {
  const Hierarchy street = StreetOfTwoGrids();
  const Posts posts = PostsOf(street, {100, kVacant, 12, kVacant, 22, kVacant, 31, kVacant, 32});
  const ContactGroups groups = DeriveContactGroups(street, posts, StewardsByPosts(street, posts)).value();
  const ContactGroup& backbone = groups.groups[1];
  EXPECT_EQ(backbone.unit, 1);
  EXPECT_EQ(backbone.leader, 100);
  EXPECT_THAT(groups.MembersOf(backbone),
              ElementsAre(GroupMember{100, MemberRole::kActing, 0}, GroupMember{22, MemberRole::kHolder, 4}));
  // Nobody holds micro-grid 7, grid 3, community 1: its household is the street's own.
  EXPECT_THAT(StewardsByPosts(street, posts), ElementsAre(31, 31, 100, 32));
  EXPECT_EQ(groups.groups.back().leader, 100);
}

// A person with two posts is there by the one that matters, whatever the order of units.
TEST(ContactGroupsTest, AHolderIsNoStandIn) {
  for (const bool turned : {false, true}) {
    std::vector<int64_t> codes = {9, 91, 92};
    std::vector<Person> holders = {100, 11, 12};
    std::vector<Person> stand_ins = {kVacant, 12, 11};
    if (turned) {
      std::swap(codes[1], codes[2]);
      std::swap(holders[1], holders[2]);
      std::swap(stand_ins[1], stand_ins[2]);
    }
    const Hierarchy street =
        Hierarchy::FromParents({.parents = {-1, 0, 0}, .codes = codes, .levels = {4, 5, 5}}).value();
    const ContactGroups groups = DeriveContactGroups(street, PostsOf(street, holders, stand_ins)).value();
    std::map<Person, int64_t> holds;
    for (const GroupMember& member : groups.MembersOf(groups.groups[0])) {
      EXPECT_EQ(member.role, MemberRole::kHolder);
      holds[member.member] = street.code(member.post);
    }
    EXPECT_EQ(holds, (std::map<Person, int64_t>{{100, 9}, {11, 91}, {12, 92}}));
  }
  // Stand-in of the group's own unit and holder below: the former, for he leads.
  const Hierarchy street = StreetOfTwoGrids();
  const ContactGroups groups = DeriveContactGroups(street, PostsOf(street, {kVacant, 5, 6}, {5})).value();
  EXPECT_THAT(groups.MembersOf(groups.groups[0]),
              ElementsAre(GroupMember{5, MemberRole::kStandIn, 0}, GroupMember{6, MemberRole::kHolder, 2}));
}

// The only member by a post below is the one who acts from above as well.
TEST(ContactGroupsTest, OnePersonEverywhere) {
  const Hierarchy street = StreetOfTwoGrids();
  const Posts posts = PostsOf(street, {7, kVacant, kVacant, 7});
  const ContactGroups groups = DeriveContactGroups(street, posts).value();
  ASSERT_EQ(groups.groups.size(), 3);
  EXPECT_THAT(groups.MembersOf(groups.groups[1]), ElementsAre(GroupMember{7, MemberRole::kActing, 0}));
}

TEST(ContactGroupsTest, NobodyAnywhere) {
  const Hierarchy street = StreetOfTwoGrids();
  const Posts posts = PostsOf(street, {});
  const ContactGroups groups = DeriveContactGroups(street, posts, {kVacant, kVacant}).value();
  EXPECT_THAT(groups.groups, IsEmpty());
  EXPECT_EQ(DeriveContactGroups(street, posts, {kVacant, -7}).status().message(),
            "steward_of[1]: is -7: need a person >= 0, or -1 for none");
}

TEST(ContactGroupsTest, Changes) {
  using Kind = MembershipChangeKind;
  EXPECT_THAT(CompareMemberships({{1, 5, 0}, {1, 6, 4}, {2, 5, 1}}, {{2, 6, 4}, {1, 5, 0}, {2, 5, 0}}).value(),
              ElementsAre(MembershipChange{Kind::kLeaves, 1, 6, 4, 4}, MembershipChange{Kind::kRole, 2, 5, 0, 1},
                          MembershipChange{Kind::kJoins, 2, 6, 4, 4}));
  const absl::Status twice = CompareMemberships({}, {{1, 5, 0}, {1, 6, 0}, {1, 5, 1}}).status();
  EXPECT_EQ(twice.message(), "after[2]: names member 5 of group 1 again, after row 0");
}

TEST(ContactGroupsTest, ChangesTurnTheOneIntoTheOther) {
  constexpr uint64_t kSeed = 8;
  Random random(kSeed);
  int64_t changes = 0;
  for (int round = 0; round < 100; ++round) {
    std::map<std::pair<int32_t, int32_t>, int32_t> lists[2];
    std::vector<Membership> rows[2];
    for (int side : {0, 1}) {
      for (int k = random.Between(0, 40); k > 0; --k) {
        lists[side][{random.Between(0, 5), random.Between(0, 9)}] = random.Between(0, 2);
      }
      for (const auto& [key, role] : lists[side]) rows[side].push_back({key.first, key.second, role});
      std::reverse(rows[side].begin(), rows[side].end());
    }
    const auto found = CompareMemberships(rows[0], rows[1]);
    ASSERT_TRUE(found.ok());
    for (const MembershipChange& change : *found) {
      const std::pair key(change.group, change.member);
      ASSERT_EQ(lists[0].contains(key), change.kind != MembershipChangeKind::kJoins);
      if (change.kind == MembershipChangeKind::kLeaves) {
        lists[0].erase(key);
      } else {
        lists[0][key] = change.role;
      }
    }
    EXPECT_EQ(lists[0], lists[1]) << "seed " << kSeed << ", round " << round;
    changes += static_cast<int64_t>(found->size());
  }
  EXPECT_GT(changes, 1000);
}

}  // namespace
}  // namespace lianhu
