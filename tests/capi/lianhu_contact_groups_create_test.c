#include "capi_test.h"

TEST(lianhu_contact_groups_create) {
  lianhu_posts* posts = small_posts();
  const int32_t stewards[] = {7, LIANHU_NONE, 7};
  const int32_t wrong[] = {7, -2};
  lianhu_contact_groups* groups = NULL;
  EXPECT_EQ(lianhu_contact_groups_create(posts, stewards, 3, &groups, shared_error()), LIANHU_OK);
  lianhu_contact_groups_free(groups);
  groups = NULL;
  EXPECT_EQ(lianhu_contact_groups_create(posts, NULL, 0, &groups, shared_error()), LIANHU_OK);
  lianhu_contact_groups_free(groups);
  groups = NULL;
  EXPECT_ERROR(lianhu_contact_groups_create(posts, wrong, 2, &groups, shared_error()), LIANHU_INVALID_ARGUMENT,
               "steward_of", 1, "steward_of[1]: is -2: need a person >= 0, or -1 for none");
  EXPECT_ERROR(lianhu_contact_groups_create(NULL, stewards, 3, &groups, shared_error()), LIANHU_INVALID_ARGUMENT,
               "posts", -1, "posts: must not be null");
  EXPECT_ERROR(lianhu_contact_groups_create(posts, NULL, 3, &groups, shared_error()), LIANHU_INVALID_ARGUMENT,
               "steward_of", -1, "steward_of: must not be null");
  EXPECT_ERROR(lianhu_contact_groups_create(posts, stewards, 3, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out",
               -1, "out: must not be null");
  EXPECT(groups == NULL);
  lianhu_posts_free(posts);
}
