#include "io/fields.h"

#include <cmath>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace lianhu::io {

absl::StatusOr<double> ReadNumber(const CsvTable& table, int64_t row, int column, double low, double high) {
  const absl::string_view text = table.Field(row, column);
  if (text.empty()) return table.Complain(row, column, "value missing");
  double value = 0;
  if (!absl::SimpleAtod(text, &value) || !std::isfinite(value)) {
    return table.Complain(row, column, "not a number");
  }
  if (value < low || value > high) {
    return table.Complain(row, column, absl::StrCat("out of range ", low, " to ", high));
  }
  return value;
}

absl::StatusOr<int32_t> ReadBound(const CsvTable& table, int64_t row, int column, int32_t common) {
  const absl::string_view text = table.Field(row, column);
  if (text.empty()) return common;
  int32_t value = 0;
  if (!absl::SimpleAtoi(text, &value)) return table.Complain(row, column, "not a whole number");
  if (value < 0) return table.Complain(row, column, "must not be negative");
  return value;
}

}  // namespace lianhu::io
