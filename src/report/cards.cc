#include "lianhu/report/cards.h"

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <limits>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "report/card_templates.h"

namespace lianhu::report {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

absl::Status CheckLengths(const CardsInput& input) {
  const auto m = static_cast<size_t>(input.stewards);
  if (input.stewards < 0) return InvalidField("stewards", -1, "is negative");
  if (!input.first_household.empty()) {
    if (input.first_household.size() != m + 1) {
      return InvalidField("first_household", -1,
                          absl::StrCat("has ", input.first_household.size(), " entries, expected ", m + 1));
    }
    const bool ascending = std::is_sorted(input.first_household.begin(), input.first_household.end());
    if (!ascending || input.first_household.front() != 0 ||
        input.first_household.back() != static_cast<int64_t>(input.households.size())) {
      return InvalidField("first_household", -1, "does not rise from 0 to the number of households");
    }
  }
  if (input.first_household.empty() && !input.households.empty()) {
    return InvalidField("first_household", -1, "is missing beside households");
  }
  if (!input.distances_m.empty() && input.distances_m.size() != input.households.size()) {
    return InvalidField("distances_m", -1,
                        absl::StrCat("has ", input.distances_m.size(), " entries, expected ", input.households.size()));
  }
  return absl::OkStatus();
}

absl::Status CheckPages(absl::string_view field, int64_t pages) {
  constexpr int64_t kMost = 1'000'000'000;
  if (pages >= 0 && pages <= kMost) return absl::OkStatus();
  return InvalidField(field, -1, absl::StrCat(pages, ", need 0 to ", kMost));
}

// What a template sees of one steward. Empty values are left out, so that sections can ask for them.
data Steward(const CardsInput& input, int64_t steward) {
  data values{data::type::object};
  for (size_t column = 0; column < input.columns.size(); ++column) {
    if (IsSuppliedName(input.columns[column])) continue;
    const absl::string_view field = input.field(steward, column);
    if (!field.empty()) values.set(input.columns[column], std::string(field));
  }
  data households{data::type::list};
  const int64_t begin = input.first_household.empty() ? 0 : input.first_household[steward];
  const int64_t end = input.first_household.empty() ? 0 : input.first_household[steward + 1];
  for (int64_t h = begin; h < end; ++h) {
    data household{data::type::object};
    household.set("household", input.households[h]);
    household.set("row", absl::StrCat(h - begin + 1));
    if (!input.distances_m.empty() && !input.distances_m[h].empty()) household.set("distance_m", input.distances_m[h]);
    households << household;
  }
  values.set("households", households);
  values.set("household_count", absl::StrCat(end - begin));
  return values;
}

class Writer {
 public:
  Writer(const CardTemplate& cards, const CardsInput& input, const CardsOptions& options,
         absl::FunctionRef<absl::Status(absl::string_view)> sink)
      : cards_(cards),
        input_(input),
        options_(options),
        sink_(sink),
        page_(cards.page()),
        begin_(options.first_page * cards.per_page()),
        end_(options.most_pages == 0 ? std::numeric_limits<int64_t>::max()
                                     : begin_ + options.most_pages * cards.per_page()),
        page_number_(options.first_page) {}

  absl::StatusOr<CardsResult> Write(RunContext& context) {
    if (auto status = WriteFrame(cards_.head()); !status.ok()) return status;
    for (int64_t steward = 0; steward < input_.stewards && number_ < end_; ++steward) {
      if (context.cancelled()) {
        result_.cancelled = true;
        return result_;
      }
      context.Report(static_cast<double>(steward) / static_cast<double>(input_.stewards));
      if (auto status = AddSteward(steward); !status.ok()) return status;
    }
    if (auto status = EndPage(); !status.ok()) return status;
    if (auto status = WriteFrame(cards_.tail()); !status.ok()) return status;
    return result_;
  }

 private:
  absl::Status WriteFrame(const std::string& text) {
    data values{data::type::object};
    if (!options_.title.empty()) values.set("title", options_.title);
    return sink_(mustache(text).render(values));
  }

  absl::Status AddSteward(int64_t steward) {
    const bool linked = !input_.first_household.empty();
    const int64_t first = linked ? input_.first_household[steward] : 0;
    const int64_t cards = !options_.per_household ? 1 : linked ? input_.first_household[steward + 1] - first : 0;
    const int64_t skipped = std::clamp<int64_t>(begin_ - number_, 0, cards);
    number_ += skipped;
    if (skipped == cards) return absl::OkStatus();
    const data values = Steward(input_, steward);
    for (int64_t k = skipped; k < cards && number_ < end_; ++k) {
      data card = values;
      if (options_.per_household) card.set("household", input_.households[first + k]);
      if (auto status = Add(std::move(card)); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status Add(data card) {
    card.set("number", absl::StrCat(++number_));
    ++result_.cards;
    stewards_ << card;
    return ++on_page_ == cards_.per_page() ? EndPage() : absl::OkStatus();
  }

  absl::Status EndPage() {
    if (on_page_ == 0) return absl::OkStatus();
    data values{data::type::object};
    if (!options_.title.empty()) values.set("title", options_.title);
    values.set("page_number", absl::StrCat(++page_number_));
    ++result_.pages;
    values.set("stewards", stewards_);
    stewards_ = data(data::type::list);
    on_page_ = 0;
    return sink_(page_.render(values));
  }

  const CardTemplate& cards_;
  const CardsInput& input_;
  const CardsOptions& options_;
  absl::FunctionRef<absl::Status(absl::string_view)> sink_;
  mustache page_;
  int64_t begin_;  // the cards that are printed, from 0
  int64_t end_;
  int64_t number_ = 0;  // of cards so far, printed or not
  int64_t page_number_;
  data stewards_{data::type::list};
  int32_t on_page_ = 0;
  CardsResult result_;
};

}  // namespace

const char* CardKindName(CardKind kind) {
  static constexpr const char* kNames[] = {"card", "badge", "board", "diary"};
  return kNames[static_cast<size_t>(kind)];
}

absl::string_view DefaultCardTemplate(CardKind kind, Language language) {
  return kCardTemplates[static_cast<size_t>(language)][static_cast<size_t>(kind)];
}

int64_t PagesOf(const CardTemplate& cards, const CardsInput& input, const CardsOptions& options) {
  const int64_t count = options.per_household ? static_cast<int64_t>(input.households.size()) : input.stewards;
  return (count + cards.per_page() - 1) / cards.per_page();
}

absl::StatusOr<CardsResult> WriteCards(const CardTemplate& cards, const CardsInput& input, const CardsOptions& options,
                                       absl::FunctionRef<absl::Status(absl::string_view)> sink, RunContext& context) {
  if (auto status = CheckLengths(input); !status.ok()) return status;
  if (auto status = cards.CheckNames(input.columns); !status.ok()) return status;
  if (options.per_household && input.first_household.empty()) {
    return InvalidField("per_household", -1, "there are no households");
  }
  if (auto status = CheckPages("first_page", options.first_page); !status.ok()) return status;
  if (auto status = CheckPages("most_pages", options.most_pages); !status.ok()) return status;
  return Writer(cards, input, options, sink).Write(context);
}

}  // namespace lianhu::report
