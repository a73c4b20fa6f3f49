#include "capi_test.h"

TEST(lianhu_heuristic_options_init) {
  lianhu_heuristic_options view;
  memset(&view, 77, sizeof(view));
  EXPECT_EQ(lianhu_heuristic_options_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT(view.struct_size == sizeof(view) && view.seconds == 0 && view.evaluations == 0);
  EXPECT_EQ(lianhu_heuristic_options_init(&view, 8), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_heuristic_options_init(NULL, sizeof(view)), LIANHU_INVALID_ARGUMENT);
}
