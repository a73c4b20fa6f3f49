#ifndef LIANHU_CAPI_CHECKLIST_H_
#define LIANHU_CAPI_CHECKLIST_H_

#include "absl/status/status.h"
#include "capi/columns.h"
#include "capi/structs.h"
#include "lianhu.h"
#include "lianhu/scoring/checklist.h"
#include "lianhu/scoring/score.h"

struct lianhu_checklist {
  lianhu::scoring::Checklist checklist;
};

struct lianhu_scores {
  lianhu::scoring::Scores scores;
  lianhu::scoring::Points full_marks = 0;
};

namespace lianhu::capi {

// The caller's table as a view.
inline absl::StatusOr<scoring::FactTable> ViewFacts(const lianhu_checklist* checklist, const int64_t* values,
                                                    int64_t stewards) {
  if (auto status = CheckPointer(checklist, "checklist"); !status.ok()) return status;
  if (auto status = CheckArray(values, stewards, "values"); !status.ok()) return status;
  const auto facts = static_cast<int64_t>(checklist->checklist.facts.size());
  return scoring::FactTable{static_cast<int32_t>(stewards), View(values, stewards * facts)};
}

}  // namespace lianhu::capi

#endif  // LIANHU_CAPI_CHECKLIST_H_
