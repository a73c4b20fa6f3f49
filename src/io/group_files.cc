#include "lianhu/io/group_files.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

constexpr std::array<absl::string_view, 4> kKinds = {"command", "backbone", "operating", "household"};
constexpr std::array<absl::string_view, 5> kRoles = {"holder", "stand_in", "acting", "steward", "household"};
constexpr absl::string_view kHouseholdRole = kRoles[4];

struct Households {
  std::vector<std::string> ids;
  std::vector<Person> steward_of;
};

// The households of the plan; its stewards without a post become people too.
Households FromLinks(const HouseholdLinks& links, std::vector<std::string>& people,
                     std::vector<std::string>& without_post) {
  absl::flat_hash_map<std::string, Person> index;
  for (size_t p = 0; p < people.size(); ++p) index.emplace(people[p], static_cast<Person>(p));
  std::vector<Person> person_of;  // by steward of the links
  for (const std::string& steward : links.stewards) {
    const auto [person, fresh] = index.try_emplace(steward, static_cast<Person>(people.size()));
    person_of.push_back(person->second);
    if (!fresh) continue;
    people.push_back(steward);
    without_post.push_back(steward);
  }
  Households households{.ids = links.households, .steward_of = {}};
  for (const int32_t steward : links.steward_of) {
    households.steward_of.push_back(steward < 0 ? kVacant : person_of[steward]);
  }
  return households;
}

Households FromTree(const UnitTable& units, const PostTable& posts) {
  Households households{.ids = {}, .steward_of = StewardsByPosts(units.hierarchy, posts.posts)};
  for (const Unit unit : units.hierarchy.units()) {
    if (units.hierarchy.level(unit) == kHousehold) households.ids.push_back(units.ids[unit]);
  }
  return households;
}

// Households of the plan that the tree, where it has households, does not know.
std::vector<std::string> Strangers(const UnitTable& units, const HouseholdLinks& links) {
  std::vector<std::string> strangers;
  const auto levels = units.hierarchy.view().levels;
  if (std::find(levels.begin(), levels.end(), kHousehold) == levels.end()) return strangers;
  for (const std::string& household : links.households) {
    const Unit unit = units.Find(household);
    if (unit == kNoUnit || units.hierarchy.level(unit) != kHousehold) strangers.push_back(household);
  }
  return strangers;
}

// Numbers for strings, in their order, so that the same strings have the same numbers.
class Numbering {
 public:
  void Add(const std::string& text) { texts_.push_back(text); }
  void Close() {
    std::sort(texts_.begin(), texts_.end());
    texts_.erase(std::unique(texts_.begin(), texts_.end()), texts_.end());
  }
  int32_t Of(const std::string& text) const {
    return static_cast<int32_t>(std::lower_bound(texts_.begin(), texts_.end(), text) - texts_.begin());
  }
  const std::string& operator[](int32_t number) const { return texts_[number]; }

 private:
  std::vector<std::string> texts_;
};

// A person and a household may have one id and are two members all the same.
std::string MemberKey(const GroupRow& row) {
  return absl::StrCat(row.role == kHouseholdRole ? "h" : "p", row.member);
}

int32_t RoleNumber(const std::string& role) {
  return static_cast<int32_t>(std::find(kRoles.begin(), kRoles.end(), role) - kRoles.begin());
}

}  // namespace

absl::StatusOr<GroupTable> MakeGroups(const UnitTable& units, const PostTable& posts, const HouseholdLinks* links) {
  GroupTable table;
  if (links != nullptr) table.strangers = Strangers(units, *links);
  std::vector<std::string> people = posts.people;
  const Households households =
      links == nullptr ? FromTree(units, posts) : FromLinks(*links, people, table.without_post);
  const absl::StatusOr<ContactGroups> derived =
      DeriveContactGroups(units.hierarchy, posts.posts, households.steward_of);
  if (!derived.ok()) return derived.status();
  table.households_without_group = std::count(households.steward_of.begin(), households.steward_of.end(), kVacant);
  table.rows.reserve(derived->members.size());
  std::vector<bool> grouped(units.ids.size(), false);
  for (const ContactGroup& group : derived->groups) {
    if (group.unit != kNoUnit) grouped[group.unit] = true;
    const auto kind = static_cast<size_t>(group.kind);
    ++table.groups[kind];
    const bool of_unit = group.unit != kNoUnit;
    const std::string id = absl::StrCat(kKinds[kind], ":", of_unit ? units.ids[group.unit] : people[group.leader]);
    for (const GroupMember& member : derived->MembersOf(group)) {
      table.rows.push_back(
          {.group = id,
           .kind = std::string(kKinds[kind]),
           .unit = of_unit ? units.ids[group.unit] : "",
           .name = of_unit ? units.names[group.unit] : "",
           .member = member.role == MemberRole::kHousehold ? households.ids[member.member] : people[member.member],
           .role = std::string(kRoles[static_cast<size_t>(member.role)]),
           .post = member.post == kNoUnit ? "" : units.ids[member.post]});
    }
  }
  for (const Unit unit : units.hierarchy.units()) {
    const int32_t level = units.hierarchy.level(unit);
    if (level >= kStreet && level <= kGrid && !grouped[unit]) table.without_group.push_back(units.ids[unit]);
  }
  return table;
}

std::string FormatGroupsCsv(const GroupTable& groups) {
  std::string csv = "group,kind,unit,name,member,role,post\n";
  for (const GroupRow& row : groups.rows) {
    absl::StrAppend(&csv, QuoteCsvField(row.group), ",", row.kind, ",", QuoteCsvField(row.unit), ",",
                    QuoteCsvField(row.name), ",", QuoteCsvField(row.member), ",", row.role, ",",
                    QuoteCsvField(row.post), "\n");
  }
  return csv;
}

absl::StatusOr<std::vector<GroupRow>> ReadGroups(const std::string& path) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  int columns[3];
  const absl::string_view names[3] = {"group", "member", "role"};
  for (int k = 0; k < 3; ++k) {
    const absl::StatusOr<int> column = table->RequireColumn(names[k]);
    if (!column.ok()) return column.status();
    columns[k] = *column;
  }
  std::vector<GroupRow> rows;
  std::map<std::pair<std::string, std::string>, int64_t> seen;
  for (int64_t row = 0; row < table->rows(); ++row) {
    for (const int column : columns) {
      if (table->Field(row, column).empty()) return table->Complain(row, column, "value missing");
    }
    GroupRow member;
    member.group = std::string(table->Field(row, columns[0]));
    member.member = std::string(table->Field(row, columns[1]));
    member.role = std::string(table->Field(row, columns[2]));
    if (RoleNumber(member.role) == static_cast<int32_t>(kRoles.size())) {
      return table->Complain(row, columns[2], "not a role (holder, stand_in, acting, steward, household)");
    }
    const auto [first, fresh] = seen.try_emplace({member.group, MemberKey(member)}, table->RowNumber(row));
    if (!fresh) {
      return table->Complain(row, columns[1], absl::StrCat("is in this group already, in row ", first->second));
    }
    rows.push_back(std::move(member));
  }
  return rows;
}

absl::StatusOr<std::vector<GroupChange>> CompareGroups(const std::vector<GroupRow>& before,
                                                       const std::vector<GroupRow>& after) {
  Numbering groups;
  Numbering members;
  for (const auto* rows : {&before, &after}) {
    for (const GroupRow& row : *rows) {
      groups.Add(row.group);
      members.Add(MemberKey(row));
    }
  }
  groups.Close();
  members.Close();
  const auto numbered = [&](const std::vector<GroupRow>& rows) {
    std::vector<Membership> list;
    list.reserve(rows.size());
    for (const GroupRow& row : rows) {
      list.push_back({groups.Of(row.group), members.Of(MemberKey(row)), RoleNumber(row.role)});
    }
    return list;
  };
  const absl::StatusOr<std::vector<MembershipChange>> found = CompareMemberships(numbered(before), numbered(after));
  if (!found.ok()) return found.status();

  // Where households come from and go to.
  absl::flat_hash_map<int32_t, int32_t> left;
  absl::flat_hash_map<int32_t, int32_t> joined;
  const auto is_household = [](const MembershipChange& change) { return kRoles[change.role] == kHouseholdRole; };
  for (const MembershipChange& change : *found) {
    if (!is_household(change)) continue;
    (change.kind == MembershipChangeKind::kLeaves ? left : joined).emplace(change.member, change.group);
  }
  std::vector<GroupChange> changes;
  changes.reserve(found->size());
  for (const MembershipChange& change : *found) {
    const bool leaves = change.kind == MembershipChangeKind::kLeaves;
    const bool role = change.kind == MembershipChangeKind::kRole;
    const auto& others = leaves ? joined : left;
    const auto other = is_household(change) && !role ? others.find(change.member) : others.end();
    changes.push_back({.change = leaves ? "leaves"
                                 : role ? "role"
                                        : "joins",
                       .group = groups[change.group],
                       .member = members[change.member].substr(1),
                       .role = std::string(kRoles[change.role]),
                       .role_before = role ? std::string(kRoles[change.role_before]) : std::string(),
                       .other_group = other == others.end() ? std::string() : groups[other->second]});
  }
  return changes;
}

std::string FormatGroupChangesCsv(const std::vector<GroupChange>& changes) {
  std::string csv = "change,group,member,role,role_before,other_group\n";
  for (const GroupChange& change : changes) {
    absl::StrAppend(&csv, change.change, ",", QuoteCsvField(change.group), ",", QuoteCsvField(change.member), ",",
                    change.role, ",", change.role_before, ",", QuoteCsvField(change.other_group), "\n");
  }
  return csv;
}

}  // namespace lianhu::io
