#include "lianhu/routing/model.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lianhu/base/status.h"
#include "routing/model_impl.h"

namespace lianhu::routing {
namespace {

using Kind = BoxedExpression::Kind;

// Decisions that require each other, one behind the other; each is a level of the stack.
constexpr size_t kMaxChain = 200;

void AddComponents(const ItemDefinition& item, Names& names) {
  for (const ItemDefinition& component : item.components) {
    names.Add(component.name);
    AddComponents(component, names);
  }
}

// What is named inside: entries, parameters, columns, outputs.
void AddLocalNames(const BoxedExpression& boxed, Names& names, bool words_only) {
  const auto add = [&](const std::string& name) {
    if (!words_only || name.find_first_of("+-*/.") == std::string::npos) names.Add(name);
  };
  for (const std::string& name : boxed.names) add(name);
  for (const OutputClause& output : boxed.table.outputs) add(output.name);
  for (const BoxedExpression& child : boxed.children) AddLocalNames(child, names, words_only);
}

std::string Shortened(const std::string& text) {
  constexpr size_t kShown = 80;
  if (text.size() <= kShown) return text;
  size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // whole characters
  return absl::StrCat(text.substr(0, end), "...");
}

// As a file refers to it: "#id", or "model#id" when it is of another model.
std::string AsReference(const std::string& id) {
  return id.find('#') == std::string::npos ? absl::StrCat("#", id) : id;
}

}  // namespace

bool HasShape(const BoxedExpression& boxed) {
  const size_t names = boxed.names.size(), children = boxed.children.size();
  switch (boxed.kind) {
    case Kind::kNone:
    case Kind::kLiteral:
    case Kind::kTable:
      return names == 0 && children == 0;
    case Kind::kContext:
    case Kind::kInvocation:
      return names == children;
    case Kind::kFunction:
      return children <= 1;
    case Kind::kList:
      return names == 0;
    case Kind::kRelation:
      return names > 0 && children % names == 0;
    case Kind::kConditional:
      return names == 0 && children == 3;
    case Kind::kFilter:
      return names == 0 && children == 2;
    case Kind::kFor:
    case Kind::kSome:
    case Kind::kEvery:
      return names == 1 && children == 2;
  }
  return false;
}

absl::StatusOr<Logic> Model::Impl::Read(const BoxedExpression& boxed, const Names& names) const {
  Logic logic;
  logic.kind = boxed.kind;
  logic.names = boxed.names;
  logic.types = boxed.types;
  logic.types.resize(boxed.names.size());
  logic.type = boxed.type;
  const auto complain = [&](absl::string_view message) {
    return InvalidField("expression", -1, absl::StrCat("line ", boxed.line, ": ", message));
  };
  if (!HasShape(boxed)) return complain("names and parts do not fit each other");
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
    if (!expression.ok())
      return complain(absl::StrCat("'", Shortened(boxed.text), "': ", expression.status().message()));
    logic.expression = *std::move(expression);
  }
  for (const BoxedExpression& child : boxed.children) {
    absl::StatusOr<Logic> read = Read(child, names);
    if (!read.ok()) return read.status();
    logic.children.push_back(*std::move(read));
  }
  return logic;
}

// Types and the names that expressions may use; no id and no name may be there twice.
absl::Status Model::Impl::PrepareNames(Names& names) {
  for (const ItemDefinition& item : definition.types) AddComponents(item, names);
  for (const InputData& input : definition.inputs) names.Add(input.name);
  for (const Decision& decision : definition.decisions) names.Add(decision.name);
  for (const Knowledge& known : definition.knowledge) names.Add(known.name);
  for (const DecisionService& service : definition.services) names.Add(service.name);
  // Parts of results are asked for by their names elsewhere. Signs belong to a name only where it is made: elsewhere
  // `a-b` is a difference.
  for (const Decision& decision : definition.decisions) AddLocalNames(decision.logic, names, true);
  for (const Knowledge& known : definition.knowledge) AddLocalNames(known.function, names, true);
  for (const ItemDefinition& item : definition.types) {
    if (absl::Status status = types.Add(item, names); !status.ok()) defects.emplace_back(status.message());
  }
  for (std::string& broken : types.RemoveBroken()) defects.push_back(std::move(broken));
  std::set<std::string> ids, seen;
  const auto enter = [&](absl::string_view element, const auto& items, auto& by_id) -> absl::Status {
    for (size_t i = 0; i < items.size(); ++i) {
      if (!items[i].id.empty() && !ids.insert(items[i].id).second)
        return InvalidField(element, -1, absl::StrCat("id '", items[i].id, "' is there twice"));
      if (!seen.insert(items[i].name).second)
        return InvalidField(element, -1, absl::StrCat("name '", items[i].name, "' is there twice"));
      by_id.emplace(items[i].id, i);
    }
    return absl::OkStatus();
  };
  if (absl::Status status = enter("inputData", definition.inputs, input_by_id); !status.ok()) return status;
  if (absl::Status status = enter("businessKnowledgeModel", definition.knowledge, knowledge_by_id); !status.ok())
    return status;
  if (absl::Status status = enter("decision", definition.decisions, decision_by_id); !status.ok()) return status;
  return enter("decisionService", definition.services, service_by_id);
}

absl::Status Model::Impl::Prepare() {
  defects = definition.defects;
  Names names;
  if (absl::Status status = PrepareNames(names); !status.ok()) return status;
  // The definition's own defects name what is given here as `defect` already.
  const auto read = [&](const BoxedExpression& boxed, const auto& item, absl::string_view what,
                        const absl::Status& requirements, std::vector<Logic>& logics,
                        std::vector<absl::Status>& statuses) {
    Names local(&names);
    AddLocalNames(boxed, local, false);
    absl::StatusOr<Logic> logic = Read(boxed, local);
    absl::Status status = logic.ok() ? requirements : logic.status();
    if (status.ok() && !types.Knows(item.type))
      status = InvalidField("typeRef", -1, absl::StrCat("type '", item.type, "' is not known"));
    if (!status.ok()) defects.push_back(absl::StrCat(what, " '", item.name, "': ", status.message()));
    if (status.ok() && !item.defect.empty()) status = absl::UnimplementedError(item.defect);
    if (!status.ok()) {
      status =
          WithErrorDetail(absl::Status(status.code(), absl::StrCat(what, " '", item.name, "': ", status.message())),
                          GetErrorDetail(status));
    }
    logics.push_back(logic.ok() ? *std::move(logic) : Logic{});
    statuses.push_back(std::move(status));
  };
  for (const InputData& input : definition.inputs) {
    if (!types.Knows(input.type))
      defects.push_back(absl::StrCat("inputData '", input.name, "': type '", input.type, "' is not known"));
  }
  for (const Knowledge& known : definition.knowledge) {
    read(known.function, known, "businessKnowledgeModel", absl::OkStatus(), knowledge, knowledge_status);
  }
  for (const Decision& decision : definition.decisions) {
    read(decision.logic, decision, "decision", CheckRequirements(decision), decisions, decision_status);
  }
  CheckCycles();
  for (const DecisionService& service : definition.services) {
    absl::Status status = CheckService(service);
    if (!status.ok()) {
      status = WithErrorDetail(
          absl::Status(status.code(), absl::StrCat("decisionService '", service.name, "': ", status.message())),
          GetErrorDetail(status));
      defects.emplace_back(status.message());
    }
    service_status.push_back(std::move(status));
  }
  functions.resize(knowledge.size());
  for (size_t i = 0; i < knowledge.size(); ++i) {
    // A variable of a type of functions says what they give; one of another type is the older way to say it of the
    // function, and its body says so too.
    const std::string& type = definition.knowledge[i].type;
    const absl::string_view result = types.ResultOf(type);
    if (knowledge_status[i].ok()) functions[i] = MakeFunction(knowledge[i], Scope(), result == type ? "" : result);
  }
  service_functions.resize(definition.services.size());
  for (size_t i = 0; i < definition.services.size(); ++i) {
    if (service_status[i].ok()) service_functions[i] = MakeServiceFunction(i);
  }
  return absl::OkStatus();
}

absl::Status Model::Impl::CheckRequirements(const Decision& decision) const {
  const auto missing = [&](absl::string_view what, const std::string& id) {
    return InvalidField(
        "href", decision.line,
        absl::StrCat("line ", decision.line, ": ", what, " '", AsReference(id), "' is not in the model"));
  };
  for (const std::string& id : decision.required_inputs) {
    const auto found = input_by_id.find(id);
    if (found == input_by_id.end()) return missing("required input", id);
    const InputData& input = definition.inputs[found->second];
    if (!types.Knows(input.type)) {
      return InvalidField("inputData", -1,
                          absl::StrCat("inputData '", input.name, "': type '", input.type, "' is not known"));
    }
  }
  for (const std::string& id : decision.required_decisions) {
    if (decision_by_id.find(id) == decision_by_id.end()) return missing("required decision", id);
  }
  for (const std::string& id : decision.required_knowledge) {
    if (knowledge_by_id.find(id) == knowledge_by_id.end() && service_by_id.find(id) == service_by_id.end())
      return missing("required knowledge", id);
  }
  return absl::OkStatus();
}

absl::Status Model::Impl::CheckService(const DecisionService& service) const {
  const auto check = [&](const std::vector<std::string>& ids, const auto& known, absl::string_view what) {
    for (const std::string& id : ids) {
      if (known.find(id) == known.end()) {
        return InvalidField(
            "href", -1,
            absl::StrCat("line ", service.line, ": ", what, " '", AsReference(id), "' is not in the model"));
      }
    }
    return absl::OkStatus();
  };
  if (!service.defect.empty()) return absl::UnimplementedError(service.defect);
  if (service.outputs.empty()) {
    return InvalidField("outputDecision", -1, absl::StrCat("line ", service.line, ": has no output decision"));
  }
  if (absl::Status status = check(service.outputs, decision_by_id, "output decision"); !status.ok()) return status;
  if (absl::Status status = check(service.encapsulated, decision_by_id, "encapsulated decision"); !status.ok())
    return status;
  if (absl::Status status = check(service.input_decisions, decision_by_id, "input decision"); !status.ok())
    return status;
  return check(service.input_data, input_by_id, "input data");
}

// Kahn's algorithm: what is left over stands in a circle, or behind one.
void Model::Impl::CheckCycles() {
  const size_t count = definition.decisions.size();
  std::vector<std::vector<size_t>> users(count);
  std::vector<size_t> waiting(count), ready, depth(count);
  for (size_t i = 0; i < count; ++i) {
    for (const std::string& id : definition.decisions[i].required_decisions) {
      const auto required = decision_by_id.find(id);
      if (required == decision_by_id.end()) continue;
      users[required->second].push_back(i);
      ++waiting[i];
    }
  }
  for (size_t i = 0; i < count; ++i) {
    if (waiting[i] == 0) ready.push_back(i);
  }
  for (size_t at = 0; at < ready.size(); ++at) {
    for (const size_t user : users[ready[at]]) {
      depth[user] = std::max(depth[user], depth[ready[at]] + 1);
      if (--waiting[user] == 0) ready.push_back(user);
    }
  }
  std::vector<std::string> circle;
  for (size_t i = 0; i < count; ++i) {
    if (waiting[i] > 0) circle.push_back(absl::StrCat("'", definition.decisions[i].name, "'"));
  }
  const absl::Status circular = InvalidField(
      "decision", -1, absl::StrCat("decisions require each other in a circle: ", absl::StrJoin(circle, ", ")));
  if (!circle.empty()) defects.emplace_back(circular.message());
  for (size_t i = 0; i < count; ++i) {
    if (waiting[i] > 0 && decision_status[i].ok()) decision_status[i] = circular;
    if (depth[i] < kMaxChain) continue;
    const std::string& name = definition.decisions[i].name;
    decision_status[i] =
        InvalidField("decision", -1,
                     absl::StrCat("decision '", name, "': stands on a chain of more than ", kMaxChain, " decisions"));
    if (depth[i] == kMaxChain) defects.emplace_back(decision_status[i].message());
  }
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
  Evaluator evaluator = impl_->MakeEvaluator();
  Impl::Run run{.inputs = &inputs, .evaluator = &evaluator, .done = {}};
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
    Evaluator evaluator = impl_->MakeEvaluator();
    return evaluator.Call(function, values);
  }
  return absl::NotFoundError(absl::StrCat("no business knowledge model '", name, "' in the model"));
}

absl::StatusOr<Context> Model::CallService(absl::string_view name, const Context& arguments) const {
  const std::string wanted = NormalizeName(name);
  for (size_t i = 0; i < impl_->definition.services.size(); ++i) {
    const DecisionService& service = impl_->definition.services[i];
    if (service.name != wanted && service.id != name) continue;
    Evaluator evaluator = impl_->MakeEvaluator();
    return impl_->CallService(i, arguments, evaluator);
  }
  return absl::NotFoundError(absl::StrCat("no decision service '", name, "' in the model"));
}

}  // namespace lianhu::routing
