// The files of a plan with few moves: frontier.csv and the summary.
#ifndef LIANHU_IO_FRONTIER_FILES_H_
#define LIANHU_IO_FRONTIER_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "lianhu/assignment/frontier.h"
#include "lianhu/assignment/plan.h"
#include "lianhu/io/street.h"

namespace lianhu::io {

// `moves,distance_m,switch_cost_m,corner`, a row a point by increasing moves; docs/formats.md.
std::string FormatFrontierCsv(const std::vector<assignment::FrontierPoint>& points);

// The limited plan as the files of plans know one: its distance as the total, the Lagrangian bound as the bound, prices
// rounded to whole centimetres.
assignment::Plan PlanOf(const assignment::LimitedPlan& limited);

// The summary of PlanOf with what the limit came to.
std::string FormatLimitedJson(const Street& street, const assignment::LimitedPlan& limited, int64_t max_moves);

}  // namespace lianhu::io

#endif  // LIANHU_IO_FRONTIER_FILES_H_
