// Everything of floors 0 to 2: the hierarchy and the rooms that decide on it. bgl.h and contiguity_bgl.h, which need
// Boost.Graph, and the files of io/ and report/ are included by themselves.
#ifndef LIANHU_LIANHU_HPP_
#define LIANHU_LIANHU_HPP_

#include "lianhu/assignment/infeasibility.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/assignment/problem.h"
#include "lianhu/assignment/solve.h"
#include "lianhu/assignment/verify.h"
#include "lianhu/base/language.h"
#include "lianhu/base/point.h"
#include "lianhu/base/random.h"
#include "lianhu/base/run_context.h"
#include "lianhu/base/status.h"
#include "lianhu/base/version.h"
#include "lianhu/hierarchy/ancestry.h"
#include "lianhu/hierarchy/cascade.h"
#include "lianhu/hierarchy/contact_groups.h"
#include "lianhu/hierarchy/contiguity.h"
#include "lianhu/hierarchy/hierarchy.h"
#include "lianhu/hierarchy/posts.h"
#include "lianhu/hierarchy/roll_up.h"
#include "lianhu/hierarchy/unit_code.h"
#include "lianhu/scoring/apportionment.h"
#include "lianhu/scoring/checklist.h"
#include "lianhu/scoring/composite.h"
#include "lianhu/scoring/decimal.h"
#include "lianhu/scoring/explain.h"
#include "lianhu/scoring/roll_up.h"
#include "lianhu/scoring/sample.h"
#include "lianhu/scoring/score.h"
#include "lianhu/scoring/sensitivity.h"
#include "lianhu/scoring/strata.h"

#endif  // LIANHU_LIANHU_HPP_
