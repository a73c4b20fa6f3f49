// The page of one steward: the derivation of his score.
#ifndef LIANHU_SRC_REPORT_SCORE_STEWARD_H_
#define LIANHU_SRC_REPORT_SCORE_STEWARD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "lianhu/report/score_page.h"
#include "lianhu/scoring/explain.h"

namespace lianhu::report {

// What one is compared with.
struct ScoreMeans {
  int64_t rated = 0;          // stewards who have a rank
  std::vector<double> share;  // by indicator, of all to whom it applies, 0..1; -1 where it applies to nobody
};

std::string StewardPage(const ScorePageInput& input, const ScorePageOptions& options, int32_t steward,
                        const scoring::Explanation& explanation, const ScoreMeans& means);

// A bar of `share` (0..1), with a tick at `mean` unless it is negative.
std::string ShareBar(double share, double mean, const std::string& label);

}  // namespace lianhu::report

#endif  // LIANHU_SRC_REPORT_SCORE_STEWARD_H_
