#include "capi_test.h"

TEST(lianhu_posts_vacant) {
  lianhu_posts* posts = small_posts();
  int32_t units[4] = {77, 77, 77, 77};
  int64_t count = 0;
  EXPECT_EQ(lianhu_posts_vacant(posts, LIANHU_HOLDER, NULL, 0, &count, shared_error()), LIANHU_OK);
  EXPECT_EQ(count, 2);
  EXPECT_EQ(lianhu_posts_vacant(posts, LIANHU_HOLDER, units, 1, &count, shared_error()), LIANHU_OK);
  EXPECT(count == 2 && units[0] == 2 && units[1] == 77);
  EXPECT_EQ(lianhu_posts_vacant(posts, LIANHU_STAND_IN, units, 4, &count, shared_error()), LIANHU_OK);
  EXPECT(count == 3 && units[0] == 0 && units[1] == 1 && units[2] == 3 && units[3] == 77);
  EXPECT_ERROR(lianhu_posts_vacant(posts, 2, units, 4, &count, shared_error()), LIANHU_INVALID_ARGUMENT, "kind", -1,
               "kind: is 2: need LIANHU_HOLDER or LIANHU_STAND_IN");
  EXPECT_ERROR(lianhu_posts_vacant(NULL, LIANHU_HOLDER, units, 4, &count, shared_error()), LIANHU_INVALID_ARGUMENT,
               "posts", -1, "posts: must not be null");
  EXPECT_ERROR(lianhu_posts_vacant(posts, LIANHU_HOLDER, NULL, 4, &count, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out_units", -1, "out_units: must not be null");
  EXPECT_ERROR(lianhu_posts_vacant(posts, LIANHU_HOLDER, units, -1, &count, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out_units", -1, "out_units: has -1 entries");
  EXPECT_ERROR(lianhu_posts_vacant(posts, LIANHU_HOLDER, units, 4, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out_count", -1, "out_count: must not be null");
  lianhu_posts_free(posts);
}
