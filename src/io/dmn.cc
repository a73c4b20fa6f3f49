#include "lianhu/io/dmn.h"

#include <array>
#include <filesystem>
#include <initializer_list>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "io/mapped_file.h"
#include "io/snapshot_envelope.h"
#include "io/xml.h"
#include "lianhu/base/status.h"
#include "lianhu/io/model_snapshot.h"
#include "lianhu/io/table_csv.h"
#include "lianhu/io/table_snapshot.h"

namespace lianhu::io {
namespace {

using routing::BoxedExpression;
using routing::DecisionTable;
using routing::ItemDefinition;
using Kind = routing::BoxedExpression::Kind;

constexpr std::array<absl::string_view, 5> kNamespaces = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/"};

// Elements that decide nothing.
bool IsSilent(absl::string_view name) {
  static constexpr std::array<absl::string_view, 22> kSilent = {"description",
                                                                "extensionElements",
                                                                "question",
                                                                "allowedAnswers",
                                                                "supportedObjective",
                                                                "impactedPerformanceIndicator",
                                                                "decisionMaker",
                                                                "decisionOwner",
                                                                "usingProcess",
                                                                "usingTask",
                                                                "authorityRequirement",
                                                                "knowledgeSource",
                                                                "textAnnotation",
                                                                "association",
                                                                "organizationUnit",
                                                                "performanceIndicator",
                                                                "elementCollection",
                                                                "group",
                                                                "DMNDI",
                                                                "annotation",
                                                                "label",
                                                                "variable"};
  for (const absl::string_view silent : kSilent) {
    if (name == silent) return true;
  }
  return false;
}

class DmnReader {
 public:
  DmnReader(const XmlDocument& xml, routing::ModelDefinition& model) : xml_(xml), model_(model) {}

  absl::Status ReadDefinitions() {
    const pugi::xml_node root = xml_.root();
    if (LocalName(root) != "definitions") {
      return absl::InvalidArgumentError(absl::StrCat(xml_.Place(root), "is no DMN model: 'definitions' expected"));
    }
    for (const pugi::xml_attribute& attribute : root.attributes()) {
      const absl::string_view value = attribute.value();
      const bool declares = absl::StartsWith(attribute.name(), "xmlns");
      if (!declares || !absl::StrContains(value, "/spec/DMN/") ||
          (!absl::EndsWith(value, "/MODEL/") && !absl::EndsWith(value, "dmn.xsd")))
        continue;
      bool known = false;
      for (const absl::string_view name_space : kNamespaces) known = known || value == name_space;
      if (!known)
        return absl::InvalidArgumentError(
            absl::StrCat(xml_.Place(root), "namespace '", value, "' is not one of DMN 1.1 to 1.5"));
    }
    model_.name = Attribute(root, "name");
    model_.name_space = Attribute(root, "namespace");
    CheckLanguage(root);
    for (const pugi::xml_node& node : root.children()) {
      if (node.type() != pugi::node_element) continue;
      const absl::string_view name = LocalName(node);
      defect_.clear();
      if (name == "itemDefinition") {
        model_.types.push_back(ReadItem(node));
      } else if (name == "inputData") {
        model_.inputs.push_back({.id = Attribute(node, "id"), .name = NameOf(node), .type = TypeOfVariable(node)});
      } else if (name == "decision") {
        ReadDecision(node);
      } else if (name == "businessKnowledgeModel") {
        ReadKnowledge(node);
      } else if (name == "decisionService") {
        ReadService(node);
      } else if (!IsSilent(name)) {
        Refuse(node, "is not supported");
      }
    }
    return absl::OkStatus();
  }

 private:
  // Also said of the decision, knowledge or service that is being read: it must not be decided without what is missing.
  void Refuse(const pugi::xml_node& node, absl::string_view message) {
    const std::string defect = absl::StrCat(xml_.Place(node), message);
    if (model_.defects.size() < 100) model_.defects.push_back(defect);
    if (defect_.empty()) defect_ = defect;
  }

  // FEEL by its name, its namespace or no name at all.
  void CheckLanguage(const pugi::xml_node& node) {
    std::string language = Attribute(node, "expressionLanguage");
    absl::AsciiStrToLower(&language);
    if (!language.empty() && !absl::StrContains(language, "feel"))
      Refuse(node, absl::StrCat("expression language '", language, "' is not supported, only FEEL"));
  }

  std::string NameOf(const pugi::xml_node& node) {
    // The variable's name is what expressions use.
    const pugi::xml_node variable = Child(node, "variable");
    std::string name = variable ? Attribute(variable, "name") : "";
    if (name.empty()) name = node.attribute("name").value();
    if (name.empty()) name = Attribute(node, "id");
    return routing::NormalizeName(name);
  }

  std::string TypeOfVariable(const pugi::xml_node& node) { return Attribute(Child(node, "variable"), "typeRef"); }

  std::string TextOf(const pugi::xml_node& node) {
    return std::string(absl::StripAsciiWhitespace(Text(Child(node, "text"))));
  }

  ItemDefinition ReadItem(const pugi::xml_node& node) {
    ItemDefinition item;
    item.name = routing::NormalizeName(node.attribute("name").value());
    item.is_collection = Attribute(node, "isCollection") == "true";
    item.line = xml_.Line(node);
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const absl::string_view name = LocalName(child);
      if (name == "typeRef") {
        item.type = std::string(absl::StripAsciiWhitespace(Text(child)));
      } else if (name == "allowedValues") {
        item.allowed_values = TextOf(child);
        CheckLanguage(child);
      } else if (name == "typeConstraint") {
        item.constraint = TextOf(child);
        CheckLanguage(child);
      } else if (name == "itemComponent") {
        item.components.push_back(ReadItem(child));
      } else if (name == "functionItem") {
        item.type = "Any";
        item.function_output = Attribute(child, "outputTypeRef");
      } else if (!IsSilent(name)) {
        Refuse(child, "is not supported");
      }
    }
    return item;
  }

  // The id; with its namespace when that is of another model.
  std::string Reference(const pugi::xml_node& node) const {
    std::string href = Attribute(node, "href");
    const size_t hash = href.find('#');
    if (hash == std::string::npos) return href;
    const bool local = hash == 0 || href.substr(0, hash) == model_.name_space;
    return local ? href.substr(hash + 1) : href;
  }

  void ReadDecision(const pugi::xml_node& node) {
    routing::Decision decision;
    decision.id = Attribute(node, "id");
    decision.name = NameOf(node);
    decision.type = TypeOfVariable(node);
    decision.line = xml_.Line(node);
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const absl::string_view name = LocalName(child);
      if (name == "informationRequirement") {
        if (const pugi::xml_node input = Child(child, "requiredInput"))
          decision.required_inputs.push_back(Reference(input));
        if (const pugi::xml_node required = Child(child, "requiredDecision"))
          decision.required_decisions.push_back(Reference(required));
      } else if (name == "knowledgeRequirement") {
        decision.required_knowledge.push_back(Reference(Child(child, "requiredKnowledge")));
      } else if (!IsSilent(name)) {
        decision.logic = ReadExpression(child);
        if (decision.logic.kind == Kind::kTable && decision.logic.table.name.empty())
          decision.logic.table.name = decision.name;
      }
    }
    decision.defect = std::exchange(defect_, "");
    model_.decisions.push_back(std::move(decision));
  }

  void ReadService(const pugi::xml_node& node) {
    routing::DecisionService service;
    service.id = Attribute(node, "id");
    service.name = NameOf(node);
    service.type = TypeOfVariable(node);
    service.line = xml_.Line(node);
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const absl::string_view name = LocalName(child);
      if (name == "outputDecision") {
        service.outputs.push_back(Reference(child));
      } else if (name == "encapsulatedDecision") {
        service.encapsulated.push_back(Reference(child));
      } else if (name == "inputDecision") {
        service.input_decisions.push_back(Reference(child));
      } else if (name == "inputData") {
        service.input_data.push_back(Reference(child));
      } else if (!IsSilent(name)) {
        Refuse(child, "is not supported");
      }
    }
    service.defect = std::exchange(defect_, "");
    model_.services.push_back(std::move(service));
  }

  void ReadKnowledge(const pugi::xml_node& node) {
    routing::Knowledge knowledge;
    knowledge.id = Attribute(node, "id");
    knowledge.name = NameOf(node);
    knowledge.type = TypeOfVariable(node);
    knowledge.line = xml_.Line(node);
    knowledge.function.kind = Kind::kFunction;
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const absl::string_view name = LocalName(child);
      if (name == "knowledgeRequirement") {
        knowledge.required_knowledge.push_back(Reference(Child(child, "requiredKnowledge")));
      } else if (name == "encapsulatedLogic") {
        knowledge.function = ReadFunction(child);
        if (!knowledge.function.children.empty()) {
          BoxedExpression& body = knowledge.function.children[0];
          if (body.kind == Kind::kTable && body.table.name.empty()) body.table.name = knowledge.name;
        }
      } else if (!IsSilent(name)) {
        Refuse(child, "is not supported");
      }
    }
    knowledge.defect = std::exchange(defect_, "");
    model_.knowledge.push_back(std::move(knowledge));
  }

  BoxedExpression ReadFunction(const pugi::xml_node& node) {
    BoxedExpression function;
    function.kind = Kind::kFunction;
    function.line = xml_.Line(node);
    const std::string kind = Attribute(node, "kind");
    if (!kind.empty() && kind != "FEEL")
      Refuse(node, absl::StrCat("functions of kind ", kind, " are not supported, only FEEL"));
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const absl::string_view name = LocalName(child);
      if (name == "formalParameter") {
        function.names.push_back(routing::NormalizeName(child.attribute("name").value()));
        function.types.push_back(Attribute(child, "typeRef"));
      } else if (!IsSilent(name)) {
        function.children.push_back(ReadExpression(child));
      }
    }
    return function;
  }

  BoxedExpression ReadExpression(const pugi::xml_node& node) {
    BoxedExpression boxed;
    boxed.line = xml_.Line(node);
    boxed.type = Attribute(node, "typeRef");
    CheckLanguage(node);
    const absl::string_view name = LocalName(node);
    if (name == "literalExpression") {
      boxed.kind = Kind::kLiteral;
      boxed.text = TextOf(node);
      if (Child(node, "importedValues")) Refuse(node, "imported values are not supported");
      if (boxed.text.empty()) boxed.kind = Kind::kNone;
    } else if (name == "decisionTable") {
      boxed.kind = Kind::kTable;
      boxed.table = ReadTable(node);
      boxed.type.clear();
    } else if (name == "context") {
      boxed.kind = Kind::kContext;
      for (const pugi::xml_node& entry : node.children()) {
        if (entry.type() != pugi::node_element || IsSilent(LocalName(entry))) continue;
        const pugi::xml_node variable = Child(entry, "variable");
        boxed.names.push_back(routing::NormalizeName(variable.attribute("name").value()));
        boxed.types.push_back(Attribute(variable, "typeRef"));
        boxed.children.push_back(OnlyExpression(entry));
      }
    } else if (name == "invocation") {
      boxed.kind = Kind::kInvocation;
      boxed.text = TextOf(Child(node, "literalExpression"));
      for (const pugi::xml_node& binding : node.children()) {
        if (LocalName(binding) != "binding") continue;
        boxed.names.push_back(routing::NormalizeName(Child(binding, "parameter").attribute("name").value()));
        boxed.children.push_back(OnlyExpression(binding));
      }
    } else if (name == "functionDefinition") {
      return ReadFunction(node);
    } else if (name == "list") {
      boxed.kind = Kind::kList;
      for (const pugi::xml_node& child : node.children()) {
        if (child.type() == pugi::node_element && !IsSilent(LocalName(child)))
          boxed.children.push_back(ReadExpression(child));
      }
    } else if (name == "relation") {
      ReadRelation(node, boxed);
    } else if (name == "conditional") {
      ReadParts(node, Kind::kConditional, {"if", "then", "else"}, boxed);
    } else if (name == "filter") {
      ReadParts(node, Kind::kFilter, {"in", "match"}, boxed);
    } else if (name == "for") {
      ReadParts(node, Kind::kFor, {"in", "return"}, boxed);
    } else if (name == "some") {
      ReadParts(node, Kind::kSome, {"in", "satisfies"}, boxed);
    } else if (name == "every") {
      ReadParts(node, Kind::kEvery, {"in", "satisfies"}, boxed);
    } else {
      Refuse(node, "is not supported");
    }
    return boxed;
  }

  void ReadParts(const pugi::xml_node& node, Kind kind, std::initializer_list<absl::string_view> parts,
                 BoxedExpression& boxed) {
    boxed.kind = kind;
    if (kind == Kind::kFor || kind == Kind::kSome || kind == Kind::kEvery) {
      boxed.names.push_back(routing::NormalizeName(Attribute(node, "iteratorVariable")));
      if (boxed.names[0].empty()) Refuse(node, "has no iteratorVariable");
    }
    for (const absl::string_view part : parts) {
      const pugi::xml_node child = Child(node, part);
      if (!child) Refuse(node, absl::StrCat("has no '", part, "'"));
      boxed.children.push_back(OnlyExpression(child));
    }
  }

  void ReadRelation(const pugi::xml_node& node, BoxedExpression& boxed) {
    boxed.kind = Kind::kRelation;
    for (const pugi::xml_node& child : node.children()) {
      if (LocalName(child) == "column") boxed.names.push_back(routing::NormalizeName(child.attribute("name").value()));
    }
    for (const pugi::xml_node& row : node.children()) {
      if (LocalName(row) != "row") continue;
      const size_t first = boxed.children.size();
      for (const pugi::xml_node& cell : row.children()) {
        if (cell.type() == pugi::node_element && !IsSilent(LocalName(cell)))
          boxed.children.push_back(ReadExpression(cell));
      }
      const size_t cells = boxed.children.size() - first;
      if (cells == boxed.names.size()) continue;
      Refuse(row, absl::StrCat("has ", cells, " cells, the relation has ", boxed.names.size(), " columns"));
      boxed.children.resize(first + boxed.names.size());
    }
    if (boxed.names.empty()) boxed.kind = Kind::kNone;
  }

  BoxedExpression OnlyExpression(const pugi::xml_node& node) {
    for (const pugi::xml_node& child : node.children()) {
      const absl::string_view name = LocalName(child);
      if (child.type() == pugi::node_element && !IsSilent(name) && name != "parameter") return ReadExpression(child);
    }
    return {};
  }

  DecisionTable ReadTable(const pugi::xml_node& node) {
    DecisionTable table;
    table.line = xml_.Line(node);
    std::string policy = Attribute(node, "hitPolicy");
    if (policy.empty()) policy = "UNIQUE";
    const std::string aggregation = Attribute(node, "aggregation");
    if (!routing::ParseHitPolicy(policy, &table.hit_policy, &table.aggregation))
      Refuse(node, absl::StrCat("hit policy '", policy, "' is not known"));
    if (!aggregation.empty()) {
      routing::HitPolicy collect;
      if (!routing::ParseHitPolicy(absl::StrCat("COLLECT ", aggregation), &collect, &table.aggregation)) {
        Refuse(node, absl::StrCat("aggregation '", aggregation, "' is not known"));
      }
    }
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const absl::string_view name = LocalName(child);
      if (name == "input") {
        const pugi::xml_node expression = Child(child, "inputExpression");
        CheckLanguage(expression);
        const std::string text = TextOf(expression);
        if (text.empty()) Refuse(child, "its inputExpression has no text");
        const std::string label = Attribute(child, "label");
        table.inputs.push_back({.name = label.empty() ? text : label,
                                .expression = text,
                                .type = Attribute(expression, "typeRef"),
                                .allowed_values = TextOf(Child(child, "inputValues"))});
      } else if (name == "output") {
        table.outputs.push_back({.name = child.attribute("name").value(),
                                 .type = Attribute(child, "typeRef"),
                                 .allowed_values = TextOf(Child(child, "outputValues")),
                                 .default_entry = TextOf(Child(child, "defaultOutputEntry"))});
      } else if (name == "rule") {
        ReadRule(child, table);
      } else if (!IsSilent(name)) {
        Refuse(child, "is not supported");
      }
    }
    return table;
  }

  void ReadRule(const pugi::xml_node& node, DecisionTable& table) {
    routing::Rule rule;
    rule.id = Attribute(node, "id");
    rule.line = xml_.Line(node);
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const absl::string_view name = LocalName(child);
      CheckLanguage(child);
      if (name == "inputEntry") {
        rule.inputs.push_back(TextOf(child));
      } else if (name == "outputEntry") {
        rule.outputs.push_back(TextOf(child));
      } else if (name == "annotationEntry") {
        if (rule.note.empty()) rule.note = TextOf(child);
      } else if (name == "description") {
        rule.note = std::string(absl::StripAsciiWhitespace(Text(child)));
      } else if (!IsSilent(name)) {
        Refuse(child, "is not supported");
      }
    }
    table.rules.push_back(std::move(rule));
  }

  const XmlDocument& xml_;
  routing::ModelDefinition& model_;
  std::string defect_;  // the first of what is being read
};

absl::StatusOr<routing::ModelDefinition> FromXml(const absl::StatusOr<std::unique_ptr<XmlDocument>>& xml) {
  if (!xml.ok()) return xml.status();
  routing::ModelDefinition model;
  if (absl::Status status = DmnReader(**xml, model).ReadDefinitions(); !status.ok()) return status;
  return model;
}

}  // namespace

absl::StatusOr<routing::ModelDefinition> ReadDmn(const std::string& path) {
  return FromXml(XmlDocument::Read(path));
}

absl::StatusOr<routing::ModelDefinition> ParseDmn(absl::string_view xml, const std::string& name) {
  return FromXml(XmlDocument::Parse(xml, name));
}

routing::ModelDefinition ModelOfTable(const DecisionTable& table) {
  routing::ModelDefinition model;
  model.name = table.name;
  model.name_space = "lianhu";
  routing::Decision decision;
  decision.id = "decision";
  decision.name = routing::NormalizeName(table.name);
  if (decision.name.empty()) decision.name = "decision";
  for (size_t i = 0; i < table.inputs.size(); ++i) {
    const std::string id = absl::StrCat("input_", i + 1);
    model.inputs.push_back(
        {.id = id, .name = routing::NormalizeName(table.inputs[i].expression), .type = table.inputs[i].type});
    decision.required_inputs.push_back(id);
    if (model.inputs.back().name == decision.name) absl::StrAppend(&decision.name, " decision");
  }
  decision.logic.kind = Kind::kTable;
  decision.logic.table = table;
  model.decisions.push_back(std::move(decision));
  return model;
}

namespace {

// Of a whole model, or of one table.
absl::StatusOr<routing::ModelDefinition> ReadSnapshot(const std::string& path) {
  const absl::StatusOr<MappedFile> file = MappedFile::Open(path);
  if (!file.ok()) return file.status();
  if (SaysKind(file->bytes(), SnapshotKind::kModel)) return DecodeModelSnapshot(file->bytes(), path);
  absl::StatusOr<DecisionTable> table = DecodeTableSnapshot(file->bytes(), path);
  if (!table.ok()) return table.status();
  return ModelOfTable(*table);
}

}  // namespace

absl::StatusOr<routing::Model> LoadModel(const std::string& path, bool allow_defects) {
  std::string ending = std::filesystem::path(path).extension().string();
  absl::AsciiStrToLower(&ending);
  absl::StatusOr<routing::ModelDefinition> definition = routing::ModelDefinition{};
  if (ending == ".csv") {
    absl::StatusOr<DecisionTable> table = ReadTableCsv(path);
    if (!table.ok()) return table.status();
    definition = ModelOfTable(*table);
  } else if (ending == ".snapshot") {
    definition = ReadSnapshot(path);
  } else if (ending == ".dmn" || ending == ".xml") {
    definition = ReadDmn(path);
  } else {
    return absl::InvalidArgumentError(absl::StrCat(path, ": a table is a .dmn, .xml, .csv or .snapshot file"));
  }
  if (!definition.ok()) return definition.status();
  absl::StatusOr<routing::Model> model = routing::Model::Make(*std::move(definition));
  if (!model.ok()) {
    return WithErrorDetail(absl::InvalidArgumentError(absl::StrCat(path, ": ", model.status().message())),
                           GetErrorDetail(model.status()));
  }
  if (!allow_defects && !model->defects().empty()) {
    const std::string& defect = model->defects()[0];
    return absl::InvalidArgumentError(absl::StartsWith(defect, path) ? defect : absl::StrCat(path, ": ", defect));
  }
  return model;
}

}  // namespace lianhu::io
