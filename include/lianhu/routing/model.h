// A model of several decisions that feed one another: the decision requirement graph of DMN (1.5, chapters 6 and 7).
//
// A ModelDefinition is plain data, read from and written to files; a Model is one made ready. Decisions are decision
// tables or the boxed expressions beside them: literal expressions, contexts, invocations, lists, relations, functions,
// conditionals, filters and iterations. What a file holds beyond that is named in ModelDefinition::defects and never
// ignored: the decision that holds it has no result.
#ifndef LIANHU_ROUTING_MODEL_H_
#define LIANHU_ROUTING_MODEL_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lianhu/routing/table.h"
#include "lianhu/routing/types.h"
#include "lianhu/routing/value.h"

namespace lianhu::routing {

struct BoxedExpression {
  enum class Kind {
    kNone,         // no logic: the decision is null
    kLiteral,      // text
    kTable,        // table
    kContext,      // names (an empty one: the result): children
    kInvocation,   // text: what is called; names: parameters; children: arguments
    kFunction,     // names: parameters; the only child: body
    kList,         // children
    kRelation,     // names: columns; children: cells, row by row
    kConditional,  // children: if, then, else
    kFilter,       // children: the list, the condition, which sees `item` and the entries of an item
    kFor,          // names: the variable; children: what it walks, the result, which sees `partial`
    kSome,         // names: the variable; children: what it walks, the condition
    kEvery,
  };
  Kind kind = Kind::kNone;
  std::string text;
  std::string type;  // of the value; empty: any
  DecisionTable table;
  std::vector<std::string> names;
  std::vector<std::string> types;  // of the parameters or entries, beside names
  std::vector<BoxedExpression> children;
  int line = 0;
};

// As many names and children as the kind says; not of the children themselves.
bool HasShape(const BoxedExpression& boxed);

struct InputData {
  std::string id;
  std::string name;
  std::string type;
};

struct Decision {
  std::string id;
  std::string name;
  std::string type;
  std::vector<std::string> required_inputs;     // ids
  std::vector<std::string> required_decisions;  // ids
  std::vector<std::string> required_knowledge;  // ids of business knowledge models and decision services
  BoxedExpression logic;
  int line = 0;
  std::string defect;  // why it cannot be decided, though it could be read; empty: nothing
};

// A named function (a business knowledge model).
struct Knowledge {
  std::string id;
  std::string name;
  std::string type;
  std::vector<std::string> required_knowledge;
  BoxedExpression function;  // kFunction
  int line = 0;
  std::string defect;
};

// Decisions behind a door: what is given is taken for the input decisions and input data, and the output decisions are
// the result, a context of them when there are several (DMN 1.5, 6.3.10 and 10.4). Nothing else of the model is seen.
struct DecisionService {
  std::string id;
  std::string name;
  std::string type;
  std::vector<std::string> outputs;          // ids of decisions
  std::vector<std::string> encapsulated;     // ids of decisions
  std::vector<std::string> input_decisions;  // ids of decisions
  std::vector<std::string> input_data;       // ids of input data
  int line = 0;
  std::string defect;
};

struct ModelDefinition {
  std::string name;
  std::string name_space;  // of the model itself
  std::vector<ItemDefinition> types;
  std::vector<InputData> inputs;
  std::vector<Decision> decisions;
  std::vector<Knowledge> knowledge;
  std::vector<DecisionService> services;
  // What the file holds that is not supported: "file:line: element 'x': ...".
  std::vector<std::string> defects;
};

// One decision's result: a value, and for a decision table its outcome.
struct DecisionResult {
  Value value;
  std::optional<Outcome> outcome;
  // Why the value is null when a table could not decide: an input of the wrong type, a violated policy.
  absl::Status status;
};

class Model {
 public:
  // Reads every expression. A decision that cannot be read, requires something that is not there, stands in a circle of
  // requirements or on a chain of more than 200, or depends on one of these, answers with its error when it is asked;
  // `defects` lists them all, those of the definition first. Error of the model as a whole: a name or id that is there
  // twice.
  static absl::StatusOr<Model> Make(ModelDefinition definition);

  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;
  ~Model();

  const ModelDefinition& definition() const;
  const std::vector<std::string>& defects() const;
  const Types& types() const;
  // The table of a decision, or nullptr when it is no decision table or has a defect.
  const Table* table(size_t decision) const;
  // By name or id; -1.
  int FindDecision(absl::string_view name) const;
  // The decision of this name or id or, for an empty name, the only one that no other requires. NotFound, or
  // InvalidArgument with the names to choose from.
  absl::StatusOr<size_t> Choose(absl::string_view name) const;

  // Evaluates a decision and what it requires. `inputs` are by the names of the input data; others are visible too.
  // NotFound for an unknown decision; the error of a decision with a defect.
  absl::StatusOr<DecisionResult> Evaluate(absl::string_view decision, const Context& inputs) const;
  // Calls a business knowledge model with arguments by the names of its parameters.
  absl::StatusOr<Value> CallKnowledge(absl::string_view name, const Context& arguments) const;
  // Calls a decision service, by name or id, with arguments by the names of its input data and input decisions: the
  // output decisions' results, by name.
  absl::StatusOr<Context> CallService(absl::string_view name, const Context& arguments) const;

 private:
  struct Impl;
  explicit Model(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_MODEL_H_
