// Issues as a CSV file, and the decisions about them.
#ifndef LIANHU_IO_ISSUES_H_
#define LIANHU_IO_ISSUES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lianhu/base/language.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/posts.h"
#include "lianhu/io/units.h"
#include "lianhu/routing/router.h"

namespace lianhu::io {

// The columns of a table that describe an issue, or an error that names the file and a missing one:
//   category                    a code of the taxonomy, with or without its leading zeros, or its name
//   severity                    1 to 4
//   household (or place, unit)  the id of a unit
//   kind                        optional: one of the category's kinds
//   spread                      optional, default 1: 1 to 4, or household, micro-grid, grid, community (LevelOfName)
//   power                       optional, default no: ParseYesNo
//   attempts                    optional, default 0: a whole number
struct IssueColumns {
  int category = -1;
  int severity = -1;
  int place = -1;
  int kind = -1;
  int spread = -1;
  int power = -1;
  int attempts = -1;

  static absl::StatusOr<IssueColumns> Find(const CsvTable& table);
  // The same without a place.
  static absl::StatusOr<IssueColumns> FindWithoutPlace(const CsvTable& table);
};

// The issue of one row, without its time. Errors name file, row, column and value: an unknown category, a place that
// is not in the tree, a number out of range.
absl::StatusOr<routing::Issue> ReadIssue(const CsvTable& table, int64_t row, const IssueColumns& columns,
                                         const routing::Taxonomy& taxonomy, const UnitTable& units);

// The same but for the place, which stays kNoUnit.
absl::StatusOr<routing::Issue> ReadIssueWithoutPlace(const CsvTable& table, int64_t row, const IssueColumns& columns,
                                                     const routing::Taxonomy& taxonomy);

struct IssueTable {
  std::string file;
  std::vector<std::string> ids;  // of the column `id` (or `case`); without it the row's number
  std::vector<routing::Issue> issues;
  std::vector<int64_t> row_numbers;
};

// Reads a row an issue: IssueColumns and `time` (ParseInstantIn). Ids must differ. O(bytes).
absl::StatusOr<IssueTable> ReadIssues(const std::string& path, const routing::Taxonomy& taxonomy,
                                      const UnitTable& units, const routing::WorkCalendar& calendar);

// What a decision is shown with.
struct DecisionNames {
  const routing::Router& router;
  const UnitTable& units;
  const std::vector<std::string>& people;  // by Person
};

// The sentence of one decision, as a person would say it.
std::string DescribeDecision(const DecisionNames& names, const routing::IssueDecision& decision, Language language);

// docs/formats.md lists the columns; a row an issue, in order.
std::string FormatDecisionsCsv(const DecisionNames& names, const IssueTable& issues,
                               const std::vector<routing::IssueDecision>& decisions, Language language);

}  // namespace lianhu::io

#endif  // LIANHU_IO_ISSUES_H_
