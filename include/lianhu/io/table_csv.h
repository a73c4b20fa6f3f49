// Decision tables as a spreadsheet keeps them: docs/formats.md, "Decision tables as CSV".
#ifndef LIANHU_IO_TABLE_CSV_H_
#define LIANHU_IO_TABLE_CSV_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lianhu/routing/table.h"

namespace lianhu::io {

// Reads a table from UTF-8 or GB18030. The table's name is the one in the file, or else the file's name without its
// ending. Bare words in columns of strings become FEEL strings, bare dates FEEL dates. Errors name the file, the row as
// a spreadsheet counts it and the column; whether the cells make sense is for routing::Table::Make.
absl::StatusOr<routing::DecisionTable> ReadTableCsv(const std::string& path);
absl::StatusOr<routing::DecisionTable> ParseTableCsv(absl::string_view utf8, const std::string& name);

// The same, made ready: the errors of Table::Make begin with the file's name.
absl::StatusOr<routing::Table> LoadTableCsv(const std::string& path);

// What ReadTableCsv reads back as the same table.
std::string TableToCsv(const routing::DecisionTable& table);

}  // namespace lianhu::io

#endif  // LIANHU_IO_TABLE_CSV_H_
