// FEEL expressions: reading them and working them out (DMN 1.5, chapter 10).
//
// Supported: literals, names with spaces and signs, paths, filters, arithmetic, comparisons, `between`, `in`,
// `instance of`, three-valued `and` and `or`, `if`, `for`, `some`, `every`, lists, contexts, ranges, functions with
// positional or named arguments, function definitions, and the built-in functions of src/routing/builtins_*.cc. `now`
// and `today` are not there: a decision must not depend on when it is asked. External (Java, PMML) functions are
// refused.
//
// Guarantees:
//  1. Reading never fails silently: an error says what was expected and at which character.
//  2. Working out never fails: what FEEL calls an error is null.
//  3. Neither can be made to run away: expressions nest at most kMaxNesting deep, and a Budget bounds the steps and how
//     deep expressions and calls nest while they are worked out; beyond it the result is null.
#ifndef LIANHU_ROUTING_EXPRESSION_H_
#define LIANHU_ROUTING_EXPRESSION_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lianhu/routing/value.h"

namespace lianhu::routing {

inline constexpr int kMaxNesting = 400;  // levels of the grammar, or operators in a chain
inline constexpr size_t kMaxExpressionBytes = 64 << 10;

enum class Operation {
  kLiteral,  // literal
  kName,     // text
  kInput,    // `?`
  kPath,     // operand 0 . text
  kFilter,   // operand 0 [ operand 1 ]
  kCall,     // operand 0 ( the others ), names: of the arguments, when named
  kNegate,   // - operand 0
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kPower,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAnd,
  kOr,
  kBetween,     // operand 0 between operand 1 and operand 2
  kIn,          // operand 0 in (the others, each a test)
  kInstanceOf,  // operand 0 instance of text
  kIf,          // if operand 0 then operand 1 else operand 2
  kFor,         // names in the operands (two each: range end or null), return the last
  kSome,        // likewise, satisfies the last
  kEvery,
  kList,      // the operands
  kContext,   // names: operands
  kRange,     // operand 0 .. operand 1
  kTest,      // a comparison without its left side: text operand 0
  kFunction,  // names: parameters; operand 0: body
};

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

struct Expression {
  Operation operation = Operation::kLiteral;
  std::vector<ExpressionPtr> operands;
  std::string text;
  std::vector<std::string> names;
  std::vector<std::string> types;  // of the parameters, beside names; empty: any
  Value literal;
  bool low_closed = false;
  bool high_closed = false;
  bool uses_input = false;  // a `?` somewhere inside
  int height = 0;           // of the tree below
};

// The names an expression may use, blanks collapsed. The longest one that fits is taken: with "a", "b" and "a-b" known,
// `a-b` is one name.
class Names {
 public:
  Names() = default;
  // All of `outer` too, which must outlive this.
  explicit Names(const Names* outer) : outer_(outer) {}
  void Add(absl::string_view name);
  // The length of the longest name that `text` begins with and that ends where a name may end; 0 for none.
  size_t LongestPrefix(absl::string_view text, std::string* name) const;
  bool Has(absl::string_view name) const {
    return names_.find(name) != names_.end() || (outer_ != nullptr && outer_->Has(name));
  }

 private:
  const Names* outer_ = nullptr;
  std::set<std::string, std::less<>> names_;
  size_t longest_ = 0;
};

// Blanks at the ends removed, blanks inside collapsed to one.
std::string NormalizeName(absl::string_view name);

// A whole expression. Errors: "at character N: ...".
absl::StatusOr<ExpressionPtr> ParseExpression(absl::string_view text, const Names& names);

// The tests of one cell: `-` (or nothing), a list of tests, or not(a list of tests).
struct UnaryTests {
  bool any = false;      // `-`
  bool negated = false;  // not(...)
  std::vector<ExpressionPtr> tests;
};
absl::StatusOr<UnaryTests> ParseUnaryTests(absl::string_view text, const Names& names);

// What bounds one working out.
struct Budget {
  int64_t steps = 2'000'000;
  int depth = 1'200;  // levels of expressions, a call taking several: some 200 calls of a small function within itself
};

// Names and their values, innermost first.
class Scope {
 public:
  explicit Scope(const Scope* outer = nullptr) : outer_(outer) {}
  Scope(const Scope* outer, Context entries) : outer_(outer), entries_(std::move(entries)) {}

  void Set(std::string name, Value value);
  const Value* Find(absl::string_view name) const;
  // All that is visible, for a function to keep.
  Context Flatten() const;

 private:
  const Scope* outer_;
  Context entries_;
};

class Evaluator;
class Types;

struct Function {
  std::vector<std::string> parameters;
  std::function<Value(Evaluator&, absl::Span<const Value>)> call;
  bool variadic = false;  // any number of arguments, or one list
  size_t least = 0;       // arguments that must be given; the others are null when named ones are used
  std::vector<std::vector<std::string>> alternatives;  // other parameter lists, for calls with names
};

class Evaluator {
 public:
  // `types` are those that `instance of` and the parameters of functions may name; they must outlive this.
  explicit Evaluator(Budget budget = {}, const Types* types = nullptr) : budget_(budget), types_(types) {}

  Value Evaluate(const Expression& expression, const Scope& scope);
  // Whether `input` passes; nullopt where FEEL says null.
  std::optional<bool> Passes(const Value& input, const UnaryTests& tests, const Scope& scope);
  std::optional<bool> PassesOne(const Value& input, const Expression& test, const Scope& scope);

  Value Call(const Function& function, absl::Span<const Value> arguments);
  // The items of a list for which `condition` is true in a scope with `item` and the entries of the item; null when it
  // is no condition.
  Value FilterBy(const Value& list, const std::function<Value(const Scope&)>& condition, const Scope& scope);
  // Walks what `for`, `some` and `every` may: the items of a list or a range, or one value. Stops when `visit` says
  // false. False: nothing to walk, or the budget is spent.
  bool Walk(const Value& domain, const std::function<bool(const Value&)>& visit);
  // One level deeper, as a call: false when there is none left; Leave for each that was true.
  bool Enter();
  void Leave() { budget_.depth += kLevelsOfCall; }
  const Types* types() const { return types_; }
  // False once the budget is spent.
  bool Spend(int64_t steps);
  bool exhausted() const { return budget_.steps <= 0; }

 private:
  static constexpr int kLevelsOfCall = 3;  // of the stack, in levels of expressions

  Value EvaluateInner(const Expression& expression, const Scope& scope);
  Value Iterate(const Expression& expression, const Scope& scope);
  bool IterateFrom(const Expression& expression, size_t name, const Scope& scope, List& partial, Value& found);
  bool WalkFrom(const Value& first, const Value& end, const std::function<bool(const Value&)>& visit);
  Value Filter(const Value& list, const Expression& condition, const Scope& scope);
  Value CallExpression(const Expression& expression, const Scope& scope);

  Budget budget_;
  const Types* types_;
};

// The value of an expression that needs no names, or nullopt if it uses some.
bool IsConstant(const Expression& expression);

// FEEL's arithmetic; null where it has no result.
Value Arithmetic(Operation operation, const Value& a, const Value& b);
// FEEL's comparison; null where the two cannot be compared.
Value Compare(Operation operation, const Value& a, const Value& b);
// The property of a value: an entry of a context, `year` of a date; over a list, of each item.
Value Property(const Value& value, absl::string_view name);
// True when the value is of the type with this name: FEEL's ("number", "date and time", "Any", "list<number>") or, with
// `types`, one that is defined there.
bool IsInstance(const Value& value, absl::string_view type, const Types* types = nullptr);

// A built-in function, or nullptr.
std::shared_ptr<const Function> FindBuiltin(absl::string_view name);
// The names of all of them.
const Names& BuiltinNames();

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_EXPRESSION_H_
