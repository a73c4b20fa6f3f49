#include "lianhu/report/cards.h"

#include <string>
#include <vector>

#include "capi/columns.h"
#include "capi/context.h"
#include "capi/guard.h"
#include "capi/structs.h"
#include "capi/text.h"
#include "lianhu/io/atomic_file.h"

using lianhu::InvalidField;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::InitStruct;
using lianhu::capi::ReadStruct;
using lianhu::capi::ReadTexts;
using lianhu::capi::View;
namespace io = lianhu::io;
namespace report = lianhu::report;

namespace {

absl::StatusOr<report::CardTemplate> Template(const lianhu_cards& given) {
  if (given.template_text != nullptr) return report::CardTemplate::Parse(given.template_text, "template_text");
  if (given.kind < LIANHU_CARD || given.kind > LIANHU_DIARY) {
    return InvalidField("kind", -1, absl::StrCat("unknown value ", given.kind));
  }
  lianhu::Language language = lianhu::Language::kEnglish;
  if (auto status = lianhu::capi::ReadLanguage(given.language, language); !status.ok()) return status;
  return report::CardTemplate::Parse(report::DefaultCardTemplate(static_cast<report::CardKind>(given.kind), language),
                                     "the default template");
}

absl::Status Write(const lianhu_cards& given, const char* path, lianhu::RunContext& run, int64_t* out_cards,
                   int64_t* out_pages) {
  if (auto status = lianhu::capi::CheckCount(given.steward_count, "stewards"); !status.ok()) return status;
  const absl::StatusOr<std::vector<std::string>> columns = ReadTexts(given.columns, given.column_count, "columns");
  if (!columns.ok()) return columns.status();
  if (auto status = CheckArray(given.fields, given.column_count == 0 ? 0 : given.steward_count, "fields");
      !status.ok()) {
    return status;
  }
  const int64_t households_given = given.first_household == nullptr ? 0 : given.household_count;
  const absl::StatusOr<std::vector<std::string>> households =
      ReadTexts(given.households, households_given, "households");
  if (!households.ok()) return households.status();
  const absl::StatusOr<std::vector<std::string>> distances =
      ReadTexts(given.distances_m, given.distances_m == nullptr ? 0 : households_given, "distances_m");
  if (!distances.ok()) return distances.status();
  const absl::StatusOr<report::CardTemplate> cards = Template(given);
  if (!cards.ok()) return cards.status();

  absl::StatusOr<io::AtomicFile> file = io::AtomicFile::Create(path);
  if (!file.ok()) return file.status();
  const auto field = [&given](int64_t steward, size_t column) -> absl::string_view {
    const char* text = given.fields[steward * given.column_count + static_cast<int64_t>(column)];
    return text == nullptr ? "" : text;
  };
  const absl::StatusOr<report::CardsResult> result = report::WriteCards(
      *cards,
      {.stewards = given.steward_count,
       .columns = *columns,
       .field = field,
       .first_household = View(given.first_household, given.steward_count + 1),
       .households = *households,
       .distances_m = *distances},
      {.title = lianhu::capi::TextOrEmpty(given.title),
       .per_household = given.per_household != 0,
       .first_page = given.first_page,
       .most_pages = given.most_pages},
      [&file](absl::string_view text) { return file->Write(text); }, run);
  if (!result.ok()) return result.status();
  if (!result->cancelled) {
    if (auto status = file->Commit(); !status.ok()) return status;
  }
  if (out_cards != nullptr) *out_cards = result->cancelled ? 0 : result->cards;
  if (out_pages != nullptr) *out_pages = result->cancelled ? 0 : result->pages;
  return absl::OkStatus();
}

}  // namespace

int32_t lianhu_cards_init(lianhu_cards* cards, uint32_t struct_size) {
  return InitStruct(cards, struct_size, {});
}

int32_t lianhu_cards_write(const lianhu_cards* cards, const char* path, lianhu_context* context, int64_t* out_cards,
                           int64_t* out_pages, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckStruct(cards, "cards"); !status.ok()) return status;
    if (auto status = CheckPointer(path, "path"); !status.ok()) return status;
    lianhu::RunContext own;
    return Write(ReadStruct(cards, {}), path, context == nullptr ? own : context->run, out_cards, out_pages);
  });
}
