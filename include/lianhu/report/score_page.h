// An evaluation as one self-contained HTML page that an office prints: figures and distribution, the means of the
// indicators, the ranking, and for each steward a page with the derivation of his score.
#ifndef LIANHU_REPORT_SCORE_PAGE_H_
#define LIANHU_REPORT_SCORE_PAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/base/language.h"
#include "lianhu/base/run_context.h"
#include "lianhu/scoring/checklist.h"
#include "lianhu/scoring/score.h"

namespace lianhu::report {

// Views of the caller's arrays: m stewards in the order of the facts.
struct ScorePageInput {
  const scoring::Checklist* checklist = nullptr;  // required
  const scoring::Scores* scores = nullptr;        // of these facts by this checklist; required
  scoring::FactTable facts = {};
  absl::Span<const std::string> ids = {};    // m
  absl::Span<const std::string> units = {};  // m, the unit each belongs to, or empty
  // Which ranks weights within a range could give (scoring/sensitivity.h); both m, or both empty.
  absl::Span<const int32_t> best_rank = {};
  absl::Span<const int32_t> worst_rank = {};
};

struct ScorePageOptions {
  std::string title = {};   // empty: that of the checklist
  std::string period = {};  // shown below it, any text
  Language language = Language::kEnglish;
  bool front = true;          // figures, distribution, indicators, ranking
  bool steward_pages = true;  // in order of rank
  // Part of the stewards' pages, for a browser with little memory: those after the first
  // `first_steward`, at most `most_stewards` of them (0: all).
  int64_t first_steward = 0;
  int64_t most_stewards = 0;
  // The files that hold the stewards' pages, `most_stewards` each, to which the ranking links. Empty: this one.
  std::vector<std::string> part_files = {};
};

// Hands the page (UTF-8, A4 in print) to `sink` piece by piece, a steward at a time, so that no more than one is held;
// it loads nothing from anywhere, plots are inline SVG. Ids and titles may hold any characters. Errors: lengths that do
// not agree, what scoring::Explain says, those of the sink. When cancelled it ends early with a Cancelled status. O(m *
// size of the checklist^2 + m log m).
absl::Status WriteScorePage(const ScorePageInput& input, const ScorePageOptions& options,
                            absl::FunctionRef<absl::Status(absl::string_view)> sink, RunContext& context);

}  // namespace lianhu::report

#endif  // LIANHU_REPORT_SCORE_PAGE_H_
