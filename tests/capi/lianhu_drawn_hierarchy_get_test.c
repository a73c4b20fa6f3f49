#include "capi_test.h"

TEST(lianhu_drawn_hierarchy_get) {
  static const int64_t communities[6] = {430181002204, 430181002204, 430181002204,
                                         430181002204, 430181002204, 430181002204};
  const lianhu_micro_grid_problem problem = small_grids();
  lianhu_drawn_hierarchy* drawn = NULL;
  lianhu_drawn_hierarchy_view view;
  lianhu_micro_grid_options options;
  lianhu_micro_grid_options_init(&options, sizeof(options));
  options.work = 10000;
  lianhu_drawn_hierarchy_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_drawn_hierarchy_draw(&problem, communities, 6, NULL, &options, NULL, &drawn, shared_error()),
            LIANHU_OK);
  EXPECT_EQ(lianhu_drawn_hierarchy_get(drawn, &view, NULL), LIANHU_OK);
  EXPECT(view.community_count == 1 && view.grid_count == 1 && view.micro_grid_count == 2 && view.code_count == 5);
  EXPECT(view.micro_grids != NULL && view.grids != NULL);
  EXPECT_ERROR(lianhu_drawn_hierarchy_get(NULL, &view, shared_error()), LIANHU_INVALID_ARGUMENT, "drawn", -1,
               "drawn: must not be null");
  EXPECT_ERROR(lianhu_drawn_hierarchy_get(drawn, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
  lianhu_drawn_hierarchy_free(drawn);
}
