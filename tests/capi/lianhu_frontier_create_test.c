#include "capi_test.h"

TEST(lianhu_frontier_create) {
  lianhu_assignment_problem problem = small_problem();
  static const int32_t current[] = {1, 0, 0, 0, 1, 1};
  lianhu_frontier* frontier = NULL;
  EXPECT_EQ(lianhu_frontier_create(&problem, current, 6, NULL, NULL, &frontier, NULL), LIANHU_OK);
  lianhu_frontier_free(frontier);
  EXPECT_ERROR(lianhu_frontier_create(&problem, NULL, 6, NULL, NULL, &frontier, shared_error()),
               LIANHU_INVALID_ARGUMENT, "current", -1, "current: must not be null");
  EXPECT_ERROR(lianhu_frontier_create(&problem, current, 5, NULL, NULL, &frontier, shared_error()),
               LIANHU_INVALID_ARGUMENT, "current", -1, "current: has 5 entries, expected 6");
  {
    lianhu_assignment_options options;
    EXPECT_EQ(lianhu_assignment_options_init(&options, sizeof(options)), LIANHU_OK);
    options.objective = LIANHU_OBJECTIVE_EVEN;
    EXPECT_ERROR(lianhu_frontier_create(&problem, current, 6, &options, NULL, &frontier, shared_error()),
                 LIANHU_INVALID_ARGUMENT, "options.objective", -1,
                 "options.objective: is 2: the total alone is known here");
    options.objective = LIANHU_OBJECTIVE_TOTAL;
    options.time_limit_seconds = 3;
    EXPECT_ERROR(lianhu_frontier_create(&problem, current, 6, &options, NULL, &frontier, shared_error()),
                 LIANHU_INVALID_ARGUMENT, "options.time_limit_seconds", -1,
                 "options.time_limit_seconds: there is no limit here");
  }
  EXPECT_ERROR(lianhu_frontier_create(NULL, current, 6, NULL, NULL, &frontier, shared_error()), LIANHU_INVALID_ARGUMENT,
               "problem", -1, "problem: must not be null");
  EXPECT_ERROR(lianhu_frontier_create(&problem, current, 6, NULL, NULL, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out", -1, "out: must not be null");
}
