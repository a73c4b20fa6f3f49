#include "lianhu/base/version.h"

#include "lianhu.h"

uint32_t lianhu_abi_version(void) {
  return LIANHU_ABI_VERSION;
}

const char* lianhu_version(void) {
  return lianhu::kVersion;
}
