// Contact cards, badges, notice boards and diary sheets of stewards as one HTML file that a browser prints.
//
// What they look like is a template that a town can change: an HTML page with Mustache tags (mustache.5).
//
//   {{name}}                  the value, escaped for HTML; a column of the stewards' file or one of those below
//   {{#name}}...{{/name}}     only where the value is there and not empty
//   {{^name}}...{{/name}}     only where it is not
//   {{! ... }}                a comment
//   {{#page}}...{{/page}}     once in the template: what is repeated for each sheet of paper
//   {{#stewards}}...          inside it: for each steward of the sheet
//   {{#households}}...        inside that: for each household linked to the steward
//   <!-- per page: 8 -->      how many stewards a sheet has; 1 without it
//
// Beside the columns, and in place of columns of these names, there are: `title` anywhere; `page_number` on a sheet;
// `number` (of the card, from 1), `household_count` and, where cards are printed for each household, `household` of a
// steward; `household`, `distance_m` and `row` (from 1) of a household. Of a household nothing but its id and its
// distance can be shown. Tags that leave values unescaped or change the delimiters are refused. Values belong in text
// and in quoted attributes, not in scripts.
#ifndef LIANHU_REPORT_CARDS_H_
#define LIANHU_REPORT_CARDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/base/language.h"
#include "lianhu/base/run_context.h"

namespace lianhu::report {

enum class CardKind : int32_t { kCard = 0, kBadge = 1, kBoard = 2, kDiary = 3 };

// "card", "badge", "board", "diary".
const char* CardKindName(CardKind kind);

// The template that comes with lianhu (data/templates). Cards and badges: 8 on a sheet of A4; boards and diary
// sheets: 1.
absl::string_view DefaultCardTemplate(CardKind kind, Language language);

// Whether sheets have a value of this name without a column: `title` and the others listed above.
bool IsSuppliedName(absl::string_view name);

class CardTemplate {
 public:
  // Errors name `source`, the line and the tag: a section that is not closed, a tag of a kind not listed above, no
  // {{#page}} or two, no {{#stewards}} in it, more than 1000 per page. `text` is copied.
  static absl::StatusOr<CardTemplate> Parse(absl::string_view text, std::string source);

  // A plain {{name}} that nothing supplies and no {{#name}} guards is an error that names line and tag.
  absl::Status CheckNames(absl::Span<const std::string> columns) const;

  int32_t per_page() const { return per_page_; }
  const std::string& head() const { return head_; }
  const std::string& page() const { return page_; }
  const std::string& tail() const { return tail_; }

 private:
  struct Use {
    std::string name;
    int32_t line;
  };

  std::string source_;
  std::string head_;
  std::string page_;
  std::string tail_;
  int32_t per_page_ = 1;
  std::vector<Use> unguarded_;
};

// Views of the caller's arrays: m stewards in the order in which they are printed.
struct CardsInput {
  int64_t stewards = 0;                        // m
  absl::Span<const std::string> columns = {};  // c names
  // The field of a steward and a column. Empty fields count as not there.
  absl::FunctionRef<absl::string_view(int64_t steward, size_t column)> field;
  absl::Span<const int64_t> first_household = {};  // m + 1 entries into the two below, or empty without households
  absl::Span<const std::string> households = {};   // ids, those of one steward side by side
  absl::Span<const std::string> distances_m = {};  // as many, or empty
};

struct CardsOptions {
  std::string title = {};
  bool per_household = false;  // a card for each linked household instead of one for each steward
  // Part of the whole, for a browser with little memory: the sheets after the first
  // `first_page`, at most `most_pages` of them (0: all). Sheets and cards keep their numbers in the whole.
  int64_t first_page = 0;
  int64_t most_pages = 0;
};

struct CardsResult {
  int64_t cards = 0;  // that were written
  int64_t pages = 0;
  bool cancelled = false;  // what was handed to the sink is then no whole page
};

// The sheets that the whole takes. O(1).
int64_t PagesOf(const CardTemplate& cards, const CardsInput& input, const CardsOptions& options);

// Hands the page to `sink` piece by piece, so that memory does not grow with the number of cards. Errors are those of
// CheckNames, of the arrays' lengths and of the sink. O(output).
absl::StatusOr<CardsResult> WriteCards(const CardTemplate& cards, const CardsInput& input, const CardsOptions& options,
                                       absl::FunctionRef<absl::Status(absl::string_view)> sink, RunContext& context);

}  // namespace lianhu::report

#endif  // LIANHU_REPORT_CARDS_H_
