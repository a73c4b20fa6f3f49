#include "lianhu/io/csv.h"

#include <csv.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "lianhu/base/status.h"
#include "lianhu/io/text.h"

namespace lianhu::io {
namespace {

constexpr size_t kMaxShownValue = 60;

// libcsv strips ASCII blanks around what is not quoted; a Chinese keyboard and spreadsheets leave these too.
absl::string_view StripWideBlanks(absl::string_view field) {
  constexpr absl::string_view kBlanks[] = {"\xE3\x80\x80", "\xC2\xA0"};  // ideographic, no-break
  for (bool again = true; std::exchange(again, false);) {
    for (const absl::string_view blank : kBlanks) {
      if (absl::ConsumePrefix(&field, blank) || absl::ConsumeSuffix(&field, blank)) again = true;
    }
  }
  return field;
}

}  // namespace

// Takes libcsv's callbacks; after the first fault it only counts.
struct CsvTable::Builder {
  CsvTable table;
  absl::Status status;
  std::vector<Piece> fields;
  int64_t row_number = 1;
  bool ended_by_cr = false;

  void TakeField(const char* data, size_t size) {
    ended_by_cr = false;
    const absl::string_view field = StripWideBlanks({data, size});
    fields.push_back({table.text_.size(), field.size()});
    table.text_.append(field.data(), field.size());
  }

  // `end` is the character that ended the row, or -1 at the end of the text.
  void EndRow(int end) {
    if (end == '\n' && std::exchange(ended_by_cr, false)) return;  // the second half of a CRLF
    ended_by_cr = end == '\r';
    TakeRow();
    fields.clear();
    ++row_number;
  }

  void TakeRow() {
    const auto blank = [](const Piece& piece) { return piece.size == 0; };
    if (!status.ok() || std::all_of(fields.begin(), fields.end(), blank)) return;
    if (table.header_.empty()) {
      TakeHeader();
      return;
    }
    if (fields.size() != table.header_.size()) {
      status = absl::InvalidArgumentError(absl::StrCat(table.name_, ": row ", row_number, ": has ", fields.size(),
                                                       " fields, the header has ", table.header_.size()));
      return;
    }
    table.pieces_.insert(table.pieces_.end(), fields.begin(), fields.end());
    table.row_numbers_.push_back(row_number);
  }

  void TakeHeader() {
    for (const Piece& piece : fields) {
      std::string column(absl::StripAsciiWhitespace(absl::string_view(table.text_).substr(piece.begin, piece.size)));
      if (!column.empty() && table.FindColumn(column) >= 0) {
        status = absl::InvalidArgumentError(
            absl::StrCat(table.name_, ": row ", row_number, ", column ", ShownValue(column), ": is there twice"));
      }
      table.header_.push_back(std::move(column));
    }
  }
};

absl::StatusOr<CsvTable> CsvTable::Read(const std::string& path) {
  absl::StatusOr<std::string> text = ReadTextFile(path);
  if (!text.ok()) return text.status();
  return Parse(*text, path);
}

absl::StatusOr<CsvTable> CsvTable::Parse(absl::string_view utf8, std::string name) {
  Builder builder;
  builder.table.name_ = std::move(name);
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) {
    return absl::InternalError("libcsv cannot be initialised");
  }
  const auto release = absl::MakeCleanup([&] { csv_free(&parser); });
  const auto take_field = [](void* data, size_t size, void* self) {
    static_cast<Builder*>(self)->TakeField(static_cast<const char*>(data), size);
  };
  const auto end_row = [](int end, void* self) { static_cast<Builder*>(self)->EndRow(end); };
  const size_t parsed = csv_parse(&parser, utf8.data(), utf8.size(), take_field, end_row, &builder);
  if (parsed != utf8.size() || csv_fini(&parser, take_field, end_row, &builder) != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(builder.table.name_, ": row ", builder.row_number, ": a quote is out of place or not closed"));
  }
  if (!builder.status.ok()) return builder.status;
  if (builder.table.header_.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(builder.table.name_, ": the file is empty"));
  }
  return std::move(builder.table);
}

int CsvTable::FindColumn(absl::string_view column) const {
  for (size_t c = 0; c < header_.size(); ++c) {
    if (header_[c] == column) return static_cast<int>(c);
  }
  return -1;
}

absl::StatusOr<int> CsvTable::RequireColumn(absl::string_view column) const {
  const int found = FindColumn(column);
  if (found >= 0) return found;
  return WithErrorDetail(
      absl::InvalidArgumentError(absl::StrCat(name_, ": row 1, column ", column, ": is missing; the columns are '",
                                              ShownValue(absl::StrJoin(header_, ",")), "'")),
      {.field = std::string(column), .row = -1});
}

absl::Status CsvTable::Complain(int64_t row, int column, absl::string_view message) const {
  return WithErrorDetail(
      absl::InvalidArgumentError(absl::StrCat(name_, ": row ", RowNumber(row), ", column ", ShownValue(header_[column]),
                                              ": ", message, ": '", ShownValue(Field(row, column)), "'")),
      {.field = header_[column], .row = row});
}

std::string ShownValue(absl::string_view value) {
  size_t size = std::min(value.size(), kMaxShownValue);
  while (size < value.size() && size > 0 && (static_cast<unsigned char>(value[size]) & 0xC0) == 0x80) --size;
  std::string shown;
  for (const char c : value.substr(0, size)) {
    if (c == '\n' || c == '\r') {
      absl::StrAppend(&shown, c == '\n' ? "\\n" : "\\r");
    } else if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) {
      absl::StrAppendFormat(&shown, "\\x%02x", static_cast<unsigned char>(c));
    } else {
      shown += c;
    }
  }
  return size < value.size() ? shown + "..." : shown;
}

std::string FormatMetres(int64_t centimetres) {
  return absl::StrFormat("%s%d.%02d", centimetres < 0 ? "-" : "", std::abs(centimetres) / 100,
                         std::abs(centimetres) % 100);
}

std::string QuoteCsvField(absl::string_view field) {
  const bool blank_end = !field.empty() && (absl::ascii_isspace(field.front()) || absl::ascii_isspace(field.back()));
  if (!blank_end && field.find_first_of(",\"\r\n") == absl::string_view::npos) return std::string(field);
  return absl::StrCat("\"", absl::StrReplaceAll(field, {{"\"", "\"\""}}), "\"");
}

}  // namespace lianhu::io
