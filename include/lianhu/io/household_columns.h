// Further columns of the households' file, in the order of the roster.
#ifndef LIANHU_IO_HOUSEHOLD_COLUMNS_H_
#define LIANHU_IO_HOUSEHOLD_COLUMNS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lianhu::io {

// A whole number in low..high a row. Errors name file, row, column and value.
absl::StatusOr<std::vector<int32_t>> ReadWholeColumn(const std::string& path, const std::string& column, int32_t low,
                                                     int32_t high);

// Labels as numbers 0, 1, ... by first appearance, -1 for an empty field.
struct LabelColumn {
  std::vector<int32_t> numbers;    // a row
  std::vector<std::string> names;  // a number
};
absl::StatusOr<LabelColumn> ReadLabelColumn(const std::string& path, const std::string& column);

}  // namespace lianhu::io

#endif  // LIANHU_IO_HOUSEHOLD_COLUMNS_H_
