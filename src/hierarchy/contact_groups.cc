#include "lianhu/hierarchy/contact_groups.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu {
namespace {

class Builder {
 public:
  Builder(const Hierarchy& hierarchy, const Posts& posts) : hierarchy_(hierarchy), posts_(posts) {}

  void AddUnitGroup(ContactGroupKind kind, Unit unit) {
    std::vector<GroupMember> candidates;
    AddPosts(unit, candidates);
    const bool led = !candidates.empty();
    for (const Unit child : hierarchy_.children(unit)) {
      if (hierarchy_.level(child) < kHousehold) AddPosts(child, candidates);
    }
    if (candidates.empty()) return;
    if (const Post acting = posts_.ActingFor(hierarchy_, unit); !led && acting.person != kVacant) {
      candidates.insert(candidates.begin(), {acting.person, MemberRole::kActing, acting.unit});
    }
    const auto first = static_cast<int32_t>(result_.members.size());
    AppendDistinct(unit, candidates);
    Close(kind, unit, first);
  }

  void AddHouseholdGroup(Person steward, absl::Span<const int32_t> households) {
    const auto first = static_cast<int32_t>(result_.members.size());
    result_.members.push_back({steward, MemberRole::kSteward, kNoUnit});
    for (const int32_t household : households) {
      result_.members.push_back({household, MemberRole::kHousehold, kNoUnit});
    }
    Close(ContactGroupKind::kHousehold, kNoUnit, first);
  }

  ContactGroups Take() { return std::move(result_); }

 private:
  void AddPosts(Unit unit, std::vector<GroupMember>& candidates) const {
    const Person holder = posts_.holder(unit);
    const Person stand_in = posts_.stand_in(unit);
    if (holder != kVacant) candidates.push_back({holder, MemberRole::kHolder, unit});
    if (stand_in != kVacant) candidates.push_back({stand_in, MemberRole::kStandIn, unit});
  }

  // The candidates in their order, each person once: by a post of the group's own unit, then as a holder, then by the
  // post with the least code, so that the order of units changes nothing.
  void AppendDistinct(Unit own, const std::vector<GroupMember>& candidates) {
    const auto key = [&](size_t k) {
      const GroupMember& candidate = candidates[k];
      const bool leads = candidate.post == own || candidate.role == MemberRole::kActing;
      return std::tuple(candidate.member, !leads, candidate.role, hierarchy_.code(candidate.post), candidate.post);
    };
    std::vector<size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return key(a) < key(b); });
    std::vector<bool> again(candidates.size(), false);
    for (size_t i = 1; i < order.size(); ++i) {
      again[order[i]] = candidates[order[i]].member == candidates[order[i - 1]].member;
    }
    for (size_t k = 0; k < candidates.size(); ++k) {
      if (!again[k]) result_.members.push_back(candidates[k]);
    }
  }

  void Close(ContactGroupKind kind, Unit unit, int32_t first) {
    const int32_t count = static_cast<int32_t>(result_.members.size()) - first;
    if (count > 0) result_.groups.push_back({kind, unit, result_.members[first].member, first, count});
  }

  const Hierarchy& hierarchy_;
  const Posts& posts_;
  ContactGroups result_;
};

// The list in ascending order of group and member, none twice.
absl::StatusOr<std::vector<Membership>> Sorted(absl::string_view field, absl::Span<const Membership> list) {
  std::vector<size_t> order(list.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto key = [&](size_t k) { return std::tuple(list[k].group, list[k].member); };
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return key(a) < key(b); });
  std::vector<Membership> sorted;
  sorted.reserve(list.size());
  for (size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && key(order[i]) == key(order[i - 1])) {
      return InvalidField(field, static_cast<int64_t>(order[i]),
                          absl::StrCat("names member ", list[order[i]].member, " of group ", list[order[i]].group,
                                       " again, after row ", order[i - 1]));
    }
    sorted.push_back(list[order[i]]);
  }
  return sorted;
}

}  // namespace

absl::StatusOr<ContactGroups> DeriveContactGroups(const Hierarchy& hierarchy, const Posts& posts,
                                                  absl::Span<const Person> steward_of) {
  Builder builder(hierarchy, posts);
  for (const auto& [level, kind] :
       {std::pair(kStreet, ContactGroupKind::kCommand), std::pair(kCommunity, ContactGroupKind::kBackbone),
        std::pair(kGrid, ContactGroupKind::kOperating)}) {
    for (const Unit unit : hierarchy.units()) {
      if (hierarchy.level(unit) == level) builder.AddUnitGroup(kind, unit);
    }
  }
  std::vector<int32_t> served;
  for (size_t h = 0; h < steward_of.size(); ++h) {
    if (steward_of[h] >= 0) {
      served.push_back(static_cast<int32_t>(h));
    } else if (steward_of[h] != kVacant) {
      return InvalidField("steward_of", static_cast<int64_t>(h),
                          absl::StrCat("is ", steward_of[h], ": need a person >= 0, or -1 for none"));
    }
  }
  std::stable_sort(served.begin(), served.end(), [&](int32_t a, int32_t b) { return steward_of[a] < steward_of[b]; });
  for (auto begin = served.begin(); begin != served.end();) {
    const Person steward = steward_of[*begin];
    const auto end = std::find_if(begin, served.end(), [&](int32_t h) { return steward_of[h] != steward; });
    builder.AddHouseholdGroup(steward, absl::MakeConstSpan(&*begin, end - begin));
    begin = end;
  }
  return builder.Take();
}

std::vector<Person> StewardsByPosts(const Hierarchy& hierarchy, const Posts& posts, int32_t level) {
  std::vector<Person> stewards;
  for (const Unit unit : hierarchy.units()) {
    if (hierarchy.level(unit) == level) stewards.push_back(posts.ActingFor(hierarchy, hierarchy.parent(unit)).person);
  }
  return stewards;
}

absl::StatusOr<std::vector<MembershipChange>> CompareMemberships(absl::Span<const Membership> before,
                                                                 absl::Span<const Membership> after) {
  const auto old_list = Sorted("before", before);
  if (!old_list.ok()) return old_list.status();
  const auto new_list = Sorted("after", after);
  if (!new_list.ok()) return new_list.status();
  std::vector<MembershipChange> changes;
  auto old = old_list->begin();
  auto now = new_list->begin();
  while (old != old_list->end() || now != new_list->end()) {
    const bool only_old = now == new_list->end() || (old != old_list->end() && std::tuple(old->group, old->member) <
                                                                                   std::tuple(now->group, now->member));
    const bool only_new = old == old_list->end() || (now != new_list->end() && std::tuple(now->group, now->member) <
                                                                                   std::tuple(old->group, old->member));
    if (only_old) {
      changes.push_back({MembershipChangeKind::kLeaves, old->group, old->member, old->role, old->role});
    } else if (only_new) {
      changes.push_back({MembershipChangeKind::kJoins, now->group, now->member, now->role, now->role});
    } else if (old->role != now->role) {
      changes.push_back({MembershipChangeKind::kRole, now->group, now->member, now->role, old->role});
    }
    old += only_new ? 0 : 1;
    now += only_old ? 0 : 1;
  }
  return changes;
}

}  // namespace lianhu
