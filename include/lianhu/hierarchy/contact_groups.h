// Contact groups: who belongs in which chat group, derived from the tree, its posts and the links of households.
//
//   command group     of a street:     its leaders and those of its communities
//   backbone group    of a community:  its leaders and those of its grids
//   operating group   of a grid:       its leaders and its stewards, who hold its micro-grids
//   household group   of a steward:    the steward and the households linked to him
//
// The leaders of a unit are the holder and the stand-in of its post. A group of a unit takes in the posts of the unit
// and of its children, whatever their level, so that a grid directly below a street is in the command group; a person
// with several of these posts is one member: by a post of the group's own unit, else as a holder before as a stand-in,
// else by the post of the least code (of the first unit, where units have no codes). Where both posts of the unit
// itself are vacant, whoever acts for it from above leads the group (Posts::ActingFor). A group without any post filled
// is left out, and so is a household group without households. Households are indices, people opaque numbers; nothing
// else is known of either.
//
// Changes between two derivations say who joins and who leaves, for whoever has to click the members into place.
#ifndef LIANHU_HIERARCHY_CONTACT_GROUPS_H_
#define LIANHU_HIERARCHY_CONTACT_GROUPS_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/posts.h"

namespace lianhu {

enum class ContactGroupKind : int32_t { kCommand = 0, kBackbone = 1, kOperating = 2, kHousehold = 3 };

enum class MemberRole : int32_t {
  kHolder = 0,     // of the post of `post`
  kStandIn = 1,    // of the post of `post`
  kActing = 2,     // leads from the post of `post`, above the group's unit
  kSteward = 3,    // of a household group
  kHousehold = 4,  // `member` is a household
};

struct GroupMember {
  int32_t member = -1;  // a Person, or a household's index
  MemberRole role = MemberRole::kHolder;
  Unit post = kNoUnit;  // kNoUnit in household groups
  friend bool operator==(const GroupMember&, const GroupMember&) = default;
};

struct ContactGroup {
  ContactGroupKind kind = ContactGroupKind::kCommand;
  Unit unit = kNoUnit;       // kNoUnit for a household group
  Person leader = kVacant;   // the first of its members
  int32_t first_member = 0;  // into ContactGroups::members
  int32_t member_count = 0;
  friend bool operator==(const ContactGroup&, const ContactGroup&) = default;
};

// Command, backbone and operating groups by unit, household groups by steward.
struct ContactGroups {
  std::vector<ContactGroup> groups;
  std::vector<GroupMember> members;  // the leader first; then posts by unit, households in ascending order

  absl::Span<const GroupMember> MembersOf(const ContactGroup& group) const {
    return absl::MakeConstSpan(members).subspan(group.first_member, group.member_count);
  }
};

// `steward_of`: for each household its steward, kVacant where it has none; may be empty. `posts` must be of
// `hierarchy`. Errors name the household whose steward is neither. O(n + households log households).
absl::StatusOr<ContactGroups> DeriveContactGroups(const Hierarchy& hierarchy, const Posts& posts,
                                                  absl::Span<const Person> steward_of = {});

// Who answers for each unit of `level`, for trees that have the households as leaves: whoever acts for its parent.
// In order of units. O(n * depth).
std::vector<Person> StewardsByPosts(const Hierarchy& hierarchy, const Posts& posts, int32_t level = kHousehold);

// One member of one group; numbers that mean the same in both lists that are compared.
struct Membership {
  int32_t group = 0;
  int32_t member = 0;
  int32_t role = 0;
  friend auto operator<=>(const Membership&, const Membership&) = default;
};

enum class MembershipChangeKind : int32_t { kJoins = 0, kLeaves = 1, kRole = 2 };

struct MembershipChange {
  MembershipChangeKind kind = MembershipChangeKind::kJoins;
  int32_t group = 0;
  int32_t member = 0;
  int32_t role = 0;         // now; that of before for who leaves
  int32_t role_before = 0;  // the same as role for who joins or leaves
  friend bool operator==(const MembershipChange&, const MembershipChange&) = default;
};

// What changed, by group, then by member. Each list names a member of a group at most once; errors name the list and
// the row of the second. O(n log n).
absl::StatusOr<std::vector<MembershipChange>> CompareMemberships(absl::Span<const Membership> before,
                                                                 absl::Span<const Membership> after);

}  // namespace lianhu

#endif  // LIANHU_HIERARCHY_CONTACT_GROUPS_H_
