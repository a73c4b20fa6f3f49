#include <algorithm>
#include <utility>

#include "lianhu/routing/expression.h"

namespace lianhu::routing {
namespace {

Value FromBool(std::optional<bool> value) {
  return value.has_value() ? Value(*value) : Value();
}

// Three-valued: what is no boolean counts as null.
std::optional<bool> Truth(const Value& value) {
  return value.boolean() != nullptr ? std::optional<bool>(*value.boolean()) : std::nullopt;
}

bool Mentions(const Expression& expression, absl::string_view name) {
  if (expression.operation == Operation::kName) return expression.text == name;
  return std::any_of(expression.operands.begin(), expression.operands.end(),
                     [&](const ExpressionPtr& operand) { return operand != nullptr && Mentions(*operand, name); });
}

Value DateProperty(const Date& date, absl::string_view name) {
  const CivilDay day = date.Civil();
  if (name == "year") return day.year;
  if (name == "month") return day.month;
  if (name == "day") return day.day;
  if (name == "weekday") return date.Weekday();
  return {};
}

Value TimeProperty(const Time& time, absl::string_view name) {
  const int64_t seconds = time.nanos / kNanosPerSecond;
  if (name == "hour") return seconds / 3600;
  if (name == "minute") return seconds / 60 % 60;
  if (name == "second") return seconds % 60;
  if (name == "time offset" || name == "offset") {
    if (!time.offset_seconds.has_value()) return {};
    return DayTimeDuration{absl::int128(*time.offset_seconds) * kNanosPerSecond};
  }
  if (name == "timezone") return time.zone.empty() ? Value() : Value(time.zone);
  return {};
}

Value DurationProperty(const Value& value, absl::string_view name) {
  if (value.year_month() != nullptr) {
    const int64_t months = value.year_month()->months;
    if (name == "years") return months / 12;
    if (name == "months") return months % 12;
    return {};
  }
  const auto seconds = static_cast<int64_t>(value.day_time()->nanos / kNanosPerSecond);
  if (name == "days") return seconds / kSecondsPerDay;
  if (name == "hours") return seconds % kSecondsPerDay / 3600;
  if (name == "minutes") return seconds % 3600 / 60;
  if (name == "seconds") return seconds % 60;
  return {};
}

Value RangeProperty(const Range& range, absl::string_view name) {
  if (name == "start") return range.low;
  if (name == "end") return range.high;
  if (name == "start included") return range.low_closed;
  if (name == "end included") return range.high_closed;
  return {};
}

// A function definition as a value. One that is an entry of a context may call itself by the entry's name.
Value MakeFunction(const Expression& expression, const Scope& scope, const std::string& own_name) {
  auto function = std::make_shared<Function>();
  function->parameters = expression.names;
  function->least = expression.names.size();
  const std::weak_ptr<const Function> self = function;
  // An argument of another type than its parameter's is null (DMN 1.5, 10.3.2.13.1).
  function->call = [body = expression.operands[0], names = expression.names, types = expression.types, own_name, self,
                    captured = scope.Flatten()](Evaluator& evaluator, absl::Span<const Value> arguments) {
    const Scope outer(nullptr, captured);
    Scope inner(&outer);
    if (const std::shared_ptr<const Function> me = self.lock(); me != nullptr && !own_name.empty()) {
      inner.Set(own_name, Value(me));
    }
    for (size_t i = 0; i < names.size(); ++i) {
      const bool fits = types[i].empty() || IsInstance(arguments[i], types[i], evaluator.types());
      inner.Set(names[i], fits ? arguments[i] : Value());
    }
    return evaluator.Evaluate(*body, inner);
  };
  return Value(std::shared_ptr<const Function>(std::move(function)));
}

}  // namespace

void Scope::Set(std::string name, Value value) {
  for (auto& [key, held] : entries_) {
    if (key == name) {
      held = std::move(value);
      return;
    }
  }
  entries_.emplace_back(std::move(name), std::move(value));
}

const Value* Scope::Find(absl::string_view name) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->outer_) {
    for (const auto& [key, value] : scope->entries_) {
      if (key == name) return &value;
    }
  }
  return nullptr;
}

Context Scope::Flatten() const {
  Context flat;
  for (const Scope* scope = this; scope != nullptr; scope = scope->outer_) {
    for (const auto& entry : scope->entries_) {
      const bool hidden =
          std::any_of(flat.begin(), flat.end(), [&](const auto& held) { return held.first == entry.first; });
      if (!hidden) flat.push_back(entry);
    }
  }
  return flat;
}

Value Compare(Operation operation, const Value& a, const Value& b) {
  if (operation == Operation::kEqual) return FromBool(Equal(a, b));
  if (operation == Operation::kNotEqual) {
    const std::optional<bool> equal = Equal(a, b);
    return equal.has_value() ? Value(!*equal) : Value();
  }
  const std::optional<int> order = Order(a, b);
  if (!order.has_value()) return {};
  switch (operation) {
    case Operation::kLess:
      return *order < 0;
    case Operation::kLessEqual:
      return *order <= 0;
    case Operation::kGreater:
      return *order > 0;
    default:
      return *order >= 0;
  }
}

Value Property(const Value& value, absl::string_view name) {
  switch (value.kind()) {
    case ValueKind::kContext:
      return value.Get(name);
    case ValueKind::kList: {
      List properties;
      for (const Value& item : *value.list()) properties.push_back(Property(item, name));
      return properties;
    }
    case ValueKind::kDate:
      return DateProperty(*value.date(), name);
    case ValueKind::kTime:
      return TimeProperty(*value.time(), name);
    case ValueKind::kDateTime: {
      const Value date = DateProperty(value.date_time()->date, name);
      return date.is_null() ? TimeProperty(value.date_time()->time, name) : date;
    }
    case ValueKind::kDayTimeDuration:
    case ValueKind::kYearMonthDuration:
      return DurationProperty(value, name);
    case ValueKind::kRange:
      return RangeProperty(*value.range(), name);
    default:
      return {};
  }
}

bool Evaluator::Spend(int64_t steps) {
  budget_.steps -= steps;
  return budget_.steps > 0;
}

Value Evaluator::Evaluate(const Expression& expression, const Scope& scope) {
  if (budget_.depth <= 0 || !Spend(1)) return {};
  --budget_.depth;
  Value value = EvaluateInner(expression, scope);
  ++budget_.depth;
  return value;
}

Value Evaluator::EvaluateInner(const Expression& expression, const Scope& scope) {
  const auto operand = [&](size_t i) { return Evaluate(*expression.operands[i], scope); };
  switch (expression.operation) {
    case Operation::kLiteral:
      return expression.literal;
    case Operation::kName: {
      if (const Value* found = scope.Find(expression.text)) return *found;
      const std::shared_ptr<const Function> builtin = FindBuiltin(expression.text);
      return builtin != nullptr ? Value(builtin) : Value();
    }
    case Operation::kInput: {
      const Value* input = scope.Find("?");
      return input != nullptr ? *input : Value();
    }
    case Operation::kPath:
      return Property(operand(0), expression.text);
    case Operation::kFilter:
      return Filter(operand(0), *expression.operands[1], scope);
    case Operation::kCall:
      return CallExpression(expression, scope);
    case Operation::kNegate: {
      const Value value = operand(0);
      if (value.number() != nullptr) return value.number()->Negated();
      if (value.day_time() != nullptr) return DayTimeDuration{-value.day_time()->nanos};
      if (value.year_month() != nullptr) return YearMonthDuration{-value.year_month()->months};
      return {};
    }
    case Operation::kAdd:
    case Operation::kSubtract:
    case Operation::kMultiply:
    case Operation::kDivide:
    case Operation::kPower: {
      const Value left = operand(0);
      return Arithmetic(expression.operation, left, operand(1));
    }
    case Operation::kEqual:
    case Operation::kNotEqual:
    case Operation::kLess:
    case Operation::kLessEqual:
    case Operation::kGreater:
    case Operation::kGreaterEqual: {
      const Value left = operand(0);
      return Compare(expression.operation, left, operand(1));
    }
    case Operation::kAnd:
    case Operation::kOr: {
      const bool decisive = expression.operation == Operation::kOr;
      const std::optional<bool> left = Truth(operand(0));
      if (left == decisive) return decisive;
      const std::optional<bool> right = Truth(operand(1));
      if (right == decisive) return decisive;
      return left.has_value() && right.has_value() ? Value(!decisive) : Value();
    }
    case Operation::kBetween: {
      const Value value = operand(0);
      const Value low = Compare(Operation::kGreaterEqual, value, operand(1));
      const Value high = Compare(Operation::kLessEqual, value, operand(2));
      if (low.is_null() || high.is_null()) return {};
      return low.IsTrue() && high.IsTrue();
    }
    case Operation::kIn: {
      const Value value = operand(0);
      bool unknown = false;
      for (size_t i = 1; i < expression.operands.size(); ++i) {
        const std::optional<bool> passes = PassesOne(value, *expression.operands[i], scope);
        if (passes.value_or(false)) return true;
        unknown = unknown || !passes.has_value();
      }
      return unknown ? Value() : Value(false);
    }
    case Operation::kInstanceOf: {
      return IsInstance(operand(0), expression.text, types_);
    }
    case Operation::kIf:
      return operand(operand(0).IsTrue() ? 1 : 2);
    case Operation::kFor:
    case Operation::kSome:
    case Operation::kEvery:
      return Iterate(expression, scope);
    case Operation::kList: {
      List items;
      for (size_t i = 0; i < expression.operands.size(); ++i) items.push_back(operand(i));
      return items;
    }
    case Operation::kContext: {
      Context made;
      Scope inner(&scope);
      for (size_t i = 0; i < expression.operands.size(); ++i) {
        const Expression& entry = *expression.operands[i];
        Value value = entry.operation == Operation::kFunction ? MakeFunction(entry, inner, expression.names[i])
                                                              : Evaluate(entry, inner);
        inner.Set(expression.names[i], value);
        made.emplace_back(expression.names[i], std::move(value));
      }
      return made;
    }
    case Operation::kRange: {
      auto range = std::make_shared<Range>();
      range->low = operand(0);
      range->high = operand(1);
      range->low_closed = expression.low_closed;
      range->high_closed = expression.high_closed;
      if (range->low.is_null() && range->high.is_null()) return {};
      if (!range->low.is_null() && !range->high.is_null() && !Order(range->low, range->high).has_value()) return {};
      return Value(std::shared_ptr<const Range>(std::move(range)));
    }
    case Operation::kTest: {
      auto range = std::make_shared<Range>();
      const Value bound = operand(0);
      if (bound.is_null() || expression.text == "!=") return {};
      if (expression.text != "<") range->low = bound;
      if (expression.text != ">") range->high = bound;
      const bool equal = expression.text == "=";
      range->low_closed = equal || expression.low_closed;
      range->high_closed = equal || expression.high_closed;
      return Value(std::shared_ptr<const Range>(std::move(range)));
    }
    case Operation::kFunction:
      return MakeFunction(expression, scope, "");
  }
  return {};
}

std::optional<bool> Evaluator::PassesOne(const Value& input, const Expression& test, const Scope& scope) {
  if (test.operation == Operation::kTest) {
    const Value bound = Evaluate(*test.operands[0], scope);
    const Operation operation = test.text == "="    ? Operation::kEqual
                                : test.text == "!=" ? Operation::kNotEqual
                                : test.text == "<"  ? (test.high_closed ? Operation::kLessEqual : Operation::kLess)
                                                   : (test.low_closed ? Operation::kGreaterEqual : Operation::kGreater);
    return Truth(Compare(operation, input, bound));
  }
  if (test.uses_input) {
    Scope inner(&scope);
    inner.Set("?", input);
    return Truth(Evaluate(test, inner));
  }
  const Value value = Evaluate(test, scope);
  if (value.range() != nullptr && input.range() == nullptr) return InRange(input, *value.range());
  if (value.list() != nullptr) {
    if (input.list() != nullptr && Same(input, value)) return true;
    for (const Value& item : *value.list()) {
      if (item.range() != nullptr ? InRange(input, *item.range()).value_or(false) : Same(input, item)) return true;
    }
    return false;
  }
  // A condition on other inputs: `x > y` in a cell of a column that is no boolean.
  if (value.boolean() != nullptr && input.boolean() == nullptr && test.operation != Operation::kLiteral) {
    return *value.boolean();
  }
  return Equal(input, value);
}

std::optional<bool> Evaluator::Passes(const Value& input, const UnaryTests& tests, const Scope& scope) {
  if (tests.any) return true;
  bool unknown = false;
  for (const ExpressionPtr& test : tests.tests) {
    const std::optional<bool> passes = PassesOne(input, *test, scope);
    if (passes.value_or(false)) return !tests.negated;
    unknown = unknown || !passes.has_value();
  }
  if (unknown && tests.negated && input.is_null()) return std::nullopt;
  return tests.negated;
}

Value Evaluator::Iterate(const Expression& expression, const Scope& scope) {
  List partial;
  Value found;
  const bool some = expression.operation == Operation::kSome;
  const bool every = expression.operation == Operation::kEvery;
  const bool whole = IterateFrom(expression, 0, scope, partial, found);
  if (expression.operation == Operation::kFor) return whole ? Value(partial) : Value();
  if (!found.is_null()) return some;  // a witness, or for `every` a counterexample: false
  if (!whole) return {};
  const bool unknown = std::any_of(partial.begin(), partial.end(), [](const Value& value) { return value.is_null(); });
  return unknown ? Value() : Value(every);
}

// Appends the results in `partial`; for some and every, `found` is set when the answer is known. False: nothing to
// walk.
bool Evaluator::IterateFrom(const Expression& expression, size_t name, const Scope& scope, List& partial,
                            Value& found) {
  const size_t names = expression.names.size();
  if (name == names) {
    Scope inner(&scope);
    // The results so far, for the bodies that ask for them; a copy costs its length.
    if (expression.operation == Operation::kFor && Mentions(*expression.operands.back(), "partial")) {
      if (!Spend(static_cast<int64_t>(partial.size()))) return false;
      inner.Set("partial", partial);
    }
    Value value = Evaluate(*expression.operands.back(), inner);
    if (expression.operation == Operation::kFor) {
      partial.push_back(std::move(value));
      return true;
    }
    const bool decisive = expression.operation == Operation::kSome;
    const std::optional<bool> truth = Truth(value);
    if (truth == decisive) found = true;
    if (!truth.has_value()) partial.push_back(Value());
    return true;
  }
  const Value domain = Evaluate(*expression.operands[2 * name], scope);
  const Expression* last = expression.operands[2 * name + 1].get();
  const auto visit = [&](const Value& item) {
    Scope inner(&scope);
    inner.Set(expression.names[name], item);
    return IterateFrom(expression, name + 1, inner, partial, found) && found.is_null();
  };
  const bool whole = last != nullptr ? WalkFrom(domain, Evaluate(*last, scope), visit) : Walk(domain, visit);
  return whole || !found.is_null();
}

// From one number or date to another, up or down.
bool Evaluator::WalkFrom(const Value& first, const Value& end, const std::function<bool(const Value&)>& visit) {
  const bool dates = first.date() != nullptr && end.date() != nullptr;
  const auto whole = [](const Value& value) {
    return value.number() != nullptr ? value.number()->ToInt64() : std::nullopt;
  };
  const std::optional<int64_t> low = dates ? first.date()->days : whole(first);
  const std::optional<int64_t> high = dates ? end.date()->days : whole(end);
  if (!low.has_value() || !high.has_value()) return false;
  const int64_t step = *low <= *high ? 1 : -1;
  for (int64_t i = *low;; i += step) {
    if (!Spend(1) || !visit(dates ? Value(Date{i}) : Value(i))) return false;
    if (i == *high) return true;
  }
}

bool Evaluator::Walk(const Value& domain, const std::function<bool(const Value&)>& visit) {
  if (domain.range() != nullptr) {
    const Range& range = *domain.range();
    const auto inward = [](const Value& bound, bool closed, int64_t step) -> Value {
      if (closed) return bound;
      if (bound.date() != nullptr) return Date{bound.date()->days + step};
      return bound.number() != nullptr ? Value::Of(Decimal::Add(*bound.number(), Decimal(step))) : Value();
    };
    const Value first = inward(range.low, range.low_closed, 1), end = inward(range.high, range.high_closed, -1);
    if (Order(first, end).value_or(0) > 0 && Order(range.low, range.high).value_or(0) <= 0) return true;  // (1..2)
    return WalkFrom(first, end, visit);
  }
  if (domain.is_null()) return false;
  if (domain.list() == nullptr) return Spend(1) && visit(domain);
  return std::all_of(domain.list()->begin(), domain.list()->end(),
                     [&](const Value& item) { return Spend(1) && visit(item); });
}

Value Evaluator::Filter(const Value& value, const Expression& condition, const Scope& scope) {
  const List single = value.is_null() ? List{} : List{value};
  const List& items = value.list() != nullptr ? *value.list() : single;
  // An index, unless the condition depends on the item.
  if (condition.operation == Operation::kLiteral || condition.operation == Operation::kNegate ||
      condition.operation == Operation::kName || condition.operation == Operation::kCall ||
      condition.operation == Operation::kPath || condition.operation == Operation::kAdd ||
      condition.operation == Operation::kSubtract) {
    const Value index = Evaluate(condition, scope);
    if (index.number() != nullptr) {
      const std::optional<int64_t> at = index.number()->ToInt64();
      const auto size = static_cast<int64_t>(items.size());
      if (!at.has_value() || *at == 0 || *at > size || *at < -size) return {};
      return items[static_cast<size_t>(*at > 0 ? *at - 1 : size + *at)];
    }
  }
  return FilterBy(
      value, [&](const Scope& inner) { return Evaluate(condition, inner); }, scope);
}

Value Evaluator::FilterBy(const Value& value, const std::function<Value(const Scope&)>& condition, const Scope& scope) {
  const List single = value.is_null() ? List{} : List{value};
  List kept;
  for (const Value& item : value.list() != nullptr ? *value.list() : single) {
    if (!Spend(1)) return {};
    Scope inner(&scope);
    if (item.context() != nullptr) {
      for (const auto& [name, held] : *item.context()) inner.Set(name, held);
    }
    if (item.context() == nullptr || item.Get("item").is_null()) inner.Set("item", item);
    const Value passes = condition(inner);
    if (!passes.is_null() && passes.boolean() == nullptr) return {};  // no condition
    if (passes.IsTrue()) kept.push_back(item);
  }
  return kept;
}

bool Evaluator::Enter() {
  if (budget_.depth < kLevelsOfCall || !Spend(1)) return false;
  budget_.depth -= kLevelsOfCall;
  return true;
}

Value Evaluator::Call(const Function& function, absl::Span<const Value> arguments) {
  if (!Enter()) return {};
  Value result = function.call(*this, arguments);
  Leave();
  return result;
}

Value Evaluator::CallExpression(const Expression& expression, const Scope& scope) {
  const Expression& callee = *expression.operands[0];
  std::shared_ptr<const Function> function;
  if (callee.operation == Operation::kName) {
    // `date("...")` calls the built-in even where an input is called date.
    const Value* found = scope.Find(callee.text);
    if (found != nullptr) function = found->shared_function();
    if (function == nullptr) function = FindBuiltin(callee.text);
  } else {
    function = Evaluate(callee, scope).shared_function();
  }
  if (function == nullptr) return {};
  std::vector<Value> given;
  given.reserve(expression.operands.size());
  for (size_t i = 1; i < expression.operands.size(); ++i) given.push_back(Evaluate(*expression.operands[i], scope));
  if (!expression.names.empty()) {
    const auto arrange = [&](const std::vector<std::string>& parameters, std::vector<Value>& arguments) {
      arguments.assign(parameters.size(), Value());
      size_t most = 0;
      for (size_t i = 0; i < given.size(); ++i) {
        const auto at = std::find(parameters.begin(), parameters.end(), expression.names[i]);
        if (at == parameters.end()) return false;
        const auto index = static_cast<size_t>(at - parameters.begin());
        arguments[index] = given[i];
        most = std::max(most, index + 1);
      }
      arguments.resize(most);
      return true;
    };
    std::vector<Value> arguments;
    bool arranged = arrange(function->parameters, arguments);
    for (size_t i = 0; !arranged && i < function->alternatives.size(); ++i) {
      arranged = arrange(function->alternatives[i], arguments);
    }
    if (!arranged) return {};
    given = std::move(arguments);
  }
  if (given.size() < function->least) return {};
  if (!function->variadic && given.size() > function->parameters.size()) return {};
  return Call(*function, given);
}

}  // namespace lianhu::routing
