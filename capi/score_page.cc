#include "lianhu/report/score_page.h"

#include <string>
#include <utility>
#include <vector>

#include "capi/checklist.h"
#include "capi/columns.h"
#include "capi/context.h"
#include "capi/guard.h"
#include "capi/structs.h"
#include "capi/text.h"
#include "lianhu/io/atomic_file.h"

using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::InitStruct;
using lianhu::capi::ReadStruct;
using lianhu::capi::ReadTexts;
using lianhu::capi::TextOrEmpty;
using lianhu::capi::View;
using lianhu::capi::ViewFacts;
namespace io = lianhu::io;
namespace report = lianhu::report;

namespace {

constexpr lianhu_score_page kDefaults = {.front = 1, .steward_pages = 1};

// A column of as many ranks as there are stewards, or none.
absl::StatusOr<absl::Span<const int32_t>> Ranks(const int32_t* ranks, int64_t count, absl::string_view field) {
  if (ranks == nullptr) return absl::Span<const int32_t>();
  if (auto status = CheckArray(ranks, count, field); !status.ok()) return status;
  return View(ranks, count);
}

absl::Status WritePage(const lianhu_checklist* checklist, const lianhu_scores* scores, const lianhu_score_page& given,
                       const char* path, lianhu::RunContext& run) {
  lianhu::Language language = lianhu::Language::kEnglish;
  if (auto status = lianhu::capi::ReadLanguage(given.language, language); !status.ok()) return status;
  const auto facts = ViewFacts(checklist, given.values, given.steward_count);
  if (!facts.ok()) return facts.status();
  const absl::StatusOr<std::vector<std::string>> ids = ReadTexts(given.ids, given.steward_count, "ids");
  if (!ids.ok()) return ids.status();
  const absl::StatusOr<std::vector<std::string>> units =
      ReadTexts(given.units, given.units == nullptr ? 0 : given.steward_count, "units");
  if (!units.ok()) return units.status();
  const auto best = Ranks(given.best_rank, given.steward_count, "best_rank");
  if (!best.ok()) return best.status();
  const auto worst = Ranks(given.worst_rank, given.steward_count, "worst_rank");
  if (!worst.ok()) return worst.status();
  absl::StatusOr<io::AtomicFile> file = io::AtomicFile::Create(path);
  if (!file.ok()) return file.status();
  absl::Status written = report::WriteScorePage(
      {.checklist = &checklist->checklist,
       .scores = &scores->scores,
       .facts = *facts,
       .ids = *ids,
       .units = *units,
       .best_rank = *best,
       .worst_rank = *worst},
      {.title = TextOrEmpty(given.title),
       .period = TextOrEmpty(given.period),
       .language = language,
       .front = given.front != 0,
       .steward_pages = given.steward_pages != 0,
       .first_steward = given.first_steward,
       .most_stewards = given.most_stewards},
      [&file](absl::string_view text) { return file->Write(text); }, run);
  if (!written.ok()) return written;
  return file->Commit();
}

}  // namespace

int32_t lianhu_score_page_init(lianhu_score_page* page, uint32_t struct_size) {
  return InitStruct(page, struct_size, kDefaults);
}

int32_t lianhu_score_page_write(const lianhu_checklist* checklist, const lianhu_scores* scores,
                                const lianhu_score_page* page, const char* path, lianhu_context* context,
                                int32_t* out_cancelled, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(checklist, "checklist"); !status.ok()) return status;
    if (auto status = CheckPointer(scores, "scores"); !status.ok()) return status;
    if (auto status = CheckStruct(page, "page"); !status.ok()) return status;
    if (auto status = CheckPointer(path, "path"); !status.ok()) return status;
    lianhu::RunContext own;
    absl::Status status =
        WritePage(checklist, scores, ReadStruct(page, kDefaults), path, context == nullptr ? own : context->run);
    const bool cancelled = absl::IsCancelled(status);
    if (cancelled) status = absl::OkStatus();
    if (status.ok() && out_cancelled != nullptr) *out_cancelled = cancelled ? 1 : 0;
    return status;
  });
}
