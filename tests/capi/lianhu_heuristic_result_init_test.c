#include "capi_test.h"

TEST(lianhu_heuristic_result_init) {
  lianhu_heuristic_result view;
  memset(&view, 77, sizeof(view));
  EXPECT_EQ(lianhu_heuristic_result_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT(view.struct_size == sizeof(view) && view.objective == 0 && view.bound == 0);
  EXPECT_EQ(lianhu_heuristic_result_init(&view, 8), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_heuristic_result_init(NULL, sizeof(view)), LIANHU_INVALID_ARGUMENT);
}
