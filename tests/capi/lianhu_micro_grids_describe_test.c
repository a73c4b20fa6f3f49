#include "capi_test.h"

TEST(lianhu_micro_grids_describe) {
  lianhu_micro_grid_problem problem = small_grids();
  lianhu_micro_grids* grids = NULL;
  char text[1024];
  char cut[12];
  int64_t size = 0;
  problem.min_weight = 9;
  problem.max_weight = 12;
  EXPECT_EQ(lianhu_micro_grids_draw(&problem, NULL, NULL, &grids, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_micro_grids_describe(grids, 0, "Jili", LIANHU_ENGLISH, NULL, 0, &size, shared_error()), LIANHU_OK);
  EXPECT(size > 20 && size < 1024);
  EXPECT_EQ(lianhu_micro_grids_describe(grids, 0, "Jili", LIANHU_ENGLISH, text, 1024, &size, NULL), LIANHU_OK);
  EXPECT_EQ(strlen(text) + 1, size);
  EXPECT(strstr(text, "Jili has 6 households, 3 fewer than the minimum of 9") == text);
  EXPECT_EQ(lianhu_micro_grids_describe(grids, 0, NULL, LIANHU_CHINESE, cut, 12, &size, NULL), LIANHU_OK);
  EXPECT(strlen(cut) <= 11 && size > 12);
  EXPECT_ERROR(lianhu_micro_grids_describe(grids, 1, NULL, LIANHU_ENGLISH, text, 1024, &size, shared_error()),
               LIANHU_INVALID_ARGUMENT, "index", -1, "index: is 1: there are 1 faults");
  EXPECT_ERROR(lianhu_micro_grids_describe(grids, 0, NULL, 2, text, 1024, &size, shared_error()),
               LIANHU_INVALID_ARGUMENT, "language", -1, "language: is 2: need LIANHU_ENGLISH or LIANHU_CHINESE");
  EXPECT_EQ(lianhu_micro_grids_describe(NULL, 0, NULL, LIANHU_ENGLISH, text, 1024, &size, NULL),
            LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_micro_grids_describe(grids, 0, NULL, LIANHU_ENGLISH, NULL, 9, &size, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_EQ(lianhu_micro_grids_describe(grids, 0, NULL, LIANHU_ENGLISH, text, 1024, NULL, NULL),
            LIANHU_INVALID_ARGUMENT);
  lianhu_micro_grids_free(grids);
}
