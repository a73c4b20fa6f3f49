#include "lianhu/io/posts.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {

absl::StatusOr<PostTable> ReadPosts(const std::string& path, const UnitTable& units) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> unit_column = table->RequireColumn("unit");
  if (!unit_column.ok()) return unit_column.status();
  const absl::StatusOr<int> holder_column = table->RequireColumn("holder");
  if (!holder_column.ok()) return holder_column.status();
  const int stand_in_column = table->FindColumn("stand_in");

  const auto size = static_cast<size_t>(units.hierarchy.size());
  std::vector<std::string> people;
  absl::flat_hash_map<std::string, Person> person_of_id;
  const auto person = [&](absl::string_view id) {
    if (id.empty()) return kVacant;
    const auto [found, fresh] = person_of_id.try_emplace(id, static_cast<Person>(people.size()));
    if (fresh) people.emplace_back(id);
    return found->second;
  };
  std::vector<Person> holders(size, kVacant);
  std::vector<Person> stand_ins(size, kVacant);
  std::vector<int64_t> listed(size, 0);  // the row that lists a unit
  for (int64_t row = 0; row < table->rows(); ++row) {
    const absl::string_view id = table->Field(row, *unit_column);
    if (id.empty()) return table->Complain(row, *unit_column, "value missing");
    const Unit unit = units.Find(id);
    if (unit == kNoUnit) return table->Complain(row, *unit_column, absl::StrCat("not in ", units.file));
    if (listed[unit] != 0) {
      return table->Complain(row, *unit_column, absl::StrCat("is there already, in row ", listed[unit]));
    }
    listed[unit] = table->RowNumber(row);
    holders[unit] = person(table->Field(row, *holder_column));
    if (stand_in_column < 0) continue;
    stand_ins[unit] = person(table->Field(row, stand_in_column));
    if (stand_ins[unit] != kVacant && stand_ins[unit] == holders[unit]) {
      return table->Complain(row, stand_in_column, "holds this unit already and cannot stand in for himself");
    }
  }
  absl::StatusOr<Posts> posts = Posts::Create(units.hierarchy, holders, stand_ins);
  if (!posts.ok()) return posts.status();
  return PostTable{.posts = *std::move(posts), .people = std::move(people)};
}

}  // namespace lianhu::io
