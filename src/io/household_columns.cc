#include "lianhu/io/household_columns.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lianhu/io/csv.h"

namespace lianhu::io {

absl::StatusOr<std::vector<int32_t>> ReadWholeColumn(const std::string& path, const std::string& column, int32_t low,
                                                     int32_t high) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> index = table->RequireColumn(column);
  if (!index.ok()) return index.status();
  std::vector<int32_t> values(table->rows());
  for (int64_t row = 0; row < table->rows(); ++row) {
    const absl::string_view text = table->Field(row, *index);
    if (text.empty()) return table->Complain(row, *index, "value missing");
    if (!absl::SimpleAtoi(text, &values[row])) return table->Complain(row, *index, "not a whole number");
    if (values[row] < low || values[row] > high) {
      return table->Complain(row, *index, absl::StrCat("out of range ", low, " to ", high));
    }
  }
  return values;
}

absl::StatusOr<LabelColumn> ReadLabelColumn(const std::string& path, const std::string& column) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> index = table->RequireColumn(column);
  if (!index.ok()) return index.status();
  LabelColumn labels;
  absl::flat_hash_map<std::string, int32_t> numbers;
  for (int64_t row = 0; row < table->rows(); ++row) {
    const absl::string_view text = table->Field(row, *index);
    if (text.empty()) {
      labels.numbers.push_back(-1);
      continue;
    }
    const auto [at, fresh] = numbers.try_emplace(text, static_cast<int32_t>(labels.names.size()));
    if (fresh) labels.names.emplace_back(text);
    labels.numbers.push_back(at->second);
  }
  return labels;
}

}  // namespace lianhu::io
