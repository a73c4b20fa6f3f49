// Any bytes as the two files of a choice of stewards and the costs of kinds. A NUL byte ends each. What is refused says
// why in one line; of what is read, a small one can be chosen from: who must be is chosen, who must not is not, and the
// chosen can be read again as stewards.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "io/temporary_directory.h"
#include "lianhu/io/candidates.h"
#include "lianhu/io/choice_files.h"

namespace lianhu::io {
namespace {

// The fuzzer counts an abort as a finding.
void Require(bool condition) {
  if (!condition) std::abort();
}

struct Files {
  TemporaryDirectory directory;
  std::string households = directory.File("h.csv");
  std::string candidates = directory.File("c.csv");
  std::string chosen = directory.File("chosen.csv");
};

void Try(Files& files, const std::vector<std::string>& texts, const std::string& within) {
  using districting::Requirement;
  WriteFile(files.households, texts[0]);
  WriteFile(files.candidates, texts[1]);
  const absl::StatusOr<CandidatePool> pool = ReadCandidates({.households = files.households,
                                                             .candidates = files.candidates,
                                                             .within = within,
                                                             .bounds = {.min = 0, .max = 3},
                                                             .kind_cost = texts[2]});
  if (!pool.ok()) {
    Require(!pool.status().message().empty() && !absl::StrContains(pool.status().message(), "\n"));
    return;
  }
  districting::CandidateProblem problem = pool->View();
  const size_t m = problem.candidates.size();
  Require(problem.suitability_cm.size() == m && problem.requirement.size() == m);
  if (problem.households.size() > 40 || m > 40) return;
  problem.rule = districting::CountRule::kFewest;
  RunContext context;
  context.threads = 1;
  const auto choice = ChooseStewards(problem, {.seconds = 1e6, .work = 3000, .next = 2}, context);
  Require(choice.ok());
  Require(!FormatChoiceJson(*pool, problem, *choice).empty());
  if (choice->outcome != districting::ChoiceOutcome::kFeasible) {
    for (const districting::ChoiceShortfall& shortfall : choice->shortfalls) {
      Require(!Describe(shortfall, pool->street.UnitName(shortfall.unit), Language::kChinese).empty());
    }
    return;
  }
  for (size_t j = 0; j < m; ++j) {
    const bool chosen = std::binary_search(choice->chosen.begin(), choice->chosen.end(), static_cast<int32_t>(j));
    Require(problem.RequirementOf(static_cast<int64_t>(j)) !=
            (chosen ? Requirement::kMustNot : Requirement::kMustHave));
  }
  Require(choice->bound_cm <= choice->objective_cm);
  WriteFile(files.chosen, FormatChosenCsv(*pool, *choice, within));
  const auto again = ReadCandidates(
      {.households = files.households, .candidates = files.chosen, .within = within, .bounds = {}, .kind_cost = ""});
  Require(again.ok() ? again->street.stewards.ids.size() == choice->chosen.size() : choice->chosen.empty());
}

}  // namespace
}  // namespace lianhu::io

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lianhu::io;
  static Files files;
  std::vector<std::string> texts =
      absl::StrSplit(absl::string_view(reinterpret_cast<const char*>(data), size), absl::MaxSplits('\0', 2));
  texts.resize(3);
  Try(files, texts, "");
  Try(files, texts, "unit");
  return 0;
}
