#include "cascade_fixture.h"

TEST(lianhu_cascade_free) {
  lianhu_cascade_free(NULL);
  lianhu_cascade_free(small_cascade());
}
