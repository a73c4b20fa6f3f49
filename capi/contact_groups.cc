#include "lianhu/hierarchy/contact_groups.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "capi/columns.h"
#include "capi/guard.h"
#include "capi/posts.h"
#include "capi/structs.h"

struct lianhu_contact_groups {
  std::vector<int32_t> kinds;
  std::vector<int32_t> units;
  std::vector<int32_t> leaders;
  std::vector<int64_t> first_members;
  std::vector<int32_t> members;
  std::vector<int32_t> roles;
  std::vector<int32_t> posts;
};

namespace {

using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::Guard;
using lianhu::capi::View;

lianhu_contact_groups Columns(const lianhu::ContactGroups& derived) {
  lianhu_contact_groups columns;
  for (const lianhu::ContactGroup& group : derived.groups) {
    columns.kinds.push_back(static_cast<int32_t>(group.kind));
    columns.units.push_back(group.unit);
    columns.leaders.push_back(group.leader);
    columns.first_members.push_back(group.first_member);
  }
  columns.first_members.push_back(static_cast<int64_t>(derived.members.size()));
  for (const lianhu::GroupMember& member : derived.members) {
    columns.members.push_back(member.member);
    columns.roles.push_back(static_cast<int32_t>(member.role));
    columns.posts.push_back(member.post);
  }
  return columns;
}

absl::StatusOr<std::vector<lianhu::Membership>> Gather(absl::string_view list, const int32_t* groups,
                                                       const int32_t* members, const int32_t* roles, int64_t count) {
  if (auto status = CheckArray(groups, count, absl::StrCat(list, "_groups")); !status.ok()) return status;
  if (auto status = CheckArray(members, count, absl::StrCat(list, "_members")); !status.ok()) return status;
  if (auto status = CheckArray(roles, count, absl::StrCat(list, "_roles")); !status.ok()) return status;
  std::vector<lianhu::Membership> gathered;
  gathered.reserve(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i) gathered.push_back({groups[i], members[i], roles[i]});
  return gathered;
}

}  // namespace

int32_t lianhu_contact_groups_create(const lianhu_posts* posts, const int32_t* steward_of, int64_t household_count,
                                     lianhu_contact_groups** out, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(posts, "posts"); !status.ok()) return status;
    if (auto status = CheckArray(steward_of, household_count, "steward_of"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    const absl::StatusOr<lianhu::ContactGroups> groups =
        lianhu::DeriveContactGroups(*posts->tree, posts->posts, View(steward_of, household_count));
    if (!groups.ok()) return groups.status();
    *out = new lianhu_contact_groups(Columns(*groups));
    return absl::OkStatus();
  });
}

int32_t lianhu_contact_groups_view_init(lianhu_contact_groups_view* view, uint32_t struct_size) {
  return lianhu::capi::InitStruct(view, struct_size, {});
}

int32_t lianhu_contact_groups_get(const lianhu_contact_groups* groups, lianhu_contact_groups_view* out,
                                  lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(groups, "groups"); !status.ok()) return status;
    if (auto status = lianhu::capi::CheckStruct(out, "out"); !status.ok()) return status;
    lianhu::capi::WriteStruct({.group_count = static_cast<int64_t>(groups->kinds.size()),
                               .member_count = static_cast<int64_t>(groups->members.size()),
                               .kinds = groups->kinds.data(),
                               .units = groups->units.data(),
                               .leaders = groups->leaders.data(),
                               .first_members = groups->first_members.data(),
                               .members = groups->members.data(),
                               .roles = groups->roles.data(),
                               .posts = groups->posts.data()},
                              out);
    return absl::OkStatus();
  });
}

void lianhu_contact_groups_free(lianhu_contact_groups* groups) {
  delete groups;
}

int32_t lianhu_memberships_compare(const int32_t* before_groups, const int32_t* before_members,
                                   const int32_t* before_roles, int64_t before_count, const int32_t* after_groups,
                                   const int32_t* after_members, const int32_t* after_roles, int64_t after_count,
                                   int32_t* out_kinds, int32_t* out_groups, int32_t* out_members, int32_t* out_roles,
                                   int32_t* out_roles_before, int64_t capacity, int64_t* out_count,
                                   lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    const auto before = Gather("before", before_groups, before_members, before_roles, before_count);
    if (!before.ok()) return before.status();
    const auto after = Gather("after", after_groups, after_members, after_roles, after_count);
    if (!after.ok()) return after.status();
    if (auto status = lianhu::capi::CheckCount(capacity, "capacity"); !status.ok()) return status;
    if (auto status = CheckPointer(out_count, "out_count"); !status.ok()) return status;
    const auto changes = lianhu::CompareMemberships(*before, *after);
    if (!changes.ok()) return changes.status();
    *out_count = static_cast<int64_t>(changes->size());
    for (int64_t i = 0; i < std::min(capacity, *out_count); ++i) {
      const lianhu::MembershipChange& change = (*changes)[i];
      if (out_kinds != nullptr) out_kinds[i] = static_cast<int32_t>(change.kind);
      if (out_groups != nullptr) out_groups[i] = change.group;
      if (out_members != nullptr) out_members[i] = change.member;
      if (out_roles != nullptr) out_roles[i] = change.role;
      if (out_roles_before != nullptr) out_roles_before[i] = change.role_before;
    }
    return absl::OkStatus();
  });
}
