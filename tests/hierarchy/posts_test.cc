#include "lianhu/hierarchy/posts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lianhu/base/random.h"
#include "lianhu/base/status.h"

namespace lianhu {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A street (0), two communities (1, 2), three grids: 3 below 1, 4 and 5 below 2.
Hierarchy Tree() {
  return Hierarchy::FromParents({.parents = {-1, 0, 0, 1, 2, 2}, .codes = {9, 91, 92, 911, 921, 922}}).value();
}

TEST(PostsTest, HolderThenStandInThenTheUnitAbove) {
  const Hierarchy tree = Tree();
  const Posts posts =
      Posts::Create(tree, {50, kVacant, 52, 53, kVacant, kVacant}, {kVacant, 61, 62, 63, 64, kVacant}).value();
  EXPECT_EQ(posts.ActingFor(tree, 3), (Post{53, 3, PostKind::kHolder}));
  EXPECT_EQ(posts.ActingFor(tree, 4), (Post{64, 4, PostKind::kStandIn}));
  EXPECT_EQ(posts.ActingFor(tree, 5), (Post{52, 2, PostKind::kHolder}));
  EXPECT_EQ(posts.ActingFor(tree, 1), (Post{61, 1, PostKind::kStandIn}));
  EXPECT_THAT(posts.VacantUnits(PostKind::kHolder), ElementsAre(1, 4, 5));
  EXPECT_THAT(posts.VacantUnits(PostKind::kStandIn), ElementsAre(0, 5));
  EXPECT_THAT(posts.UnfilledUnits(), ElementsAre(5));
}

TEST(PostsTest, NobodyAnywhere) {
  const Hierarchy tree = Tree();
  const Posts posts = Posts::Create(tree, std::vector<Person>(6, kVacant)).value();
  EXPECT_EQ(posts.ActingFor(tree, 5), (Post{kVacant, kNoUnit, PostKind::kHolder}));
  EXPECT_THAT(posts.PeopleWithSeveralPosts(), IsEmpty());
  EXPECT_THAT(posts.PostsOf(1), IsEmpty());
}

// The founding street has more micro-grids than stewards, so that some hold two.
TEST(PostsTest, OnePersonInManyPosts) {
  const Hierarchy tree = Tree();
  const Posts posts = Posts::Create(tree, {7, 8, 7, 9, 7, kVacant}, {8, kVacant, kVacant, 7, kVacant, 9}).value();
  EXPECT_THAT(posts.PostsOf(7), ElementsAre(Post{7, 0, PostKind::kHolder}, Post{7, 2, PostKind::kHolder},
                                            Post{7, 3, PostKind::kStandIn}, Post{7, 4, PostKind::kHolder}));
  EXPECT_THAT(posts.PeopleWithSeveralPosts(), ElementsAre(PersonPosts{7, 4}, PersonPosts{8, 2}, PersonPosts{9, 2}));
}

TEST(PostsTest, FaultsNameTheUnit) {
  const Hierarchy tree = Tree();
  const absl::Status both = Posts::Create(tree, {1, 2, 3, 4, 5, 6}, {9, 9, 3, 9, 9, 9}).status();
  EXPECT_EQ(both.message(), "stand_ins[2]: person 3 already holds unit 2 (code 92)");
  EXPECT_EQ(GetErrorDetail(both).row, 2);
  EXPECT_EQ(Posts::Create(tree, {1, 2, 3}).status().message(), "holders: has 3 entries, expected 6");
  EXPECT_EQ(Posts::Create(tree, std::vector<Person>(6, 1), {2}).status().message(),
            "stand_ins: has 1 entries, expected 6");
  EXPECT_EQ(Posts::Create(tree, {1, 2, 3, 4, -8, 6}).status().message(),
            "holders[4]: person of unit 4 (code 921) is -8: need a number >= 0, or -1 for vacant");
}

TEST(PostsTest, EveryFilledPostIsItsPersons) {
  Random random(3);
  std::vector<int32_t> parents{-1};
  for (int32_t row = 1; row < 500; ++row) parents.push_back(random.Between(0, row - 1));
  const Hierarchy tree = Hierarchy::FromParents({.parents = parents}).value();
  std::vector<Person> holders(500);
  std::vector<Person> stand_ins(500);
  int64_t filled = 0;
  for (int i = 0; i < 500; ++i) {
    holders[i] = random.Between(-1, 60);
    stand_ins[i] = random.Between(-1, 60);
    if (holders[i] == stand_ins[i]) stand_ins[i] = kVacant;
    filled += (holders[i] != kVacant) + (stand_ins[i] != kVacant);
  }
  const Posts posts = Posts::Create(tree, holders, stand_ins).value();
  int64_t found = 0;
  for (Person person = 0; person <= 60; ++person) {
    for (const Post& post : posts.PostsOf(person)) {
      ASSERT_EQ(person, post.kind == PostKind::kHolder ? holders[post.unit] : stand_ins[post.unit]);
      ++found;
    }
  }
  EXPECT_EQ(found, filled);
  EXPECT_GT(filled, 900);
}

}  // namespace
}  // namespace lianhu
