#include "capi_test.h"

TEST(lianhu_generalized_assignment_init) {
  lianhu_generalized_assignment view;
  memset(&view, 77, sizeof(view));
  EXPECT_EQ(lianhu_generalized_assignment_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT(view.struct_size == sizeof(view) && view.items == 0 && view.cost == NULL);
  EXPECT_EQ(lianhu_generalized_assignment_init(&view, 8), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_generalized_assignment_init(NULL, sizeof(view)), LIANHU_INVALID_ARGUMENT);
}
