// Capacitated p-median problems in the text format of the literature.
#ifndef LIANHU_IO_P_MEDIAN_FILE_H_
#define LIANHU_IO_P_MEDIAN_FILE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/districting/selection.h"

namespace lianhu::io {

// Owns the arrays that View() shows: every node is a household and a candidate.
struct PMedianInstance {
  std::vector<Point> nodes;
  std::vector<int32_t> capacity;
  std::vector<int32_t> demand;
  int32_t count = 0;

  districting::SelectionProblem View(districting::DistanceRule rule) const;
};

// Numbers between blanks and line ends: n and p, then x, y, capacity and demand of each of n nodes; all but x and y are
// whole. Errors are one line that names the file and the line, or how many numbers there should be. Source: Lorena and
// Senne, "A column generation approach to capacitated p-median problems", 2004.
absl::StatusOr<PMedianInstance> ReadPMedianFile(const std::string& path);

// The same for text in memory; `name` stands for the file in errors.
absl::StatusOr<PMedianInstance> ParsePMedian(absl::string_view text, const std::string& name);

// `node,median`, a row a node, both counted from 0.
std::string FormatMediansCsv(absl::Span<const int32_t> candidate_of);

// The median of each of `nodes` nodes from such a file, rows in any order. Errors name file, row, column and value: a
// number that is not one of a node, a node twice; or the node that is missing. Whether it is a plan is for
// districting::VerifySelection.
absl::StatusOr<std::vector<int32_t>> ReadMediansCsv(const std::string& path, int64_t nodes);

}  // namespace lianhu::io

#endif  // LIANHU_IO_P_MEDIAN_FILE_H_
