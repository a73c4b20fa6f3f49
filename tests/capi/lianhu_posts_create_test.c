#include "capi_test.h"

TEST(lianhu_posts_create) {
  lianhu_hierarchy* hierarchy = small_hierarchy();
  const int32_t holders[] = {7, 7, LIANHU_NONE, 3};
  const int32_t both[] = {LIANHU_NONE, 7, LIANHU_NONE, LIANHU_NONE};
  lianhu_posts* posts = NULL;
  EXPECT_EQ(lianhu_posts_create(hierarchy, holders, NULL, 4, &posts, shared_error()), LIANHU_OK);
  lianhu_posts_free(posts);
  posts = NULL;
  EXPECT_ERROR(lianhu_posts_create(hierarchy, holders, both, 4, &posts, shared_error()), LIANHU_INVALID_ARGUMENT,
               "stand_ins", 1, "stand_ins[1]: person 7 already holds unit 1 (code 430181002204)");
  EXPECT_ERROR(lianhu_posts_create(hierarchy, holders, NULL, 3, &posts, shared_error()), LIANHU_INVALID_ARGUMENT,
               "holders", -1, "holders: has 3 entries, expected 4");
  EXPECT_ERROR(lianhu_posts_create(NULL, holders, NULL, 4, &posts, shared_error()), LIANHU_INVALID_ARGUMENT,
               "hierarchy", -1, "hierarchy: must not be null");
  EXPECT_ERROR(lianhu_posts_create(hierarchy, NULL, NULL, 4, &posts, shared_error()), LIANHU_INVALID_ARGUMENT,
               "holders", -1, "holders: must not be null");
  EXPECT_ERROR(lianhu_posts_create(hierarchy, holders, NULL, 4, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out",
               -1, "out: must not be null");
  EXPECT(posts == NULL);
  lianhu_hierarchy_free(hierarchy);
}
