#include "capi_test.h"

TEST(lianhu_contact_groups_view_init) {
  lianhu_contact_groups_view view;
  memset(&view, 77, sizeof(view));
  EXPECT_EQ(lianhu_contact_groups_view_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT(view.struct_size == sizeof(view) && view.group_count == 0 && view.members == NULL);
  EXPECT_EQ(lianhu_contact_groups_view_init(&view, 8), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_contact_groups_view_init(NULL, sizeof(view)), LIANHU_INVALID_ARGUMENT);
}
