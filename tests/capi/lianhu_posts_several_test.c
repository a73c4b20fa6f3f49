#include "capi_test.h"

TEST(lianhu_posts_several) {
  lianhu_posts* posts = small_posts();
  int32_t people[2] = {77, 77};
  int32_t held[2] = {77, 77};
  int64_t count = 0;
  EXPECT_EQ(lianhu_posts_several(posts, NULL, NULL, 0, &count, shared_error()), LIANHU_OK);
  EXPECT_EQ(count, 1);
  EXPECT_EQ(lianhu_posts_several(posts, people, held, 2, &count, shared_error()), LIANHU_OK);
  EXPECT(count == 1 && people[0] == 7 && held[0] == 2 && people[1] == 77 && held[1] == 77);
  EXPECT_ERROR(lianhu_posts_several(NULL, people, held, 2, &count, shared_error()), LIANHU_INVALID_ARGUMENT, "posts",
               -1, "posts: must not be null");
  EXPECT_ERROR(lianhu_posts_several(posts, NULL, held, 2, &count, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out_people", -1, "out_people: must not be null");
  EXPECT_ERROR(lianhu_posts_several(posts, people, NULL, 2, &count, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out_posts", -1, "out_posts: must not be null");
  EXPECT_ERROR(lianhu_posts_several(posts, people, held, 2, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out_count",
               -1, "out_count: must not be null");
  lianhu_posts_free(posts);
}
