#include "capi_test.h"

TEST(lianhu_abi_version) {
  EXPECT_EQ(lianhu_abi_version(), LIANHU_ABI_VERSION);
}
