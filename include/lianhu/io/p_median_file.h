// Capacitated p-median problems in the text format of the literature.
#ifndef LIANHU_IO_P_MEDIAN_FILE_H_
#define LIANHU_IO_P_MEDIAN_FILE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
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

}  // namespace lianhu::io

#endif  // LIANHU_IO_P_MEDIAN_FILE_H_
