#include "lianhu/io/model_snapshot.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "io/snapshot_message.h"
#include "io/table_message.h"
#include "lianhu/io/dmn.h"
#include "schema/model.capnp.h"

namespace lianhu::io {
namespace {

using routing::BoxedExpression;
using routing::ItemDefinition;
using routing::ModelDefinition;
using Kind = routing::BoxedExpression::Kind;

constexpr size_t kModelWords = 256;  // beside the cells

// Trees in preorder.
template <typename Tree>
void Flatten(const Tree& tree, const std::vector<Tree> Tree::*children, std::vector<const Tree*>& flat) {
  flat.push_back(&tree);
  for (const Tree& child : tree.*children) Flatten(child, children, flat);
}

template <typename From, typename Builder>
void FillNamed(const From& from, Builder to) {
  to.setId(MessageText(from.id));
  to.setName(MessageText(from.name));
  to.setType(MessageText(from.type));
}

void FillItems(const ModelDefinition& model, schema::DecisionModel::Builder root) {
  std::vector<const ItemDefinition*> flat;
  for (const ItemDefinition& item : model.types) Flatten(item, &ItemDefinition::components, flat);
  auto items = root.initItems(ListSize(flat.size()));
  for (unsigned i = 0; i < items.size(); ++i) {
    items[i].setName(MessageText(flat[i]->name));
    items[i].setType(MessageText(flat[i]->type));
    items[i].setAllowedValues(MessageText(flat[i]->allowed_values));
    items[i].setConstraint(MessageText(flat[i]->constraint));
    items[i].setFunctionOutput(MessageText(flat[i]->function_output));
    items[i].setIsCollection(flat[i]->is_collection);
    items[i].setComponents(ListSize(flat[i]->components.size()));
  }
}

void FillExpressions(const ModelDefinition& model, schema::DecisionModel::Builder root) {
  std::vector<const BoxedExpression*> flat;
  for (const routing::Decision& decision : model.decisions) Flatten(decision.logic, &BoxedExpression::children, flat);
  for (const routing::Knowledge& known : model.knowledge) Flatten(known.function, &BoxedExpression::children, flat);
  auto expressions = root.initExpressions(ListSize(flat.size()));
  for (unsigned i = 0; i < expressions.size(); ++i) {
    const BoxedExpression& boxed = *flat[i];
    expressions[i].setKind(static_cast<uint8_t>(boxed.kind));
    expressions[i].setText(MessageText(boxed.text));
    expressions[i].setType(MessageText(boxed.type));
    FillTexts(boxed.names, expressions[i].initNames(ListSize(boxed.names.size())));
    FillTexts(boxed.types, expressions[i].initTypes(ListSize(boxed.types.size())));
    expressions[i].setParts(ListSize(boxed.children.size()));
    if (boxed.kind == Kind::kTable) FillTable(boxed.table, expressions[i].initTable());
  }
}

void FillModel(const ModelDefinition& model, schema::DecisionModel::Builder root) {
  root.setName(MessageText(model.name));
  root.setNameSpace(MessageText(model.name_space));
  FillItems(model, root);
  auto inputs = root.initInputs(ListSize(model.inputs.size()));
  for (unsigned i = 0; i < inputs.size(); ++i) FillNamed(model.inputs[i], inputs[i]);
  auto decisions = root.initDecisions(ListSize(model.decisions.size()));
  for (unsigned i = 0; i < decisions.size(); ++i) {
    const routing::Decision& decision = model.decisions[i];
    FillNamed(decision, decisions[i]);
    FillTexts(decision.required_inputs, decisions[i].initRequiredInputs(ListSize(decision.required_inputs.size())));
    FillTexts(decision.required_decisions,
              decisions[i].initRequiredDecisions(ListSize(decision.required_decisions.size())));
    FillTexts(decision.required_knowledge,
              decisions[i].initRequiredKnowledge(ListSize(decision.required_knowledge.size())));
  }
  auto knowledge = root.initKnowledge(ListSize(model.knowledge.size()));
  for (unsigned i = 0; i < knowledge.size(); ++i) {
    const routing::Knowledge& known = model.knowledge[i];
    FillNamed(known, knowledge[i]);
    FillTexts(known.required_knowledge, knowledge[i].initRequiredKnowledge(ListSize(known.required_knowledge.size())));
  }
  auto services = root.initServices(ListSize(model.services.size()));
  for (unsigned i = 0; i < services.size(); ++i) {
    const routing::DecisionService& service = model.services[i];
    FillNamed(service, services[i]);
    FillTexts(service.outputs, services[i].initOutputs(ListSize(service.outputs.size())));
    FillTexts(service.encapsulated, services[i].initEncapsulated(ListSize(service.encapsulated.size())));
    FillTexts(service.input_decisions, services[i].initInputDecisions(ListSize(service.input_decisions.size())));
    FillTexts(service.input_data, services[i].initInputData(ListSize(service.input_data.size())));
  }
  FillExpressions(model, root);
}

// The tree that begins at `at`, which moves behind it.
template <typename Tree, typename List, typename Read>
absl::StatusOr<Tree> ReadTree(absl::string_view field, const List& flat, const Read& read,
                              std::vector<Tree> Tree::*children, unsigned& at, int depth) {
  if (at >= flat.size()) return InvalidField(field, at, "a tree does not end where the list does");
  if (depth > kMaxXmlDepth) return InvalidField(field, at, absl::StrCat("nests more than ", kMaxXmlDepth, " deep"));
  const unsigned row = at++;
  unsigned count = 0;
  absl::StatusOr<Tree> tree = read(flat[row], row, count);
  if (!tree.ok()) return tree;
  for (unsigned i = 0; i < count; ++i) {
    absl::StatusOr<Tree> child = ReadTree<Tree>(field, flat, read, children, at, depth + 1);
    if (!child.ok()) return child;
    ((*tree).*children).push_back(*std::move(child));
  }
  return tree;
}

absl::StatusOr<ItemDefinition> ReadItem(schema::ModelItem::Reader from, unsigned, unsigned& components) {
  components = from.getComponents();
  ItemDefinition item;
  item.name = StringOf(from.getName());
  item.type = StringOf(from.getType());
  item.allowed_values = StringOf(from.getAllowedValues());
  item.constraint = StringOf(from.getConstraint());
  item.function_output = StringOf(from.getFunctionOutput());
  item.is_collection = from.getIsCollection();
  return item;
}

// The named parts of an element; a reference by its id.
template <typename To, typename Reader>
void ReadNamed(Reader from, To& to) {
  to.id = StringOf(from.getId());
  to.name = StringOf(from.getName());
  to.type = StringOf(from.getType());
}

class ExpressionReader {
 public:
  ExpressionReader(capnp::List<schema::ModelExpression>::Reader flat, const MessageExtent& extent)
      : flat_(flat), extent_(extent) {}

  absl::StatusOr<BoxedExpression> Next() {
    const auto read = [this](schema::ModelExpression::Reader from, unsigned row,
                             unsigned& parts) -> absl::StatusOr<BoxedExpression> {
      BoxedExpression boxed;
      if (from.getKind() > static_cast<uint8_t>(Kind::kEvery))
        return InvalidField("expressions", row, absl::StrCat("kind ", from.getKind(), " is not known"));
      boxed.kind = static_cast<Kind>(from.getKind());
      boxed.text = StringOf(from.getText());
      boxed.type = StringOf(from.getType());
      boxed.names = CopyTexts(from.getNames());
      boxed.types = CopyTexts(from.getTypes());
      parts = from.getParts();
      if (boxed.kind == Kind::kTable) {
        absl::StatusOr<routing::DecisionTable> table = TableFromMessage(from.getTable(), extent_);
        if (!table.ok()) return table.status();
        boxed.table = *std::move(table);
      }
      return boxed;
    };
    const unsigned first = at_;
    absl::StatusOr<BoxedExpression> boxed =
        ReadTree<BoxedExpression>("expressions", flat_, read, &BoxedExpression::children, at_, 0);
    if (boxed.ok() && !ShapesFit(*boxed))
      return InvalidField("expressions", first, "names and parts do not fit each other");
    return boxed;
  }

  bool done() const { return at_ == flat_.size(); }

 private:
  static bool ShapesFit(const BoxedExpression& boxed) {
    return routing::HasShape(boxed) && std::all_of(boxed.children.begin(), boxed.children.end(), ShapesFit);
  }

  capnp::List<schema::ModelExpression>::Reader flat_;
  const MessageExtent& extent_;
  unsigned at_ = 0;
};

absl::StatusOr<ModelDefinition> ModelFromMessage(schema::DecisionModel::Reader root, const MessageExtent& extent) {
  ModelDefinition model;
  model.name = StringOf(root.getName());
  model.name_space = StringOf(root.getNameSpace());
  const auto items = root.getItems();
  const auto inputs = root.getInputs();
  const auto decisions = root.getDecisions();
  const auto knowledge = root.getKnowledge();
  const auto services = root.getServices();
  const auto expressions = root.getExpressions();
  const std::pair<absl::string_view, size_t> counts[] = {
      {"items", items.size()},         {"inputs", inputs.size()},     {"decisions", decisions.size()},
      {"knowledge", knowledge.size()}, {"services", services.size()}, {"expressions", expressions.size()}};
  for (const auto& [field, count] : counts) {
    if (absl::Status status = extent.CheckCount(field, count, 3); !status.ok()) return status;
  }
  for (unsigned at = 0; at < items.size();) {
    absl::StatusOr<ItemDefinition> item =
        ReadTree<ItemDefinition>("items", items, ReadItem, &ItemDefinition::components, at, 0);
    if (!item.ok()) return item.status();
    model.types.push_back(*std::move(item));
  }
  for (const auto from : inputs) ReadNamed(from, model.inputs.emplace_back());
  ExpressionReader trees(expressions, extent);
  for (const auto from : decisions) {
    routing::Decision& decision = model.decisions.emplace_back();
    ReadNamed(from, decision);
    decision.required_inputs = CopyTexts(from.getRequiredInputs());
    decision.required_decisions = CopyTexts(from.getRequiredDecisions());
    decision.required_knowledge = CopyTexts(from.getRequiredKnowledge());
    absl::StatusOr<BoxedExpression> logic = trees.Next();
    if (!logic.ok()) return logic.status();
    decision.logic = *std::move(logic);
  }
  for (const auto from : knowledge) {
    routing::Knowledge& known = model.knowledge.emplace_back();
    ReadNamed(from, known);
    known.required_knowledge = CopyTexts(from.getRequiredKnowledge());
    absl::StatusOr<BoxedExpression> function = trees.Next();
    if (!function.ok()) return function.status();
    if (function->kind != Kind::kFunction)
      return InvalidField("knowledge", static_cast<int64_t>(model.knowledge.size()) - 1, "is no function");
    known.function = *std::move(function);
  }
  if (!trees.done()) return InvalidField("expressions", -1, "more trees than decisions and knowledge");
  for (const auto from : services) {
    routing::DecisionService& service = model.services.emplace_back();
    ReadNamed(from, service);
    service.outputs = CopyTexts(from.getOutputs());
    service.encapsulated = CopyTexts(from.getEncapsulated());
    service.input_decisions = CopyTexts(from.getInputDecisions());
    service.input_data = CopyTexts(from.getInputData());
  }
  return model;
}

absl::Status CheckWhole(const ModelDefinition& model) {
  if (model.defects.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("the model has parts that are not supported: ", model.defects[0]));
}

}  // namespace

absl::Status WriteSnapshot(const std::string& path, const ModelDefinition& model) {
  if (absl::Status status = CheckWhole(model); !status.ok()) return status;
  return WriteWith<schema::DecisionModel>(path, SnapshotKind::kModel, model, kModelWords, FillModel);
}

absl::StatusOr<std::string> EncodeSnapshot(const ModelDefinition& model) {
  if (absl::Status status = CheckWhole(model); !status.ok()) return status;
  return EncodeWith<schema::DecisionModel>(SnapshotKind::kModel, model, kModelWords, FillModel);
}

absl::StatusOr<ModelDefinition> DecodeModelSnapshot(absl::Span<const std::byte> bytes, absl::string_view source) {
  const auto payload = OpenSnapshot(bytes, SnapshotKind::kModel, source);
  if (!payload.ok()) return payload.status();
  return DecodeMessage<schema::DecisionModel>(*payload, source, ModelFromMessage);
}

absl::StatusOr<ModelDefinition> ReadModelSnapshot(const std::string& path) {
  return ReadWith(path, DecodeModelSnapshot);
}

}  // namespace lianhu::io
