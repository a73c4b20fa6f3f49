// What a Model holds: shared by model.cc, which makes it ready, and model_run.cc, which decides by it.
#ifndef LIANHU_SRC_ROUTING_MODEL_IMPL_H_
#define LIANHU_SRC_ROUTING_MODEL_IMPL_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lianhu/routing/expression.h"
#include "lianhu/routing/model.h"

namespace lianhu::routing {

// A boxed expression made ready.
struct Logic {
  BoxedExpression::Kind kind = BoxedExpression::Kind::kNone;
  ExpressionPtr expression;  // kLiteral; kInvocation: what is called
  std::unique_ptr<Table> table;
  std::vector<std::string> names;
  std::vector<std::string> types;
  std::string type;
  std::vector<Logic> children;
};

struct Model::Impl {
  ModelDefinition definition;
  std::vector<std::string> defects;
  Types types;
  std::vector<Logic> decisions;
  std::vector<absl::Status> decision_status;
  std::vector<Logic> knowledge;
  std::vector<absl::Status> knowledge_status;
  std::vector<std::shared_ptr<const Function>> functions;
  std::vector<absl::Status> service_status;
  std::vector<std::shared_ptr<const Function>> service_functions;
  std::map<std::string, size_t, std::less<>> decision_by_id, input_by_id, knowledge_by_id, service_by_id;

  absl::Status Prepare();
  absl::StatusOr<Logic> Read(const BoxedExpression& boxed, const Names& names) const;
  Value Evaluate(const Logic& logic, const Scope& scope, Evaluator& evaluator, DecisionResult* result) const;
  Value Iterate(const Logic& logic, const Scope& scope, Evaluator& evaluator) const;
  std::shared_ptr<const Function> MakeFunction(const Logic& logic, const Scope& scope,
                                               absl::string_view result_type) const;
  Evaluator MakeEvaluator() const { return Evaluator(Budget{.steps = 5'000'000}, &types); }
  absl::Status PrepareNames(Names& names);
  absl::Status CheckRequirements(const Decision& decision) const;
  absl::Status CheckService(const DecisionService& service) const;
  void CheckCycles();
  std::shared_ptr<const Function> MakeServiceFunction(size_t service) const;

  struct Run {
    const Context* inputs;
    Evaluator* evaluator;
    std::map<size_t, DecisionResult> done;
  };
  absl::StatusOr<Context> CallService(size_t service, const Context& arguments, Evaluator& evaluator) const;
  absl::StatusOr<DecisionResult> EvaluateDecision(size_t decision, Run& run) const;
  void AddInputs(const Context& inputs, Scope& scope) const;
  absl::Status AddKnowledge(const std::vector<std::string>& ids, Scope& scope) const;
};

}  // namespace lianhu::routing

#endif  // LIANHU_SRC_ROUTING_MODEL_IMPL_H_
