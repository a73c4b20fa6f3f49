// Tables of text: comma-separated values by RFC 4180, read whole.
#ifndef LIANHU_IO_CSV_H_
#define LIANHU_IO_CSV_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lianhu::io {

// A header and its rows. Fields keep their text, without the blanks around unquoted ones and the ideographic and
// no-break spaces around any. Rows that are blank altogether are passed over, but counted: RowNumber is what a
// spreadsheet shows, the header being row 1.
class CsvTable {
 public:
  // Quoted fields may hold commas, quotes (doubled) and line breaks; lines end in LF, CRLF or CR; the last one may lack
  // its end. Errors name the file and the row: nothing in the file, a quote out of place, a row with more or fewer
  // fields than the header, a column named twice.
  static absl::StatusOr<CsvTable> Read(const std::string& path);
  static absl::StatusOr<CsvTable> Parse(absl::string_view utf8, std::string name);

  const std::string& name() const { return name_; }
  int64_t rows() const { return static_cast<int64_t>(row_numbers_.size()); }
  int64_t RowNumber(int64_t row) const { return row_numbers_[row]; }
  const std::vector<std::string>& header() const { return header_; }

  // The column's index, or -1.
  int FindColumn(absl::string_view column) const;
  // The column's index, or an error that names the file and the column.
  absl::StatusOr<int> RequireColumn(absl::string_view column) const;

  absl::string_view Field(int64_t row, int column) const {
    const Piece& piece = pieces_[row * static_cast<int64_t>(header_.size()) + column];
    return absl::string_view(text_).substr(piece.begin, piece.size);
  }

  // "<file>: row <n>, column <name>: <message>: '<value>'", the one shape of all complaints about a field; its detail
  // is the column and the 0-based row.
  absl::Status Complain(int64_t row, int column, absl::string_view message) const;

 private:
  struct Piece {
    size_t begin;
    size_t size;
  };
  struct Builder;

  std::string name_;
  std::vector<std::string> header_;
  std::string text_;
  std::vector<Piece> pieces_;
  std::vector<int64_t> row_numbers_;
};

// A value as messages show it: on one line, and cut after 60 bytes at the end of a character.
std::string ShownValue(absl::string_view value);

// A field as a CSV file wants it: quoted when it holds a comma, a quote, a line break or blanks at an end.
std::string QuoteCsvField(absl::string_view field);

// Metres with two decimals, of whole centimetres.
std::string FormatMetres(int64_t centimetres);

}  // namespace lianhu::io

#endif  // LIANHU_IO_CSV_H_
