#ifndef LIANHU_CAPI_PLAN_H_
#define LIANHU_CAPI_PLAN_H_

#include "lianhu.h"
#include "lianhu/assignment/objective.h"
#include "lianhu/assignment/plan.h"

struct lianhu_plan {
  lianhu::assignment::Plan plan;
  // What an objective found out; its own plan has been moved to the first.
  lianhu::assignment::ObjectivePlan aimed = {};
};

#endif  // LIANHU_CAPI_PLAN_H_
