#include "lianhu/io/text.h"

#include <gtest/gtest.h>

#include "io/temporary_directory.h"

namespace lianhu::io {
namespace {

TEST(TextTest, Utf8IsKeptAndItsMarkTakenOff) {
  EXPECT_EQ(DecodeText("", "f").value(), "");
  EXPECT_EQ(DecodeText("plain", "f").value(), "plain");
  EXPECT_EQ(DecodeText("\xEF\xBB\xBF集里", "f").value(), "集里");
  EXPECT_EQ(DecodeText("集里\xEF\xBB\xBF", "f").value(), "集里\xEF\xBB\xBF");
}

TEST(TextTest, Gb18030IsRecognised) {
  EXPECT_EQ(DecodeText("\xBC\xAF\xC0\xEF", "f").value(), "集里");
  EXPECT_EQ(DecodeText("id,\xC9\xE7\xC7\xF8\n", "f").value(), "id,社区\n");
  EXPECT_EQ(DecodeText("\x95\x34\xB2\x35", "f").value(), "𠮷");  // four bytes, beyond GBK
}

TEST(TextTest, LongTextsCrossTheBuffer) {
  std::string gb18030 = "x";
  std::string utf8 = "x";
  for (int i = 0; i < 100000; ++i) {
    gb18030 += "\xBC\xAF";
    utf8 += "集";
  }
  EXPECT_EQ(DecodeText(gb18030, "f").value(), utf8);
  EXPECT_EQ(DecodeText(utf8, "f").value(), utf8);
}

TEST(TextTest, WhatIsNeitherIsRefusedWithItsPlace) {
  EXPECT_EQ(DecodeText("id,x\n\xFF\xFF", "h.csv").status().message(),
            "h.csv: neither UTF-8 nor GB18030 text: bad byte at offset 5");
  EXPECT_FALSE(DecodeText("ends inside a character \xBC", "f").ok());
}

TEST(TextTest, Utf16AndBinaryFilesAreNamedAsSuch) {
  const auto said = [](std::string bytes) { return std::string(DecodeText(std::move(bytes), "x").status().message()); };
  EXPECT_EQ(said(std::string("\xFF\xFEi\0d\0", 6)), "x: is UTF-16 text; save it as UTF-8 or GB18030");
  EXPECT_EQ(said(std::string("\xFE\xFF\0i\0d", 6)), "x: is UTF-16 text; save it as UTF-8 or GB18030");
  EXPECT_EQ(said(std::string("id\n\0", 4)), "x: no text: byte 0 at offset 3");
}

TEST(TextTest, FilesThatCannotBeReadAreNamed) {
  TemporaryDirectory directory;
  EXPECT_EQ(ReadTextFile(directory.File("missing")).status().code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(ReadTextFile(directory.path().string()).ok());
  WriteFile(directory.File("text"),
            "\xEF\xBB\xBF"
            "1,2\r\n");
  EXPECT_EQ(ReadTextFile(directory.File("text")).value(), "1,2\r\n");
}

}  // namespace
}  // namespace lianhu::io
