#include "lianhu/io/gap_file.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "io/words.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/text.h"

namespace lianhu::io {
namespace {

absl::StatusOr<std::vector<int64_t>> ReadWholeNumbers(absl::string_view text, const std::string& name) {
  std::vector<int64_t> numbers;
  for (const PlacedWord& word : SplitWords(text)) {
    int64_t value = 0;
    if (!absl::SimpleAtoi(word.text, &value)) {
      return absl::InvalidArgumentError(
          absl::StrCat(name, ": line ", word.line, ": not a whole number: '", ShownValue(word.text), "'"));
    }
    numbers.push_back(value);
  }
  return numbers;
}

// How many numbers an instance has that begins at `at`; -1 when none can.
int64_t LengthAt(const std::vector<int64_t>& numbers, size_t at) {
  constexpr int64_t kMost = (int64_t{1} << 31) - 1;
  if (at + 1 >= numbers.size()) return -1;
  const int64_t m = numbers[at];
  const int64_t n = numbers[at + 1];
  if (m < 1 || n < 1 || m > kMost || n > kMost || m > kMost / n) return -1;
  return 2 + 2 * m * n + m;
}

// Where each instance begins when the file holds numbers[0] of them; empty when it does not.
std::vector<size_t> SeveralAt(const std::vector<int64_t>& numbers) {
  std::vector<size_t> begins;
  size_t at = 1;
  while (at < numbers.size()) {
    const int64_t length = LengthAt(numbers, at);
    if (length < 0 || length > static_cast<int64_t>(numbers.size() - at)) return {};
    begins.push_back(at);
    at += static_cast<size_t>(length);
  }
  if (numbers.empty() || static_cast<int64_t>(begins.size()) != numbers[0]) return {};
  return begins;
}

}  // namespace

assignment::GeneralizedAssignment GapInstance::View() const {
  return {.agents = agents, .items = items, .cost = cost, .weight = weight, .capacity = capacity, .minimum = {}};
}

absl::StatusOr<std::vector<GapInstance>> ParseGap(absl::string_view text, const std::string& name) {
  const absl::StatusOr<std::vector<int64_t>> numbers = ReadWholeNumbers(text, name);
  if (!numbers.ok()) return numbers.status();
  const auto count = static_cast<int64_t>(numbers->size());
  const int64_t single = LengthAt(*numbers, 0);
  std::vector<size_t> begins = {0};
  if (single != count) {
    begins = SeveralAt(*numbers);
    if (begins.empty() && single > 0) {
      return absl::InvalidArgumentError(absl::StrCat(name, ": ", (*numbers)[0], " agents and ", (*numbers)[1],
                                                     " items need ", single, " numbers, there are ", count));
    }
    if (begins.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(name, ": does not begin with the numbers of agents and items, each at least 1"));
    }
  }
  std::vector<GapInstance> instances;
  for (const size_t begin : begins) {
    GapInstance instance;
    instance.agents = static_cast<int32_t>((*numbers)[begin]);
    instance.items = static_cast<int32_t>((*numbers)[begin + 1]);
    const int64_t pairs = int64_t{instance.agents} * instance.items;
    const auto costs = numbers->begin() + static_cast<int64_t>(begin) + 2;
    instance.cost.assign(costs, costs + pairs);
    instance.weight.assign(costs + pairs, costs + 2 * pairs);
    instance.capacity.assign(costs + 2 * pairs, costs + 2 * pairs + instance.agents);
    if (auto status = assignment::Validate(instance.View()); !status.ok()) {
      const std::string which = begins.size() > 1 ? absl::StrCat("instance ", instances.size() + 1, ": ") : "";
      return absl::InvalidArgumentError(absl::StrCat(name, ": ", which, status.message()));
    }
    instances.push_back(std::move(instance));
  }
  return instances;
}

absl::StatusOr<std::vector<GapInstance>> ReadGapFile(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadTextFile(path);
  if (!text.ok()) return text.status();
  return ParseGap(*text, path);
}

}  // namespace lianhu::io
