#include "capi_test.h"

TEST(lianhu_memberships_compare) {
  const int32_t groups[] = {1, 1, 2}, members[] = {5, 6, 5}, roles[] = {0, 4, 1};
  const int32_t now_groups[] = {2, 1, 2}, now_members[] = {6, 5, 5}, now_roles[] = {4, 0, 0};
  int32_t kinds[3] = {77, 77, 77}, out_groups[3], out_members[3], out_roles[3], before[3];
  int64_t count = 0;
  EXPECT_EQ(lianhu_memberships_compare(groups, members, roles, 3, now_groups, now_members, now_roles, 3, NULL, NULL,
                                       NULL, NULL, NULL, 0, &count, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(count, 3);
  EXPECT_EQ(lianhu_memberships_compare(groups, members, roles, 3, now_groups, now_members, now_roles, 3, kinds,
                                       out_groups, out_members, out_roles, before, 2, &count, shared_error()),
            LIANHU_OK);
  EXPECT(count == 3 && kinds[2] == 77);
  EXPECT(kinds[0] == LIANHU_MEMBER_LEAVES && out_groups[0] == 1 && out_members[0] == 6 && out_roles[0] == 4);
  EXPECT(kinds[1] == LIANHU_MEMBER_CHANGES_ROLE && out_groups[1] == 2 && out_roles[1] == 0 && before[1] == 1);
  EXPECT_EQ(lianhu_memberships_compare(NULL, NULL, NULL, 0, now_groups, now_members, now_roles, 3, kinds, NULL, NULL,
                                       NULL, NULL, 3, &count, shared_error()),
            LIANHU_OK);
  EXPECT(count == 3 && kinds[0] == LIANHU_MEMBER_JOINS);
  const int32_t twice[] = {1, 1, 1}, same[] = {5, 6, 5};
  EXPECT_ERROR(lianhu_memberships_compare(twice, same, roles, 3, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0,
                                          &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "before", 2, "before[2]: names member 5 of group 1 again, after row 0");
  EXPECT_ERROR(lianhu_memberships_compare(groups, NULL, roles, 3, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0,
                                          &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "before_members", -1, "before_members: must not be null");
  EXPECT_ERROR(lianhu_memberships_compare(NULL, NULL, NULL, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, -1,
                                          &count, shared_error()),
               LIANHU_INVALID_ARGUMENT, "capacity", -1, "capacity: has -1 entries");
  EXPECT_ERROR(lianhu_memberships_compare(NULL, NULL, NULL, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0,
                                          NULL, shared_error()),
               LIANHU_INVALID_ARGUMENT, "out_count", -1, "out_count: must not be null");
}
