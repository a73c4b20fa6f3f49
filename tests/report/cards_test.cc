#include "lianhu/report/cards.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace lianhu::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Stewards {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<int64_t> first_household;
  std::vector<std::string> households;
  std::vector<std::string> distances_m;
};

struct Printed {
  std::string text;
  CardsResult result;
  absl::Status status;
};

Printed Print(absl::string_view text, const Stewards& stewards, const CardsOptions& options = {}) {
  Printed printed;
  const absl::StatusOr<CardTemplate> cards = CardTemplate::Parse(text, "t.html");
  if (!cards.ok()) return {.text = "", .result = {}, .status = cards.status()};
  const auto field = [&](int64_t row, size_t column) -> absl::string_view { return stewards.rows[row][column]; };
  const CardsInput input{.stewards = static_cast<int64_t>(stewards.rows.size()),
                         .columns = stewards.columns,
                         .field = field,
                         .first_household = stewards.first_household,
                         .households = stewards.households,
                         .distances_m = stewards.distances_m};
  const auto sink = [&](absl::string_view piece) {
    absl::StrAppend(&printed.text, piece);
    return absl::OkStatus();
  };
  RunContext context;
  const absl::StatusOr<CardsResult> result = WriteCards(*cards, input, options, sink, context);
  printed.status = result.status();
  if (result.ok()) printed.result = *result;
  return printed;
}

std::string Fault(absl::string_view text, const Stewards& stewards = {}) {
  return std::string(Print(text, stewards).status.message());
}

TEST(CardsTest, PagesStewardsAndHouseholds) {
  const Stewards stewards{.columns = {"id", "name"},
                          .rows = {{"S1", "甲"}, {"S2", ""}, {"S3", "丙"}},
                          .first_household = {0, 2, 2, 3},
                          .households = {"H1", "H2", "H3"},
                          .distances_m = {"1.5", "", "3.0"}};
  constexpr absl::string_view kText =
      "<!-- per page: 2 -->[{{title}}]{{! a comment }}"
      "{{#page}}<p {{page_number}}>{{#stewards}}({{number}} {{id}} {{#name}}{{name}}{{/name}}{{^name}}?{{/name}} "
      "{{household_count}}{{#households}} {{row}}={{household}}{{#distance_m}}@{{distance_m}}{{/distance_m}}"
      "{{/households}}){{/stewards}}</p>{{/page}}END";
  const Printed printed = Print(kText, stewards, {.title = "街道"});
  ASSERT_TRUE(printed.status.ok()) << printed.status;
  EXPECT_EQ(printed.text,
            "<!-- per page: 2 -->[街道]<p 1>(1 S1 甲 2 1=H1@1.5 2=H2)(2 S2 ? 0)</p><p 2>(3 S3 丙 1 1=H3@3.0)</p>END");
  EXPECT_EQ(printed.result.cards, 3);
  EXPECT_EQ(printed.result.pages, 2);

  const Printed second = Print(kText, stewards, {.title = "", .first_page = 1, .most_pages = 3});
  EXPECT_EQ(second.text, "<!-- per page: 2 -->[]<p 2>(3 S3 丙 1 1=H3@3.0)</p>END");
  EXPECT_EQ(second.result.cards, 1);
  const Printed first = Print(kText, stewards, {.title = "", .per_household = true, .most_pages = 1});
  EXPECT_THAT(first.text, HasSubstr("(1 S1"));
  EXPECT_THAT(first.text, HasSubstr("(2 S1"));
  EXPECT_THAT(first.text, Not(HasSubstr("S3")));
  EXPECT_EQ(first.result.cards, 2);

  const Printed each = Print("{{#page}}{{#stewards}}{{id}}/{{household}} {{/stewards}}{{/page}}", stewards,
                             {.title = "", .per_household = true});
  EXPECT_EQ(each.text, "S1/H1 S1/H2 S3/H3 ");
  EXPECT_EQ(each.result.pages, 3);
}

TEST(CardsTest, ValuesAreEscapedAndNotReadAsTags) {
  const Stewards stewards{.columns = {"id"},
                          .rows = {{"<script>alert('1')</script>&\"{{title}}\""}},
                          .first_household = {0, 1},
                          .households = {"<b>{{id}}</b>"},
                          .distances_m = {}};
  const Printed printed =
      Print("{{#page}}{{#stewards}}{{id}}{{#households}}{{household}}{{/households}}{{/stewards}}{{/page}}", stewards,
            {.title = "<i>"});
  EXPECT_EQ(printed.text,
            "&lt;script&gt;alert(&apos;1&apos;)&lt;/script&gt;&amp;&quot;{{title}}&quot;&lt;b&gt;{{id}}&lt;/b&gt;");
}

TEST(CardsTest, TheSheetsOwnValuesComeBeforeColumns) {
  const Stewards stewards{.columns = {"id", "title", "number"},
                          .rows = {{"S1", "director", "77"}},
                          .first_household = {},
                          .households = {},
                          .distances_m = {}};
  const Printed printed =
      Print("{{#page}}{{#stewards}}{{id}} {{title}} {{number}}{{/stewards}}{{/page}}", stewards, {.title = "Jili"});
  EXPECT_EQ(printed.text, "S1 Jili 1");
}

TEST(CardsTest, FaultsOfATemplateNameTheLine) {
  EXPECT_EQ(Fault(""), "t.html: has no {{#page}}...{{/page}}");
  EXPECT_EQ(Fault("\n{{#page}}"), "t.html: line 2: the section page is not closed");
  EXPECT_EQ(Fault("{{#page}}\n{{/stewards}}{{/page}}"), "t.html: line 2: {{/stewards}} closes nothing");
  EXPECT_EQ(Fault("{{#page}}\n{{#name}}{{#stewards}}{{/stewards}}\n{{/page}}"),
            "t.html: line 2: the section name is not closed before {{/page}} in line 3");
  EXPECT_EQ(Fault("{{#page}}no one{{/page}}"),
            "t.html: line 1: there is no {{#stewards}}...{{/stewards}} inside {{#page}}");
  EXPECT_EQ(Fault("{{#page}}{{#stewards}}{{/stewards}}{{/page}}\n{{#page}}{{#stewards}}{{/stewards}}{{/page}}"),
            "t.html: line 2: there is a {{#page}} already");
  EXPECT_EQ(Fault("{{#a}}{{#page}}{{#stewards}}{{/stewards}}{{/page}}{{/a}}"),
            "t.html: line 1: {{#page}} cannot be inside another section");
  EXPECT_EQ(Fault("{{#page}}{{#stewards}}{{/stewards}}{{/page}}\n\n{{"), "t.html: line 3: a tag {{ is not closed");
  EXPECT_EQ(Fault("{{#page}}{{#stewards}}{{/stewards}}{{/page}}{{ }}"), "t.html: line 1: a tag has no name");
  for (const char* tag : {"{{{id}}}", "{{&id}}", "{{>file}}", "{{=<% %>=}}"}) {
    EXPECT_THAT(Fault(absl::StrCat("{{#page}}", tag, "{{/page}}")), HasSubstr("is not allowed")) << tag;
  }
  for (const char* number : {"0", "1001", "many", ""}) {
    EXPECT_EQ(Fault(absl::StrCat("<!-- per page: ", number, " -->{{#page}}{{#stewards}}{{/stewards}}{{/page}}")),
              "t.html: line 1: `per page` needs a whole number from 1 to 1000");
  }
  EXPECT_EQ(
      Fault("{{#page}}\n{{#stewards}}{{#phone}}{{phone}}{{/phone}}{{nmae}}{{/stewards}}{{/page}}"),
      "t.html: line 2: there is no column for {{nmae}}; write {{#nmae}}{{nmae}}{{/nmae}} where it may be missing");
}

TEST(CardsTest, DefaultTemplatesNeedNothingButAnId) {
  const Stewards bare{.columns = {"id"}, .rows = {{"S1"}}, .first_household = {}, .households = {}, .distances_m = {}};
  const Stewards full{.columns = {"id", "name", "phone"},
                      .rows = std::vector<std::vector<std::string>>(17, {"S1", "甲", "0731"}),
                      .first_household = {},
                      .households = {},
                      .distances_m = {}};
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    for (const CardKind kind : {CardKind::kCard, CardKind::kBadge, CardKind::kBoard, CardKind::kDiary}) {
      SCOPED_TRACE(CardKindName(kind));
      const absl::string_view text = DefaultCardTemplate(kind, language);
      const Printed printed = Print(text, bare);
      ASSERT_TRUE(printed.status.ok()) << printed.status;
      EXPECT_THAT(printed.text, HasSubstr("S1"));
      EXPECT_THAT(printed.text, Not(HasSubstr("{{")));
      const bool eight = kind == CardKind::kCard || kind == CardKind::kBadge;
      EXPECT_EQ(Print(text, full).result.pages, eight ? 3 : 17);
    }
  }
}

TEST(CardsTest, CancelAndFaultsOfTheSinkEndIt) {
  const CardTemplate cards = CardTemplate::Parse("{{#page}}{{#stewards}}x{{/stewards}}{{/page}}", "t").value();
  const auto field = [](int64_t, size_t) -> absl::string_view { return ""; };
  const CardsInput input{
      .stewards = 5, .columns = {}, .field = field, .first_household = {}, .households = {}, .distances_m = {}};
  RunContext context;
  int pieces = 0;
  const auto full = [&](absl::string_view) {
    return ++pieces < 3 ? absl::OkStatus() : absl::ResourceExhaustedError("disk full");
  };
  EXPECT_EQ(WriteCards(cards, input, {}, full, context).status().message(), "disk full");
  context.Cancel();
  const auto sink = [](absl::string_view) { return absl::OkStatus(); };
  EXPECT_TRUE(WriteCards(cards, input, {}, sink, context)->cancelled);
}

TEST(CardsTest, LengthsAreChecked) {
  const Stewards wrong{
      .columns = {"id"}, .rows = {{"S1"}}, .first_household = {0}, .households = {}, .distances_m = {}};
  EXPECT_EQ(Fault("{{#page}}{{#stewards}}{{/stewards}}{{/page}}", wrong), "first_household: has 1 entries, expected 2");
  const Stewards beyond{
      .columns = {"id"}, .rows = {{"S1"}}, .first_household = {0, 2}, .households = {"H"}, .distances_m = {}};
  EXPECT_EQ(Fault("{{#page}}{{#stewards}}{{/stewards}}{{/page}}", beyond),
            "first_household: does not rise from 0 to the number of households");
}

}  // namespace
}  // namespace lianhu::report
