#include "capi_test.h"

TEST(lianhu_table_free) {
  lianhu_table_free(NULL);
}
