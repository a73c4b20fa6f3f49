#include "lianhu/io/table_csv.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lianhu/base/status.h"

namespace lianhu::io {
namespace {

constexpr char kTable[] =
    "hit policy,UNIQUE,modes\n"
    "rule,in: kind,in: severity,in: permit,in: since,out: mode,note\n"
    ",\"string: help, dispute\",\"integer: 1, 2, 3, 4\",boolean,date,\"string: help, report; default: report\",\n"
    "1,-,4,-,-,report,the worst\n"
    "2,help,<= 3,否,>= 2026-01-01,help,\n"
    "3,not(help),\"1, 2\",true,[2026-01-01..2026-02-01),\"\"\"help\"\"\",\n";

TEST(TableCsvTest, ReadsWordsDatesAndDefaults) {
  const absl::StatusOr<routing::DecisionTable> table = ParseTableCsv(kTable, "dir/t.csv");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->name, "modes");
  EXPECT_EQ(table->inputs[0].allowed_values, "\"help\", \"dispute\"");
  EXPECT_EQ(table->outputs[0].default_entry, "\"report\"");
  EXPECT_EQ(table->rules[1].inputs, (std::vector<std::string>{"\"help\"", "<= 3", "false", ">= @\"2026-01-01\""}));
  EXPECT_EQ(table->rules[2].inputs[0], "not(\"help\")");
  EXPECT_EQ(table->rules[2].outputs[0], "\"help\"");
  EXPECT_EQ(table->rules[0].note, "the worst");
  EXPECT_EQ(table->rules[2].line, 6);
  const absl::StatusOr<routing::Table> made = routing::Table::Make(*table, routing::InputNames(*table));
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_NE(made->compiled(), nullptr);
}

TEST(TableCsvTest, WhatIsWrittenIsReadBack) {
  const absl::StatusOr<routing::DecisionTable> table = ParseTableCsv(kTable, "t.csv");
  ASSERT_TRUE(table.ok());
  const std::string written = TableToCsv(*table);
  const absl::StatusOr<routing::DecisionTable> again = ParseTableCsv(written, "u.csv");
  ASSERT_TRUE(again.ok()) << again.status() << "\n" << written;
  EXPECT_EQ(TableToCsv(*again), written);
  for (size_t r = 0; r < table->rules.size(); ++r) {
    EXPECT_EQ(table->rules[r].inputs, again->rules[r].inputs);
    EXPECT_EQ(table->rules[r].outputs, again->rules[r].outputs);
  }
}

TEST(TableCsvTest, NamesWhatIsWrong) {
  const auto complaint = [](const std::string& text) {
    const absl::StatusOr<routing::DecisionTable> table = ParseTableCsv(text, "t.csv");
    return table.ok() ? "accepted" : std::string(table.status().message());
  };
  EXPECT_EQ(complaint("rule,in: a,out: b\n,string,string\n"),
            "t.csv: row 1: the hit policy is missing: the first line is 'hit policy,UNIQUE' or another");
  EXPECT_EQ(complaint("hit policy,SOME\nrule\n").substr(0, 31), "t.csv: row 1: no hit policy: 'S");
  EXPECT_EQ(complaint("hit policy,UNIQUE\nrule,kind,out: b\n,string,string\n"),
            "t.csv: column 2: 'kind' is no column of a table: they are 'rule', 'in: NAME', 'out: NAME' and 'note'");
  EXPECT_EQ(complaint("hit policy,UNIQUE\nrule,in: a,out: b\n,strnig,string\n").substr(0, 38),
            "t.csv: row 3, column in: a: no type: t");
  EXPECT_EQ(complaint("hit policy,UNIQUE\nrule,in: a,out: b\n,string,string\n1,x\n"),
            "t.csv: row 4: has 2 fields, the header has 3");
}

}  // namespace
}  // namespace lianhu::io
