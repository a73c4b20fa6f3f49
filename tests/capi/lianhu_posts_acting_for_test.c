#include "capi_test.h"

TEST(lianhu_posts_acting_for) {
  lianhu_posts* posts = small_posts();
  const int32_t units[] = {0, 1, 2, 3};
  const int32_t wrong[] = {9};
  int32_t people[4];
  int32_t where[4];
  int32_t kinds[4];
  EXPECT_EQ(lianhu_posts_acting_for(posts, units, 4, people, where, kinds, shared_error()), LIANHU_OK);
  EXPECT(people[0] == 7 && people[1] == 7 && people[2] == 8 && people[3] == 8);
  EXPECT(where[0] == 0 && where[1] == 1 && where[2] == 2 && where[3] == 2);
  EXPECT(kinds[0] == LIANHU_HOLDER && kinds[1] == LIANHU_HOLDER && kinds[2] == LIANHU_STAND_IN &&
         kinds[3] == LIANHU_STAND_IN);
  EXPECT_EQ(lianhu_posts_acting_for(posts, units, 4, people, NULL, NULL, shared_error()), LIANHU_OK);
  EXPECT_ERROR(lianhu_posts_acting_for(posts, wrong, 1, people, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "units", 0, "units[0]: 9 is not a unit: there are 4");
  EXPECT_ERROR(lianhu_posts_acting_for(NULL, units, 4, people, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "posts", -1, "posts: must not be null");
  EXPECT_ERROR(lianhu_posts_acting_for(posts, NULL, 4, people, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "units", -1, "units: must not be null");
  lianhu_posts_free(posts);
}
