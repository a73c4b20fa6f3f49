#include <initializer_list>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "lianhu/io/dmn.h"

namespace lianhu::io {
namespace {

using routing::BoxedExpression;
using Kind = routing::BoxedExpression::Kind;

std::string Escape(absl::string_view text) {
  std::string safe;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') continue;  // not allowed in XML
    safe += c;
  }
  return absl::StrReplaceAll(safe, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"\r", "&#13;"}});
}

class Writer {
 public:
  std::string Take() { return std::move(xml_); }

  void Model(const routing::ModelDefinition& model) {
    xml_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    Open("definitions", {{"xmlns", "https://www.omg.org/spec/DMN/20230324/MODEL/"},
                         {"namespace", model.name_space.empty() ? "lianhu" : model.name_space},
                         {"name", model.name},
                         {"id", "definitions"}});
    for (const routing::ItemDefinition& item : model.types) Item("itemDefinition", item);
    for (const routing::InputData& input : model.inputs) {
      Open("inputData", {{"id", input.id}, {"name", input.name}});
      Leaf("variable", {{"name", input.name}, {"typeRef", input.type}});
      Close("inputData");
    }
    for (const routing::Knowledge& known : model.knowledge) {
      Open("businessKnowledgeModel", {{"id", known.id}, {"name", known.name}});
      Leaf("variable", {{"name", known.name}, {"typeRef", known.type}});
      Function("encapsulatedLogic", known.function);
      Requirements("knowledgeRequirement", "requiredKnowledge", known.required_knowledge);
      Close("businessKnowledgeModel");
    }
    for (const routing::Decision& decision : model.decisions) {
      Open("decision", {{"id", decision.id}, {"name", decision.name}});
      Leaf("variable", {{"name", decision.name}, {"typeRef", decision.type}});
      Requirements("informationRequirement", "requiredInput", decision.required_inputs);
      Requirements("informationRequirement", "requiredDecision", decision.required_decisions);
      Requirements("knowledgeRequirement", "requiredKnowledge", decision.required_knowledge);
      Boxed(decision.logic);
      Close("decision");
    }
    for (const routing::DecisionService& service : model.services) {
      Open("decisionService", {{"id", service.id}, {"name", service.name}});
      Leaf("variable", {{"name", service.name}, {"typeRef", service.type}});
      References("outputDecision", service.outputs);
      References("encapsulatedDecision", service.encapsulated);
      References("inputDecision", service.input_decisions);
      References("inputData", service.input_data);
      Close("decisionService");
    }
    Close("definitions");
  }

 private:
  using Attributes = std::vector<std::pair<std::string, std::string>>;

  void Start(absl::string_view name, const Attributes& attributes) {
    absl::StrAppend(&xml_, std::string(2 * depth_, ' '), "<", name);
    for (const auto& [key, value] : attributes) {
      if (!value.empty())
        absl::StrAppend(&xml_, " ", key, "=\"", absl::StrReplaceAll(Escape(value), {{"\n", "&#10;"}}), "\"");
    }
  }
  void Open(absl::string_view name, const Attributes& attributes = {}) {
    Start(name, attributes);
    xml_ += ">\n";
    ++depth_;
  }
  void Close(absl::string_view name) {
    --depth_;
    absl::StrAppend(&xml_, std::string(2 * depth_, ' '), "</", name, ">\n");
  }
  void Leaf(absl::string_view name, const Attributes& attributes) {
    Start(name, attributes);
    xml_ += "/>\n";
  }
  void Text(absl::string_view name, absl::string_view text) {
    absl::StrAppend(&xml_, std::string(2 * depth_, ' '), "<", name, ">", Escape(text), "</", name, ">\n");
  }
  void Texted(absl::string_view name, absl::string_view text, const Attributes& attributes = {}) {
    Open(name, attributes);
    Text("text", text);
    Close(name);
  }
  void Requirements(absl::string_view outer, absl::string_view inner, const std::vector<std::string>& ids) {
    for (const std::string& id : ids) {
      Open(outer);
      Leaf(inner, {{"href", absl::StrCat("#", id)}});
      Close(outer);
    }
  }

  void References(absl::string_view element, const std::vector<std::string>& ids) {
    for (const std::string& id : ids) Leaf(element, {{"href", absl::StrCat("#", id)}});
  }

  void Parts(absl::string_view element, const BoxedExpression& boxed, std::initializer_list<absl::string_view> parts) {
    Open(element, {{"typeRef", boxed.type}, {"iteratorVariable", boxed.names.empty() ? "" : boxed.names[0]}});
    for (size_t i = 0; i < parts.size(); ++i) {
      Open(parts.begin()[i]);
      Boxed(boxed.children[i]);
      Close(parts.begin()[i]);
    }
    Close(element);
  }

  void Item(absl::string_view element, const routing::ItemDefinition& item) {
    Open(element, {{"name", item.name}, {"isCollection", item.is_collection ? "true" : ""}});
    if (!item.function_output.empty()) {
      Leaf("functionItem", {{"outputTypeRef", item.function_output}});
    } else if (!item.type.empty()) {
      Text("typeRef", item.type);
    }
    if (!item.allowed_values.empty()) Texted("allowedValues", item.allowed_values);
    if (!item.constraint.empty()) Texted("typeConstraint", item.constraint);
    for (const routing::ItemDefinition& component : item.components) Item("itemComponent", component);
    Close(element);
  }

  void Function(absl::string_view element, const BoxedExpression& function) {
    Open(element);
    for (size_t i = 0; i < function.names.size(); ++i) {
      Leaf("formalParameter",
           {{"name", function.names[i]}, {"typeRef", i < function.types.size() ? function.types[i] : ""}});
    }
    for (const BoxedExpression& child : function.children) Boxed(child);
    Close(element);
  }

  void Boxed(const BoxedExpression& boxed) {
    switch (boxed.kind) {
      case Kind::kNone:
        break;
      case Kind::kLiteral:
        Texted("literalExpression", boxed.text, {{"typeRef", boxed.type}});
        break;
      case Kind::kTable:
        Table(boxed.table);
        break;
      case Kind::kContext:
        Open("context", {{"typeRef", boxed.type}});
        for (size_t i = 0; i < boxed.children.size(); ++i) {
          Open("contextEntry");
          if (!boxed.names[i].empty())
            Leaf("variable", {{"name", boxed.names[i]}, {"typeRef", i < boxed.types.size() ? boxed.types[i] : ""}});
          Boxed(boxed.children[i]);
          Close("contextEntry");
        }
        Close("context");
        break;
      case Kind::kInvocation:
        Open("invocation", {{"typeRef", boxed.type}});
        Texted("literalExpression", boxed.text);
        for (size_t i = 0; i < boxed.children.size(); ++i) {
          Open("binding");
          Leaf("parameter", {{"name", boxed.names[i]}});
          Boxed(boxed.children[i]);
          Close("binding");
        }
        Close("invocation");
        break;
      case Kind::kFunction:
        Function("functionDefinition", boxed);
        break;
      case Kind::kList:
        Open("list", {{"typeRef", boxed.type}});
        for (const BoxedExpression& child : boxed.children) Boxed(child);
        Close("list");
        break;
      case Kind::kRelation:
        Open("relation", {{"typeRef", boxed.type}});
        for (const std::string& name : boxed.names) Leaf("column", {{"name", name}});
        for (size_t i = 0; i < boxed.children.size(); ++i) {
          if (i % boxed.names.size() == 0) Open("row");
          Boxed(boxed.children[i]);
          if ((i + 1) % boxed.names.size() == 0) Close("row");
        }
        Close("relation");
        break;
      case Kind::kConditional:
        Parts("conditional", boxed, {"if", "then", "else"});
        break;
      case Kind::kFilter:
        Parts("filter", boxed, {"in", "match"});
        break;
      case Kind::kFor:
        Parts("for", boxed, {"in", "return"});
        break;
      case Kind::kSome:
        Parts("some", boxed, {"in", "satisfies"});
        break;
      case Kind::kEvery:
        Parts("every", boxed, {"in", "satisfies"});
        break;
    }
  }

  void Table(const routing::DecisionTable& table) {
    const std::string policy = routing::HitPolicyName(table.hit_policy, routing::Aggregation::kNone);
    const std::string full = routing::HitPolicyName(table.hit_policy, table.aggregation);
    Open("decisionTable",
         {{"hitPolicy", policy}, {"aggregation", full.size() > policy.size() ? full.substr(policy.size() + 1) : ""}});
    for (const routing::InputClause& input : table.inputs) {
      Open("input", {{"label", input.name == input.expression ? "" : input.name}});
      Texted("inputExpression", input.expression, {{"typeRef", input.type}});
      if (!input.allowed_values.empty()) Texted("inputValues", input.allowed_values);
      Close("input");
    }
    for (const routing::OutputClause& output : table.outputs) {
      Open("output", {{"name", output.name}, {"typeRef", output.type}});
      if (!output.allowed_values.empty()) Texted("outputValues", output.allowed_values);
      if (!output.default_entry.empty()) Texted("defaultOutputEntry", output.default_entry);
      Close("output");
    }
    for (const routing::Rule& rule : table.rules) {
      Open("rule", {{"id", rule.id}});
      if (!rule.note.empty()) Text("description", rule.note);
      for (const std::string& cell : rule.inputs) Texted("inputEntry", cell);
      for (const std::string& cell : rule.outputs) Texted("outputEntry", cell);
      Close("rule");
    }
    Close("decisionTable");
  }

  std::string xml_;
  size_t depth_ = 0;
};

}  // namespace

std::string ModelToDmn(const routing::ModelDefinition& model) {
  Writer writer;
  writer.Model(model);
  return writer.Take();
}

}  // namespace lianhu::io
