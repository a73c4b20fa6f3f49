// A model of several decisions that feed one another: the decision requirement graph of DMN (1.5, chapters 6 and 7).
//
// A ModelDefinition is plain data, read from and written to files; a Model is one made ready. Decisions are decision
// tables or the boxed expressions beside them: literal expressions, contexts, invocations, lists, relations and
// functions. What a file holds beyond that is named in ModelDefinition::defects and never ignored.
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
    kNone,        // no logic: the decision is null
    kLiteral,     // text
    kTable,       // table
    kContext,     // names (an empty one: the result): children
    kInvocation,  // text: what is called; names: parameters; children: arguments
    kFunction,    // names: parameters; the only child: body
    kList,        // children
    kRelation,    // names: columns; children: cells, row by row
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
  std::vector<std::string> required_knowledge;  // ids of business knowledge models
  BoxedExpression logic;
  int line = 0;
};

// A named function (a business knowledge model).
struct Knowledge {
  std::string id;
  std::string name;
  std::string type;
  std::vector<std::string> required_knowledge;
  BoxedExpression function;  // kFunction
  int line = 0;
};

struct ModelDefinition {
  std::string name;
  std::string name_space;  // of the model itself
  std::vector<ItemDefinition> types;
  std::vector<InputData> inputs;
  std::vector<Decision> decisions;
  std::vector<Knowledge> knowledge;
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
  // Reads every expression. A decision that cannot be read, or depends on one, answers with its error when it is asked;
  // `defects` lists them all, those of the definition first. Errors of the model as a whole: a name or id that is there
  // twice, a requirement of something that is not there, decisions that require each other in a circle.
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

 private:
  struct Impl;
  explicit Model(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_MODEL_H_
