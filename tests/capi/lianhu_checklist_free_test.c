#include "capi_test.h"

TEST(lianhu_checklist_free) {
  lianhu_checklist_free(founding_checklist());
  lianhu_checklist_free(NULL);
}
