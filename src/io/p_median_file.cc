#include "lianhu/io/p_median_file.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "io/words.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/text.h"

namespace lianhu::io {
namespace {

struct Number {
  double value;
  int64_t line;
};

absl::StatusOr<std::vector<Number>> ReadNumbers(absl::string_view text, const std::string& name) {
  std::vector<Number> numbers;
  for (const PlacedWord& word : SplitWords(text)) {
    double value = 0;
    if (!absl::SimpleAtod(word.text, &value) || !std::isfinite(value)) {
      return absl::InvalidArgumentError(
          absl::StrCat(name, ": line ", word.line, ": not a number: '", ShownValue(word.text), "'"));
    }
    numbers.push_back({value, word.line});
  }
  return numbers;
}

absl::StatusOr<int32_t> Whole(const Number& number, double least, const char* what, const std::string& name) {
  const bool whole = number.value == std::floor(number.value);
  if (whole && number.value >= least && number.value <= std::numeric_limits<int32_t>::max()) {
    return static_cast<int32_t>(number.value);
  }
  return absl::InvalidArgumentError(absl::StrCat(name, ": line ", number.line, ": ", what, " is ", number.value,
                                                 ": need a whole number of at least ", least));
}

}  // namespace

districting::SelectionProblem PMedianInstance::View(districting::DistanceRule rule) const {
  return {
      .households = nodes, .demand = demand, .candidates = nodes, .capacity = capacity, .count = count, .rule = rule};
}

absl::StatusOr<PMedianInstance> ParsePMedian(absl::string_view text, const std::string& name) {
  const absl::StatusOr<std::vector<Number>> numbers = ReadNumbers(text, name);
  if (!numbers.ok()) return numbers.status();
  if (numbers->size() < 2) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": does not begin with the numbers of nodes and of medians"));
  }
  const absl::StatusOr<int32_t> nodes = Whole((*numbers)[0], 1, "the number of nodes", name);
  if (!nodes.ok()) return nodes.status();
  PMedianInstance instance;
  const absl::StatusOr<int32_t> count = Whole((*numbers)[1], 1, "the number of medians", name);
  if (!count.ok()) return count.status();
  instance.count = *count;
  if (*count > *nodes) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, ": line ", (*numbers)[1].line, ": ", *count, " medians of ", *nodes, " nodes"));
  }
  const int64_t needed = 2 + int64_t{4} * *nodes;
  if (static_cast<int64_t>(numbers->size()) != needed) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, ": ", *nodes, " nodes need ", needed, " numbers, there are ", numbers->size()));
  }
  for (size_t at = 2; at < numbers->size(); at += 4) {
    instance.nodes.push_back({(*numbers)[at].value, (*numbers)[at + 1].value});
    const absl::StatusOr<int32_t> capacity = Whole((*numbers)[at + 2], 0, "the capacity", name);
    if (!capacity.ok()) return capacity.status();
    instance.capacity.push_back(*capacity);
    const absl::StatusOr<int32_t> demand = Whole((*numbers)[at + 3], 1, "the demand", name);
    if (!demand.ok()) return demand.status();
    instance.demand.push_back(*demand);
  }
  return instance;
}

absl::StatusOr<PMedianInstance> ReadPMedianFile(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadTextFile(path);
  if (!text.ok()) return text.status();
  return ParsePMedian(*text, path);
}

std::string FormatMediansCsv(absl::Span<const int32_t> candidate_of) {
  std::string csv = "node,median\n";
  for (size_t h = 0; h < candidate_of.size(); ++h) absl::StrAppend(&csv, h, ",", candidate_of[h], "\n");
  return csv;
}

absl::StatusOr<std::vector<int32_t>> ReadMediansCsv(const std::string& path, int64_t nodes) {
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  const absl::StatusOr<int> node = table->RequireColumn("node");
  if (!node.ok()) return node.status();
  const absl::StatusOr<int> median = table->RequireColumn("median");
  if (!median.ok()) return median.status();
  std::vector<int32_t> candidate_of(nodes, -1);
  const auto read = [&](int64_t row, int column) -> absl::StatusOr<int32_t> {
    int32_t number = 0;
    if (absl::SimpleAtoi(table->Field(row, column), &number) && number >= 0 && number < nodes) return number;
    return table->Complain(row, column, absl::StrCat("not a node, 0 to ", nodes - 1));
  };
  for (int64_t row = 0; row < table->rows(); ++row) {
    const absl::StatusOr<int32_t> h = read(row, *node);
    if (!h.ok()) return h.status();
    const absl::StatusOr<int32_t> j = read(row, *median);
    if (!j.ok()) return j.status();
    if (candidate_of[*h] >= 0) return table->Complain(row, *node, "the node appears twice");
    candidate_of[*h] = *j;
  }
  const auto missing = std::find(candidate_of.begin(), candidate_of.end(), -1);
  if (missing == candidate_of.end()) return candidate_of;
  return absl::InvalidArgumentError(absl::StrCat(path, ": node ", missing - candidate_of.begin(), " has no median"));
}

}  // namespace lianhu::io
