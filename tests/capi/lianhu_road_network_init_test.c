#include "capi_test.h"

TEST(lianhu_road_network_init) {
  lianhu_road_network view;
  memset(&view, 77, sizeof(view));
  EXPECT_EQ(lianhu_road_network_init(&view, sizeof(view)), LIANHU_OK);
  EXPECT(view.struct_size == sizeof(view) && isinf(view.max_distance) && view.edge_count == 0);
  EXPECT_EQ(lianhu_road_network_init(&view, 8), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_road_network_init(NULL, sizeof(view)), LIANHU_INVALID_ARGUMENT);
}
