#include "capi_test.h"

TEST(lianhu_choice_free) {
  lianhu_choice_free(NULL);
}
