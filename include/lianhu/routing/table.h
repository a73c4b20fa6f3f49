// Decision tables by the DMN standard: what they hold, and deciding by them.
//
// A DecisionTable is plain data, every cell as FEEL text, and is what files are read into and written from. A Table is
// one made ready: cells read, columns compiled to bit sets where every cell is a constant test (the usual case), so
// that deciding costs a binary search a column and the AND of as many bit sets.
#ifndef LIANHU_ROUTING_TABLE_H_
#define LIANHU_ROUTING_TABLE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/routing/expression.h"
#include "lianhu/routing/types.h"
#include "lianhu/routing/value.h"

namespace lianhu::routing {

inline constexpr size_t kMaxRules = 100'000;
inline constexpr size_t kMaxColumns = 256;

// DMN 1.5, 8.2.10. The first four give one row's outputs, the others a list.
enum class HitPolicy {
  kUnique,       // exactly one row matches; more violate the policy
  kAny,          // several may match if their outputs are equal; otherwise they violate it
  kPriority,     // the row whose outputs come first in the lists of allowed outputs
  kFirst,        // the first row that matches
  kCollect,      // all that match, in no order; or their sum, minimum, maximum, count
  kRuleOrder,    // all, in the order of the rules
  kOutputOrder,  // all, by the lists of allowed outputs
};

enum class Aggregation { kNone, kSum, kMin, kMax, kCount };

// "UNIQUE", "COLLECT SUM".
std::string HitPolicyName(HitPolicy policy, Aggregation aggregation);
// By name or letter: UNIQUE or U, ANY or A, PRIORITY or P, FIRST or F, RULE ORDER or R, OUTPUT ORDER or O, COLLECT or
// C, and C+ C< C> C# or COLLECT SUM, MIN, MAX, COUNT. False for another.
bool ParseHitPolicy(absl::string_view text, HitPolicy* policy, Aggregation* aggregation);

struct InputClause {
  std::string name;            // as people read it; the expression's text if the file gives none
  std::string expression;      // FEEL
  std::string type;            // empty: any
  std::string allowed_values;  // unary tests; empty: all of the type
};

struct OutputClause {
  std::string name;  // may be empty when it is the only one
  std::string type;
  std::string allowed_values;  // in order of priority, highest first
  std::string default_entry;   // FEEL; empty: none
};

struct Rule {
  std::string id;                    // unique in the table
  std::vector<std::string> inputs;   // unary tests, one an input clause
  std::vector<std::string> outputs;  // FEEL, one an output clause
  std::string note;
  int line = 0;  // in the file it came from; 0: unknown
};

struct DecisionTable {
  std::string name;
  HitPolicy hit_policy = HitPolicy::kUnique;
  Aggregation aggregation = Aggregation::kNone;
  std::vector<InputClause> inputs;
  std::vector<OutputClause> outputs;
  std::vector<Rule> rules;
  int line = 0;
};

// The names of the inputs, for a table that stands alone.
Names InputNames(const DecisionTable& table);

enum class OutcomeKind { kResult, kNoMatch, kViolation };

// Exactly one of three.
struct Outcome {
  OutcomeKind kind = OutcomeKind::kNoMatch;
  // kResult: the output of one row (a value, or a context when there are several outputs), a list of them, or a number;
  // kNoMatch: what is collected from no rule, an empty list (or 0 for COUNT), and null under the policies that take one
  // row and the other aggregations; kViolation: null. With default outputs it is never kNoMatch.
  Value value;
  bool is_default = false;  // `value` comes from the default outputs
  // Indices of the rules that decided: of the rows in `value`, in its order; of all that match for a violation.
  std::vector<int32_t> rules;
};

class CompiledTable;

class Table {
 public:
  // Reads every cell. `names` are what expressions may use besides the names of the inputs; `types` are the item
  // definitions. Errors name the table, the rule (its id and line) and the column: a rule with too few or too many
  // cells, an id that is there twice, an unknown type, a cell that is no unary test, a priority policy without the
  // order of its outputs, an aggregation over several outputs or over what cannot be a number.
  static absl::StatusOr<Table> Make(DecisionTable definition, const Names& names = {}, const Types& types = {});

  Table(Table&&) noexcept;
  Table& operator=(Table&&) noexcept;
  ~Table();

  const DecisionTable& definition() const { return definition_; }
  // The types of the input columns, item definitions resolved.
  BaseType input_type(size_t input) const { return input_types_[input]; }
  // nullptr when a cell is no constant test: then each decision works the cells out one by one.
  const CompiledTable* compiled() const { return compiled_.get(); }
  // The cell that prevents it, "rule 3, input 'price': refers to other values"; empty when compiled() is there.
  const std::string& not_compiled_because() const { return not_compiled_because_; }

  // Decides for one value an input clause, in their order. Errors (naming the input): a value of another type, or
  // outside the allowed ones. null is of every type. O(inputs log cells + rules / 64).
  absl::StatusOr<Outcome> Decide(absl::Span<const Value> inputs) const;
  // Works the input expressions out from `scope` and decides; output expressions see `scope` too.
  absl::StatusOr<Outcome> DecideIn(const Scope& scope, Evaluator& evaluator) const;
  // The same without bit sets: the definition made executable, for tests and for tables that are not compiled.
  absl::StatusOr<Outcome> DecideByRules(absl::Span<const Value> inputs, const Scope& scope, Evaluator& evaluator) const;

  // For the analysis. The parsed cell, and the outputs of a rule if they are constant.
  const UnaryTests& cell(size_t rule, size_t input) const { return cells_[rule * definition_.inputs.size() + input]; }
  const UnaryTests* allowed(size_t input) const {
    const std::optional<UnaryTests>& tests = allowed_[input];
    return tests.has_value() ? &tests.value() : nullptr;
  }
  std::optional<Value> ConstantOutput(size_t rule, size_t output) const;
  // Smaller comes first under PRIORITY and OUTPUT ORDER; for constant outputs.
  absl::Span<const Value> priorities(size_t output) const { return priorities_[output]; }
  bool has_default() const { return has_default_; }

 private:
  Table();
  absl::Status ReadClauses(const Names& names, const Types& types);
  absl::Status ReadRules(const Names& names);
  absl::Status CheckInput(size_t input, const Value& value, Evaluator& evaluator, const Scope& scope) const;
  Outcome Conclude(absl::Span<const int32_t> matching, const Scope& scope, Evaluator& evaluator) const;
  Value RowValue(size_t rule, const Scope& scope, Evaluator& evaluator) const;
  Value DefaultValue(const Scope& scope, Evaluator& evaluator) const;
  std::vector<size_t> Ranks(size_t rule, const Scope& scope, Evaluator& evaluator) const;
  Value Aggregate(const List& values) const;

  DecisionTable definition_;
  std::vector<BaseType> input_types_;
  std::vector<ExpressionPtr> input_expressions_;
  std::vector<std::optional<UnaryTests>> allowed_;
  std::vector<UnaryTests> cells_;
  std::vector<ExpressionPtr> outputs_;  // rules x outputs; nullptr: an empty cell, null
  std::vector<ExpressionPtr> defaults_;
  std::vector<std::vector<Value>> priorities_;
  bool has_default_ = false;
  std::unique_ptr<const CompiledTable> compiled_;
  std::string not_compiled_because_;
};

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_TABLE_H_
