#include "lianhu/routing/model.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lianhu/base/status.h"

namespace lianhu::routing {
namespace {

using Kind = BoxedExpression::Kind;

// A boxed expression made ready.
struct Logic {
  Kind kind = Kind::kNone;
  ExpressionPtr expression;  // kLiteral; kInvocation: what is called
  std::unique_ptr<Table> table;
  std::vector<std::string> names;
  std::vector<std::string> types;
  std::string type;
  std::vector<Logic> children;
};

void AddComponents(const ItemDefinition& item, Names& names) {
  for (const ItemDefinition& component : item.components) {
    names.Add(component.name);
    AddComponents(component, names);
  }
}

void AddLocalNames(const BoxedExpression& boxed, Names& names) {
  for (const std::string& name : boxed.names) names.Add(name);
  for (const OutputClause& output : boxed.table.outputs) names.Add(output.name);
  for (const BoxedExpression& child : boxed.children) AddLocalNames(child, names);
}

}  // namespace

struct Model::Impl {
  ModelDefinition definition;
  std::vector<std::string> defects;
  Types types;
  std::vector<Logic> decisions;
  std::vector<absl::Status> decision_status;
  std::vector<Logic> knowledge;
  std::vector<absl::Status> knowledge_status;
  std::vector<std::shared_ptr<const Function>> functions;
  std::map<std::string, size_t, std::less<>> decision_by_id, input_by_id, knowledge_by_id;

  absl::Status Prepare();
  absl::StatusOr<Logic> Read(const BoxedExpression& boxed, const Names& names) const;
  Value Evaluate(const Logic& logic, const Scope& scope, Evaluator& evaluator, DecisionResult* result) const;
  std::shared_ptr<const Function> MakeFunction(const Logic& logic, const Scope& scope) const;
  absl::Status Require(const Decision& decision) const;
  absl::Status CheckCycles() const;

  struct Run {
    const Context* inputs;
    std::map<size_t, DecisionResult> done;
    Evaluator evaluator{Budget{.steps = 5'000'000}};
  };
  absl::StatusOr<DecisionResult> EvaluateDecision(size_t decision, Run& run) const;
  void AddInputs(const Context& inputs, Scope& scope) const;
  void AddKnowledge(const std::vector<std::string>& ids, Scope& scope) const;
};

absl::StatusOr<Logic> Model::Impl::Read(const BoxedExpression& boxed, const Names& names) const {
  Logic logic;
  logic.kind = boxed.kind;
  logic.names = boxed.names;
  logic.types = boxed.types;
  logic.types.resize(boxed.names.size());
  logic.type = boxed.type;
  const auto complain = [&](absl::string_view message) {
    return InvalidField("expression", boxed.line, absl::StrCat("line ", boxed.line, ": ", message));
  };
  if (!types.Knows(boxed.type)) return complain(absl::StrCat("type '", boxed.type, "' is not known"));
  for (const std::string& type : logic.types) {
    if (!types.Knows(type)) return complain(absl::StrCat("type '", type, "' is not known"));
  }
  if (boxed.kind == Kind::kTable) {
    absl::StatusOr<Table> table = Table::Make(boxed.table, names, types);
    if (!table.ok()) return table.status();
    logic.table = std::make_unique<Table>(*std::move(table));
  }
  if (boxed.kind == Kind::kLiteral || boxed.kind == Kind::kInvocation) {
    absl::StatusOr<ExpressionPtr> expression = ParseExpression(boxed.text, names);
    if (!expression.ok()) return complain(absl::StrCat("'", boxed.text, "': ", expression.status().message()));
    logic.expression = *std::move(expression);
  }
  for (const BoxedExpression& child : boxed.children) {
    absl::StatusOr<Logic> read = Read(child, names);
    if (!read.ok()) return read.status();
    logic.children.push_back(*std::move(read));
  }
  return logic;
}

absl::Status Model::Impl::Prepare() {
  defects = definition.defects;
  Names names;
  for (const ItemDefinition& item : definition.types) AddComponents(item, names);
  for (const InputData& input : definition.inputs) names.Add(input.name);
  for (const Decision& decision : definition.decisions) names.Add(decision.name);
  for (const Knowledge& known : definition.knowledge) names.Add(known.name);
  for (const ItemDefinition& item : definition.types) {
    if (absl::Status status = types.Add(item, names); !status.ok()) return status;
  }
  if (absl::Status status = types.Check(); !status.ok()) return status;
  std::set<std::string> ids, seen;
  const auto unique = [&](absl::string_view element, const std::string& id, const std::string& name) {
    if (!id.empty() && !ids.insert(id).second)
      return InvalidField(element, -1, absl::StrCat("id '", id, "' is there twice"));
    if (!seen.insert(name).second) return InvalidField(element, -1, absl::StrCat("name '", name, "' is there twice"));
    return absl::OkStatus();
  };
  for (size_t i = 0; i < definition.inputs.size(); ++i) {
    const InputData& input = definition.inputs[i];
    if (absl::Status status = unique("inputData", input.id, input.name); !status.ok()) return status;
    if (!types.Knows(input.type)) {
      return InvalidField("inputData", -1, absl::StrCat("'", input.name, "': type '", input.type, "' is not known"));
    }
    input_by_id.emplace(input.id, i);
  }
  for (size_t i = 0; i < definition.knowledge.size(); ++i) {
    const Knowledge& known = definition.knowledge[i];
    if (absl::Status status = unique("businessKnowledgeModel", known.id, known.name); !status.ok()) return status;
    knowledge_by_id.emplace(known.id, i);
  }
  for (size_t i = 0; i < definition.decisions.size(); ++i) {
    const Decision& decision = definition.decisions[i];
    if (absl::Status status = unique("decision", decision.id, decision.name); !status.ok()) return status;
    decision_by_id.emplace(decision.id, i);
  }
  for (const Decision& decision : definition.decisions) {
    if (absl::Status status = Require(decision); !status.ok()) return status;
  }
  if (absl::Status status = CheckCycles(); !status.ok()) return status;

  const auto read = [&](const BoxedExpression& boxed, absl::string_view what, const std::string& name,
                        std::vector<Logic>& logics, std::vector<absl::Status>& statuses) {
    Names local = names;
    AddLocalNames(boxed, local);
    absl::StatusOr<Logic> logic = Read(boxed, local);
    statuses.push_back(logic.status());
    if (!logic.ok()) defects.push_back(absl::StrCat(what, " '", name, "': ", logic.status().message()));
    logics.push_back(logic.ok() ? *std::move(logic) : Logic{});
  };
  for (const Knowledge& known : definition.knowledge) {
    read(known.function, "businessKnowledgeModel", known.name, knowledge, knowledge_status);
  }
  for (const Decision& decision : definition.decisions) {
    read(decision.logic, "decision", decision.name, decisions, decision_status);
    if (decision_status.back().ok() && !types.Knows(decision.type)) {
      decision_status.back() =
          InvalidField("decision", -1, absl::StrCat("'", decision.name, "': type '", decision.type, "' is not known"));
      defects.emplace_back(decision_status.back().message());
    }
  }
  functions.resize(knowledge.size());
  for (size_t i = 0; i < knowledge.size(); ++i) {
    if (knowledge_status[i].ok()) functions[i] = MakeFunction(knowledge[i], Scope());
  }
  return absl::OkStatus();
}

absl::Status Model::Impl::Require(const Decision& decision) const {
  const auto check = [&](const std::vector<std::string>& ids, const auto& known,
                         absl::string_view what) -> absl::Status {
    for (const std::string& id : ids) {
      if (known.find(id) == known.end()) {
        return InvalidField("decision", -1,
                            absl::StrCat("'", decision.name, "' (line ", decision.line, "): ", what, " '#", id,
                                         "' is not in the model"));
      }
    }
    return absl::OkStatus();
  };
  if (absl::Status status = check(decision.required_inputs, input_by_id, "required input"); !status.ok()) return status;
  if (absl::Status status = check(decision.required_decisions, decision_by_id, "required decision"); !status.ok())
    return status;
  return check(decision.required_knowledge, knowledge_by_id, "required knowledge");
}

// Kahn's algorithm: what is left over stands in a circle.
absl::Status Model::Impl::CheckCycles() const {
  const size_t count = definition.decisions.size();
  std::vector<std::vector<size_t>> users(count);
  std::vector<size_t> waiting(count), ready;
  for (size_t i = 0; i < count; ++i) {
    for (const std::string& id : definition.decisions[i].required_decisions) {
      users[decision_by_id.find(id)->second].push_back(i);
      ++waiting[i];
    }
  }
  for (size_t i = 0; i < count; ++i) {
    if (waiting[i] == 0) ready.push_back(i);
  }
  for (size_t at = 0; at < ready.size(); ++at) {
    for (const size_t user : users[ready[at]]) {
      if (--waiting[user] == 0) ready.push_back(user);
    }
  }
  if (ready.size() == count) return absl::OkStatus();
  std::vector<std::string> circle;
  for (size_t i = 0; i < count; ++i) {
    if (waiting[i] > 0) circle.push_back(absl::StrCat("'", definition.decisions[i].name, "'"));
  }
  return InvalidField("decision", -1,
                      absl::StrCat("decisions require each other in a circle: ", absl::StrJoin(circle, ", ")));
}

std::shared_ptr<const Function> Model::Impl::MakeFunction(const Logic& logic, const Scope& scope) const {
  auto function = std::make_shared<Function>();
  function->parameters = logic.names;
  function->least = logic.names.size();
  // Every business knowledge model is visible in the bodies of the others.
  function->call = [this, &logic, captured = scope.Flatten()](Evaluator& evaluator, absl::Span<const Value> arguments) {
    Scope outer(nullptr, captured);
    for (size_t i = 0; i < functions.size(); ++i) {
      if (functions[i] != nullptr && outer.Find(definition.knowledge[i].name) == nullptr) {
        outer.Set(NormalizeName(definition.knowledge[i].name), Value(functions[i]));
      }
    }
    Scope inner(&outer);
    for (size_t i = 0; i < logic.names.size(); ++i) {
      inner.Set(NormalizeName(logic.names[i]), types.Coerce(arguments[i], logic.types[i]));
    }
    return logic.children.empty() ? Value() : Evaluate(logic.children[0], inner, evaluator, nullptr);
  };
  return function;
}

Value Model::Impl::Evaluate(const Logic& logic, const Scope& scope, Evaluator& evaluator,
                            DecisionResult* result) const {
  switch (logic.kind) {
    case Kind::kNone:
      return {};
    case Kind::kLiteral:
      return types.Coerce(evaluator.Evaluate(*logic.expression, scope), logic.type);
    case Kind::kTable: {
      absl::StatusOr<Outcome> outcome = logic.table->DecideIn(scope, evaluator);
      if (!outcome.ok()) {
        if (result != nullptr) result->status = outcome.status();
        return {};
      }
      Value value = outcome->value;
      if (result != nullptr) result->outcome = *std::move(outcome);
      return value;
    }
    case Kind::kContext: {
      Context made;
      Scope inner(&scope);
      for (size_t i = 0; i < logic.children.size(); ++i) {
        Value value = types.Coerce(Evaluate(logic.children[i], inner, evaluator, nullptr), logic.types[i]);
        if (logic.names[i].empty()) return value;
        inner.Set(NormalizeName(logic.names[i]), value);
        made.emplace_back(NormalizeName(logic.names[i]), std::move(value));
      }
      return types.Coerce(Value(std::move(made)), logic.type);
    }
    case Kind::kInvocation: {
      const Value called = evaluator.Evaluate(*logic.expression, scope);
      const std::shared_ptr<const Function> function = called.shared_function();
      if (function == nullptr) return {};
      std::vector<Value> arguments(function->parameters.size());
      for (size_t i = 0; i < logic.children.size(); ++i) {
        const auto at = std::find(function->parameters.begin(), function->parameters.end(), logic.names[i]);
        if (at == function->parameters.end()) return {};
        arguments[static_cast<size_t>(at - function->parameters.begin())] =
            Evaluate(logic.children[i], scope, evaluator, nullptr);
      }
      return types.Coerce(evaluator.Call(*function, arguments), logic.type);
    }
    case Kind::kFunction:
      return Value(MakeFunction(logic, scope));
    case Kind::kList: {
      List items;
      for (const Logic& child : logic.children) items.push_back(Evaluate(child, scope, evaluator, nullptr));
      return types.Coerce(Value(std::move(items)), logic.type);
    }
    case Kind::kRelation: {
      List rows;
      for (size_t i = 0; i < logic.children.size(); i += logic.names.size()) {
        Context row;
        for (size_t c = 0; c < logic.names.size(); ++c) {
          row.emplace_back(logic.names[c], Evaluate(logic.children[i + c], scope, evaluator, nullptr));
        }
        rows.push_back(std::move(row));
      }
      return rows;
    }
  }
  return {};
}

void Model::Impl::AddInputs(const Context& inputs, Scope& scope) const {
  for (const auto& [name, value] : inputs) scope.Set(NormalizeName(name), value);
  for (const InputData& input : definition.inputs) {
    const std::string name = NormalizeName(input.name);
    const Value* given = scope.Find(name);
    scope.Set(name, given != nullptr ? types.Coerce(*given, input.type) : Value());
  }
}

void Model::Impl::AddKnowledge(const std::vector<std::string>& ids, Scope& scope) const {
  for (const std::string& id : ids) {
    const auto found = knowledge_by_id.find(id);
    if (found == knowledge_by_id.end() || functions[found->second] == nullptr) continue;
    scope.Set(NormalizeName(definition.knowledge[found->second].name), Value(functions[found->second]));
  }
}

absl::StatusOr<DecisionResult> Model::Impl::EvaluateDecision(size_t index, Run& run) const {
  if (const auto found = run.done.find(index); found != run.done.end()) return found->second;
  const Decision& decision = definition.decisions[index];
  if (!decision_status[index].ok()) return decision_status[index];
  Scope scope;
  AddInputs(*run.inputs, scope);
  for (const std::string& id : decision.required_knowledge) {
    const size_t known = knowledge_by_id.find(id)->second;
    if (!knowledge_status[known].ok()) return knowledge_status[known];
  }
  AddKnowledge(decision.required_knowledge, scope);
  for (const std::string& id : decision.required_decisions) {
    const size_t required = decision_by_id.find(id)->second;
    absl::StatusOr<DecisionResult> result = EvaluateDecision(required, run);
    if (!result.ok()) return result.status();
    scope.Set(NormalizeName(definition.decisions[required].name), result->value);
  }
  DecisionResult result;
  result.value = types.Coerce(Evaluate(decisions[index], scope, run.evaluator, &result), decision.type);
  if (run.evaluator.exhausted()) {
    return absl::ResourceExhaustedError(absl::StrCat("decision '", decision.name, "': takes too many steps"));
  }
  run.done.emplace(index, result);
  return result;
}

Model::Model(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;
Model::~Model() = default;

absl::StatusOr<Model> Model::Make(ModelDefinition definition) {
  auto impl = std::make_unique<Impl>();
  impl->definition = std::move(definition);
  if (absl::Status status = impl->Prepare(); !status.ok()) return status;
  return Model(std::move(impl));
}

const ModelDefinition& Model::definition() const {
  return impl_->definition;
}
const std::vector<std::string>& Model::defects() const {
  return impl_->defects;
}
const Types& Model::types() const {
  return impl_->types;
}
const Table* Model::table(size_t decision) const {
  return impl_->decisions[decision].table.get();
}

int Model::FindDecision(absl::string_view name) const {
  const std::string wanted = NormalizeName(name);
  for (size_t i = 0; i < impl_->definition.decisions.size(); ++i) {
    const Decision& decision = impl_->definition.decisions[i];
    if (NormalizeName(decision.name) == wanted || decision.id == name) return static_cast<int>(i);
  }
  return -1;
}

absl::StatusOr<size_t> Model::Choose(absl::string_view name) const {
  const std::vector<Decision>& decisions = impl_->definition.decisions;
  if (!name.empty()) {
    const int index = FindDecision(name);
    if (index < 0) return absl::NotFoundError(absl::StrCat("no decision '", name, "' in the model"));
    return static_cast<size_t>(index);
  }
  std::set<std::string> required;
  for (const Decision& decision : decisions) {
    required.insert(decision.required_decisions.begin(), decision.required_decisions.end());
  }
  std::vector<size_t> last;
  std::vector<std::string> names;
  for (size_t i = 0; i < decisions.size(); ++i) {
    if (required.find(decisions[i].id) != required.end()) continue;
    last.push_back(i);
    names.push_back(absl::StrCat("'", decisions[i].name, "'"));
  }
  if (last.size() == 1) return last[0];
  return absl::InvalidArgumentError(absl::StrCat("say which decision: ", absl::StrJoin(names, ", ")));
}

absl::StatusOr<DecisionResult> Model::Evaluate(absl::string_view decision, const Context& inputs) const {
  const int index = FindDecision(decision);
  if (index < 0) return absl::NotFoundError(absl::StrCat("no decision '", decision, "' in the model"));
  Impl::Run run;
  run.inputs = &inputs;
  return impl_->EvaluateDecision(static_cast<size_t>(index), run);
}

absl::StatusOr<Value> Model::CallKnowledge(absl::string_view name, const Context& arguments) const {
  for (size_t i = 0; i < impl_->definition.knowledge.size(); ++i) {
    if (impl_->definition.knowledge[i].name != name) continue;
    if (!impl_->knowledge_status[i].ok()) return impl_->knowledge_status[i];
    const Function& function = *impl_->functions[i];
    std::vector<Value> values;
    const Value given(arguments);
    values.reserve(function.parameters.size());
    for (const std::string& parameter : function.parameters) values.push_back(given.Get(parameter));
    Evaluator evaluator;
    return evaluator.Call(function, values);
  }
  return absl::NotFoundError(absl::StrCat("no business knowledge model '", name, "' in the model"));
}

}  // namespace lianhu::routing
