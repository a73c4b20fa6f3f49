#include "capi_test.h"

TEST(lianhu_checklist_format) {
  lianhu_checklist* checklist = founding_checklist();
  int64_t size = 0;
  EXPECT_EQ(lianhu_checklist_format(checklist, NULL, 0, &size, shared_error()), LIANHU_OK);
  EXPECT(size > 1000);
  char* json = malloc((size_t)size);
  EXPECT_EQ(lianhu_checklist_format(checklist, json, size, &size, shared_error()), LIANHU_OK);
  EXPECT_EQ((int64_t)strlen(json), size - 1);
  lianhu_checklist* again = NULL;
  EXPECT_EQ(lianhu_checklist_parse(json, size - 1, &again, shared_error()), LIANHU_OK);
  lianhu_checklist_free(again);
  memset(json, 'x', (size_t)size);
  EXPECT_EQ(lianhu_checklist_format(checklist, json, 5, &size, shared_error()), LIANHU_OK);
  EXPECT_EQ(strlen(json), 4);
  EXPECT_EQ(json[5], 'x');
  free(json);

  EXPECT_ERROR(lianhu_checklist_format(NULL, NULL, 0, &size, shared_error()), LIANHU_INVALID_ARGUMENT, "checklist", -1,
               "checklist: must not be null");
  EXPECT_ERROR(lianhu_checklist_format(checklist, NULL, 5, &size, shared_error()), LIANHU_INVALID_ARGUMENT, "out_text",
               -1, "out_text: must not be null");
  EXPECT_ERROR(lianhu_checklist_format(checklist, NULL, 0, NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out_size",
               -1, "out_size: must not be null");
  lianhu_checklist_free(checklist);
}
