#include <string>

#include "absl/strings/str_cat.h"
#include "lianhu/districting/steward_choice.h"

namespace lianhu::districting {

const char* OutcomeName(ChoiceOutcome outcome) {
  switch (outcome) {
    case ChoiceOutcome::kFeasible:
      return "feasible";
    case ChoiceOutcome::kInfeasible:
      return "infeasible";
    case ChoiceOutcome::kNotFound:
      return "not_found";
    case ChoiceOutcome::kCancelled:
      return "cancelled";
  }
  return "unknown";
}

const char* ShortfallName(ChoiceShortfall::Kind kind) {
  switch (kind) {
    case ChoiceShortfall::Kind::kCapacity:
      return "capacity";
    case ChoiceShortfall::Kind::kMustHave:
      return "must_have";
    case ChoiceShortfall::Kind::kMinimum:
      return "minimum";
    case ChoiceShortfall::Kind::kTooFew:
      return "too_few";
    case ChoiceShortfall::Kind::kTooMany:
      return "too_many";
  }
  return "unknown";
}

std::string Describe(const ChoiceShortfall& s, absl::string_view unit_name, Language language) {
  using Kind = ChoiceShortfall::Kind;
  if (language == Language::kChinese) {
    const std::string where = unit_name.empty() ? "全区域" : std::string(unit_name);
    switch (s.kind) {
      case Kind::kCapacity:
        return absl::StrCat(where, "有", s.households, "户，可选的", s.candidates, "名候选人合计最多联系", s.capacity,
                            "户，还差", s.households - s.capacity, "户：请增加候选人或提高上限。");
      case Kind::kMustHave:
        return absl::StrCat(where, "有", s.households, "户，而必选的候选人合计至少要联系", s.required, "户，多出",
                            s.required - s.households, "户：请减少必选人数或降低下限。");
      case Kind::kMinimum:
        return absl::StrCat(where, "有", s.households, "户，至少需要", s.least, "名红管事才够，而他们合计至少要联系",
                            s.required, "户：请降低下限或提高上限。");
      case Kind::kTooFew:
        return absl::StrCat("共要选", s.count, "名，而各辖区按上限至少需要", s.least, "名，还差", s.least - s.count,
                            "名：请增加人数或提高上限。");
      case Kind::kTooMany:
        return absl::StrCat("共要选", s.count, "名，而各辖区按下限最多只能有", s.most, "名，多出", s.count - s.most,
                            "名：请减少人数或降低下限。");
    }
    return "";
  }
  const std::string where = unit_name.empty() ? "the whole area" : std::string(unit_name);
  switch (s.kind) {
    case Kind::kCapacity:
      return absl::StrCat(where, " has ", s.households, " households, but its ", s.candidates, " candidates can take ",
                          s.capacity, " together: ", s.households - s.capacity,
                          " short; find more candidates or raise the maximum.");
    case Kind::kMustHave:
      return absl::StrCat(where, " has ", s.households, " households, but the candidates who must be chosen want ",
                          s.required, " at least: ", s.required - s.households,
                          " too many; make fewer of them a must or lower the minimum.");
    case Kind::kMinimum:
      return absl::StrCat(where, " has ", s.households, " households: at least ", s.least,
                          " stewards are needed to take them, and those want ", s.required,
                          " at least; lower the minimum or raise the maximum.");
    case Kind::kTooFew:
      return absl::StrCat("the count is ", s.count, ", but the jurisdictions need ", s.least,
                          " stewards at least: ", s.least - s.count, " short; choose more or raise the maximum.");
    case Kind::kTooMany:
      return absl::StrCat("the count is ", s.count, ", but no more than ", s.most,
                          " stewards can have their minimum: ", s.count - s.most,
                          " too many; choose fewer or lower the minimum.");
  }
  return "";
}

}  // namespace lianhu::districting
