#include "capi/checklist.h"

#include <algorithm>
#include <utility>

#include "capi/context.h"
#include "capi/guard.h"
#include "capi/text.h"
#include "lianhu/io/checklist.h"
#include "lianhu/io/score_files.h"
#include "lianhu/scoring/explain.h"

using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::InitStruct;
using lianhu::capi::View;
using lianhu::capi::ViewFacts;
using lianhu::capi::WriteStruct;
using lianhu::capi::WriteText;
namespace io = lianhu::io;
namespace scoring = lianhu::scoring;

int32_t lianhu_checklist_founding(lianhu_checklist** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    *out = new lianhu_checklist{scoring::FoundingChecklist()};
    return absl::OkStatus();
  });
}

int32_t lianhu_checklist_parse(const char* json, int64_t size, lianhu_checklist** out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckArray(json, size, "json"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    auto checklist = io::ParseChecklistJson(absl::string_view(json == nullptr ? "" : json, static_cast<size_t>(size)));
    if (!checklist.ok()) return checklist.status();
    *out = new lianhu_checklist{*std::move(checklist)};
    return absl::OkStatus();
  });
}

int32_t lianhu_checklist_format(const lianhu_checklist* checklist, char* out_json, int64_t capacity, int64_t* out_size,
                                lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(checklist, "checklist"); !status.ok()) return status;
    const absl::StatusOr<std::string> json = io::FormatChecklistJson(checklist->checklist);
    if (!json.ok()) return json.status();
    return WriteText(*json, out_json, capacity, out_size);
  });
}

void lianhu_checklist_free(lianhu_checklist* checklist) {
  delete checklist;
}

int32_t lianhu_checklist_score(const lianhu_checklist* checklist, const int64_t* values, int64_t steward_count,
                               lianhu_context* context, lianhu_scores** out, lianhu_error* error) {
  return Guard(error, [&] {
    const absl::StatusOr<scoring::FactTable> facts = ViewFacts(checklist, values, steward_count);
    if (!facts.ok()) return facts.status();
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    lianhu::RunContext own;
    lianhu::RunContext& run = context == nullptr ? own : context->run;
    absl::StatusOr<scoring::Scores> scores = scoring::Score(checklist->checklist, *facts, run);
    if (!scores.ok()) return scores.status();
    constexpr int64_t kThousandth = scoring::Decimal::kOne / 1000;
    *out = new lianhu_scores{*std::move(scores), checklist->checklist.full_marks.millionths / kThousandth};
    return absl::OkStatus();
  });
}

int32_t lianhu_scores_view_init(lianhu_scores_view* view, uint32_t struct_size) {
  return InitStruct(view, struct_size, {});
}

int32_t lianhu_scores_get(const lianhu_scores* scores, lianhu_scores_view* out, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(scores, "scores"); !status.ok()) return status;
    if (auto status = CheckStruct(out, "out"); !status.ok()) return status;
    const scoring::Scores& s = scores->scores;
    static_assert(sizeof(scoring::ScoreStatus) == sizeof(int32_t));
    WriteStruct<lianhu_scores_view>({.cancelled = s.cancelled ? 1 : 0,
                                     .steward_count = s.stewards,
                                     .indicator_count = s.indicators,
                                     .group_count = s.groups,
                                     .points = s.points.data(),
                                     .group_points = s.group_points.data(),
                                     .bonus = s.bonus.data(),
                                     .deduction = s.deduction.data(),
                                     .total = s.total.data(),
                                     .grade = s.grade.data(),
                                     .veto = s.veto.data(),
                                     .status = reinterpret_cast<const int32_t*>(s.status.data()),
                                     .rank = s.rank.data()},
                                    out);
    return absl::OkStatus();
  });
}

void lianhu_scores_free(lianhu_scores* scores) {
  delete scores;
}

int32_t lianhu_checklist_explain(const lianhu_checklist* checklist, const int64_t* facts, int64_t fact_count,
                                 const char* steward, int32_t language, char* out_text, int64_t capacity,
                                 int64_t* out_size, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(checklist, "checklist"); !status.ok()) return status;
    if (auto status = CheckArray(facts, fact_count, "facts"); !status.ok()) return status;
    if (auto status = CheckPointer(steward, "steward"); !status.ok()) return status;
    lianhu::Language said = lianhu::Language::kEnglish;
    if (language != LIANHU_JSON) {
      if (auto status = lianhu::capi::ReadLanguage(language, said); !status.ok()) return status;
    }
    const scoring::Checklist& list = checklist->checklist;
    const absl::StatusOr<scoring::Explanation> explanation = scoring::Explain(list, View(facts, fact_count));
    if (!explanation.ok()) return explanation.status();
    const std::string text = language == LIANHU_JSON ? io::FormatExplanationJson(list, steward, *explanation)
                                                     : scoring::Describe(list, *explanation, steward, said);
    return WriteText(text, out_text, capacity, out_size);
  });
}
