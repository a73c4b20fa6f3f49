#include "capi_test.h"

TEST(lianhu_sensitivity_free) {
  lianhu_checklist* checklist = founding_checklist();
  lianhu_sensitivity* ranks = NULL;
  EXPECT_EQ(lianhu_sensitivity_analyse(checklist, NULL, 0, NULL, NULL, &ranks, shared_error()), LIANHU_OK);
  lianhu_sensitivity_free(ranks);
  lianhu_sensitivity_free(NULL);
  lianhu_checklist_free(checklist);
}
