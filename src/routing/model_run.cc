// Deciding by a model: decisions and what they require, boxed expressions, functions and services.
#include <algorithm>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "routing/model_impl.h"

namespace lianhu::routing {

using LogicKind = BoxedExpression::Kind;

std::shared_ptr<const Function> Model::Impl::MakeFunction(const Logic& logic, const Scope& scope,
                                                          absl::string_view result_type) const {
  auto function = std::make_shared<Function>();
  function->parameters = logic.names;
  function->least = logic.names.size();
  // Every business knowledge model is visible in the bodies of the others.
  function->call = [this, &logic, captured = scope.Flatten(), type = std::string(result_type)](
                       Evaluator& evaluator, absl::Span<const Value> arguments) {
    Scope outer(nullptr, captured);
    for (size_t i = 0; i < functions.size(); ++i) {
      if (functions[i] != nullptr && outer.Find(definition.knowledge[i].name) == nullptr) {
        outer.Set(NormalizeName(definition.knowledge[i].name), Value(functions[i]));
      }
    }
    for (size_t i = 0; i < service_functions.size(); ++i) {
      if (service_functions[i] != nullptr && outer.Find(definition.services[i].name) == nullptr)
        outer.Set(definition.services[i].name, Value(service_functions[i]));
    }
    Scope inner(&outer);
    for (size_t i = 0; i < logic.names.size(); ++i) {
      inner.Set(NormalizeName(logic.names[i]), types.Coerce(arguments[i], logic.types[i]));
    }
    if (logic.children.empty()) return Value();
    return types.Coerce(Evaluate(logic.children[0], inner, evaluator, nullptr), type);
  };
  return function;
}

// Parameters by place: the input data, then the input decisions.
std::shared_ptr<const Function> Model::Impl::MakeServiceFunction(size_t index) const {
  const DecisionService& service = definition.services[index];
  auto function = std::make_shared<Function>();
  for (const std::string& id : service.input_data)
    function->parameters.push_back(definition.inputs[input_by_id.find(id)->second].name);
  for (const std::string& id : service.input_decisions)
    function->parameters.push_back(definition.decisions[decision_by_id.find(id)->second].name);
  function->least = function->parameters.size();
  function->call = [this, index, parameters = function->parameters](Evaluator& evaluator,
                                                                    absl::Span<const Value> given) -> Value {
    Context arguments;
    for (size_t i = 0; i < parameters.size(); ++i) arguments.emplace_back(parameters[i], given[i]);
    const absl::StatusOr<Context> outputs = CallService(index, arguments, evaluator);
    if (!outputs.ok()) return {};
    return outputs->size() == 1 ? (*outputs)[0].second : Value(*outputs);
  };
  return function;
}

absl::StatusOr<Context> Model::Impl::CallService(size_t index, const Context& arguments, Evaluator& evaluator) const {
  if (!service_status[index].ok()) return service_status[index];
  const DecisionService& service = definition.services[index];
  const Value given(arguments);
  Context inputs;
  for (const std::string& id : service.input_data) {
    const std::string& name = definition.inputs[input_by_id.find(id)->second].name;
    inputs.emplace_back(name, given.Get(name));
  }
  Run run{.inputs = &inputs, .evaluator = &evaluator, .done = {}};
  for (const std::string& id : service.input_decisions) {
    const size_t decision = decision_by_id.find(id)->second;
    const Decision& known = definition.decisions[decision];
    run.done[decision].value = types.Coerce(given.Get(known.name), known.type);
  }
  Context outputs;
  for (const std::string& id : service.outputs) {
    const size_t decision = decision_by_id.find(id)->second;
    absl::StatusOr<DecisionResult> result = EvaluateDecision(decision, run);
    if (!result.ok()) return result.status();
    outputs.emplace_back(definition.decisions[decision].name, result->value);
  }
  const absl::string_view type = types.ResultOf(service.type);
  if (outputs.size() == 1) {
    outputs[0].second = types.Coerce(outputs[0].second, type);
  } else if (types.Coerce(Value(outputs), type).is_null()) {
    for (auto& [name, value] : outputs) value = Value();
  }
  return outputs;
}

Value Model::Impl::Evaluate(const Logic& logic, const Scope& scope, Evaluator& evaluator,
                            DecisionResult* result) const {
  switch (logic.kind) {
    case LogicKind::kNone:
      return {};
    case LogicKind::kLiteral:
      return types.Coerce(evaluator.Evaluate(*logic.expression, scope), logic.type);
    case LogicKind::kTable: {
      absl::StatusOr<Outcome> outcome = logic.table->DecideIn(scope, evaluator);
      if (!outcome.ok()) {
        if (result != nullptr) result->status = outcome.status();
        return {};
      }
      Value value = outcome->value;
      if (result != nullptr) result->outcome = *std::move(outcome);
      return value;
    }
    case LogicKind::kContext: {
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
    case LogicKind::kInvocation: {
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
    case LogicKind::kFunction:
      return Value(MakeFunction(logic, scope, ""));
    case LogicKind::kList: {
      List items;
      for (const Logic& child : logic.children) items.push_back(Evaluate(child, scope, evaluator, nullptr));
      return types.Coerce(Value(std::move(items)), logic.type);
    }
    case LogicKind::kRelation: {
      List rows;
      for (size_t i = 0; i < logic.children.size(); i += logic.names.size()) {
        Context row;
        for (size_t c = 0; c < logic.names.size(); ++c) {
          row.emplace_back(logic.names[c], Evaluate(logic.children[i + c], scope, evaluator, nullptr));
        }
        rows.push_back(std::move(row));
      }
      return types.Coerce(Value(std::move(rows)), logic.type);
    }
    case LogicKind::kConditional: {
      const bool holds = Evaluate(logic.children[0], scope, evaluator, nullptr).IsTrue();
      return types.Coerce(Evaluate(logic.children[holds ? 1 : 2], scope, evaluator, nullptr), logic.type);
    }
    case LogicKind::kFilter: {
      const Value list = Evaluate(logic.children[0], scope, evaluator, nullptr);
      const auto condition = [&](const Scope& inner) { return Evaluate(logic.children[1], inner, evaluator, nullptr); };
      return types.Coerce(evaluator.FilterBy(list, condition, scope), logic.type);
    }
    case LogicKind::kFor:
    case LogicKind::kSome:
    case LogicKind::kEvery:
      return types.Coerce(Iterate(logic, scope, evaluator), logic.type);
  }
  return {};
}

Value Model::Impl::Iterate(const Logic& logic, const Scope& scope, Evaluator& evaluator) const {
  const Value domain = Evaluate(logic.children[0], scope, evaluator, nullptr);
  const bool decisive = logic.kind == LogicKind::kSome;
  List results;
  bool found = false, unknown = false;
  const bool whole = evaluator.Walk(domain, [&](const Value& item) {
    Scope inner(&scope);
    if (logic.kind == LogicKind::kFor) {
      if (!evaluator.Spend(static_cast<int64_t>(results.size()))) return false;
      inner.Set("partial", results);
    }
    inner.Set(NormalizeName(logic.names[0]), item);
    Value value = Evaluate(logic.children[1], inner, evaluator, nullptr);
    if (logic.kind == LogicKind::kFor) {
      results.push_back(std::move(value));
      return true;
    }
    unknown = unknown || value.boolean() == nullptr;
    found = value.boolean() != nullptr && *value.boolean() == decisive;
    return !found;
  });
  if (logic.kind == LogicKind::kFor) return whole ? Value(std::move(results)) : Value();
  if (found) return decisive;
  return whole && !unknown ? Value(!decisive) : Value();
}

void Model::Impl::AddInputs(const Context& inputs, Scope& scope) const {
  for (const auto& [name, value] : inputs) scope.Set(NormalizeName(name), value);
  for (const InputData& input : definition.inputs) {
    const std::string name = NormalizeName(input.name);
    const Value* given = scope.Find(name);
    scope.Set(name, given != nullptr ? types.Coerce(*given, input.type, true) : Value());
  }
}

absl::Status Model::Impl::AddKnowledge(const std::vector<std::string>& ids, Scope& scope) const {
  for (const std::string& id : ids) {
    if (const auto found = knowledge_by_id.find(id); found != knowledge_by_id.end()) {
      if (!knowledge_status[found->second].ok()) return knowledge_status[found->second];
      scope.Set(definition.knowledge[found->second].name, Value(functions[found->second]));
    } else if (const auto service = service_by_id.find(id); service != service_by_id.end()) {
      if (!service_status[service->second].ok()) return service_status[service->second];
      scope.Set(definition.services[service->second].name, Value(service_functions[service->second]));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<DecisionResult> Model::Impl::EvaluateDecision(size_t index, Run& run) const {
  if (const auto found = run.done.find(index); found != run.done.end()) return found->second;
  const Decision& decision = definition.decisions[index];
  if (!decision_status[index].ok()) return decision_status[index];
  const auto too_much = [&] {
    return absl::ResourceExhaustedError(absl::StrCat("decision '", decision.name, "': takes too many steps"));
  };
  if (!run.evaluator->Enter()) return too_much();
  const auto leave = absl::MakeCleanup([&] { run.evaluator->Leave(); });
  Scope scope;
  AddInputs(*run.inputs, scope);
  if (absl::Status status = AddKnowledge(decision.required_knowledge, scope); !status.ok()) return status;
  for (const std::string& id : decision.required_decisions) {
    const size_t required = decision_by_id.find(id)->second;
    absl::StatusOr<DecisionResult> result = EvaluateDecision(required, run);
    if (!result.ok()) return result.status();
    scope.Set(NormalizeName(definition.decisions[required].name), result->value);
  }
  DecisionResult result;
  result.value = types.Coerce(Evaluate(decisions[index], scope, *run.evaluator, &result), decision.type);
  if (run.evaluator->exhausted()) return too_much();
  run.done.emplace(index, result);
  return result;
}

}  // namespace lianhu::routing
