// Any bytes as the two files of a street and, where they are one, as its plan, its pair conditions and its prices. A
// NUL byte ends each file. What is refused says why in one line; what is read can be planned and written, and comes
// back.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "io/temporary_directory.h"
#include "lianhu/io/conditions.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/plan_files.h"
#include "lianhu/io/street.h"
#include "lianhu/io/text.h"

namespace lianhu::io {
namespace {

// The fuzzer counts an abort as a finding.
void Require(bool condition) {
  if (!condition) std::abort();
}

void RequireReason(const absl::Status& status) {
  Require(!status.message().empty() && !absl::StrContains(status.message(), "\n"));
}

struct Files {
  TemporaryDirectory directory;
  std::string households = directory.File("h.csv");
  std::string stewards = directory.File("s.csv");
  std::string plan = directory.File("plan.csv");
  std::string prices = directory.File("prices.csv");
};

void TryStreet(Files& files, const std::vector<std::string>& texts, const std::string& within) {
  WriteFile(files.households, texts[0]);
  WriteFile(files.stewards, texts[1]);
  const absl::StatusOr<Street> street =
      ReadStreet({.households = files.households, .stewards = files.stewards, .within = within, .bounds = {}});
  if (!street.ok()) return RequireReason(street.status());
  Require(assignment::Validate(street->View()).ok());

  WriteFile(files.plan, texts[2]);
  WriteFile(files.prices, texts[3]);
  const absl::StatusOr<std::vector<int32_t>> steward_of = ReadPlanCsv(*street, files.plan);
  if (!steward_of.ok()) return RequireReason(steward_of.status());
  const absl::StatusOr<std::vector<int64_t>> prices = ReadPricesCsv(*street, files.prices);
  if (!prices.ok()) RequireReason(prices.status());

  // The plan's rows as pairs that must not be, must be, or cost something.
  for (const ConditionFiles& conditions :
       {ConditionFiles{.forbidden = files.plan}, ConditionFiles{.fixed = files.plan},
        ConditionFiles{.preferences = files.plan}, ConditionFiles{.load_cost = texts[3]}}) {
    Street conditional = *street;
    const absl::Status status = ReadConditions(conditions, conditional);
    if (status.ok()) {
      Require(assignment::Validate(conditional.View()).ok());
    } else {
      RequireReason(status);
    }
  }

  assignment::Plan plan;
  plan.steward_of = *steward_of;
  WriteFile(files.plan, FormatPlanCsv(*street, plan));
  const absl::StatusOr<std::vector<int32_t>> again = ReadPlanCsv(*street, files.plan);
  Require(again.ok() && *again == *steward_of);
}

}  // namespace
}  // namespace lianhu::io

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lianhu::io;
  static Files files;
  std::vector<std::string> texts =
      absl::StrSplit(absl::string_view(reinterpret_cast<const char*>(data), size), absl::MaxSplits('\0', 3));
  texts.resize(4);
  TryStreet(files, texts, "");
  TryStreet(files, texts, "unit");
  return 0;
}
