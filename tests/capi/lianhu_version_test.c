#include "capi_test.h"

TEST(lianhu_version) {
  int major = -1;
  int minor = -1;
  int patch = -1;
  EXPECT_EQ(sscanf(lianhu_version(), "%d.%d.%d", &major, &minor, &patch), 3);
  EXPECT(major >= 0 && minor >= 0 && patch >= 0);
}
