#include "capi_test.h"

TEST(lianhu_contact_groups_free) {
  lianhu_posts* posts = small_posts();
  lianhu_contact_groups* groups = NULL;
  EXPECT_EQ(lianhu_contact_groups_create(posts, NULL, 0, &groups, shared_error()), LIANHU_OK);
  lianhu_contact_groups_free(groups);
  lianhu_contact_groups_free(NULL);
  lianhu_posts_free(posts);
}
