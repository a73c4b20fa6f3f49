// The page of one steward: the derivation of his score.
#ifndef LIANHU_SRC_REPORT_SCORE_STEWARD_H_
#define LIANHU_SRC_REPORT_SCORE_STEWARD_H_

#include <string>
#include <vector>

#include "lianhu/report/score_page.h"
#include "lianhu/scoring/explain.h"

namespace lianhu::report {

// `mean_share`: of all stewards to whom an indicator applies, 0..1, by indicator.
std::string StewardPage(const ScorePageInput& input, const ScorePageOptions& options, int32_t steward,
                        const scoring::Explanation& explanation, const std::vector<double>& mean_share);

// A bar of `share` (0..1), with a tick at `mean` unless it is negative.
std::string ShareBar(double share, double mean, const std::string& label);

}  // namespace lianhu::report

#endif  // LIANHU_SRC_REPORT_SCORE_STEWARD_H_
