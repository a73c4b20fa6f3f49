// Any bytes as an instance file of the p-median problem. What is refused says why in one line; what is read has as many
// nodes as it says, and a small one can be searched: the plan is one, and its bound is not above it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "lianhu/io/p_median_file.h"

namespace {

// The fuzzer counts an abort as a finding.
void Require(bool condition) {
  if (!condition) std::abort();
}

void Try(absl::string_view text) {
  using lianhu::districting::DistanceRule;
  const auto instance = lianhu::io::ParsePMedian(text, "fuzz");
  if (!instance.ok()) {
    Require(!instance.status().message().empty() && !absl::StrContains(instance.status().message(), "\n"));
    return;
  }
  const auto problem = instance->View(text.size() % 2 == 0 ? DistanceRule::kEuclidean : DistanceRule::kWhole);
  Require(problem.households.size() == problem.demand.size() && problem.households.size() == problem.capacity.size());
  if (problem.households.size() > 60) return;
  lianhu::RunContext context;
  const auto selection = lianhu::districting::Select(problem, {.seconds = 1e6, .work = 3000}, context);
  if (!selection.ok()) return;  // positions out of range
  if (selection->outcome != lianhu::districting::SelectionOutcome::kFeasible) {
    Require(!Describe(*selection, problem, lianhu::Language::kEnglish).empty());
    return;
  }
  const auto objective = lianhu::districting::VerifySelection(problem, selection->candidate_of);
  Require(objective.ok() && *objective == selection->objective && selection->bound <= selection->objective);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Try(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
