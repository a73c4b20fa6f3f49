#include "capi_test.h"

TEST(lianhu_checklist_founding) {
  lianhu_checklist* checklist = NULL;
  EXPECT_EQ(lianhu_checklist_founding(&checklist, shared_error()), LIANHU_OK);
  EXPECT(checklist != NULL);
  lianhu_checklist_free(checklist);
  EXPECT_ERROR(lianhu_checklist_founding(NULL, shared_error()), LIANHU_INVALID_ARGUMENT, "out", -1,
               "out: must not be null");
}
