// Posts: who answers for a unit.
//
// Every unit has two posts, a holder (A) and a stand-in (B). A post is filled by one person or vacant; a person may
// fill any number of posts, of either kind, in any units - only not both posts of one unit, for then nobody stands in.
// People are opaque numbers >= 0 that mean something to the caller alone.
#ifndef LIANHU_HIERARCHY_POSTS_H_
#define LIANHU_HIERARCHY_POSTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/hierarchy/hierarchy.h"

namespace lianhu {

using Person = int32_t;
inline constexpr Person kVacant = -1;

enum class PostKind : int32_t {
  kHolder = 0,   // A
  kStandIn = 1,  // B
};

// A filled post.
struct Post {
  Person person = kVacant;
  Unit unit = kNoUnit;
  PostKind kind = PostKind::kHolder;
  friend bool operator==(const Post&, const Post&) = default;
};

struct PersonPosts {
  Person person = kVacant;
  int32_t posts = 0;
  friend bool operator==(const PersonPosts&, const PersonPosts&) = default;
};

// Immutable; keeps no reference to the hierarchy it was made for, which the questions about ancestors take again.
class Posts {
 public:
  // One entry per unit of the hierarchy in each column, a person or kVacant; `stand_ins` may be empty: all vacant.
  // Errors name the column and the unit: a wrong length, a negative person, one person in both posts of a unit.
  // O(n + p log p) for p filled posts.
  static absl::StatusOr<Posts> Create(const Hierarchy& hierarchy, absl::Span<const Person> holders,
                                      absl::Span<const Person> stand_ins = {});

  // O(1), for a unit of the hierarchy; kVacant where nobody is.
  Person holder(Unit unit) const { return holders_[unit]; }
  Person stand_in(Unit unit) const { return stand_ins_[unit]; }

  // Who acts for a unit: its holder, else its stand-in, else whoever acts for its parent. The post says in which unit
  // and as which kind; {kVacant, kNoUnit} when no post up to the root is filled. O(depth). `hierarchy` must be the one
  // given to Create.
  Post ActingFor(const Hierarchy& hierarchy, Unit unit) const;

  // All posts of a person, by unit: O(log p). Valid while the Posts live.
  absl::Span<const Post> PostsOf(Person person) const;

  // The units whose post of this kind is vacant, in ascending order: O(n).
  std::vector<Unit> VacantUnits(PostKind kind) const;
  // The units with neither holder nor stand-in, for which an ancestor must act, in ascending order: O(n).
  std::vector<Unit> UnfilledUnits() const;

  // The people with two posts or more, in ascending order, and how many each has: O(p).
  std::vector<PersonPosts> PeopleWithSeveralPosts() const;

  size_t MemoryBytes() const;

 private:
  Posts() = default;

  std::vector<Person> holders_;    // by unit
  std::vector<Person> stand_ins_;  // by unit
  std::vector<Post> filled_;       // by person, then unit
};

}  // namespace lianhu

#endif  // LIANHU_HIERARCHY_POSTS_H_
