// Generalised assignment in the text format of the OR-Library.
#ifndef LIANHU_IO_GAP_FILE_H_
#define LIANHU_IO_GAP_FILE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lianhu/assignment/generalized_assignment.h"

namespace lianhu::io {

// Owns the arrays that View() shows.
struct GapInstance {
  int32_t agents = 0;
  int32_t items = 0;
  std::vector<int64_t> cost;      // agents x items, a row an agent
  std::vector<int64_t> weight;    // likewise
  std::vector<int64_t> capacity;  // agents

  assignment::GeneralizedAssignment View() const;
};

// Whole numbers between blanks and line ends: the numbers of agents m and of items n, m rows of n costs, m rows of n
// weights, m capacities. A file may hold several instances; their count then comes first. Which of the two it is
// follows from how many numbers there are. Every instance passes assignment::Validate. Errors are one line that names
// the file and the line or what is missing. Source: Beasley, "OR-Library", 1990.
absl::StatusOr<std::vector<GapInstance>> ReadGapFile(const std::string& path);

// The same for text in memory; `name` stands for the file in errors.
absl::StatusOr<std::vector<GapInstance>> ParseGap(absl::string_view text, const std::string& name);

}  // namespace lianhu::io

#endif  // LIANHU_IO_GAP_FILE_H_
