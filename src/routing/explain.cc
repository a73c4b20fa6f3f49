#include "lianhu/routing/explain.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace lianhu::routing {
namespace {

std::string RuleIds(const DecisionTable& table, absl::Span<const int32_t> rules) {
  return absl::StrJoin(rules, ", ",
                       [&](std::string* out, int32_t rule) { absl::StrAppend(out, table.rules[rule].id); });
}

const std::string& InputName(const InputClause& input) {
  return input.name.empty() ? input.expression : input.name;
}

std::string Cell(const std::string& text) {
  return NormalizeName(text).empty() ? "-" : text;
}

}  // namespace

absl::StatusOr<Explanation> Explain(const Table& table, absl::Span<const Value> inputs, size_t most_near_misses) {
  absl::StatusOr<Outcome> outcome = table.Decide(inputs);
  if (!outcome.ok()) return outcome.status();
  Explanation explanation;
  explanation.outcome = *std::move(outcome);
  explanation.inputs.assign(inputs.begin(), inputs.end());
  if (!explanation.outcome.rules.empty()) return explanation;
  const DecisionTable& definition = table.definition();
  Scope scope;
  for (size_t i = 0; i < inputs.size(); ++i) scope.Set(NormalizeName(definition.inputs[i].expression), inputs[i]);
  for (size_t r = 0; r < definition.rules.size(); ++r) {
    Evaluator evaluator;
    NearMiss miss{.rule = static_cast<int32_t>(r), .failed = {}};
    for (size_t i = 0; i < inputs.size(); ++i) {
      if (!evaluator.Passes(inputs[i], table.cell(r, i), scope).value_or(false))
        miss.failed.push_back(static_cast<int32_t>(i));
    }
    explanation.nearest.push_back(std::move(miss));
  }
  std::stable_sort(explanation.nearest.begin(), explanation.nearest.end(),
                   [](const NearMiss& a, const NearMiss& b) { return a.failed.size() < b.failed.size(); });
  if (explanation.nearest.size() > most_near_misses) explanation.nearest.resize(most_near_misses);
  return explanation;
}

std::string ToText(const Table& table, const Outcome& outcome, Language language) {
  const bool chinese = language == Language::kChinese;
  const std::string rows = RuleIds(table.definition(), outcome.rules);
  const bool several = outcome.rules.size() > 1;
  switch (outcome.kind) {
    case OutcomeKind::kResult:
      if (outcome.is_default) {
        return absl::StrCat(chinese ? "结果：" : "result: ", ToFeel(outcome.value),
                            chinese ? "（默认，没有规则匹配）" : " (default: no rule matched)");
      }
      return chinese ? absl::StrCat("结果：", ToFeel(outcome.value), "（规则 ", rows, "）")
                     : absl::StrCat("result: ", ToFeel(outcome.value), several ? " (rules " : " (rule ", rows, ")");
    case OutcomeKind::kNoMatch:
      return chinese ? "没有规则匹配" : "no rule matched";
    case OutcomeKind::kViolation:
      return chinese ? absl::StrCat("规则 ", rows, " 违反命中策略") : absl::StrCat("policy violated by rules ", rows);
  }
  return "";
}

std::string ToText(const Table& table, const Explanation& explanation, Language language) {
  const bool chinese = language == Language::kChinese;
  const DecisionTable& definition = table.definition();
  std::string text = ToText(table, explanation.outcome, language);
  const auto condition = [&](int32_t rule, size_t input) {
    return absl::StrCat(InputName(definition.inputs[input]), " = ", ToFeel(explanation.inputs[input]),
                        chinese ? "，要求 " : ", cell ", Cell(definition.rules[rule].inputs[input]));
  };
  for (const int32_t rule : explanation.outcome.rules) {
    absl::StrAppend(&text, chinese ? "\n规则 " : "\nrule ", definition.rules[rule].id, chinese ? " 匹配" : " matches");
    for (size_t i = 0; i < definition.inputs.size(); ++i) absl::StrAppend(&text, "\n  ", condition(rule, i));
    if (!definition.rules[rule].note.empty()) absl::StrAppend(&text, "\n  ", definition.rules[rule].note);
  }
  for (const NearMiss& miss : explanation.nearest) {
    absl::StrAppend(&text, chinese ? "\n最接近的规则 " : "\nnearest: rule ", definition.rules[miss.rule].id,
                    chinese ? "，不符的条件：" : " fails on");
    for (const int32_t input : miss.failed)
      absl::StrAppend(&text, "\n  ", condition(miss.rule, static_cast<size_t>(input)));
  }
  return text;
}

}  // namespace lianhu::routing
