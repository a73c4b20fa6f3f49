#include "capi_test.h"

TEST(lianhu_hierarchy_from_parents) {
  const int32_t parents[] = {2, 2, -1};
  const int64_t codes[] = {12, 11, 1};
  const int32_t levels[] = {5, 5, 4};
  const int32_t cycle[] = {-1, 2, 1};
  lianhu_hierarchy* hierarchy = NULL;
  lianhu_hierarchy_view view;
  lianhu_hierarchy_view_init(&view, sizeof(view));
  EXPECT_EQ(lianhu_hierarchy_from_parents(parents, codes, levels, 3, &hierarchy, shared_error()), LIANHU_OK);
  EXPECT_EQ(lianhu_hierarchy_get(hierarchy, &view, NULL), LIANHU_OK);
  EXPECT_EQ(view.unit_count, 3);
  EXPECT_EQ(view.units[2], 0);
  EXPECT_EQ(view.codes[view.units[0]], 12);
  EXPECT_EQ(view.levels[0], 4);
  lianhu_hierarchy_free(hierarchy);

  EXPECT_EQ(lianhu_hierarchy_from_parents(parents, NULL, NULL, 3, &hierarchy, NULL), LIANHU_OK);
  EXPECT_EQ(lianhu_hierarchy_get(hierarchy, &view, NULL), LIANHU_OK);
  EXPECT(view.codes == NULL);
  EXPECT_EQ(view.levels[1], 1);
  lianhu_hierarchy_free(hierarchy);

  hierarchy = NULL;
  EXPECT_EQ(lianhu_hierarchy_from_parents(cycle, NULL, NULL, 3, &hierarchy, NULL), LIANHU_INVALID_ARGUMENT);
  EXPECT_ERROR(lianhu_hierarchy_from_parents(NULL, NULL, NULL, 3, &hierarchy, shared_error()), LIANHU_INVALID_ARGUMENT,
               "parents", -1, "parents: must not be null");
  EXPECT_ERROR(lianhu_hierarchy_from_parents(parents, NULL, NULL, -3, &hierarchy, shared_error()),
               LIANHU_INVALID_ARGUMENT, "parents", -1, "parents: has -3 entries");
  EXPECT_ERROR(lianhu_hierarchy_from_parents(NULL, NULL, NULL, 0, &hierarchy, shared_error()), LIANHU_INVALID_ARGUMENT,
               "parents", -1, "parents: no root: there are no units");
  EXPECT_ERROR(lianhu_hierarchy_from_parents(parents, NULL, NULL, 3, NULL, shared_error()), LIANHU_INVALID_ARGUMENT,
               "out", -1, "out: must not be null");
  EXPECT(hierarchy == NULL);
}
