#include "capi_test.h"

TEST(lianhu_micro_grids_free) {
  lianhu_micro_grids_free(NULL);
}
