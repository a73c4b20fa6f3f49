#ifndef LIANHU_CAPI_PLAN_H_
#define LIANHU_CAPI_PLAN_H_

#include "lianhu.h"
#include "lianhu/assignment/plan.h"

struct lianhu_plan {
  lianhu::assignment::Plan plan;
};

#endif  // LIANHU_CAPI_PLAN_H_
