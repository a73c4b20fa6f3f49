// Numbers in the fields of a table.
#ifndef LIANHU_SRC_IO_FIELDS_H_
#define LIANHU_SRC_IO_FIELDS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {

// A finite number in [low, high]; an empty field is an error.
absl::StatusOr<double> ReadNumber(const CsvTable& table, int64_t row, int column, double low, double high);

// A bound of one steward, a whole number >= 0; an empty field means `common`.
absl::StatusOr<int32_t> ReadBound(const CsvTable& table, int64_t row, int column, int32_t common);

}  // namespace lianhu::io

#endif  // LIANHU_SRC_IO_FIELDS_H_
