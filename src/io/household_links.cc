#include "lianhu/io/household_links.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {
namespace {

// For each steward of the links the unit where his households hang, or kNoUnit.
std::vector<Unit> UnitsOfStewards(const UnitTable& units, const PostTable& posts, const HouseholdLinks& links) {
  absl::flat_hash_map<absl::string_view, Person> person_of_id;
  for (size_t p = 0; p < posts.people.size(); ++p) person_of_id.emplace(posts.people[p], static_cast<Person>(p));
  std::vector<Unit> where;
  for (const std::string& steward : links.stewards) {
    Unit best = kNoUnit;
    if (const auto person = person_of_id.find(steward); person != person_of_id.end()) {
      for (const Post& post : posts.posts.PostsOf(person->second)) {
        if (post.kind != PostKind::kHolder) continue;
        if (best == kNoUnit || units.hierarchy.level(post.unit) > units.hierarchy.level(best)) best = post.unit;
      }
    }
    where.push_back(best);
  }
  return where;
}

}  // namespace

absl::StatusOr<HouseholdLinks> ReadHouseholdLinks(const std::string& path) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> household_column = table->RequireColumn("household");
  if (!household_column.ok()) return household_column.status();
  const absl::StatusOr<int> steward_column = table->RequireColumn("steward");
  if (!steward_column.ok()) return steward_column.status();
  const int distance_column = table->FindColumn("distance_m");
  HouseholdLinks links;
  links.file = path;
  absl::flat_hash_map<absl::string_view, int64_t> seen;
  absl::flat_hash_map<absl::string_view, int32_t> stewards;
  seen.reserve(table->rows());
  for (int64_t row = 0; row < table->rows(); ++row) {
    const absl::string_view household = table->Field(row, *household_column);
    if (household.empty()) return table->Complain(row, *household_column, "value missing");
    if (const auto [first, fresh] = seen.try_emplace(household, row); !fresh) {
      return table->Complain(row, *household_column,
                             absl::StrCat("is there already, in row ", table->RowNumber(first->second)));
    }
    links.households.emplace_back(household);
    links.row_numbers.push_back(table->RowNumber(row));
    if (distance_column >= 0) links.distances_m.emplace_back(table->Field(row, distance_column));
    const absl::string_view steward = table->Field(row, *steward_column);
    if (steward.empty()) {
      links.steward_of.push_back(-1);
      continue;
    }
    const auto [index, fresh] = stewards.try_emplace(steward, static_cast<int32_t>(links.stewards.size()));
    if (fresh) links.stewards.emplace_back(steward);
    links.steward_of.push_back(index->second);
  }
  return links;
}

absl::StatusOr<LinkedUnits> HangLinks(const UnitTable& units, const PostTable& posts, const HouseholdLinks& links) {
  const auto complain = [&](size_t household, absl::string_view column, absl::string_view message,
                            absl::string_view value) {
    return WithErrorDetail(
        absl::InvalidArgumentError(absl::StrCat(links.file, ": row ", links.row_numbers[household], ", column ", column,
                                                ": ", message, ": '", ShownValue(value), "'")),
        {.field = std::string(column), .row = static_cast<int64_t>(household)});
  };
  const std::vector<Unit> where = UnitsOfStewards(units, posts, links);
  const HierarchyView view = units.hierarchy.view();
  std::vector<int32_t> parents(view.parents.begin(), view.parents.end());
  std::vector<int64_t> codes(view.codes.begin(), view.codes.end());
  std::vector<int32_t> levels(view.levels.begin(), view.levels.end());
  std::vector<size_t> placed;  // households by row of the new tree, after the units
  int64_t without_steward = 0;
  for (size_t h = 0; h < links.households.size(); ++h) {
    if (links.steward_of[h] < 0) {
      ++without_steward;
      continue;
    }
    const std::string& steward = links.stewards[links.steward_of[h]];
    const Unit unit = where[links.steward_of[h]];
    if (unit == kNoUnit) return complain(h, "steward", "holds no post of the units", steward);
    if (levels[unit] >= kHousehold) return complain(h, "steward", "holds a household, not a unit", steward);
    if (units.Find(links.households[h]) != kNoUnit) {
      return complain(h, "household", absl::StrCat("is a unit of ", units.file), links.households[h]);
    }
    parents.push_back(unit);
    levels.push_back(kHousehold);
    if (!codes.empty()) codes.push_back(kNoCode);
    placed.push_back(h);
  }
  absl::StatusOr<Hierarchy> tree = Hierarchy::FromParents({.parents = parents, .codes = codes, .levels = levels});
  if (!tree.ok()) return tree.status();

  UnitTable grown{.file = units.file, .hierarchy = *std::move(tree)};
  std::vector<Person> holders(grown.hierarchy.size(), kVacant);
  std::vector<Person> stand_ins(grown.hierarchy.size(), kVacant);
  for (const Unit unit : grown.hierarchy.units()) {
    const auto row = static_cast<Unit>(grown.hierarchy.row_of_unit(unit));  // the old units come first
    const bool household = row >= units.hierarchy.size();
    const size_t h = household ? placed[row - units.hierarchy.size()] : 0;
    grown.ids.push_back(household ? links.households[h] : units.ids[row]);
    grown.names.push_back(household ? std::string() : units.names[row]);
    grown.row_numbers.push_back(household ? links.row_numbers[h] : units.row_numbers[row]);
    if (household) continue;
    holders[unit] = posts.posts.holder(row);
    stand_ins[unit] = posts.posts.stand_in(row);
  }
  grown.by_id.resize(grown.ids.size());
  std::iota(grown.by_id.begin(), grown.by_id.end(), 0);
  std::sort(grown.by_id.begin(), grown.by_id.end(), [&](Unit a, Unit b) { return grown.ids[a] < grown.ids[b]; });
  absl::StatusOr<Posts> moved = Posts::Create(grown.hierarchy, holders, stand_ins);
  if (!moved.ok()) return moved.status();
  return LinkedUnits{.units = std::move(grown),
                     .posts = {.posts = *std::move(moved), .people = posts.people},
                     .without_steward = without_steward};
}

}  // namespace lianhu::io
