#include "lianhu/routing/taxonomy.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu::routing {
namespace {

template <typename Coded>
absl::Status CheckCodes(absl::string_view list, const std::vector<Coded>& entries) {
  std::set<absl::string_view> seen;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].code.empty()) return InvalidField(list, static_cast<int64_t>(i), "has no code");
    if (!seen.insert(entries[i].code).second) {
      return InvalidField(list, static_cast<int64_t>(i), absl::StrCat("code is there twice: '", entries[i].code, "'"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckCategory(const Category& category, int64_t row, int32_t departments) {
  const auto is_department = [departments](int32_t department) { return department >= 0 && department < departments; };
  if (category.kinds.empty()) return InvalidField("categories", row, "has no kind");
  if (!is_department(category.lead)) return InvalidField("categories", row, "lead is not a department");
  if (!std::all_of(category.joins.begin(), category.joins.end(), is_department)) {
    return InvalidField("categories", row, "a department that joins is not a department");
  }
  if (category.then != -1 && !is_department(category.then)) {
    return InvalidField("categories", row, "the department that follows is not a department");
  }
  std::vector<TimeBudget> budgets(category.resolve.begin(), category.resolve.end());
  budgets.insert(budgets.end(), category.respond.begin(), category.respond.end());
  if (category.stop.has_value()) budgets.push_back(*category.stop);
  for (const TimeBudget& budget : budgets) {
    if (absl::Status status = Validate(budget); !status.ok()) return InvalidField("categories", row, status.message());
  }
  return absl::OkStatus();
}

}  // namespace

int32_t FindWord(const std::vector<Word>& words, absl::string_view code) {
  const auto found = std::find_if(words.begin(), words.end(), [code](const Word& word) { return word.code == code; });
  return found == words.end() ? -1 : static_cast<int32_t>(found - words.begin());
}

int32_t Taxonomy::FindCategory(absl::string_view code) const {
  const auto found = std::find_if(categories.begin(), categories.end(),
                                  [code](const Category& category) { return category.code == code; });
  return found == categories.end() ? -1 : static_cast<int32_t>(found - categories.begin());
}

absl::Status Validate(const Taxonomy& taxonomy) {
  if (taxonomy.categories.empty()) return InvalidField("categories", -1, "there is none");
  if (absl::Status status = CheckCodes("categories", taxonomy.categories); !status.ok()) return status;
  if (absl::Status status = CheckCodes("departments", taxonomy.departments); !status.ok()) return status;
  if (absl::Status status = CheckCodes("groups", taxonomy.groups); !status.ok()) return status;
  if (absl::Status status = CheckCodes("actions", taxonomy.actions); !status.ok()) return status;
  for (size_t i = 0; i < taxonomy.categories.size(); ++i) {
    absl::Status status = CheckCategory(taxonomy.categories[i], static_cast<int64_t>(i),
                                        static_cast<int32_t>(taxonomy.departments.size()));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace lianhu::routing
