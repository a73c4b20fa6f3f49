#include "capi_test.h"

TEST(lianhu_cohesion_result_init) {
  lianhu_cohesion_result view;
  memset(&view, 77, sizeof(view));
  EXPECT_EQ(lianhu_cohesion_result_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT(view.struct_size == sizeof(view) && view.buildings == 0 && view.bound_cm == 0);
  EXPECT_EQ(lianhu_cohesion_result_init(&view, 8), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_cohesion_result_init(NULL, sizeof(view)), LIANHU_INVALID_ARGUMENT);
}
