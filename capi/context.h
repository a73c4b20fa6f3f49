#ifndef LIANHU_CAPI_CONTEXT_H_
#define LIANHU_CAPI_CONTEXT_H_

#include "lianhu.h"
#include "lianhu/base/run_context.h"

struct lianhu_context {
  lianhu::RunContext run;
};

#endif  // LIANHU_CAPI_CONTEXT_H_
