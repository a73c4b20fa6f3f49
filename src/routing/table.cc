#include "lianhu/routing/table.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"
#include "lianhu/routing/compiled_table.h"

namespace lianhu::routing {
namespace {

struct PolicyName {
  absl::string_view name;
  absl::string_view letter;
  HitPolicy policy;
  Aggregation aggregation;
};

constexpr PolicyName kPolicies[] = {
    {"UNIQUE", "U", HitPolicy::kUnique, Aggregation::kNone},
    {"ANY", "A", HitPolicy::kAny, Aggregation::kNone},
    {"PRIORITY", "P", HitPolicy::kPriority, Aggregation::kNone},
    {"FIRST", "F", HitPolicy::kFirst, Aggregation::kNone},
    {"COLLECT", "C", HitPolicy::kCollect, Aggregation::kNone},
    {"COLLECT SUM", "C+", HitPolicy::kCollect, Aggregation::kSum},
    {"COLLECT MIN", "C<", HitPolicy::kCollect, Aggregation::kMin},
    {"COLLECT MAX", "C>", HitPolicy::kCollect, Aggregation::kMax},
    {"COLLECT COUNT", "C#", HitPolicy::kCollect, Aggregation::kCount},
    {"RULE ORDER", "R", HitPolicy::kRuleOrder, Aggregation::kNone},
    {"OUTPUT ORDER", "O", HitPolicy::kOutputOrder, Aggregation::kNone},
};

bool SeveralRows(HitPolicy policy) {
  return policy == HitPolicy::kCollect || policy == HitPolicy::kRuleOrder || policy == HitPolicy::kOutputOrder;
}

std::string InputLabel(const DecisionTable& table, size_t input) {
  const InputClause& clause = table.inputs[input];
  return absl::StrCat("input '", clause.name.empty() ? clause.expression : clause.name, "'");
}

std::string OutputLabel(const DecisionTable& table, size_t output) {
  const std::string& name = table.outputs[output].name;
  return name.empty() ? absl::StrCat("output ", output + 1) : absl::StrCat("output '", name, "'");
}

absl::Status Complain(const DecisionTable& table, int line, absl::string_view place, absl::string_view message) {
  std::string where = absl::StrCat("table '", table.name, "'");
  if (line > 0) absl::StrAppend(&where, " (line ", line, ")");
  if (!place.empty()) absl::StrAppend(&where, ", ", place);
  return WithErrorDetail(absl::InvalidArgumentError(absl::StrCat(where, ": ", message)),
                         {.field = std::string(place), .row = line});
}

absl::Status ComplainOfRule(const DecisionTable& table, size_t rule, absl::string_view place,
                            absl::string_view message) {
  const Rule& row = table.rules[rule];
  std::string where = absl::StrCat("rule ", rule + 1, " (", row.id, ")");
  if (!place.empty()) absl::StrAppend(&where, ", ", place);
  return Complain(table, row.line > 0 ? row.line : table.line, where, message);
}

}  // namespace

std::string HitPolicyName(HitPolicy policy, Aggregation aggregation) {
  for (const PolicyName& known : kPolicies) {
    if (known.policy == policy && known.aggregation == aggregation) return std::string(known.name);
  }
  return "COLLECT";
}

bool ParseHitPolicy(absl::string_view text, HitPolicy* policy, Aggregation* aggregation) {
  std::string wanted = NormalizeName(text);
  absl::AsciiStrToUpper(&wanted);
  for (const PolicyName& known : kPolicies) {
    if (wanted == known.name || wanted == known.letter) {
      *policy = known.policy;
      *aggregation = known.aggregation;
      return true;
    }
  }
  return false;
}

Names InputNames(const DecisionTable& table) {
  Names names;
  for (const InputClause& input : table.inputs) names.Add(input.expression);
  return names;
}

Table::Table() = default;
Table::Table(Table&&) noexcept = default;
Table& Table::operator=(Table&&) noexcept = default;
Table::~Table() = default;

absl::StatusOr<Table> Table::Make(DecisionTable definition, const Names& names, const Types& types) {
  Table table;
  table.definition_ = std::move(definition);
  if (absl::Status status = table.ReadClauses(names, types); !status.ok()) return status;
  if (absl::Status status = table.ReadRules(names); !status.ok()) return status;
  absl::StatusOr<CompiledTable> compiled = CompiledTable::Make(table);
  if (compiled.ok()) {
    table.compiled_ = std::make_unique<const CompiledTable>(*std::move(compiled));
  } else {
    table.not_compiled_because_ = std::string(compiled.status().message());
  }
  return table;
}

absl::Status Table::ReadClauses(const Names& names, const Types& types) {
  const DecisionTable& table = definition_;
  if (table.outputs.empty()) return Complain(table, table.line, "", "has no output");
  if (table.inputs.size() > kMaxColumns || table.outputs.size() > kMaxColumns) {
    return Complain(table, table.line, "", absl::StrCat("has more than ", kMaxColumns, " columns"));
  }
  if (table.rules.size() > kMaxRules) {
    return Complain(table, table.line, "", absl::StrCat("has more than ", kMaxRules, " rules"));
  }
  for (size_t i = 0; i < table.inputs.size(); ++i) {
    const InputClause& clause = table.inputs[i];
    const std::string label = InputLabel(table, i);
    const std::optional<Types::Resolved> type = types.Resolve(clause.type);
    if (!type.has_value())
      return Complain(table, table.line, label, absl::StrCat("type '", clause.type, "' is not known"));
    input_types_.push_back(type->base);
    absl::StatusOr<ExpressionPtr> expression = ParseExpression(clause.expression, names);
    if (!expression.ok()) {
      return Complain(table, table.line, label,
                      absl::StrCat("expression '", clause.expression, "': ", expression.status().message()));
    }
    input_expressions_.push_back(*std::move(expression));
    const std::string& allowed = clause.allowed_values.empty() ? type->allowed_values : clause.allowed_values;
    allowed_.emplace_back();
    if (!allowed.empty()) {
      absl::StatusOr<UnaryTests> tests = ParseUnaryTests(allowed, names);
      if (!tests.ok())
        return Complain(table, table.line, label, absl::StrCat("allowed values: ", tests.status().message()));
      if (!tests->any) allowed_.back() = *std::move(tests);
    }
  }
  const bool by_priority = table.hit_policy == HitPolicy::kPriority || table.hit_policy == HitPolicy::kOutputOrder;
  size_t defaults = 0;
  bool any_order = false;
  std::set<std::string> output_names;
  for (size_t i = 0; i < table.outputs.size(); ++i) {
    const OutputClause& clause = table.outputs[i];
    const std::string label = OutputLabel(table, i);
    if (table.outputs.size() > 1 && clause.name.empty()) return Complain(table, table.line, label, "needs a name");
    if (!output_names.insert(clause.name).second) return Complain(table, table.line, label, "is there twice");
    const std::optional<Types::Resolved> type = types.Resolve(clause.type);
    if (!type.has_value())
      return Complain(table, table.line, label, absl::StrCat("type '", clause.type, "' is not known"));
    const std::string& allowed = clause.allowed_values.empty() ? type->allowed_values : clause.allowed_values;
    priorities_.emplace_back();
    if (!allowed.empty()) {
      absl::StatusOr<UnaryTests> tests = ParseUnaryTests(allowed, names);
      if (!tests.ok())
        return Complain(table, table.line, label, absl::StrCat("allowed values: ", tests.status().message()));
      Evaluator evaluator;
      for (const ExpressionPtr& test : tests->tests) {
        if (tests->negated || !IsConstant(*test) || test->operation == Operation::kTest ||
            test->operation == Operation::kRange) {
          priorities_.back().clear();
          break;
        }
        priorities_.back().push_back(evaluator.Evaluate(*test, Scope()));
      }
      any_order = any_order || !priorities_.back().empty();
    }
    defaults_.emplace_back();
    if (!clause.default_entry.empty()) {
      absl::StatusOr<ExpressionPtr> expression = ParseExpression(clause.default_entry, names);
      if (!expression.ok()) {
        return Complain(table, table.line, label,
                        absl::StrCat("default '", clause.default_entry, "': ", expression.status().message()));
      }
      defaults_.back() = *std::move(expression);
      ++defaults;
    }
  }
  has_default_ = defaults > 0;
  if (by_priority && !any_order) {
    return Complain(table, table.line, "",
                    absl::StrCat("hit policy ", HitPolicyName(table.hit_policy, table.aggregation),
                                 " needs the allowed values of an output, in order of priority"));
  }
  if (table.aggregation != Aggregation::kNone && table.hit_policy != HitPolicy::kCollect) {
    return Complain(table, table.line, "", "only COLLECT can have an aggregation");
  }
  return absl::OkStatus();
}

absl::Status Table::ReadRules(const Names& names) {
  DecisionTable& table = definition_;
  std::set<std::string> ids;
  for (size_t r = 0; r < table.rules.size(); ++r) {
    Rule& rule = table.rules[r];
    if (rule.id.empty()) rule.id = absl::StrCat(r + 1);
    if (!ids.insert(rule.id).second) return ComplainOfRule(table, r, "", "this id is there twice");
    if (rule.inputs.size() != table.inputs.size()) {
      return ComplainOfRule(
          table, r, "",
          absl::StrCat("has ", rule.inputs.size(), " input cells, the table has ", table.inputs.size(), " inputs"));
    }
    if (rule.outputs.size() != table.outputs.size()) {
      return ComplainOfRule(
          table, r, "",
          absl::StrCat("has ", rule.outputs.size(), " output cells, the table has ", table.outputs.size(), " outputs"));
    }
    for (size_t i = 0; i < table.inputs.size(); ++i) {
      absl::StatusOr<UnaryTests> tests = ParseUnaryTests(rule.inputs[i], names);
      if (!tests.ok()) {
        return ComplainOfRule(table, r, InputLabel(table, i),
                              absl::StrCat("'", rule.inputs[i], "': ", tests.status().message()));
      }
      cells_.push_back(*std::move(tests));
    }
    for (size_t i = 0; i < table.outputs.size(); ++i) {
      outputs_.emplace_back();
      const std::string& text = rule.outputs[i];
      if (NormalizeName(text).empty() || NormalizeName(text) == "-") continue;
      absl::StatusOr<ExpressionPtr> expression = ParseExpression(text, names);
      if (!expression.ok()) {
        return ComplainOfRule(table, r, OutputLabel(table, i),
                              absl::StrCat("'", text, "': ", expression.status().message()));
      }
      outputs_.back() = *std::move(expression);
    }
  }
  return absl::OkStatus();
}

std::optional<Value> Table::ConstantOutput(size_t rule, size_t output) const {
  const ExpressionPtr& expression = outputs_[rule * definition_.outputs.size() + output];
  if (expression == nullptr) return Value();
  if (!IsConstant(*expression)) return std::nullopt;
  Evaluator evaluator;
  return evaluator.Evaluate(*expression, Scope());
}

absl::Status Table::CheckInput(size_t input, const Value& value, Evaluator& evaluator, const Scope& scope) const {
  if (value.is_null()) return absl::OkStatus();
  const BaseType type = input_types_[input];
  const std::string& name = definition_.inputs[input].name;
  const absl::string_view field = name.empty() ? absl::string_view(definition_.inputs[input].expression) : name;
  if (type != BaseType::kAny && value.kind() != KindOf(type)) {
    return InvalidField(field, -1, absl::StrCat("a ", BaseTypeName(type), " expected, not ", ToFeel(value)));
  }
  if (type == BaseType::kInteger && !value.number()->IsInteger()) {
    return InvalidField(field, -1, absl::StrCat("an integer expected, not ", ToFeel(value)));
  }
  if (const UnaryTests* tests = allowed(input); tests != nullptr) {
    const bool is_allowed = compiled_ != nullptr && compiled_->Fits(input, value)
                                ? compiled_->IsAllowed(input, value)
                                : evaluator.Passes(value, *tests, scope).value_or(false);
    if (!is_allowed) {
      const std::string& text = definition_.inputs[input].allowed_values;
      return InvalidField(
          field, -1,
          absl::StrCat(ToFeel(value), " is not among the allowed values", text.empty() ? "" : absl::StrCat(" ", text)));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Outcome> Table::Decide(absl::Span<const Value> inputs) const {
  if (inputs.size() != definition_.inputs.size()) {
    return InvalidField(
        "inputs", -1,
        absl::StrCat("has ", inputs.size(), " values, the table has ", definition_.inputs.size(), " inputs"));
  }
  Evaluator evaluator;
  Scope scope;
  for (size_t i = 0; i < inputs.size(); ++i) scope.Set(NormalizeName(definition_.inputs[i].expression), inputs[i]);
  if (compiled_ == nullptr || !compiled_->Fits(inputs)) return DecideByRules(inputs, scope, evaluator);
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (absl::Status status = CheckInput(i, inputs[i], evaluator, scope); !status.ok()) return status;
  }
  std::vector<int32_t> matching;
  compiled_->Match(inputs, matching);
  return Conclude(matching, scope, evaluator);
}

absl::StatusOr<Outcome> Table::DecideIn(const Scope& scope, Evaluator& evaluator) const {
  std::vector<Value> inputs;
  inputs.reserve(input_expressions_.size());
  for (const ExpressionPtr& expression : input_expressions_) inputs.push_back(evaluator.Evaluate(*expression, scope));
  if (compiled_ == nullptr || !compiled_->Fits(inputs)) return DecideByRules(inputs, scope, evaluator);
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (absl::Status status = CheckInput(i, inputs[i], evaluator, scope); !status.ok()) return status;
  }
  std::vector<int32_t> matching;
  compiled_->Match(inputs, matching);
  return Conclude(matching, scope, evaluator);
}

absl::StatusOr<Outcome> Table::DecideByRules(absl::Span<const Value> inputs, const Scope& scope,
                                             Evaluator& evaluator) const {
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (absl::Status status = CheckInput(i, inputs[i], evaluator, scope); !status.ok()) return status;
  }
  std::vector<int32_t> matching;
  for (size_t r = 0; r < definition_.rules.size(); ++r) {
    bool matches = true;
    for (size_t i = 0; i < inputs.size() && matches; ++i) {
      matches = evaluator.Passes(inputs[i], cell(r, i), scope).value_or(false);
    }
    if (matches) matching.push_back(static_cast<int32_t>(r));
  }
  if (evaluator.exhausted()) {
    return absl::ResourceExhaustedError(
        absl::StrCat("table '", definition_.name, "': the expressions take too many steps"));
  }
  return Conclude(matching, scope, evaluator);
}

Value Table::RowValue(size_t rule, const Scope& scope, Evaluator& evaluator) const {
  const size_t count = definition_.outputs.size();
  const auto output = [&](size_t i) {
    const ExpressionPtr& expression = outputs_[rule * count + i];
    return expression != nullptr ? evaluator.Evaluate(*expression, scope) : Value();
  };
  if (count == 1) return output(0);
  Context row;
  for (size_t i = 0; i < count; ++i) row.emplace_back(definition_.outputs[i].name, output(i));
  return row;
}

Value Table::DefaultValue(const Scope& scope, Evaluator& evaluator) const {
  const auto output = [&](size_t i) {
    return defaults_[i] != nullptr ? evaluator.Evaluate(*defaults_[i], scope) : Value();
  };
  Value row;
  if (defaults_.size() == 1) {
    row = output(0);
  } else {
    Context context;
    for (size_t i = 0; i < defaults_.size(); ++i) context.emplace_back(definition_.outputs[i].name, output(i));
    row = std::move(context);
  }
  const bool list = SeveralRows(definition_.hit_policy) && definition_.aggregation == Aggregation::kNone;
  return list && row.list() == nullptr ? Value(List{row}) : row;
}

std::vector<size_t> Table::Ranks(size_t rule, const Scope& scope, Evaluator& evaluator) const {
  std::vector<size_t> ranks;
  const size_t count = definition_.outputs.size();
  for (size_t i = 0; i < count; ++i) {
    if (priorities_[i].empty()) continue;
    const ExpressionPtr& expression = outputs_[rule * count + i];
    const Value value = expression != nullptr ? evaluator.Evaluate(*expression, scope) : Value();
    size_t rank = 0;
    while (rank < priorities_[i].size() && !Same(priorities_[i][rank], value)) ++rank;
    ranks.push_back(rank);
  }
  return ranks;
}

Value Table::Aggregate(const List& values) const {
  if (definition_.aggregation == Aggregation::kCount) {
    return static_cast<int64_t>(values.size());
  }
  // Over several outputs each is aggregated by itself.
  if (definition_.outputs.size() > 1) {
    Context result;
    for (const OutputClause& output : definition_.outputs) {
      List column;
      for (const Value& value : values) column.push_back(value.Get(output.name));
      Value total = column[0];
      for (size_t i = 1; i < column.size(); ++i) {
        if (definition_.aggregation == Aggregation::kSum) {
          total = Arithmetic(Operation::kAdd, total, column[i]);
        } else {
          const std::optional<int> order = Order(column[i], total);
          if (!order.has_value()) {
            total = Value();
            break;
          }
          if (definition_.aggregation == Aggregation::kMin ? *order < 0 : *order > 0) total = column[i];
        }
      }
      result.emplace_back(output.name, total);
    }
    return result;
  }
  Evaluator evaluator;
  const char* const name = definition_.aggregation == Aggregation::kSum   ? "sum"
                           : definition_.aggregation == Aggregation::kMin ? "min"
                                                                          : "max";
  const Value list(values);
  return evaluator.Call(*FindBuiltin(name), absl::MakeConstSpan(&list, 1));
}

Outcome Table::Conclude(absl::Span<const int32_t> matching, const Scope& scope, Evaluator& evaluator) const {
  Outcome outcome;
  if (matching.empty()) {
    outcome.kind = OutcomeKind::kNoMatch;
    if (has_default_) {
      outcome.kind = OutcomeKind::kResult;
      outcome.value = DefaultValue(scope, evaluator);
      outcome.is_default = true;
    } else if (definition_.aggregation == Aggregation::kCount) {
      outcome.value = 0;
    } else if (SeveralRows(definition_.hit_policy) && definition_.aggregation == Aggregation::kNone) {
      outcome.value = List{};
    }
    return outcome;
  }
  outcome.kind = OutcomeKind::kResult;
  outcome.rules.assign(matching.begin(), matching.end());
  const auto violation = [&] {
    outcome.kind = OutcomeKind::kViolation;
    outcome.value = Value();
    return outcome;
  };
  switch (definition_.hit_policy) {
    case HitPolicy::kUnique:
      if (matching.size() > 1) return violation();
      break;
    case HitPolicy::kAny:
      for (size_t i = 1; i < matching.size(); ++i) {
        if (!Same(RowValue(matching[0], scope, evaluator), RowValue(matching[i], scope, evaluator))) return violation();
      }
      break;
    case HitPolicy::kFirst:
      outcome.rules.resize(1);
      break;
    case HitPolicy::kPriority:
    case HitPolicy::kOutputOrder: {
      std::vector<std::pair<std::vector<size_t>, int32_t>> ranked;
      ranked.reserve(matching.size());
      for (const int32_t rule : matching) ranked.emplace_back(Ranks(rule, scope, evaluator), rule);
      std::sort(ranked.begin(), ranked.end());
      for (size_t i = 0; i < ranked.size(); ++i) outcome.rules[i] = ranked[i].second;
      if (definition_.hit_policy == HitPolicy::kPriority) outcome.rules.resize(1);
      break;
    }
    case HitPolicy::kCollect:
    case HitPolicy::kRuleOrder:
      break;
  }
  if (!SeveralRows(definition_.hit_policy)) {
    outcome.value = RowValue(outcome.rules[0], scope, evaluator);
    return outcome;
  }
  List rows;
  for (const int32_t rule : outcome.rules) rows.push_back(RowValue(rule, scope, evaluator));
  outcome.value = definition_.aggregation == Aggregation::kNone ? Value(std::move(rows)) : Aggregate(rows);
  return outcome;
}

}  // namespace lianhu::routing
