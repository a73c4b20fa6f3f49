#include "capi_test.h"

TEST(lianhu_contact_groups_get) {
  lianhu_posts* posts = small_posts();
  const int32_t stewards[] = {9, LIANHU_NONE, 9};
  lianhu_contact_groups* groups = NULL;
  lianhu_contact_groups_view view;
  lianhu_contact_groups_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_contact_groups_create(posts, stewards, 3, &groups, shared_error()), LIANHU_OK);
  lianhu_posts_free(posts);
  EXPECT_EQ(lianhu_contact_groups_get(groups, &view, shared_error()), LIANHU_OK);
  /* Person 7 holds street and community 1, person 8 stands in at community 2, nobody is in the grid. */
  EXPECT(view.group_count == 4 && view.member_count == 7);
  EXPECT(view.kinds[0] == LIANHU_GROUP_COMMAND && view.units[0] == 0 && view.leaders[0] == 7);
  EXPECT(view.kinds[1] == LIANHU_GROUP_BACKBONE && view.kinds[2] == LIANHU_GROUP_BACKBONE);
  EXPECT(view.kinds[3] == LIANHU_GROUP_HOUSEHOLD && view.units[3] == LIANHU_NONE && view.leaders[3] == 9);
  EXPECT(view.first_members[0] == 0 && view.first_members[1] == 2 && view.first_members[3] == 4);
  EXPECT_EQ(view.first_members[4], 7);
  EXPECT(view.members[0] == 7 && view.roles[0] == LIANHU_ROLE_HOLDER && view.posts[0] == 0);
  EXPECT(view.members[1] == 8 && view.roles[1] == LIANHU_ROLE_STAND_IN && view.posts[1] == 2);
  EXPECT(view.members[4] == 9 && view.roles[4] == LIANHU_ROLE_STEWARD);
  EXPECT(view.members[6] == 2 && view.roles[6] == LIANHU_ROLE_HOUSEHOLD && view.posts[6] == LIANHU_NONE);
  EXPECT_ERROR(lianhu_contact_groups_get(NULL, &view, shared_error()), LIANHU_INVALID_ARGUMENT, "groups", -1,
               "groups: must not be null");
  EXPECT_ERROR(lianhu_contact_groups_get(groups, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  view.struct_size = 4;
  EXPECT_ERROR(lianhu_contact_groups_get(groups, &view, shared_error()), LIANHU_INVALID_ARGUMENT, "out.struct_size", -1,
               "out.struct_size: is 4, less than 80: initialise the struct first");
  lianhu_contact_groups_free(groups);
}
