#include "capi_test.h"

TEST(lianhu_figures_init) {
  lianhu_figures figures;
  EXPECT_EQ(lianhu_figures_init(&figures, sizeof(figures)), LIANHU_OK);
  EXPECT_EQ(figures.struct_size, sizeof(figures));
  EXPECT_EQ(figures.capacity, 0);
  EXPECT(figures.open_by_age == NULL);
  EXPECT_EQ(lianhu_figures_init(NULL, sizeof(figures)), LIANHU_INVALID_ARGUMENT);
}
