#include "lianhu/hierarchy/posts.h"

#include <algorithm>
#include <tuple>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hierarchy/columns.h"
#include "lianhu/base/status.h"

namespace lianhu {
namespace {

absl::Status CheckPeople(absl::string_view field, absl::Span<const Person> people, const Hierarchy& hierarchy) {
  for (size_t i = 0; i < people.size(); ++i) {
    if (people[i] >= 0 || people[i] == kVacant) continue;
    const auto unit = static_cast<int64_t>(i);
    return InvalidField(field, unit,
                        absl::StrCat("person of ", UnitName(unit, hierarchy.view().codes), " is ", people[i],
                                     ": need a number >= 0, or -1 for vacant"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Posts> Posts::Create(const Hierarchy& hierarchy, absl::Span<const Person> holders,
                                    absl::Span<const Person> stand_ins) {
  const auto size = static_cast<size_t>(hierarchy.size());
  if (holders.size() != size) {
    return InvalidField("holders", -1, absl::StrCat("has ", holders.size(), " entries, expected ", size));
  }
  if (absl::Status status = CheckOptionalLength("stand_ins", stand_ins.size(), size); !status.ok()) return status;
  if (absl::Status status = CheckPeople("holders", holders, hierarchy); !status.ok()) return status;
  if (absl::Status status = CheckPeople("stand_ins", stand_ins, hierarchy); !status.ok()) return status;

  Posts posts;
  posts.holders_.assign(holders.begin(), holders.end());
  posts.stand_ins_.assign(stand_ins.begin(), stand_ins.end());
  posts.stand_ins_.resize(size, kVacant);
  const auto is_filled = [](Person person) { return person != kVacant; };
  posts.filled_.reserve(std::count_if(holders.begin(), holders.end(), is_filled) +
                        std::count_if(stand_ins.begin(), stand_ins.end(), is_filled));
  for (const Unit unit : hierarchy.units()) {
    const Person holder = posts.holder(unit);
    const Person stand_in = posts.stand_in(unit);
    if (holder != kVacant && holder == stand_in) {
      return InvalidField("stand_ins", unit,
                          absl::StrCat("person ", stand_in, " already holds ", UnitName(unit, hierarchy.view().codes)));
    }
    if (holder != kVacant) posts.filled_.push_back({holder, unit, PostKind::kHolder});
    if (stand_in != kVacant) posts.filled_.push_back({stand_in, unit, PostKind::kStandIn});
  }
  std::sort(posts.filled_.begin(), posts.filled_.end(),
            [](const Post& a, const Post& b) { return std::tie(a.person, a.unit) < std::tie(b.person, b.unit); });
  return posts;
}

Post Posts::ActingFor(const Hierarchy& hierarchy, Unit unit) const {
  for (; unit != kNoUnit; unit = hierarchy.parent(unit)) {
    if (holders_[unit] != kVacant) return {holders_[unit], unit, PostKind::kHolder};
    if (stand_ins_[unit] != kVacant) return {stand_ins_[unit], unit, PostKind::kStandIn};
  }
  return {};
}

absl::Span<const Post> Posts::PostsOf(Person person) const {
  const auto begin = std::lower_bound(filled_.begin(), filled_.end(), person,
                                      [](const Post& post, Person wanted) { return post.person < wanted; });
  const auto end = std::upper_bound(begin, filled_.end(), person,
                                    [](Person wanted, const Post& post) { return wanted < post.person; });
  return absl::MakeConstSpan(filled_).subspan(begin - filled_.begin(), end - begin);
}

std::vector<Unit> Posts::VacantUnits(PostKind kind) const {
  const std::vector<Person>& people = kind == PostKind::kHolder ? holders_ : stand_ins_;
  std::vector<Unit> vacant;
  for (size_t unit = 0; unit < people.size(); ++unit) {
    if (people[unit] == kVacant) vacant.push_back(static_cast<Unit>(unit));
  }
  return vacant;
}

std::vector<Unit> Posts::UnfilledUnits() const {
  std::vector<Unit> unfilled;
  for (size_t unit = 0; unit < holders_.size(); ++unit) {
    if (holders_[unit] == kVacant && stand_ins_[unit] == kVacant) unfilled.push_back(static_cast<Unit>(unit));
  }
  return unfilled;
}

std::vector<PersonPosts> Posts::PeopleWithSeveralPosts() const {
  std::vector<PersonPosts> several;
  for (auto begin = filled_.begin(); begin != filled_.end();) {
    const auto end = std::find_if(begin, filled_.end(), [begin](const Post& p) { return p.person != begin->person; });
    if (end - begin > 1) several.push_back({begin->person, static_cast<int32_t>(end - begin)});
    begin = end;
  }
  return several;
}

size_t Posts::MemoryBytes() const {
  return (holders_.capacity() + stand_ins_.capacity()) * sizeof(Person) + filled_.capacity() * sizeof(Post);
}

}  // namespace lianhu
