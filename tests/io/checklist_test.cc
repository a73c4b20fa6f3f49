#include "lianhu/io/checklist.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

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
            "c.json: deductions[0]: not a decimal number: 'ten'");
  EXPECT_EQ(said(R"("weight": "6")", R"("weight": "6.5")"), "c.json: weights: sum to 101, not to the full marks 100");
  EXPECT_EQ(said(R"("bonusCap")", R"("bonusTop")"), "c.json: not a checklist in JSON: Unknown field; bonusTop");
  EXPECT_EQ(said(R"("numerator": "sessions_held")", R"("numerator": "sessions")"),
            "c.json: indicators[7]: C1: 'sessions' is no fact");
}

TEST(ChecklistJsonTest, WhatIsNoJsonIsRefused) {
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("nul"), std::string(R"({"facts": 3})"),
        std::string(R"({"id": 7})"), std::string(100'000, '['), std::string("{\"id\": \"\xff\"}"),
        std::string(R"({"bands": [{"from": 60}]})"), std::string(kMaxChecklistBytes + 1, ' ')}) {
    const absl::Status status = ParseChecklistJson(text, "c.json").status();
    EXPECT_FALSE(status.ok());
    EXPECT_EQ(status.message().substr(0, 8), "c.json: ") << status;
    EXPECT_EQ(status.message().find('\n'), std::string::npos) << status;
  }
}

}  // namespace
}  // namespace lianhu::io
