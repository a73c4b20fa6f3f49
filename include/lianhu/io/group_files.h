// Contact groups as CSV, and what changed since an earlier file.
#ifndef LIANHU_IO_GROUP_FILES_H_
#define LIANHU_IO_GROUP_FILES_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/hierarchy/contact_groups.h"
#include "lianhu/io/household_links.h"
#include "lianhu/io/posts.h"
#include "lianhu/io/units.h"

namespace lianhu::io {

// One row of groups.csv.
struct GroupRow {
  std::string group;   // "operating:430181002216001"
  std::string kind;    // "command", "backbone", "operating", "household"
  std::string unit;    // empty in household groups
  std::string name;    // of the unit
  std::string member;  // the id of a person, or of a household
  std::string role;    // "holder", "stand_in", "acting", "steward", "household"
  std::string post;    // the unit whose post it is; empty in household groups
};

struct GroupTable {
  std::vector<GroupRow> rows;              // by group, the leader first
  std::array<int64_t, 4> groups = {};      // by ContactGroupKind
  int64_t households_without_group = 0;    // nobody answers for them
  std::vector<std::string> without_post;   // stewards of the plan in no post, so in no operating group
  std::vector<std::string> strangers;      // households of the plan that are none of the tree's, where it has any
  std::vector<std::string> without_group;  // streets, communities and grids in which no post is filled, by unit
};

// Derives the groups. Households and their stewards are those of `links`; without links (null), the households of the
// tree with whoever acts for the units above them.
absl::StatusOr<GroupTable> MakeGroups(const UnitTable& units, const PostTable& posts, const HouseholdLinks* links);

// `group,kind,unit,name,member,role,post`.
std::string FormatGroupsCsv(const GroupTable& groups);

// Reads what FormatGroupsCsv wrote; `group`, `member` and `role` must be there. Errors name file, row, column and
// value: a missing value, a role nobody knows, a member of a group named twice.
absl::StatusOr<std::vector<GroupRow>> ReadGroups(const std::string& path);

struct GroupChange {
  std::string change;  // "joins", "leaves", "role"
  std::string group;
  std::string member;
  std::string role;         // now; that of before for who leaves
  std::string role_before;  // of who changes it
  // Of a household that moves: the group it leaves or joins instead.
  std::string other_group;
};

// From the one to the other, by group, then by member. O(n log n).
absl::StatusOr<std::vector<GroupChange>> CompareGroups(const std::vector<GroupRow>& before,
                                                       const std::vector<GroupRow>& after);

// `change,group,member,role,role_before,other_group`.
std::string FormatGroupChangesCsv(const std::vector<GroupChange>& changes);

}  // namespace lianhu::io

#endif  // LIANHU_IO_GROUP_FILES_H_
