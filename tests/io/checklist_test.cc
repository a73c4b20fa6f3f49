#include "lianhu/io/checklist.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "io/snapshot_examples.h"
#include "lianhu/io/snapshot.h"

namespace lianhu::io {
namespace {

using scoring::Checklist;
using scoring::FoundingChecklist;

// Tests run in the project's root.
std::string FoundingJson() {
  std::ifstream in("data/scoring/founding.json");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(ChecklistJsonTest, TheShippedFileIsTheCompiledDefault) {
  const absl::StatusOr<std::string> json = FormatChecklistJson(FoundingChecklist());
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_EQ(*json, FoundingJson());
  const absl::StatusOr<Checklist> read = ReadChecklist("data/scoring/founding.json");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, FoundingChecklist());
}

TEST(ChecklistJsonTest, EveryFieldSurvives) {
  Checklist checklist = FoundingChecklist();
  checklist.derived = {{"done", {"done", "完成"}, {{2, "households_verified"}, {-1, "late_reports"}}}};
  scoring::Indicator& a1 = checklist.groups[0].indicators[0];
  a1.terms[0].numerator = "done";
  a1.terms[0].proportion = false;
  a1.low = {250'000};
  a1.high = scoring::Decimal::Of(3);
  a1.cap = {7'500'000};
  a1.direction = scoring::Direction::kLowerIsBetter;
  checklist.facts[0].kind = scoring::FactKind::kAmount;
  checklist.deduction_cap = scoring::Decimal::Of(40);
  checklist.deductions[0].cap = scoring::Decimal::Of(20);
  checklist.coverage_numerator = 1;
  checklist.coverage_denominator = 2;
  checklist.full_marks = scoring::Decimal::Of(101);
  a1.weight = scoring::Decimal::Of(9);
  checklist.bands[0].to = scoring::Decimal::Of(101);
  const absl::StatusOr<std::string> json = FormatChecklistJson(checklist);
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_EQ(*ParseChecklistJson(*json), checklist);
  const std::string snapshot = *EncodeSnapshot(checklist);
  EXPECT_EQ(*DecodeChecklistSnapshot(AsBytes(snapshot)), checklist);
  EXPECT_EQ(*EncodeSnapshot(checklist), snapshot);
}

TEST(ChecklistJsonTest, SnapshotsAreReadAsFilesAndDamageIsSeen) {
  const std::string path = ::testing::TempDir() + "/founding.checklist";
  ASSERT_TRUE(WriteSnapshot(path, FoundingChecklist()).ok());
  EXPECT_EQ(*ReadChecklist(path), FoundingChecklist());
  std::string bytes = *EncodeSnapshot(FoundingChecklist());
  bytes[100] ^= 1;
  EXPECT_EQ(DecodeChecklistSnapshot(AsBytes(bytes)).status().code(), absl::StatusCode::kDataLoss);
}

TEST(ChecklistJsonTest, FaultsAreNamed) {
  const auto said = [](absl::string_view from, absl::string_view to) {
    const std::string json = absl::StrReplaceAll(FoundingJson(), {{from, to}});
    EXPECT_NE(json, FoundingJson()) << from;
    return std::string(ParseChecklistJson(json, "c.json").status().message());
  };
  // A published town checklist: nobody has thought of 60 to 69.
  EXPECT_EQ(said(R"("from": "60")", R"("from": "70")"), "c.json: bands: no grade for totals from 60.000 to 69.999");
  EXPECT_EQ(said(R"("pointsEach": "10")", R"("pointsEach": "ten")"),
            "c.json: deductions[0]: pointsEach: not a decimal number: 'ten'");
  EXPECT_EQ(said(R"("weight": "0.4")", R"("weight": "x")"),
            "c.json: indicators[6]: B4: weight of term 2: not a decimal number: 'x'");
  EXPECT_EQ(said(R"("weight": "6")", R"("weight": "6.5")"), "c.json: weights: sum to 101, not to the full marks 100");
  EXPECT_EQ(said(R"("bonusCap")", R"("bonusTop")"), "c.json: bonusTop: no such member");
  EXPECT_EQ(said(R"("optional": true)", R"("optional": "yes")"), "c.json: facts[26].optional: must be true or false");
  EXPECT_EQ(said(R"("weight": "6")", R"("weight": "6", "direction": "up")"),
            "c.json: groups[2].indicators[0].direction: unknown word: 'up'");
  EXPECT_EQ(said(R"("bonusCap": "10")", R"("bonusCap": "10", "bonusCap": "50")"), "c.json: bonusCap: is there twice");
  EXPECT_EQ(said(R"("bonusCap": "10")", R"("bonusCap": null)"), "c.json: bonusCap: must not be null");
  EXPECT_EQ(said(R"("bonusCap": "10")", R"("coverage": {"numerator": 0.5})"),
            "c.json: coverage.numerator: must be a whole number of at most 32 bits: 0.5");
  EXPECT_EQ(said(R"("bonusCap": "10")", R"("bonusCap": 1 0)").substr(0, 40),
            "c.json: no JSON: parse error at line 122");
  EXPECT_EQ(said(R"("numerator": "sessions_held")", R"("numerator": "sessions")"),
            "c.json: indicators[7]: C1: 'sessions' is no fact");
}

// Most programs write what is not ASCII as \\u and two code units for what lies beyond 16 bits.
TEST(ChecklistJsonTest, EscapesAreRead) {
  std::string escaped;
  for (const char16_t unit : std::u16string(u"\u4e09\u638c\u63e1\U00020bb7\u00e9")) {
    absl::StrAppendFormat(&escaped, "\\u%04x", static_cast<unsigned>(unit));
  }
  const auto titled = [](absl::string_view title) {
    const std::string json = absl::StrReplaceAll(FoundingJson(), {{"\"三掌握\"", absl::StrCat("\"", title, "\"")}});
    EXPECT_NE(json, FoundingJson());
    return ParseChecklistJson(json, "c.json");
  };
  const absl::StatusOr<Checklist> read = titled(escaped);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->groups[0].title.title_zh, "三掌握\xf0\xa0\xae\xb7é");
  EXPECT_EQ(titled(R"(a\"b\\c\/d)")->groups[0].title.title_zh, R"(a"b\c/d)");
  EXPECT_FALSE(titled(R"(\ud842)").ok());  // half of a pair
  EXPECT_EQ(titled(R"(a\u0007)").status().message(), R"(c.json: groups[0].titleZh: has a control character: 'a\x07')");
}

// Numbers need no quotes, and mean what is written.
TEST(ChecklistJsonTest, NumbersAreReadAsWritten) {
  const std::string json = absl::StrReplaceAll(
      FoundingJson(), {{R"("weight": "8")", R"("weight": 8)"}, {R"("weight": "0.3")", R"("weight": 0.30)"}});
  EXPECT_NE(json, FoundingJson());
  EXPECT_EQ(*ParseChecklistJson(json), FoundingChecklist());
}

TEST(ChecklistJsonTest, WhatIsNoJsonIsRefused) {
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("nul"), std::string(R"({"facts": 3})"),
        std::string(R"({"id": 7})"), std::string(100'000, '['), std::string("{\"id\": \"\xff\"}"),
        std::string(kMaxChecklistBytes + 1, ' ')}) {
    const absl::Status status = ParseChecklistJson(text, "c.json").status();
    EXPECT_FALSE(status.ok());
    EXPECT_EQ(status.message().substr(0, 8), "c.json: ") << status;
    EXPECT_EQ(status.message().find('\n'), std::string::npos) << status;
  }
}

}  // namespace
}  // namespace lianhu::io
