#include "lianhu/io/posts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/temporary_directory.h"

namespace lianhu::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PostsTest : public ::testing::Test {
 protected:
  PostsTest() {
    WriteFile(directory_.File("u.csv"), "code,parent\nS,\nC1,S\nC2,S\n");
    units_ = ReadUnits({.units = directory_.File("u.csv")});
  }
  absl::StatusOr<PostTable> Read(const std::string& posts) {
    WriteFile(directory_.File("p.csv"), posts);
    return ReadPosts(directory_.File("p.csv"), *units_);
  }
  std::string Fault(const std::string& posts) {
    return std::string(Read(posts).status().message()).substr(directory_.path().string().size() + 1);
  }

  TemporaryDirectory directory_;
  absl::StatusOr<UnitTable> units_ = absl::UnknownError("not read");
};

TEST_F(PostsTest, OnePersonManyPosts) {
  const PostTable table = Read("holder,unit,stand_in\np1,C1,p2\n,S,p1\n").value();
  EXPECT_THAT(table.people, ElementsAre("p1", "p2"));
  const Unit c1 = units_->Find("C1");
  EXPECT_EQ(table.posts.holder(c1), 0);
  EXPECT_EQ(table.posts.stand_in(c1), 1);
  EXPECT_EQ(table.posts.holder(Hierarchy::kRoot), kVacant);
  EXPECT_EQ(table.posts.stand_in(Hierarchy::kRoot), 0);
  EXPECT_EQ(table.posts.holder(units_->Find("C2")), kVacant);
}

TEST_F(PostsTest, StandInsMayBeLeftOut) {
  EXPECT_EQ(Read("unit,holder\nC1,p\n").value().posts.stand_in(units_->Find("C1")), kVacant);
}

TEST_F(PostsTest, EveryFaultHasItsPlace) {
  EXPECT_EQ(Fault("unit\nS\n"), "p.csv: row 1, column holder: is missing; the columns are 'unit'");
  EXPECT_EQ(Fault("unit,holder\n,p\n"), "p.csv: row 2, column unit: value missing: ''");
  EXPECT_THAT(Fault("unit,holder\nS,p\nX,p\n"), HasSubstr("p.csv: row 3, column unit: not in "));
  EXPECT_EQ(Fault("unit,holder\nS,p\n\nS,q\n"), "p.csv: row 4, column unit: is there already, in row 2: 'S'");
  EXPECT_EQ(Fault("unit,holder,stand_in\nS,p,p\n"),
            "p.csv: row 2, column stand_in: holds this unit already and cannot stand in for himself: 'p'");
}

}  // namespace
}  // namespace lianhu::io
