// Inputs of decision tables from the command line and from files of past issues.
#ifndef LIANHU_SRC_CLI_TABLE_INPUTS_H_
#define LIANHU_SRC_CLI_TABLE_INPUTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/issues.h"
#include "lianhu/routing/table.h"
#include "lianhu/routing/taxonomy.h"
#include "lianhu/routing/types.h"
#include "lianhu/routing/value.h"

namespace lianhu::cli {

// Text as a value of the type: strings and dates need no quotes. Errors name --input `name`.
absl::StatusOr<routing::Value> ReadValue(const std::string& name, const std::string& text, routing::BaseType type);

// The rows of a file, decided by one table: the file has a column for every input, or it is one of issues as
// `lianhu route` takes them, which says less in so many columns.
class PastIssues {
 public:
  // Views of all three, which must outlive this. Errors name the file and a missing column.
  static absl::StatusOr<PastIssues> Find(const io::CsvTable& csv, const routing::Table& table,
                                         const routing::Taxonomy& taxonomy);

  // Errors name file, row, column and value.
  absl::StatusOr<routing::Outcome> Decide(int64_t row) const;

 private:
  PastIssues(const io::CsvTable& csv, const routing::Table& table, const routing::Taxonomy& taxonomy)
      : csv_(&csv), table_(&table), taxonomy_(&taxonomy) {}
  absl::StatusOr<routing::Value> ValueAt(int64_t row, size_t input) const;

  const io::CsvTable* csv_;
  const routing::Table* table_;
  const routing::Taxonomy* taxonomy_;
  std::vector<std::string> names_;             // of the inputs
  std::vector<int> columns_;                   // of the inputs; -1: none
  std::optional<io::IssueColumns> as_issues_;  // where an input has no column
};

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_TABLE_INPUTS_H_
