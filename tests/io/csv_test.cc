#include "lianhu/io/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lianhu/base/random.h"
#include "lianhu/base/status.h"

namespace lianhu::io {
namespace {

using ::testing::ElementsAre;

TEST(CsvTest, FieldsByRfc4180) {
  const absl::StatusOr<CsvTable> table =
      CsvTable::Parse("id, name ,note\r\n1,\"a,b\",\"say \"\"hi\"\"\"\r\n2, x y ,\"two\nlines\"\r\n3,,\"\"", "f");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->header(), ElementsAre("id", "name", "note"));
  ASSERT_EQ(table->rows(), 3);
  EXPECT_EQ(table->Field(0, 1), "a,b");
  EXPECT_EQ(table->Field(0, 2), "say \"hi\"");
  EXPECT_EQ(table->Field(1, 1), "x y");
  EXPECT_EQ(table->Field(1, 2), "two\nlines");
  EXPECT_EQ(table->Field(2, 1), "");
}

TEST(CsvTest, RowNumbersAreThoseOfASpreadsheet) {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    const std::string e = end;
    const absl::StatusOr<CsvTable> table = CsvTable::Parse("a,b" + e + "1,2" + e + e + ",," + e + "3,4" + e, "f");
    ASSERT_TRUE(table.ok()) << table.status();
    ASSERT_EQ(table->rows(), 2);
    EXPECT_EQ(table->RowNumber(0), 2);
    EXPECT_EQ(table->RowNumber(1), 5);
  }
}

TEST(CsvTest, WideBlanksAroundFieldsAreNone) {
  const CsvTable table =
      CsvTable::Parse("steward,\u3000name\n S1\u3000,\u3000张 三\u00a0 \n\"\u3000S2\",x\n", "x").value();
  EXPECT_EQ(table.header()[1], "name");
  EXPECT_EQ(table.Field(0, 0), "S1");
  EXPECT_EQ(table.Field(0, 1), "张 三");
  EXPECT_EQ(table.Field(1, 0), "S2");
}

TEST(CsvTest, Faults) {
  const auto fault = [](absl::string_view text) { return std::string(CsvTable::Parse(text, "f").status().message()); };
  EXPECT_EQ(fault(""), "f: the file is empty");
  EXPECT_EQ(fault("\n\r\n,,\n"), "f: the file is empty");
  EXPECT_EQ(fault("a,b\n1\n"), "f: row 2: has 1 fields, the header has 2");
  EXPECT_EQ(fault("a,b\n1,2\n1,2,3\n"), "f: row 3: has 3 fields, the header has 2");
  EXPECT_EQ(fault("a,b,a\n"), "f: row 1, column a: is there twice");
  EXPECT_EQ(fault("a\n\"open"), "f: row 2: a quote is out of place or not closed");
  EXPECT_EQ(fault("a\nx\"y\n"), "f: row 2: a quote is out of place or not closed");
  EXPECT_EQ(fault("a\n\"x\"y\n"), "f: row 2: a quote is out of place or not closed");
}

TEST(CsvTest, ComplaintsNameEverything) {
  const CsvTable table = CsvTable::Parse("id,x\nH1,north\n", "h.csv").value();
  const absl::Status status = table.Complain(0, 1, "not a number");
  EXPECT_EQ(status.message(), "h.csv: row 2, column x: not a number: 'north'");
  EXPECT_EQ(GetErrorDetail(status).field, "x");
  EXPECT_EQ(GetErrorDetail(status).row, 0);
  EXPECT_EQ(table.RequireColumn("y").status().message(), "h.csv: row 1, column y: is missing; the columns are 'id,x'");
  EXPECT_EQ(table.FindColumn("x"), 1);
  EXPECT_EQ(table.FindColumn("y"), -1);
}

// Whatever text a field holds, quoting brings it back.
TEST(CsvTest, QuotedFieldsComeBack) {
  Random random(8);
  int quoted = 0;
  for (int round = 0; round < 2000; ++round) {
    std::string field;
    for (int i = random.Between(1, 8); i > 0; --i) field += ",\"\n\r ab集"[random.Below(7)];
    const std::string text = QuoteCsvField(field);
    quoted += text != field;
    const absl::StatusOr<CsvTable> table = CsvTable::Parse("a,b\n" + text + ",end\n", "f");
    ASSERT_TRUE(table.ok()) << table.status() << text;
    ASSERT_EQ(table->rows(), 1);
    ASSERT_EQ(table->Field(0, 0), field);
  }
  EXPECT_GT(quoted, 1000);
}

}  // namespace
}  // namespace lianhu::io
